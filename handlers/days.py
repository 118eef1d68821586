"""Days of a case: reading a date answer, the day of a moment in China, and counting years."""

from __future__ import annotations

from datetime import date, datetime

from workflows.contracts import CHINA, months_after

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


def years_after(day: date, years: int) -> date:
    """`years` later."""
    return months_after(day, years * MONTHS_A_YEAR)
