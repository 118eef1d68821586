"""登记推送与期限: until when the information is disclosed, at most five years (山东省社会信用条例 第二十条)."""

from handlers.days import day_of, today
from workflows.contracts import HandlerCall, HandlerResult, Text, months_after


def note_credit(call: HandlerCall) -> HandlerResult:
    """Set `credit_until` (ISO), counted from the decision."""
    decided = day_of(call.facts.get("penalty_decided_on")) or today(call.now)
    until = months_after(decided, int(call.facts.get("credit_months") or 0)).isoformat()
    return HandlerResult(facts={"credit_until": until}, note=Text(f"信用信息公开至 {until}", f"Credit information disclosed until {until}"))
