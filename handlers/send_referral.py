"""移送其他有关机关: a duty crime, or what is not for the police, goes to the competent organ, with a copy to the procuratorate (令310 第十九条)."""

from handlers.participation import leading, same_level, tell
from workflows.contracts import HandlerCall, HandlerResult, ParticipantChange, Text


def send_referral(call: HandlerCall) -> HandlerResult:
    """Set `transfer_referred`; tell the supervisory organ where the directory has one, and the procuratorate."""
    own = leading(call)
    organ, procuratorate = same_level(call, "SUPV", own), same_level(call, "PROC", own)
    subject = Text(f"案件线索移送：{call.case_number}", f"Referral: {call.case_number}")
    to = str(call.facts.get("referred_to") or "")
    text = Text(f"已移送{to}，现抄送。", f"Referred to {to}; this is your copy.")
    joins = (ParticipantChange(procuratorate.code, "procuratorate", "移送案件抄送备查"),) if procuratorate else ()
    told = tell([ref.code for ref in (organ, procuratorate) if ref is not None], "transfer_referred", subject, text)
    return HandlerResult(facts={"transfer_referred": True}, participants=joins, messages=told, note=text)
