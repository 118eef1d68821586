"""核查追责时效与已有调查: was the act discovered in time (行政处罚法 第三十六条), and has a joint investigation ended already?"""

from datetime import date
from typing import Any

from handlers.days import day_of, years_after
from workflows.contracts import HandlerCall, HandlerResult, Text

ORDINARY, LIFE_AND_HEALTH = 2, 5
"""Years (行政处罚法 第三十六条第一款)."""


def check_filing(call: HandlerCall) -> HandlerResult:
    """Set `limitation_state` (within, expired, unknown), `limitation_ends_on` (ISO) and `investigated`."""
    facts = call.facts
    act, found = day_of(facts.get("act_on")), day_of(facts.get("discovered_on"))
    years = LIFE_AND_HEALTH if facts.get("harm_to_life") else ORDINARY
    ends = years_after(act, years) if act else None
    state = _state(ends, found)
    known: dict[str, Any] = {
        "limitation_state": state,
        "limitation_ends_on": ends.isoformat() if ends else None,
        "investigated": bool(facts.get("findings_summary")),
    }
    words = {
        "within": Text(f"在 {years} 年追责时效内（至 {ends}）", f"Within the limitation of {years} years (until {ends})"),
        "expired": Text(f"已超过 {years} 年追责时效（至 {ends}）", f"The limitation of {years} years ended on {ends}"),
        "unknown": Text(
            "行为日期或者发现日期不明，时效未核查", "The day of the act or of its discovery is not known; limitation not checked"
        ),
    }
    return HandlerResult(facts=known, note=words[state])


def _state(ends: date | None, found: date | None) -> str:
    if ends is None or found is None:
        return "unknown"
    return "within" if found <= ends else "expired"
