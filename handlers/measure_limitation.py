"""计算处罚时效: whether two and five years had passed when the act was discovered (行政处罚法 第三十六条第一款)."""

from handlers.days import day_of, years_after
from workflows.contracts import HandlerCall, HandlerResult, Text

SHORT, LONG = 2, 5
"""Years of 行政处罚法 art. 36(1)."""


def measure_limitation(call: HandlerCall) -> HandlerResult:
    """Set `two_years_passed` and `five_years_passed` from the days on which the act ended and was discovered."""
    ended, discovered = day_of(call.facts.get("act_on")), day_of(call.facts.get("discovered_on"))
    passed = [ended is not None and discovered is not None and discovered > years_after(ended, years) for years in (SHORT, LONG)]
    note = Text("已计算处罚时效（行政处罚法第三十六条）", "Limitation measured (art. 36)")
    return HandlerResult(facts={"two_years_passed": passed[0], "five_years_passed": passed[1]}, note=note)
