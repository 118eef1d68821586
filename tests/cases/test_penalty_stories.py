"""Stories of the penalty side, with their dates: a clean transfer, and what follows when the procuratorate agrees with the police."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.factories.penalties import FINE
from workflows import casefile, clocks
from workflows.errors import GateClosed
from workflows.records import Clock
from workflows.working_days import CHINA

END_OF_DAY = {"hour": 23, "minute": 59, "second": 59}


def ninety_days(desk, case) -> Clock:
    with desk.database.reading() as session:
        row = session.scalars(select(Clock).where(Clock.case == case.case, Clock.rule == "penalty.decide")).one()
        session.expunge(row)
        return row


def test_story_1_the_fine_stays_locked_after_a_clean_transfer_and_the_warning_is_decided(play, desk):
    """A non-doctor, a patient slightly disabled: the police file; the agency decides what is no fine, after legal review."""
    case = play(reached="decide_penalty", hold=("verify_crime", "decide_transfer"), classification="both")
    desk.clock.to("2026-04-03 10:00")
    case.do("verify_crime")
    assert case.task("decide_transfer").due_at == datetime(2026, 4, 6, **END_OF_DAY, tzinfo=CHINA), "a calendar day, on a holiday"
    with pytest.raises(GateClosed) as due:
        case.do("decide_penalty", penalties_decided=["warning"], fine_decided=20_000)
    assert "第二十七条" in due.value.article
    desk.clock.to("2026-04-06 09:00")
    case.do("decide_transfer")
    while set(case.elements()) != {"decide_penalty"}:
        case.answers |= {"filing": "filed"}
        case.step(hold=("decide_penalty",))
    with pytest.raises(GateClosed) as filed:
        case.do("decide_penalty", penalties_decided=["warning"], fine_decided=20_000)
    assert "第三十五条" in filed.value.article
    case.do("decide_penalty")
    assert case.elements() == ["serve_decision"]


def test_story_3_the_procuratorate_agrees_with_the_police_and_the_fine_is_decided_within_what_is_left_of_the_ninety_days(
    play, desk, people
):
    """令310 第十条: not filed, so the agency handles it; the time with police and procuratorate is excluded where it is so configured."""
    case = play(reached="propose_penalty", hold=("verify_crime",), classification="both")
    started = ninety_days(desk, case)
    desk.clock.to("2026-03-10 09:00")
    clocks.pause(desk, people["health.head"], started.id, reason="案件移送公安机关", basis="criminal")
    case.answers |= {"filing": "not_filed", "objection": "supervise", "proc_opinion": "agree", "hearing_request": "waived"}
    while set(case.elements()) != {"propose_penalty"}:
        case.step(hold=("propose_penalty",))
    assert {"suggest_supervision", "review_non_filing"} & set(case.done)
    desk.clock.to("2026-03-30 09:00")
    clocks.resume(desk, people["health.head"], started.id, reason="检察机关同意不立案，恢复办理")
    [row] = [one for one in casefile.clocks(desk, people["health.head"], case.case) if one.rule == "penalty.decide"]
    assert row.due.astimezone(CHINA).date() - started.due_at.astimezone(CHINA).date() >= timedelta(days=19)
    case.answers |= FINE
    case.reach("decide_penalty").do("decide_penalty")
    assert case.elements() == ["serve_decision"]
