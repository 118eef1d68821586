"""登记听证结果: a hearing was held; the decision rests on its minutes, and legal review is due (行政处罚法 第五十八、六十五条)."""

from workflows.contracts import HandlerCall, HandlerResult, Text


def note_hearing(call: HandlerCall) -> HandlerResult:  # noqa: ARG001 - a service is given the call, whatever it needs of it
    """Set `hearing_held`."""
    return HandlerResult(
        facts={"hearing_held": True},
        note=Text("听证已举行，决定应当根据听证笔录作出", "The hearing was held; the decision rests on its minutes"),
    )
