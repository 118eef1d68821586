"""确定办案机关: where nobody leads yet, the agency that received the matter does."""

from handlers.participation import first, having
from workflows.contracts import HandlerCall, HandlerResult, ParticipantChange, Text


def assume_lead(call: HandlerCall) -> HandlerResult:
    """Let the receiving agency lead unless another one does."""
    if having(call, "lead"):
        return HandlerResult()
    own = first(call, "receiving")
    return HandlerResult(
        participants=(ParticipantChange(own.code, "lead", "由受理机关办理"),), note=Text(f"{own.name.zh}办理", f"{own.name.en} handles it")
    )
