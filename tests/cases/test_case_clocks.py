"""Clocks of a task and of the case: started by a step, stopped by another, never reset in between."""

from datetime import datetime

from sqlalchemy import select

from workflows import casefile
from workflows.records import Clock
from workflows.working_days import CHINA


def clock(desk, case, rule):
    with desk.database.reading() as session:
        rows = session.scalars(select(Clock).where(Clock.case == case.case, Clock.rule == rule)).all()
        session.expunge_all()
        return rows


def test_a_tasks_clock_starts_when_it_opens_and_stops_when_it_is_done(play, desk):
    case = play(reached="triage")
    (running,) = clock(desk, case, "clue.triage")
    assert (running.state, running.started_at) == ("running", desk.now())
    desk.clock.forward(hours=5)
    case.do("triage")
    (stopped,) = clock(desk, case, "clue.triage")
    assert (stopped.state, stopped.stopped_at) == ("stopped", desk.now())


def test_hand_over_within_24_hours_of_the_decision_is_counted_in_hours(play, desk):
    case = play(reached="decide_transfer", classification="crime")
    desk.clock.to("2026-04-03 16:30")  # a Friday before a holiday
    case.do("decide_transfer")
    assert case.task("hand_over").due_at == datetime(2026, 4, 4, 16, 30, tzinfo=CHINA)


def test_the_heads_three_days_are_calendar_days_over_the_holiday(play, desk):
    case = play(reached="verify_crime", classification="crime")
    desk.clock.to("2026-04-03 10:00")
    case.do("verify_crime")
    assert case.task("decide_transfer").due_at == datetime(2026, 4, 6, 23, 59, 59, tzinfo=CHINA)


def test_service_within_seven_working_days_skips_the_holiday(play, desk):
    case = play(reached="decide_penalty", classification="administrative")
    desk.clock.to("2026-04-29 10:00")
    case.do("decide_penalty")
    assert case.task("serve_decision").due_at == datetime(2026, 5, 12, 23, 59, 59, tzinfo=CHINA)


def test_the_ninety_days_of_a_penalty_run_on_when_the_reviewer_returns_it(play, desk):
    case = play(reached="legal_review", classification="administrative", case_complexity="public_interest")
    started = [(row.id, row.started_at, row.due_at) for row in clock(desk, case, "penalty.decide")]
    desk.clock.forward(days=4)
    case.do("legal_review", legal_opinion="return")
    case.do("propose_penalty")
    assert [(row.id, row.started_at, row.due_at) for row in clock(desk, case, "penalty.decide")] == started
    case.reach("decide_penalty", legal_opinion="pass").do("decide_penalty")
    assert {row.state for row in clock(desk, case, "penalty.decide")} == {"stopped"}


def test_every_clock_of_a_case_shows_its_article(play, people):
    case = play(reached="decide_penalty", classification="both")
    rows = casefile.clocks(case.desk, people["health.head"], case.case)
    assert len(rows) > 3
    assert all(row.article for row in rows)
