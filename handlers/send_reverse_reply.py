"""送达回复: the result goes back in writing to who sent the case, and to the procuratorate (刑诉法 第一百七十七条第三款)."""

from handlers.participation import having, sender_of, tell
from workflows.contracts import HandlerCall, HandlerResult, Text


def send_reverse_reply(call: HandlerCall) -> HandlerResult:
    """Send the reasoned reply."""
    sender = sender_of(call)
    subject = Text(f"处理情况回复函：{call.case_number}", f"Reply on the result: {call.case_number}")
    said = str(call.facts.get("reverse_reply") or "")
    told = tell([sender, *having(call, "procuratorate")], "reverse_replied", subject, Text(said, said), ("处理情况回复函",))
    return HandlerResult(messages=told, note=Text("已书面回复处理结果", "Answered in writing"))
