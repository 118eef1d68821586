"""印发方案: the signed plan goes to every member, its version counts up, the investigation's branches are fixed."""

from handlers.participation import PLAN, first, with_function
from workflows.contracts import HandlerCall, HandlerResult, Message, ParticipantChange, Text


def issue_plan(call: HandlerCall) -> HandlerResult:
    """Set `investigators` (lead and members of the plan) and `plan_version`; members that the plan adds take part.

    Where the head wants it, the court of the same level gets a copy (SH-3 沪卫监督〔2024〕37号（三）); without one in the directory the
    record says so.
    """
    lead = first(call, "lead").code
    members = [code for code in dict.fromkeys(call.facts.get("members") or []) if code != lead]
    version = int(call.facts.get("plan_version") or 0) + 1
    name = call.registers.called("plan", PLAN)
    joins = tuple(ParticipantChange(code, "member", f"列入联合执法方案第 {version} 版") for code in members)
    court = with_function(call, "COURT") if call.facts.get("court_copy") else None
    messages = tuple(_issued(call, name, code, version) for code in (*members, *([court] if court else [])))
    missing = call.facts.get("court_copy") and not court
    note = Text(
        f"印发{name.zh}第 {version} 版{'；目录中无同级人民法院，抄送须线下办理' if missing else ''}",
        f"Plan version {version} issued{'; no court in the directory, its copy goes by other means' if missing else ''}",
    )
    return HandlerResult(
        facts={"investigators": [lead, *members], "plan_version": version}, participants=joins, messages=messages, note=note
    )


def _issued(call: HandlerCall, name: Text, code: str, version: int) -> Message:
    return Message(
        kind="plan_issued",
        to_agency=code,
        subject=Text(f"{name.zh}第 {version} 版：{call.case_number}", f"Plan, version {version}: {call.case_number}"),
        text=Text(str(call.facts.get("plan_goal") or call.case_title), call.case_title),
        documents=("联合执法方案",),
    )
