"""Deadline arithmetic: working days of the State Council's calendar, calendar days, hours, months, years.

Day 0 is excluded (刑诉法 第一百零五条; 行政处罚法 第八十五条 for what counts as a working day). A day-based term ends with
its last day, 24:00 in China; an hour-based one ends to the second. Time that a law excludes (a test, a hearing) is a `Pause`:
like the term itself it begins on the day after, and its last day still belongs to it.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
SATURDAY = 5
MONTHS_A_YEAR = 12
HOUR = timedelta(hours=1)
END_OF_DAY = time(23, 59, 59)
UNITS = ("working_day", "calendar_day", "hour", "month", "year")


@dataclass(frozen=True)
class Calendar:
    """The published years: what is a holiday and which weekend days are worked (调休)."""

    published: frozenset[int]
    holidays: frozenset[date] = field(default_factory=frozenset)
    workdays: frozenset[date] = field(default_factory=frozenset)

    @classmethod
    def from_years(cls, years: Mapping[int, Mapping[str, list[date]]]) -> Calendar:
        """From `{year: {"holidays": [...], "workdays": [...]}}`."""
        return cls(
            published=frozenset(years),
            holidays=frozenset(day for year in years.values() for day in year["holidays"]),
            workdays=frozenset(day for year in years.values() for day in year["workdays"]),
        )

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day; in a year not yet published, Monday to Friday."""
        if day in self.workdays:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays

    def add_working_days(self, day: date, count: int, *, without: Sequence[tuple[date, date]] = ()) -> date:
        """The `count`-th working day after `day`; before it, for a negative count. Days in (after, last] of `without` do not count."""
        step = 1 if count >= 0 else -1
        left = abs(count)
        while left:
            day += timedelta(days=step)
            left -= self.is_working(day) and not (without and any(after < day <= last for after, last in without))
        return day

    def working_on_or_after(self, day: date) -> date:
        """`day`, or the next working day when it is none."""
        return day if self.is_working(day) else self.add_working_days(day, 1)

    def working_days(self, after: date, last: date) -> int:
        """How many working days there are in (after, last]."""
        return sum(self.is_working(after + timedelta(days=n)) for n in range(1, (last - after).days + 1))

    def covers(self, first: date, last: date) -> bool:
        """Whether every year from `first` to `last` is published."""
        low, high = sorted((first.year, last.year))
        return all(year in self.published for year in range(low, high + 1))


@dataclass(frozen=True)
class Due:
    """A due moment. `provisional`: it reaches into a year whose calendar is not published."""

    at: datetime
    provisional: bool


@dataclass(frozen=True)
class Pause:
    """Time that does not count, from one aware moment to another."""

    since: datetime
    until: datetime

    @property
    def days(self) -> tuple[date, date]:
        """The days (after, last] in China that it excludes."""
        return _day(self.since), _day(self.until)

    def every_day(self) -> tuple[date, ...]:
        """Each day of it."""
        after, last = self.days
        return tuple(after + timedelta(days=n) for n in range(1, (last - after).days + 1))


def due(cal: Calendar, start: datetime, length: int, unit: str, *, roll: bool = False, pauses: Sequence[Pause] = ()) -> Due:
    """When a term of `length` `unit`s that starts at the aware moment `start` ends, in China's time zone.

    `roll` moves a last day that is a holiday to the next working day; `pauses` do not count. Raises ValueError for a naive start or
    an unknown unit.
    """
    if start.tzinfo is None:
        message = "the start needs an offset, such as 2026-04-29T10:00+08:00"
        raise ValueError(message)
    if unit not in UNITS:
        message = f"unknown unit {unit!r}: one of {', '.join(UNITS)}"
        raise ValueError(message)
    if unit == "hour":
        stood = sum((pause.until - pause.since for pause in pauses), timedelta())
        return Due(start.astimezone(CHINA) + length * HOUR + stood, provisional=False)
    first = _day(start)
    if unit == "working_day":
        last = cal.add_working_days(first, length, without=[pause.days for pause in pauses])
        return Due(_end_of(last), provisional=not cal.covers(first, last))
    plain = _calendar_end(first, length, unit) + sum((last - after for after, last in (pause.days for pause in pauses)), timedelta())
    last = cal.working_on_or_after(plain) if roll else plain
    return Due(_end_of(last), provisional=roll and not cal.covers(plain, last))


def passed(cal: Calendar, start: datetime, now: datetime, unit: str) -> float:
    """How much time lies between two moments, as a clock of `unit` counts it: hours, working days, otherwise calendar days."""
    if unit == "hour":
        return (now - start) / HOUR
    return cal.working_days(_day(start), _day(now)) if unit == "working_day" else (_day(now) - _day(start)).days


def _calendar_end(first: date, length: int, unit: str) -> date:
    if unit == "calendar_day":
        return first + timedelta(days=length)
    return months_after(first, length * (MONTHS_A_YEAR if unit == "year" else 1))


def months_after(day: date, months: int) -> date:
    """The same day `months` later; the last day of that month where it has no such day."""
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()


def _end_of(day: date) -> datetime:
    return datetime.combine(day, END_OF_DAY, tzinfo=CHINA)
