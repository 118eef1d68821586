"""立案机关主办: the agency that opened this penalty case leads it, whoever leads the case above (行政处罚法 第二十五条)."""

from handlers.participation import first
from workflows.contracts import HandlerCall, HandlerResult, ParticipantChange, Text


def take_charge(call: HandlerCall) -> HandlerResult:
    """Make the receiving agency the lead of this case; the lead of the case above takes part as a member."""
    own = first(call, "receiving").code
    others = [part.agency.code for part in call.participants if part.capacity == "lead" and part.agency.code != own]
    changes = (ParticipantChange(own, "lead", "立案机关"), *(ParticipantChange(code, "member", "上级案件牵头机关") for code in others))
    return HandlerResult(participants=changes, note=Text("由立案机关办理", "Handled by the agency that files it"))
