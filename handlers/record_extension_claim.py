"""登记主张延长: the police claim more time for the review; it is recorded and told, and the legal limit stays (公安部 2015 年意见, contested)."""

from handlers.participation import having, leading, tell
from workflows.contracts import HandlerCall, HandlerResult, Text

DAYS = {"claim_7": 7, "claim_30": 30}


def record_extension_claim(call: HandlerCall) -> HandlerResult:
    """Set `extension_claimed_days` (7 or 30) and tell the agency and the procuratorate; each claim stays on the record."""
    days = DAYS.get(str(call.facts.get("filing_review")), 0)
    note = Text(f"公安机关主张延长至 {days} 日，法定期限仍按 3 日显示", f"The police claim {days} days; the legal limit stays at 3")
    subject = Text(f"主张延长立案审查：{call.case_number}", f"More time claimed: {call.case_number}")
    told = tell([leading(call).code, *having(call, "procuratorate")], "extension_claimed", subject, note)
    return HandlerResult(facts={"extension_claimed_days": days}, messages=told, note=note)
