"""确定牵头机关: the lead and the members take part from now on (SD-1.5: members obey the lead's unified command)."""

from handlers.participation import agency, having
from workflows.contracts import HandlerCall, HandlerResult, Message, ParticipantChange, Text


def appoint_lead(call: HandlerCall) -> HandlerResult:
    """Make `lead_candidate` the lead and the others of `members` its members; tell all of them."""
    lead = agency(call, str(call.facts["lead_candidate"]))
    members = [code for code in dict.fromkeys(call.facts.get("members") or []) if code != lead.code]
    changes = [ParticipantChange(code, "candidate", "牵头机关已确定", ends=True) for code in having(call, "candidate")]
    changes.append(ParticipantChange(lead.code, "lead", "确定为牵头机关"))
    changes += [ParticipantChange(code, "member", "确定为成员单位") for code in members]
    messages = tuple(
        Message(
            kind="lead_appointed",
            to_agency=code,
            subject=Text(f"牵头单位确定：{call.case_number}", f"Lead appointed: {call.case_number}"),
            text=Text(f"{lead.name.zh}牵头办理「{call.case_title}」。", f"{lead.name.en} leads the case."),
            documents=("牵头单位确定函", "成员单位名单"),
        )
        for code in (lead.code, *members)
    )
    return HandlerResult(
        facts={"members": members},
        participants=tuple(changes),
        messages=messages,
        note=Text(f"{lead.name.zh}牵头", f"{lead.name.en} leads"),
    )
