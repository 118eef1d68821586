"""核定应缴数额: what the party has to pay under the decision (行政处罚法 第六十六条)."""

from workflows.contracts import HandlerCall, HandlerResult, Text


def assess_execution(call: HandlerCall) -> HandlerResult:
    """Set `money_total` in yuan (fine and confiscated income) and `money_due`."""
    total = (call.facts.get("fine_decided") or 0) + (call.facts.get("confiscated_amount") or 0)
    return HandlerResult(
        facts={"money_total": total, "money_due": total > 0, "payment_state": None, "performance": None, "deferred_until": None},
        note=Text(f"应缴罚没款 {total:,.2f} 元", f"To be paid: {total:,.2f} yuan"),
    )
