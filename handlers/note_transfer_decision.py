"""登记移送决定: a transfer is one of the decisions that the term of a penalty case waits for (行政处罚法 第五十七条第一款第四项、第六十条)."""

from workflows.contracts import HandlerCall, HandlerResult, Text


def note_transfer_decision(call: HandlerCall) -> HandlerResult:  # noqa: ARG001 - a service is given the call, whatever it needs of it
    """Say in the record that the penalty procedure ends with the transfer; the diagram stops its term."""
    return HandlerResult(
        note=Text("违法行为涉嫌犯罪，决定移送，处罚程序终结", "A crime is suspected: transferred, the penalty procedure ends")
    )
