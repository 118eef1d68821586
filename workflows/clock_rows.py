"""Clocks of a case as rows that a person reads: words for codes, the ledger, the other reading of a holiday, what may be done."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import ledger, winding
from workflows.clock_rules import Rule
from workflows.contracts import Text
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.records import Clock, ClockEntry, Task
from workflows.ticking import light
from workflows.views import ClockRow, Officer


def clock_rows(
    session: Session, people: Directory, desk: Desk, clocks: Sequence[Clock], officer: Officer | None = None
) -> tuple[ClockRow, ...]:
    """Clocks as a page shows them, each with its ledger and, for `officer`, the verbs that may be used on it now."""
    ids = [clock.id for clock in clocks]
    tasks = {task.id: task for task in session.scalars(select(Task).where(Task.id.in_([clock.task for clock in clocks if clock.task])))}
    ledgers: dict[UUID, list[ClockEntry]] = {}
    for entry in session.scalars(select(ClockEntry).where(ClockEntry.clock.in_(ids)).order_by(ClockEntry.at)):
        ledgers.setdefault(entry.clock, []).append(entry)
    return tuple(
        _row(people, desk, clock, tasks.get(clock.task) if clock.task else None, ledgers.get(clock.id, []), officer) for clock in clocks
    )


def _row(
    people: Directory, desk: Desk, clock: Clock, task: Task | None, entries: Sequence[ClockEntry], officer: Officer | None
) -> ClockRow:
    rule = desk.rules.rules.get(clock.rule) or _unknown(clock)
    moment, known = clock.stopped_at or desk.now(), ledger.read(clock, entries)
    other = desk.rules.other_counting(rule)
    return ClockRow(
        id=clock.id,
        rule=clock.rule,
        name=rule.name,
        article=clock.article,
        unit=clock.unit,
        length=clock.length,
        started_at=clock.started_at,
        due=clock.due_at,
        light=light(moment, clock.warn_at, clock.due_at) or "green",
        state=clock.state,
        statutory=rule.statutory,
        provisional=clock.provisional,
        to_be_confirmed=rule.to_be_confirmed,
        task_id=clock.task,
        task_name=Text(task.name, task.name_en) if task is not None else None,
        agency=people.refs.get(clock.agency) if clock.agency else None,
        breached_at=clock.breached_at,
        stopped_at=clock.stopped_at,
        entries=tuple((entry.at, entry.kind, entry.reason) for entry in entries),
        binds=rule.binds,
        counting=desk.rules.counting(rule),
        other_due=ledger.due(desk.rules, rule, known, counting=other).at if other else None,
        paused_since=known.paused_since,
        excluded=ledger.excluded(desk.rules.calendar, known, moment),
        actions=winding.allowed(officer, clock, rule, entries, desk.now()) if officer else (),
        excludes=rule.excludes,
        extends=rule.extends,
    )


def _unknown(clock: Clock) -> Rule:
    """What is known of a clock whose rule this release no longer has."""
    return Rule(clock.rule, Text(clock.rule), clock.article, clock.unit, clock.length, 0, statutory=True)
