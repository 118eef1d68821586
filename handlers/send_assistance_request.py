"""送达协助机关: the agency that the police ask takes part until the next request (鲁卫医监字〔2024〕1号 二（一）6)."""

from handlers.participation import agency, having, leading, tell
from workflows.contracts import HandlerCall, HandlerResult, ParticipantChange, Text


def send_assistance_request(call: HandlerCall) -> HandlerResult:
    """Let `assisting_agency` assist and tell it what is asked; without one, the transferring agency assists."""
    asked = agency(call, str(call.facts.get("assisting_agency") or leading(call).code))
    changes = [ParticipantChange(code, "assisting", "协助已完成", ends=True) for code in having(call, "assisting") if code != asked.code]
    changes.append(ParticipantChange(asked.code, "assisting", "公安机关请求协助"))
    subject = Text(f"协助函：{call.case_number}", f"Assistance wanted: {call.case_number}")
    reason = str(call.facts.get("assistance_reason") or "")
    told = tell([asked.code], "assistance_requested", subject, Text(reason, reason), ("协助函",))
    return HandlerResult(participants=tuple(changes), messages=told, note=Text(f"请求{asked.name.zh}协助", f"{asked.name.en} is asked"))
