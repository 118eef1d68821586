"""回复公安机关: what the assisting agency found or did (鲁卫医监字〔2024〕1号 二（一）6)."""

from handlers.participation import having, tell
from workflows.contracts import HandlerCall, HandlerResult, Text


def return_assistance(call: HandlerCall) -> HandlerResult:
    """Send the answer to the police."""
    answer = str(call.facts.get("assistance_answer") or "")
    subject = Text(f"协助请求的答复：{call.case_number}", f"Answer to the request: {call.case_number}")
    return HandlerResult(messages=tell(having(call, "police"), "assistance_answered", subject, Text(answer, answer), ("认定意见",)))
