"""送达接收机关: the agency that a notice of a linked party is for takes part; one that returned it no longer does."""

from handlers.participation import addressed, agency
from workflows.contracts import HandlerCall, HandlerResult, Message, Text


def address_notice(call: HandlerCall) -> HandlerResult:
    """Let `notice_agency` take part and tell it. Raises LookupError for an agency that is not in the directory."""
    code = agency(call, str(call.facts.get("notice_agency") or "")).code
    message = Message(
        kind="linked_notice",
        to_agency=code,
        subject=Text(f"线索通报函：{call.case_number}", f"Notice of a linked party: {call.case_number}"),
        text=Text(
            str(call.facts.get("notice_text") or call.case_title), "A party of your remit was found in a joint case; please sign for it."
        ),
        documents=("线索通报函",),
    )
    return HandlerResult(participants=addressed(call, code, "接收线索通报"), messages=(message,))
