"""告知各单位: the investigation goes on under the protection of the police."""

from handlers.participation import having, tell
from workflows.contracts import HandlerCall, HandlerResult, Text


def report_resumption(call: HandlerCall) -> HandlerResult:
    """Tell the lead, the members, the police and the superior from when on."""
    day = str(call.facts.get("resume_on") or "")
    subject = Text(f"恢复调查：{call.case_number}", f"The investigation goes on: {call.case_number}")
    text = Text(f"自 {day} 起在公安机关保护下恢复调查。", f"From {day} on, under police protection.")
    told = [code for part in ("lead", "member", "police", "superior") for code in having(call, part)]
    return HandlerResult(messages=tell(told, "investigation_resumed", subject, text), note=text)
