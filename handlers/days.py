"""Days of a case: reading a date answer, the day of a moment in China, and counting years and months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
MONTHS_A_YEAR = 12


def day_of(told: object) -> date | None:
    """The day of a date answer (ISO); None where it is empty or no day."""
    try:
        return datetime.fromisoformat(told).date() if isinstance(told, str) and told else None
    except ValueError:
        return None


def today(now: datetime) -> date:
    """The day in China of an aware moment."""
    return now.astimezone(CHINA).date()


def months_after(day: date, months: int) -> date:
    """`months` later; the last day of the month where it is shorter."""
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_after(day: date, years: int) -> date:
    """`years` later."""
    return months_after(day, years * MONTHS_A_YEAR)
