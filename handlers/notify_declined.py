"""告知移送机关: the police say in writing that the case is for another organ (公安机关办理刑事案件程序规定 第一百八十条第三款)."""

from handlers.participation import having, leading, tell
from workflows.contracts import HandlerCall, HandlerResult, Text


def notify_declined(call: HandlerCall) -> HandlerResult:
    """Tell the agency and the procuratorate, with the reasons."""
    subject = Text(f"不属公安机关管辖：{call.case_number}", f"Not for the police: {call.case_number}")
    reason = str(call.facts.get("decline_reason") or "")
    text = Text(f"请向有管辖权的机关移送。{reason}", f"Transfer it to the competent organ. {reason}")
    return HandlerResult(messages=tell([leading(call).code, *having(call, "procuratorate")], "transfer_declined", subject, text))
