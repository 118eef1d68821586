"""送请研判: the competent department takes part as lead; nobody acts before it has determined (浙卫发函〔2022〕42号 附件1)."""

from handlers.participation import first, with_function
from workflows.contracts import HandlerCall, HandlerResult, Message, ParticipantChange, Text


def ask_determiner(call: HandlerCall) -> HandlerResult:
    """Let the agency with `determiner_function` lead; the receiving one where the region has none of it."""
    lead = with_function(call, str(call.facts.get("determiner_function") or "")) or first(call, "receiving").code
    message = Message(
        kind="determination_asked",
        to_agency=lead,
        subject=Text(f"送请研判：{call.case_number}", f"Determination asked: {call.case_number}"),
        text=Text(f"「{call.case_title}」请研判定性后转送处置。", f"{call.case_title}: please determine whether it is unlawful."),
    )
    return HandlerResult(participants=(ParticipantChange(lead, "lead", "行业主管部门，研判定性"),), messages=(message,))
