"""The summary procedure (行政处罚法 第五十一、五十二条): small, on the spot, by two officers, reported; counted, not pushed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.factories.penalties import opened, opened_under
from tests.factories.registers import registers_of
from workflows.errors import GateClosed, WrongAnswers

SMALL_FINE = {
    "penalties_decided": ["fine"],
    "fine_decided": 200,
    "fine_collected": "bank",
    "subject_kind": "person",
    "subject_name": "虚构·个体",
}


@pytest.fixture
def on_the_spot(desk, people):
    def begin(**answers):
        return opened(desk, people, process="summary_penalty", **{**SMALL_FINE, **answers})

    return begin


def test_two_hundred_yuan_for_a_citizen_on_the_spot(on_the_spot, desk):
    case = on_the_spot().finish()
    assert (case.status(), case.done) == ("closed", ["record_scene", "decide_on_spot", "report_summary"])
    with registers_of(desk, case.case) as found:
        [row] = found.penalties_in_case()
    assert (row.summary, row.fine) == (True, Decimal(200))


@pytest.mark.parametrize(("kind", "most"), [("person", 200), ("institution", 3000)])
def test_more_is_for_the_ordinary_procedure(on_the_spot, kind, most):
    case = on_the_spot(subject_kind=kind).reach("decide_on_spot")
    with pytest.raises(WrongAnswers) as refused:
        case.do("decide_on_spot", fine_decided=most + 1)
    assert "第五十一条" in refused.value.fields["fine_decided"][0]
    case.do("decide_on_spot", fine_decided=most)


def test_a_warning_needs_no_amount(on_the_spot):
    case = on_the_spot(penalties_decided=["warning"], fine_decided=0, fine_collected="none").finish()
    assert case.status() == "closed"


def test_cash_is_handed_in_within_two_working_days(on_the_spot, desk):
    case = on_the_spot(fine_collected="cash").reach("hand_in_cash")
    assert case.task("hand_in_cash").due_at.isoformat().startswith("2026-03-04")
    case.finish()
    assert case.status() == "closed"


def test_the_decision_is_handed_over_on_the_spot(on_the_spot):
    case = on_the_spot().reach("decide_on_spot")
    with pytest.raises(WrongAnswers):
        case.do("decide_on_spot", handed_over_on_spot=False)
    case.do("decide_on_spot", handed_over_on_spot=True)


def test_a_suspected_crime_is_no_case_for_it(play):
    joint = play(reached="apply_filing", hold=("verify_crime",), classification="both")
    case = opened_under(joint, "summary_penalty", **SMALL_FINE).reach("decide_on_spot")
    with pytest.raises(GateClosed) as refused:
        case.do("decide_on_spot")
    assert "第二十七条" in refused.value.article


def test_it_is_not_pushed_to_the_credit_platform(on_the_spot):
    case = on_the_spot(subject_kind="institution").reach("report_summary")
    credit = opened_under(case, "credit_push", credit_matter="push").finish()
    assert (credit.status(), credit.done) == ("closed", ["prepare_credit"])
