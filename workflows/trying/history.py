"""How long the steps of the cases that were closed lately took: what random courses suppose where no file says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from workflows import access
from workflows.designing import holding
from workflows.desk import Desk
from workflows.records import Case, Task
from workflows.trying.guesses import LONGEST, Span
from workflows.trying.working_axis import WorkingAxis
from workflows.views import Officer
from workflows.working_days import CHINA

CASES = 300
"""Closed cases that are looked at, the newest first, of whatever process: a called one has steps in many."""
ENOUGH = 5
"""Times that a step was done before its times say anything."""


def spans(desk: Desk, officer: Officer) -> dict[str, Span]:
    """`process/element` → the tenth, the middle and the ninetieth part of its times, in working days. Raises NotAllowed."""
    access.require(officer, *holding.READERS)
    with desk.database.reading() as session:
        newest = select(Case.id).where(Case.status == "closed").order_by(Case.opened_at.desc(), Case.id.desc()).limit(CASES)
        cases = session.scalars(newest).all()
        done = select(Task.process, Task.element, Task.opened_at, Task.completed_at).where(Task.case.in_(cases), Task.state == "completed")
        rows = [(f"{process}/{element}", begun, ended) for process, element, begun, ended in session.execute(done) if ended]
    if not rows:
        return {}
    axis = WorkingAxis(desk.rules.calendar, min(begun for _, begun, _ in rows).astimezone(CHINA).date())
    times: dict[str, list[float]] = {}
    for key, begun, ended in rows:
        times.setdefault(key, []).append(_days(axis, begun, ended))
    return {key: _span(sorted(found)) for key, found in times.items() if len(found) >= ENOUGH}


def _days(axis: WorkingAxis, begun: datetime, ended: datetime) -> float:
    return min(LONGEST, max(0.0, axis.place(ended) - axis.place(begun)))


def _span(times: Sequence[float]) -> Span:
    last = len(times) - 1
    return Span(times[round(last * 0.1)], times[round(last * 0.5)], times[round(last * 0.9)])
