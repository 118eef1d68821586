"""注明会签时间: when a member gave its opinion, by which one on an earlier draft of the plan is told from one on this."""

from workflows.contracts import HandlerCall, HandlerResult


def stamp_opinion(call: HandlerCall) -> HandlerResult:
    """Set `opinion_given_at` of the branch."""
    return HandlerResult(facts={"opinion_given_at": call.now.isoformat()})
