"""自行查处: the receiving agency is competent for all of it and investigates alone (SD-1.4 查处)."""

from handlers.participation import first
from workflows.contracts import HandlerCall, HandlerResult, ParticipantChange, Text


def take_alone(call: HandlerCall) -> HandlerResult:
    """Make the receiving agency the lead; set `investigators` to it alone and `members` to nobody."""
    own = first(call, "receiving").code
    facts = {"members": [], "investigators": [own]}
    return HandlerResult(facts=facts, participants=(ParticipantChange(own, "lead", "自行查处"),), note=Text("自行查处", "Handled alone"))
