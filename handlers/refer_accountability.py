"""建议追责问责: an agency that refuses an order is reported to the government above it (令310 第十六条 for transfers; ZB-5.2 otherwise)."""

from handlers.participation import first
from workflows.contracts import HandlerCall, HandlerResult, Message, Text


def refer_accountability(call: HandlerCall) -> HandlerResult:
    """Tell the government, and the discipline inspection where the directory has one, with the order and the issuer's reasons."""
    addressee = first(call, "addressee")
    to = [ref.code for ref in call.registers.agencies() if ref.function in {"SUPV", "GOV"}]
    reasons = str(call.facts.get("assessment_text") or call.facts.get("order_text") or "")
    messages = tuple(
        Message(
            kind="accountability",
            to_agency=code,
            to_role="supervisor",
            subject=Text(f"追责问责建议：{call.case_number}", f"Accountability proposed: {call.case_number}"),
            text=Text(
                f"{addressee.name.zh}未按督办要求办理。{reasons}",
                f"{addressee.name.local('en')} did not do what the order demands. {reasons}",
            ),
            documents=("督办报告",),
        )
        for code in to
    )
    return HandlerResult(
        messages=messages, note=Text(f"建议对{addressee.name.zh}追责问责", f"Accountability of {addressee.name.local('en')} proposed")
    )
