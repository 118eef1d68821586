"""计算处罚时效: whether two and five years had passed when the act was discovered (行政处罚法 第三十六条第一款)."""

import calendar
from datetime import date

from workflows.contracts import HandlerCall, HandlerResult, Text

SHORT, LONG = 2, 5
"""Years of 行政处罚法 art. 36(1)."""


def measure_limitation(call: HandlerCall) -> HandlerResult:
    """Set `two_years_passed` and `five_years_passed` from the days on which the act ended and was discovered."""
    ended, discovered = (_day(call.facts.get(name)) for name in ("offence_ended_on", "offence_discovered_on"))
    passed = [ended is not None and discovered is not None and discovered > _later(ended, years) for years in (SHORT, LONG)]
    note = Text("已计算处罚时效（行政处罚法第三十六条）", "Limitation measured (art. 36)")
    return HandlerResult(facts={"two_years_passed": passed[0], "five_years_passed": passed[1]}, note=note)


def _day(answer: object) -> date | None:
    return date.fromisoformat(answer) if isinstance(answer, str) and answer else None


def _later(day: date, years: int) -> date:
    year = day.year + years
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))
