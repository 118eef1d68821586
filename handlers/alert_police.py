"""通知公安和上级: an attack on officers is reported at once (鲁卫医监字〔2024〕1号 二（一）6)."""

from handlers.participation import agency, first, having, tell, with_function
from workflows.contracts import HandlerCall, HandlerResult, Message, ParticipantChange, Text


def alert_police(call: HandlerCall) -> HandlerResult:
    """Let the police and the superior take part; tell them, the own head and the lead. Raises LookupError without police here."""
    own = first(call, "receiving")
    police = with_function(call, "PSB")
    if police is None:
        raise LookupError("机构目录中没有公安机关 / no police in the directory")
    superior = next(iter(having(call, "superior")), own.parent or own.code)
    place = str(call.facts.get("attack_place") or "")
    subject = Text(f"现场遭遇暴力抗法：{call.case_number}", f"Violence on the scene: {call.case_number}")
    text = Text(f"地点：{place}。请立即到场处置。", f"At {place}. Please come at once.")
    heads = Message(kind="violence", to_agency=own.code, to_role="head", subject=subject, text=text)
    return HandlerResult(
        participants=(ParticipantChange(police, "police", "出警处置"), ParticipantChange(superior, "superior", "接收情况报告")),
        messages=(*tell([police, superior, *having(call, "lead")], "violence", subject, text, ("报案材料", "现场视频清单")), heads),
        note=Text(f"已通知{agency(call, police).name.zh}", f"{agency(call, police).name.en} is told"),
    )
