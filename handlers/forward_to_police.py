"""转送有管辖权的公安机关: the case changes hands inside the police, and the agency is told in writing (令310 第七条)."""

from handlers.participation import agency, having, leading, tell, with_function
from workflows.contracts import HandlerCall, HandlerResult, ParticipantChange, Text


def forward_to_police(call: HandlerCall) -> HandlerResult:
    """Let the police organ `forwarded_to` take the place of the one that has the case; tell it, the agency and the procuratorate."""
    target = agency(call, str(call.facts.get("forwarded_to") or with_function(call, "PSB")))
    changes = [ParticipantChange(code, "police", "已转送", ends=True) for code in having(call, "police")]
    changes.append(ParticipantChange(target.code, "police", "接受转送"))
    subject = Text(f"案件转送：{call.case_number}", f"Case forwarded: {call.case_number}")
    text = Text(f"案件已转送有管辖权的{target.name.zh}。", f"The case was forwarded to {target.name.en}.")
    told = [target.code, leading(call).code, *having(call, "procuratorate")]
    return HandlerResult(participants=tuple(changes), messages=tell(told, "transfer_forwarded", subject, text), note=text)
