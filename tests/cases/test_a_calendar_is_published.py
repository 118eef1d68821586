"""A term that reaches into a year without a calendar is provisional, and is counted anew when the State Council's notice is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from tests.factories.play import Play
from tests.factories.stored import clock_of, entries_of
from workflows import casefile, clocks, doctor, history
from workflows.records import Clock
from workflows.working_days import CHINA


@pytest.fixture
def before(desk, people):
    """A case of 30 December 2025 that waits for an opinion, at a desk that does not know the holidays of 2026."""
    known = desk.rules.calendar
    of_2025 = replace(
        known,
        published=frozenset({2025}),
        holidays=frozenset(day for day in known.holidays if day.year == 2025),
        workdays=frozenset(day for day in known.workdays if day.year == 2025),
    )
    desk.clock.to("2025-12-30 09:00")
    return Play.open(replace(desk, rules=replace(desk.rules, calendar=of_2025)), people).reach("give_opinion")


def due_of(desk, case):
    clock = clock_of(desk, case, "plan.opinion")
    return clock.due_at.astimezone(CHINA).date(), clock.provisional


def test_the_last_day_moves_to_what_the_notice_says_and_with_it_the_task(before, desk):
    assert due_of(desk, before) == (date(2026, 1, 2), True), "Monday to Friday, as far as one knows"
    assert clocks.recount(desk) > 0
    assert due_of(desk, before) == (date(2026, 1, 5), False), "1 to 3 January are off, Sunday the 4th is worked"
    assert before.task("give_opinion").due_at == clock_of(desk, before, "plan.opinion").due_at


def test_ledger_and_record_say_so_once(before, desk, people):
    clocks.recount(desk)
    assert clocks.recount(desk) == 0
    assert [entry.kind for entry in entries_of(desk, clock_of(desk, before, "plan.opinion"))] == ["start", "recount"]
    lines = [line for line in history.record(desk, people["health.officer"], before.case).items if line.kind == "clock_recounted"]
    assert "plan.opinion" in {line.detail["rule"] for line in lines}
    assert history.verify(desk) == ()
    assert not any(finding.rule.startswith("clock") for finding in doctor.examine(desk))


def test_as_long_as_the_year_is_not_published_nothing_is_counted(before):
    assert clocks.recount(before.desk) == 0


def test_what_has_run_out_or_stopped_stays_as_it_was(before, desk):
    case_clocks = {row.rule for row in casefile.clocks(desk, before.people["health.officer"], before.case)}
    assert "plan.opinion" in case_clocks
    before.do("give_opinion")
    stopped = due_of(desk, before)
    desk.clock.to("2026-01-06 09:00")
    while clocks.sweep(before.desk):
        pass
    with desk.database.reading() as session:
        late = {row.id: row.due_at for row in session.scalars(select(Clock).where(Clock.breached_at.is_not(None)))}
    clocks.recount(desk)
    assert due_of(desk, before) == stopped
    with desk.database.reading() as session:
        assert {row.id: row.due_at for row in session.scalars(select(Clock).where(Clock.id.in_(late)))} == late


def test_a_paused_clock_is_counted_and_stays_paused(play, desk, people):
    case = play(reached="legal_review", classification="administrative", case_complexity="public_interest")
    ninety = clock_of(desk, case, "penalty.decide")
    clocks.pause(desk, people["health.head"], ninety.id, reason="送检", basis="testing")
    with desk.database.transaction() as session:
        session.execute(update(Clock).where(Clock.id == ninety.id).values(provisional=True))
    assert clocks.recount(desk) == 1
    again = clock_of(desk, case, "penalty.decide")
    assert (again.state, again.alarm_at, again.provisional) == ("paused", None, False)
