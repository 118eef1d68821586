"""登记涉嫌犯罪并锁定罚款: from now on no fine is decided until the transfer is settled (行政处罚法 第二十七条, 令310 第十一条)."""

from workflows.contracts import HandlerCall, HandlerResult, Text

SUSPECTED = {"classification": "both", "transfer_outcome": None, "handling": None, "legal_opinion": None, "penalty_decision": None}
"""What is known from now on; the outcome of an earlier transfer and the opinions that led here are forgotten."""


def suspect_crime(call: HandlerCall) -> HandlerResult:  # noqa: ARG001 - a service is given the call, whatever it needs of it
    """Set `classification`, forget the outcome of an earlier transfer, and clear the opinions that led here."""
    return HandlerResult(
        facts=SUSPECTED, note=Text("发现涉嫌犯罪，进入移送程序，罚款锁定", "A crime is suspected: the transfer begins, the fine is locked")
    )
