"""送达公安机关: the procuratorate orders the filing (公安机关办理刑事案件程序规定 第一百八十二条; 规则 第五百六十一条至第五百六十三条)."""

from handlers.participation import having, leading, tell
from workflows.contracts import HandlerCall, HandlerResult, Text


def send_filing_order(call: HandlerCall) -> HandlerResult:
    """Tell the police to file within 15 days, and the agency that they are told."""
    subject = Text(f"通知立案：{call.case_number}", f"Order to file: {call.case_number}")
    text = Text("检察机关通知立案，公安机关应当在 15 日以内立案。", "The procuratorate orders the filing; the police file within 15 days.")
    told = [*having(call, "police"), leading(call).code]
    return HandlerResult(messages=tell(told, "filing_ordered", subject, text, ("通知立案书",)), note=text)
