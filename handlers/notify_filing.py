"""通知移送机关: the decision on filing goes to the agency in writing, with a copy to the procuratorate (令310 第八条)."""

from handlers.participation import having, leading, tell
from workflows.contracts import HandlerCall, HandlerResult, Text


def notify_filing(call: HandlerCall) -> HandlerResult:
    """Tell whether the police filed the case, and why."""
    filed = call.facts.get("filing") == "filed"
    reason = str(call.facts.get("filing_reason") or "")
    word = ("立案", "Filed") if filed else ("不予立案", "Not filed")
    text = Text(f"公安机关决定{word[0]}。{reason}", f"{word[1]}. {reason}")
    subject = Text(f"{word[0]}通知书：{call.case_number}", f"{word[1]}: {call.case_number}")
    told = tell([leading(call).code, *having(call, "procuratorate")], "filing_decided", subject, text, (f"{word[0]}通知书",))
    return HandlerResult(messages=told, note=text)
