"""归档并通知: the case is over; everybody who took part is told."""

from workflows.contracts import HandlerCall, HandlerResult, Message, Text


def close_out(call: HandlerCall) -> HandlerResult:
    """Tell each participating agency that the case is closed."""
    agencies = dict.fromkeys(part.agency.code for part in call.participants)
    messages = tuple(
        Message(
            kind="case_closed",
            to_agency=code,
            subject=Text(f"结案通知：{call.case_number}", f"Case closed: {call.case_number}"),
            text=Text(f"「{call.case_title}」已结案。", f"{call.case_title} is closed."),
        )
        for code in agencies
    )
    return HandlerResult(messages=messages, note=Text("案件归档", "Case filed away"))
