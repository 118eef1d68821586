"""汇总成员意见: whether a member objects to the plan."""

from workflows.contracts import HandlerCall, HandlerResult, Text


def tally_opinions(call: HandlerCall) -> HandlerResult:
    """Set `plan_objected` and a summary of who said what."""
    members = list(call.facts.get("members") or [])
    objecting = [code for code in members if call.branches.get(code, {}).get("opinion") == "object"]
    said = [f"{code}：{call.branches.get(code, {}).get('opinion_text') or '异议'}" for code in objecting]
    note = Text(f"{len(members)} 家成员单位，异议 {len(objecting)} 家", f"{len(members)} members, {len(objecting)} object")
    return HandlerResult(facts={"plan_objected": bool(objecting), "opinions_summary": said}, note=note)
