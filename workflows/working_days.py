"""Deadline arithmetic: working days of the State Council's calendar, calendar days, hours, months, years.

Day 0 is excluded (刑诉法 第一百零五条; 行政处罚法 第八十五条 for what counts as a working day). A day-based term ends with
its last day, 24:00 in China; an hour-based one ends to the second.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
SATURDAY = 5
MONTHS_A_YEAR = 12
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

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; before it, for a negative count."""
        step = 1 if count >= 0 else -1
        left = abs(count)
        while left:
            day += timedelta(days=step)
            left -= self.is_working(day)
        return day

    def covers(self, first: date, last: date) -> bool:
        """Whether every year from `first` to `last` is published."""
        low, high = sorted((first.year, last.year))
        return all(year in self.published for year in range(low, high + 1))


@dataclass(frozen=True)
class Due:
    """A due moment. `provisional`: it reaches into a year whose calendar is not published."""

    at: datetime
    provisional: bool


def due(cal: Calendar, start: datetime, length: int, unit: str) -> Due:
    """When a term of `length` `unit`s that starts at the aware moment `start` ends, in China's time zone.

    Raises ValueError for a naive start or an unknown unit.
    """
    if start.tzinfo is None:
        message = "the start needs an offset, such as 2026-04-29T10:00+08:00"
        raise ValueError(message)
    local = start.astimezone(CHINA)
    if unit == "hour":
        return Due(local + timedelta(hours=length), provisional=False)
    if unit == "working_day":
        last = cal.add_working_days(local.date(), length)
        return Due(_end_of(last), provisional=not cal.covers(local.date(), last))
    if unit == "calendar_day":
        return Due(_end_of(local.date() + timedelta(days=length)), provisional=False)
    if unit in {"month", "year"}:
        months = length * (MONTHS_A_YEAR if unit == "year" else 1)
        return Due(_end_of(_add_months(local.date(), months)), provisional=False)
    message = f"unknown unit {unit!r}: one of {', '.join(UNITS)}"
    raise ValueError(message)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, END_OF_DAY, tzinfo=CHINA)


def _add_months(day: date, months: int) -> date:
    index = day.year * MONTHS_A_YEAR + day.month - 1 + months
    year, month = divmod(index, MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
