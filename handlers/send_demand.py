"""送达公安机关: the procuratorate's demand to explain why the case was not filed (人民检察院刑事诉讼规则 第五百六十条、第五百六十二条)."""

from handlers.participation import having, tell
from workflows.contracts import HandlerCall, HandlerResult, Text


def send_demand(call: HandlerCall) -> HandlerResult:
    """Tell the police what they are to explain."""
    subject = Text(f"要求说明不立案理由：{call.case_number}", f"Explain why it was not filed: {call.case_number}")
    text = Text(
        f"请于收到通知书后 7 日以内书面说明。{call.facts.get('reasons_demand') or ''}", "Explain in writing within 7 days of the notice."
    )
    return HandlerResult(messages=tell(having(call, "police"), "reasons_demanded", subject, text, ("要求说明不立案理由通知书",)))
