"""登记公示: until when the decision stays published; the number of months comes from the table “公示期”."""

from handlers.days import day_of, today
from workflows.contracts import HandlerCall, HandlerResult, Text, months_after


def note_publication(call: HandlerCall) -> HandlerResult:
    """Set `publicity_until` (ISO), counted from the day of publication."""
    published = day_of(call.facts.get("published_on")) or today(call.now)
    until = months_after(published, int(call.facts.get("publicity_months") or 0)).isoformat()
    return HandlerResult(facts={"publicity_until": until}, note=Text(f"公示至 {until}，期满停止公示", f"Published until {until}"))
