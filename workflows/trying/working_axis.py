"""Working time as a line of numbers: 0 is the morning of the first working day, 1 the morning of the next, 1.5 the middle of that day."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, timedelta

from workflows.trying.scenarios import MORNING
from workflows.working_days import CHINA, Calendar

HOURS = 8.0
"""Hours that are worked on a working day; what happens later on it happens at its end."""


class WorkingAxis:
    """The line that begins on the first working day on or after `first`."""

    def __init__(self, calendar: Calendar, first: date) -> None:
        """Days are looked up as they are needed."""
        self._calendar = calendar
        self._days = [calendar.working_on_or_after(first)]

    def moment(self, place: float) -> datetime:
        """The moment at `place`, 0 or more. Raises OverflowError beyond the calendar."""
        whole = int(place)
        while len(self._days) <= whole:
            self._days.append(self._calendar.add_working_days(self._days[-1], 1))
        return datetime.combine(self._days[whole], MORNING) + timedelta(hours=HOURS * (place - whole))

    def place(self, moment: datetime) -> float:
        """The place of a moment: that of the next morning for one on a day that is not worked. Raises OverflowError."""
        day = moment.astimezone(CHINA).date()
        while self._days[-1] < day:
            self._days.append(self._calendar.add_working_days(self._days[-1], 1))
        whole = bisect_left(self._days, day)
        if self._days[whole] != day:
            return float(whole)
        worked = (moment - datetime.combine(day, MORNING)) / timedelta(hours=HOURS)
        return whole + min(1.0, max(0.0, worked))
