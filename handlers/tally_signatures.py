"""汇总会签意见: one objection sends the text back."""

from workflows.contracts import HandlerCall, HandlerResult, Text


def tally_signatures(call: HandlerCall) -> HandlerResult:
    """Set `publication_objected`: whether one of the signers objects."""
    signers = call.facts.get("publication_signers") or []
    objecting = [code for code in signers if call.branches.get(code, {}).get("publication_opinion") == "object"]
    words = Text(f"{len(objecting)} 家单位有异议", f"{len(objecting)} agencies object") if objecting else Text("一致同意发布", "All agree")
    return HandlerResult(facts={"publication_objected": bool(objecting)}, note=words)
