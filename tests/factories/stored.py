"""Rows as they are stored, read by a test beside the verbs."""

from __future__ import annotations

from sqlalchemy import select

from tests.factories.play import Play
from workflows.desk import Desk
from workflows.records import Clock, ClockEntry


def clock_of(desk: Desk, case: Play, rule: str) -> Clock:
    """The newest clock of that rule in the case."""
    with desk.database.reading() as session:
        found = session.scalars(select(Clock).where(Clock.case == case.case, Clock.rule == rule).order_by(Clock.started_at.desc())).first()
        session.expunge_all()
        assert found is not None, f"no clock {rule} runs"
        return found


def entries_of(desk: Desk, clock: Clock) -> list[ClockEntry]:
    """The ledger of a clock, oldest first."""
    with desk.database.reading() as session:
        rows = list(session.scalars(select(ClockEntry).where(ClockEntry.clock == clock.id).order_by(ClockEntry.at)))
        session.expunge_all()
        return rows
