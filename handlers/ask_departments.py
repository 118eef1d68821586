"""通知各部门报送: each department of the city is asked for its part of the report; on a further round only who still owes one.

浙卫发函〔2022〕42号 四: the city's health authority collects the work of every department each quarter and reports to the one above.
"""

from handlers.participation import agency, first
from workflows.contracts import HandlerCall, HandlerResult, Message, ParticipantChange, Text


def ask_departments(call: HandlerCall) -> HandlerResult:
    """Set `report_departments`: those that have to correct their part, else those whose part is not in; use up the corrections."""
    facts, city = call.facts, first(call, "receiving")
    above = city.parent or city.code
    owing = [code for code in facts.get("campaign_departments") or [] if not (call.branches.get(code) or {}).get("part_statement")]
    asked = list(dict.fromkeys(facts.get("departments_to_correct") or owing))
    day = facts.get("parts_due_before") or ""
    joins = [ParticipantChange(above, "superior", "接收报告"), *(ParticipantChange(code, "member", "报送本部门数据") for code in asked)]
    messages = tuple(
        Message(
            kind="report_asked",
            to_agency=code,
            subject=Text(f"报送专项行动数据：{call.case_title}", f"Figures wanted: {call.case_title}"),
            text=Text(f"请{agency(call, code).name.zh}于 {day} 前报送本部门数据。", f"Please send your part before {day}."),
        )
        for code in asked
    )
    return HandlerResult(
        facts={"report_departments": asked, "departments_to_correct": []},
        participants=tuple(joins),
        messages=messages,
        note=Text(f"通知 {len(asked)} 个部门报送", f"{len(asked)} departments asked"),
    )
