"""送达被请求机关: the agency whose help is asked takes part (行政处罚法 第二十六条)."""

from handlers.participation import addressed, agency
from workflows.contracts import HandlerCall, HandlerResult, Message, Text


def address_request(call: HandlerCall) -> HandlerResult:
    """Let `request_agency` take part and tell it. Raises LookupError for an agency that is not in the directory."""
    code = agency(call, str(call.facts.get("request_agency") or "")).code
    message = Message(
        kind="assistance_request",
        to_agency=code,
        subject=Text(f"协查函：{call.case_number}", f"Request for assistance: {call.case_number}"),
        text=Text(
            str(call.facts.get("request_text") or call.case_title),
            "Your assistance is asked under art. 26 of the Administrative Penalty Law.",
        ),
        documents=("协查函",),
    )
    return HandlerResult(participants=addressed(call, code, "请求协助"), messages=(message,))
