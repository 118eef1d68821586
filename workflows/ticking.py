"""Clock rows: start, stop, what their light is. The sweep that notices a breach is the verb `clocks`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.records import Case, Clock, ClockEntry, Task
from workflows.rulebook import Rule, Rulebook

LENGTH_FACTS = {"supervision.reply": "reply_days"}
"""Rules whose length the order itself sets: rule → fact that holds the number."""


def light(now: datetime, warn_at: datetime | None, due_at: datetime | None) -> str | None:
    """Green, yellow (nearing) or red (overdue); None without a clock."""
    if due_at is None:
        return None
    if now > due_at:
        return "red"
    return "yellow" if warn_at is not None and now >= warn_at else "green"


def worse(one: str | None, other: str | None) -> str | None:
    """The worse of two lights; no light is the best."""
    return next((colour for colour in ("red", "yellow", "green") if colour in (one, other)), None)


def start(
    session: Session, rules: Rulebook, rule_id: str, *, case: Case, task: Task | None, agency: str, at: datetime, facts: Mapping[str, Any]
) -> Clock:
    """Start the clock `rule_id` at `at`, for a task or for the whole case."""
    rule = rules.rules[rule_id]
    length = _length(rule, facts)
    due = rules.due(rule, at, length=length)
    clock = Clock(
        case=case.id,
        task=task.id if task else None,
        rule=rule.id,
        article=rule.article,
        unit=rule.unit,
        length=length,
        agency=agency,
        started_at=at,
        due_at=due.at,
        warn_at=rules.warn_at(rule, at, length=length),
        provisional=due.provisional,
        state="running",
    )
    clock.alarm_at = clock.warn_at
    session.add(clock)
    session.flush()
    session.add(ClockEntry(clock=clock.id, kind="start", at=at, reason=rule.starts[:300] or rule.name.zh, basis=rule.article))
    if task is not None:
        task.due_at, task.warn_at = clock.due_at, clock.warn_at
    return clock


def stop(session: Session, clocks: Iterable[Clock], *, at: datetime, reason: str, officer: UUID | None) -> None:
    """Stop running clocks; what was breached stays breached."""
    for clock in clocks:
        clock.state, clock.stopped_at, clock.alarm_at = "stopped", at, None
        session.add(ClockEntry(clock=clock.id, kind="stop", at=at, reason=reason[:300], officer=officer))


def running(session: Session, case: UUID, *, task: UUID | None = None, rule: str | None = None) -> list[Clock]:
    """Clocks of a case that run now: of one task, of one rule, or all."""
    query = select(Clock).where(Clock.case == case, Clock.state == "running")
    if task is not None:
        query = query.where(Clock.task == task)
    if rule is not None:
        query = query.where(Clock.rule == rule)
    return list(session.scalars(query))


def _length(rule: Rule, facts: Mapping[str, Any]) -> int:
    chosen = facts.get(LENGTH_FACTS.get(rule.id, ""))
    return int(chosen) if isinstance(chosen, int) and chosen > 0 else rule.length
