"""征询拟牵头机关: the candidate takes part and is asked whether it takes the lead."""

from handlers.participation import agency
from workflows.contracts import HandlerCall, HandlerResult, Message, ParticipantChange, Text


def invite_candidate(call: HandlerCall) -> HandlerResult:
    """Let `lead_candidate` take part as candidate and tell its head."""
    code = agency(call, str(call.facts["lead_candidate"])).code
    message = Message(
        kind="lead_asked",
        to_agency=code,
        to_role="head",
        subject=Text(f"征询牵头意见：{call.case_number}", f"Asked to lead: {call.case_number}"),
        text=Text(str(call.facts.get("lead_clause") or "请答复是否牵头办理本案。"), "Please answer whether your agency takes the lead."),
        documents=("牵头函",),
    )
    return HandlerResult(participants=(ParticipantChange(code, "candidate", "拟牵头办理"),), messages=(message,))
