"""Clocks of a step: start, stop, what their light is. The sweep that notices a breach is the verb `clocks`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from workflows.clock_rules import Rule
from workflows.in_hand import ClockInHand, TaskInHand
from workflows.working_days import CHINA

if TYPE_CHECKING:
    from workflows.step import Step


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


def start(step: Step, rule_id: str, *, task: TaskInHand | None, agency: str, facts: Mapping[str, Any], key: UUID | None = None) -> None:
    """Start the clock `rule_id` for a task, for the whole case, or for the timer event `key`, whose id it gets.

    It starts now, or from the day that the rule's fact names. A rule of other places starts nothing here.
    """
    rules = step.desk.rules
    rule = rules.rules[rule_id]
    if rule.jurisdictions and key is None and not step.desk.place.has_clock(rule):
        return
    length, at = length_of(rule, facts), start_of(rule, facts, step.now)
    due = rules.due(rule, at, length=length)
    clock = ClockInHand(key or uuid4(), task.id if task else None, rule.id, due.at, rules.warn_at(rule, at, length=length))
    step.clocks.append(clock)
    step.writes.add(
        "clock_started",
        {
            "id": clock.id,
            "case": step.case.id,
            "task": clock.task,
            "rule": rule.id,
            "article": rule.article,
            "unit": rule.unit,
            "length": length,
            "agency": agency,
            "started_at": at,
            "due_at": clock.due_at,
            "warn_at": clock.warn_at,
            "provisional": due.provisional,
            "state": "running",
            "breached_at": None,
            "escalation": 0,
            "alarm_at": clock.warn_at,
            "stopped_at": None,
        },
    )
    _enter(step, clock, "start", rule.starts.zh or rule.name.zh, basis=rule.article, officer=None, units=length)
    if task is not None:
        task.due_at, task.warn_at = clock.due_at, clock.warn_at


def stop(step: Step, clocks: Iterable[ClockInHand], *, reason: str, officer: UUID | None) -> None:
    """Stop running clocks; what was breached stays breached."""
    for clock in clocks:
        step.clocks.remove(clock)
        step.writes.add("clock_stopped", {"changed_id": clock.id, "state": "stopped", "stopped_at": step.now, "alarm_at": None})
        _enter(step, clock, "stop", reason, basis="", officer=officer)


def running(step: Step, *, task: UUID | None = None, rule: str | None = None) -> list[ClockInHand]:
    """Clocks of the case that are not stopped: of one task, of one rule, or all. A timer event's clock is its own and not among them."""
    return [clock for clock in step.clocks if task in (None, clock.task) and rule in (None, clock.rule) and clock.id not in step.timers]


def _enter(step: Step, clock: ClockInHand, kind: str, reason: str, *, basis: str, officer: UUID | None, units: int | None = None) -> None:
    line = {
        "id": uuid4(), "clock": clock.id, "kind": kind, "at": step.now, "reason": reason[:300], "basis": basis, "officer": officer,
        "units": units,
    }  # fmt: skip
    step.writes.add("clock_entry", line)


def length_of(rule: Rule, facts: Mapping[str, Any]) -> int:
    """How many units the rule counts in this case: those that its fact names, otherwise its own."""
    chosen = facts.get(rule.length_from) if rule.length_from else None
    return int(chosen) if isinstance(chosen, int) and chosen > 0 else rule.length


def start_of(rule: Rule, facts: Mapping[str, Any], now: datetime) -> datetime:
    """The moment that the rule's fact names, an ISO day or time in China; otherwise `now`."""
    told = facts.get(rule.starts_from) if rule.starts_from else None
    try:
        named = datetime.fromisoformat(told) if isinstance(told, str) and told else now
    except ValueError:
        return now
    return named if named.tzinfo else named.replace(tzinfo=CHINA)
