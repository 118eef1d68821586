"""调集案卷: the file goes to review anew; what an earlier review or discussion said no longer counts (行政处罚法 第五十七、五十八条)."""

from workflows.contracts import HandlerCall, HandlerResult


def prepare_review(call: HandlerCall) -> HandlerResult:  # noqa: ARG001 - a service is given the call, whatever it needs of it
    """Clear `legal_opinion` and `discussion_result`."""
    return HandlerResult(facts={"legal_opinion": None, "discussion_result": None})
