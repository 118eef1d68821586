"""登记回避: whom the head recused does nothing more in this case (行政处罚法 第四十三条)."""

from workflows.contracts import HandlerCall, HandlerResult, Text


def apply_recusal(call: HandlerCall) -> HandlerResult:
    """Set `recused_officers`: those before, and the one of this decision when it was granted."""
    recused = list(call.facts.get("recused_officers") or [])
    granted = call.facts.get("recusal_decision") == "grant"
    if granted:
        recused.append(call.facts.get("recusal_officer"))
    words = (
        ("同意回避，另行指派承办人员", "Recused; others take over")
        if granted
        else ("不予回避，继续调查", "Not recused; the investigation goes on")
    )
    return HandlerResult(facts={"recused_officers": list(dict.fromkeys(recused))}, note=Text(*words))
