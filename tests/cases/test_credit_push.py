"""Credit information (山东省社会信用条例): what is pushed, what never is, objections, repair, annulment."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.factories.penalties import FINE, opened, opened_under
from tests.factories.registers import registers_of
from workflows.errors import WrongAnswers
from workflows.step import facts_of
from workflows.working_days import CHINA


@pytest.fixture
def credit(desk, people):
    """A credit matter under a fine that was served on 2 March 2026."""

    def begin(reached: str = "", **answers):
        above = opened(desk, people, **FINE).reach("prepare_publication", hold=("record_payment",))
        case = opened_under(above, "credit_push", **answers)
        return case.reach(reached) if reached else case

    return begin


def test_an_ordinary_penalty_is_pushed_and_disclosed_for_five_years_at_most(credit, desk):
    case = credit(subject_kind="company").finish()
    assert case.done == ["prepare_credit", "push_credit"]
    with desk.database.reading() as session:
        assert facts_of(session, case.case).view()["credit_until"] == "2031-03-02"


@pytest.mark.parametrize("why", [{"penalty_summary": True}, {"subject_kind": "person"}, {"credit_conduct": "minor_corrected"}])
def test_what_the_regulation_keeps_out_is_not_pushed(credit, why):
    case = credit(**{"subject_kind": "company", **why}).finish()
    assert (case.status(), case.done) == ("closed", ["prepare_credit"])


@pytest.mark.parametrize(("help_needed", "element", "due"), [
    ("no", "examine_objection", datetime(2026, 3, 5, 23, 59, 59, tzinfo=CHINA)), ("yes", "examine_with_help", datetime(2026, 3, 11, 23, 59, 59, tzinfo=CHINA)),
])  # fmt: skip
def test_an_objection_is_examined_in_three_working_days_or_seven_with_help(credit, help_needed, element, due):
    case = credit(element, credit_matter="objection", objection_help=help_needed)
    assert case.task(element).due_at == due
    case.finish()
    assert case.status() == "closed"


def test_a_repair_waits_until_the_penalty_is_fulfilled(credit, desk):
    case = credit("decide_repair", credit_matter="repair", penalty_fulfilled_on="2026-03-03")
    with pytest.raises(WrongAnswers):
        case.do("decide_repair", repair_decision="grant")
    desk.clock.to("2026-03-03 10:00")
    case.do("decide_repair", repair_decision="grant")
    assert case.status() == "closed"


def test_an_annulment_is_reported_in_three_working_days(credit, desk):
    case = credit("report_annulment", credit_matter="annulment")
    assert case.task("report_annulment").due_at == datetime(2026, 3, 5, 23, 59, 59, tzinfo=CHINA)
    case.finish()
    with registers_of(desk, case.case) as found:
        assert {row.status for row in found.penalties_in_case()} == {"annulled"}
