"""登记决定: the day of the decision, from which service and publication count (行政处罚法 第六十、六十一条)."""

from handlers.days import today
from workflows.contracts import HandlerCall, HandlerResult, Text


def note_decision(call: HandlerCall) -> HandlerResult:
    """Set `penalty_decided_on` (ISO)."""
    day = today(call.now).isoformat()
    return HandlerResult(facts={"penalty_decided_on": day}, note=Text(f"{day} 作出决定", f"Decided on {day}"))
