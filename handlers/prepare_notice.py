"""拟定告知内容: what the party will be told (行政处罚法 第四十四条); what it said to an earlier notice is over with this one."""

from workflows.contracts import HandlerCall, HandlerResult, Text


def prepare_notice(call: HandlerCall) -> HandlerResult:
    """Set `penalties_notified` and `fine_notified` (yuan) from the proposal; clear the answers to an earlier notice."""
    amount = call.facts.get("fine_amount") or 0
    known = {
        "penalties_notified": list(call.facts.get("penalties") or []),
        "fine_notified": amount,
        "party_statement": None,
        "hearing_request": None,
        "hearing_held": False,
        "chair_recusal": None,
    }
    return HandlerResult(facts=known, note=Text(f"拟告知罚款 {amount:,.2f} 元", f"To be told: a fine of {amount:,.2f} yuan"))
