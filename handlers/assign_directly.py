"""直接分工: the head decided against a plan of its own; lead and members investigate by the division that was agreed (SD-1.5: “可”)."""

from handlers.participation import first, having
from workflows.contracts import HandlerCall, HandlerResult, Text


def assign_directly(call: HandlerCall) -> HandlerResult:
    """Set `investigators`: the lead and everybody who takes part as a member."""
    investigators = list(dict.fromkeys([first(call, "lead").code, *having(call, "member")]))
    return HandlerResult(
        facts={"investigators": investigators}, note=Text("不制定一案一策方案，直接分工", "No plan; the work is divided directly")
    )
