"""制发分办转办单: each agency that a clue is divided among or forwarded to is told with the slip (鲁卫医监字〔2024〕1号 二（一）4)."""

from handlers.participation import tell
from workflows.contracts import HandlerCall, HandlerResult, Text


def send_referral_slip(call: HandlerCall) -> HandlerResult:
    """Tell every target; the slip carries the clue and why it is theirs, and their receipt answers it."""
    targets = list(call.facts.get("targets") or [])
    subject = Text(f"分办转办：{call.case_number}", f"A clue for you: {call.case_number}")
    text = Text(f"「{call.case_title}」请签收并办理。", f"{call.case_title}: please sign for it and handle it.")
    return HandlerResult(
        messages=tell(targets, "clue_referred", subject, text, ("分办转办单",)),
        note=Text(f"分办转办 {len(targets)} 家", f"{len(targets)} agencies are told"),
    )
