"""印发方案: the signed plan goes to every member, its version counts up, the investigation's branches are fixed."""

from handlers.participation import first
from workflows.contracts import HandlerCall, HandlerResult, Message, ParticipantChange, Text


def issue_plan(call: HandlerCall) -> HandlerResult:
    """Set `investigators` (lead and members of the plan) and `plan_version`; members that the plan adds take part."""
    lead = first(call, "lead").code
    members = [code for code in dict.fromkeys(call.facts.get("members") or []) if code != lead]
    version = int(call.facts.get("plan_version") or 0) + 1
    joins = tuple(ParticipantChange(code, "member", f"列入联合执法方案第 {version} 版") for code in members)
    messages = tuple(
        Message(
            kind="plan_issued",
            to_agency=code,
            subject=Text(f"联合执法方案第 {version} 版：{call.case_number}", f"Plan, version {version}: {call.case_number}"),
            text=Text(str(call.facts.get("plan_goal") or call.case_title), call.case_title),
            documents=("联合执法方案",),
        )
        for code in members
    )
    return HandlerResult(
        facts={"investigators": [lead, *members], "plan_version": version},
        participants=joins,
        messages=messages,
        note=Text(f"印发联合执法方案第 {version} 版", f"Plan version {version} issued"),
    )
