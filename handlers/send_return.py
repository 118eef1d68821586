"""退回移送机关: what is not within the agency's powers goes back, with the competent agency and the reason."""

from handlers.participation import sender_of, tell
from workflows.contracts import HandlerCall, HandlerResult, Text


def send_return(call: HandlerCall) -> HandlerResult:
    """Tell who sent it."""
    sender = sender_of(call)
    subject = Text(f"退回移送案件：{call.case_number}", f"Returned: {call.case_number}")
    reason, competent = str(call.facts.get("return_reason") or ""), str(call.facts.get("competent_agency") or "")
    text = Text(f"不属本机关职权，建议移送{competent}。{reason}", f"Not within our powers; try {competent}. {reason}")
    return HandlerResult(messages=tell([sender], "reverse_returned", subject, text, ("案件移送函",)), note=text)
