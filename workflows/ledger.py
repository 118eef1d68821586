"""What a clock's ledger says: how much time counted, how much was excluded, and the due moment that follows.

A clock is never set forward or back. Its due moment is derived from the start, the length with its extensions, and the pauses, so
elapsed plus excluded time is the time that passed, whatever else happened to the case.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from workflows.clock_rules import Rule
from workflows.records import Clock, ClockEntry
from workflows.rulebook import Rulebook
from workflows.working_days import Calendar, Due, Pause, passed


@dataclass(frozen=True)
class Ledger:
    """A clock's ledger. `length` is in `unit`s and includes every extension."""

    started: datetime
    unit: str
    length: int
    pauses: tuple[Pause, ...] = ()
    """Pauses that have ended."""
    paused_since: datetime | None = None

    def until(self, now: datetime) -> tuple[Pause, ...]:
        """Every pause, one that goes on as far as `now`."""
        return self.pauses if self.paused_since is None else (*self.pauses, Pause(self.paused_since, max(now, self.paused_since)))


def read(clock: Clock, entries: Iterable[ClockEntry]) -> Ledger:
    """The ledger of `clock`; `entries` are its rows in any order."""
    rows = sorted(entries, key=lambda entry: entry.at)
    begun = [entry.at for entry in rows if entry.kind == "pause"]
    ended = [entry.at for entry in rows if entry.kind == "resume"]
    length = sum(entry.units or 0 for entry in rows if entry.kind in {"start", "extend"})
    return Ledger(
        started=clock.started_at,
        unit=clock.unit,
        length=length or clock.length,
        pauses=tuple(Pause(*pair) for pair in zip(begun, ended, strict=False)),
        paused_since=begun[-1] if len(begun) > len(ended) else None,
    )


def due(rules: Rulebook, rule: Rule, ledger: Ledger, *, counting: str | None = None) -> Due:
    """When the clock runs out, as far as it is known: a pause that goes on is left out."""
    return rules.due(rule, ledger.started, length=ledger.length, counting=counting, pauses=ledger.pauses)


def warn_at(rules: Rulebook, rule: Rule, ledger: Ledger) -> datetime:
    """From when on its light is yellow."""
    return rules.warn_at(rule, ledger.started, length=ledger.length, pauses=ledger.pauses)


def elapsed(calendar: Calendar, ledger: Ledger, now: datetime) -> float:
    """Time that counted until `now`: hours, working days, otherwise calendar days."""
    if ledger.unit == "hour":
        inside = sum(max((min(pause.until, now) - max(pause.since, ledger.started)).total_seconds(), 0.0) for pause in ledger.until(now))
        return passed(calendar, ledger.started, now, "hour") - inside / 3600
    days = {day for pause in ledger.until(now) for day in pause.every_day()}
    return sum(
        day not in days for day in Pause(ledger.started, now).every_day() if ledger.unit != "working_day" or calendar.is_working(day)
    )


def excluded(calendar: Calendar, ledger: Ledger, now: datetime) -> float:
    """Time that did not count until `now`, in the same measure as `elapsed`."""
    return sum(passed(calendar, pause.since, min(pause.until, now), ledger.unit) for pause in ledger.until(now) if pause.since <= now)
