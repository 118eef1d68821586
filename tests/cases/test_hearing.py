"""A hearing (行政处罚法 第六十三、六十四条): asked for within five days, told seven before, chaired by somebody who did not investigate."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.factories.desks import CERTIFIED_UNTIL, PASSWORD
from tests.factories.penalties import LARGE, opened
from workflows import officers, passwords, tasks
from workflows.errors import NotAllowed, WrongAnswers
from workflows.working_days import CHINA

ASKED = {
    **LARGE, "hearing_request": "made", "hearing_date": "2026-03-20", "hearing_chair": "health.legal", "case_complexity": "ordinary",
    "second_officer": "health.officer2",
}  # fmt: skip


@pytest.fixture
def hearing(desk, people):
    def begin(reached: str, **answers):
        return opened(desk, people, **{**ASKED, **answers}).reach(reached)

    return begin


def test_a_large_fine_is_told_with_the_right_to_a_hearing(hearing):
    case = hearing("notify_hearing_right")
    case.do("notify_hearing_right")
    assert case.elements() == ["await_hearing_request"]


def test_the_party_has_five_working_days_to_ask(hearing, desk):
    case = hearing("await_hearing_request", notice_served_on="2026-03-02")
    assert case.task("await_hearing_request").due_at == datetime(2026, 3, 9, 23, 59, 59, tzinfo=CHINA)
    desk.clock.to("2026-03-09 17:00")
    with pytest.raises(WrongAnswers) as refused:
        case.do("await_hearing_request", hearing_request="none")
    assert "第六十四条第一项" in refused.value.fields["hearing_request"][0]
    desk.clock.to("2026-03-10 09:00")
    case.do("await_hearing_request", hearing_request="none")
    assert case.elements() == ["decide_penalty"]


def test_the_party_may_waive_it_in_writing_before(hearing):
    case = hearing("await_hearing_request")
    case.do("await_hearing_request", hearing_request="waived")
    assert case.elements() == ["decide_penalty"]


def test_the_last_day_for_the_notice_is_counted_back_from_the_hearing(hearing, desk):
    case = hearing("notify_hearing", hearing_date="2026-05-11")
    # Back from Monday 11 May: the worked Saturday 9 May counts, the holiday from 1 to 5 May does not.
    assert case.task("notify_hearing").due_at == datetime(2026, 4, 28, 23, 59, 59, tzinfo=CHINA)
    desk.clock.to("2026-04-29 09:00")
    with pytest.raises(WrongAnswers) as refused:
        case.do("notify_hearing")
    assert "第六十四条第二项" in refused.value.fields["hearing_notified_on"][0]
    desk.clock.to("2026-04-28 17:00")
    case.do("notify_hearing")


def test_a_date_that_leaves_no_seven_days_is_refused(hearing):
    case = hearing("arrange_hearing")
    with pytest.raises(WrongAnswers) as refused:
        case.do("arrange_hearing", hearing_date="2026-03-10")
    assert "七日前" in refused.value.fields["hearing_date"][0]
    case.do("arrange_hearing", hearing_date="2026-03-11")


@pytest.fixture
def both(desk, people):
    """An officer of the agency who is a legal reviewer as well."""
    made = officers.create(
        desk, None, username="health.both", name="卫庚·承办兼法制", agency="qinglan-health", roles=["officer", "legal"], certificate="T0999",
        certificate_until=CERTIFIED_UNTIL, password_hash=passwords.hashed(PASSWORD),
    )  # fmt: skip
    return {**people, "health.both": made}


def test_a_hearing_is_not_chaired_by_who_investigated(desk, both):
    case = opened(desk, both, **{**ASKED, "second_officer": "health.both"}).reach("arrange_hearing")
    with pytest.raises(WrongAnswers) as refused:
        case.do("arrange_hearing", hearing_chair="health.both")
    assert "第六十四条第四项" in refused.value.fields["hearing_chair"][0]
    assert case.elements() == ["arrange_hearing"]
    case.do("arrange_hearing", hearing_chair="health.legal")


def test_the_same_officer_chairs_a_case_that_somebody_else_investigated(desk, both):
    case = opened(desk, both, **ASKED).reach("arrange_hearing")
    case.do("arrange_hearing", hearing_chair="health.both")


def test_the_hearing_belongs_to_the_chair_who_was_named(desk, both):
    case = opened(desk, both, **{**ASKED, "hearing_chair": "health.both"}).reach("hold_hearing")
    task = case.task("hold_hearing")
    if task.assignee == both["health.both"].id:
        tasks.transfer(desk, both["health.both"], task.id, to="health.legal", reason="试验")
    with pytest.raises(NotAllowed) as refused:
        case.do("hold_hearing", by="health.legal")
    assert "第六十四条第四项" in refused.value.article
    tasks.transfer(desk, both["health.legal"], task.id, to="health.both", reason="由主持人办理")
    case.do("hold_hearing", by="health.both")


def test_a_challenged_chair_is_replaced_by_the_head_and_not_named_again(desk, both):
    case = opened(desk, both, **{**ASKED, "chair_challenged": "yes"}).reach("decide_chair")
    case.do("decide_chair", chair_recusal="recused")
    with pytest.raises(WrongAnswers) as refused:
        case.do("arrange_hearing", hearing_chair="health.legal")
    assert "第四十三条" in refused.value.fields["hearing_chair"][0]
    case.do("arrange_hearing", hearing_chair="health.both")
    assert case.elements() == ["notify_hearing"]


def test_a_challenge_that_is_rejected_leaves_the_chair(hearing):
    case = hearing("decide_chair", chair_challenged="yes")
    case.do("decide_chair", chair_recusal="kept")
    assert case.elements() == ["hold_hearing"]


def test_absence_without_reason_is_a_waiver(hearing):
    case = hearing("open_hearing", party_came="no_show")
    case.do("open_hearing")
    assert case.elements() == ["decide_penalty"]
    assert "legal_review" not in case.done


def test_after_a_hearing_the_proposal_is_rechecked_and_reviewed(hearing):
    case = hearing("recheck_statement")
    case.do("recheck_statement")
    assert case.elements() == ["legal_review"], "行政处罚法 第五十八条第一款第二项"
    case.reach("decide_penalty", legal_opinion="pass").do("decide_penalty")
    assert case.elements() == ["serve_decision"]


def test_a_closed_hearing_has_its_ground(hearing):
    case = hearing("arrange_hearing")
    with pytest.raises(WrongAnswers):
        case.do("arrange_hearing", hearing_public="closed", closed_reason="")
    case.do("arrange_hearing", hearing_public="closed", closed_reason="privacy")


def test_the_hearing_day_is_shown_on_its_task(hearing):
    case = hearing("open_hearing")
    assert case.task("open_hearing").due_at.astimezone(CHINA).date() == date(2026, 3, 23)
