"""提名牵头机关: the functions that the rule table proposes, as agencies of this jurisdiction, with what each leads already."""

from handlers.participation import agency, first, with_function
from workflows.contracts import HandlerCall, HandlerResult, Text


def nominate_lead(call: HandlerCall) -> HandlerResult:
    """Set `lead_candidate`, `members` and `lead_load`; where the proposed function has no agency here, the receiving one is proposed."""
    lead = with_function(call, str(call.facts.get("lead_proposed") or "")) or first(call, "receiving").code
    proposed = [with_function(call, function) for function in call.facts.get("members_proposed") or []]
    members = [code for code in dict.fromkeys(proposed) if code and code != lead]
    load = "\n".join(f"{agency(call, code).name.zh}：在办牵头案件 {call.registers.cases_led_by(code)} 件" for code in (lead, *members))
    facts = {"lead_candidate": lead, "members": members, "lead_load": load}
    return HandlerResult(facts=facts, note=Text(f"提名 {lead} 牵头", f"{lead} nominated as lead"))
