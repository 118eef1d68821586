"""报上一级检察院: the procuratorate above consults the police of its level (人民检察院刑事诉讼规则 第五百六十四条)."""

from handlers.participation import agency, having, leading, same_level, tell
from workflows.contracts import HandlerCall, HandlerResult, ParticipantChange, Text


def escalate_to_upper_procuratorate(call: HandlerCall) -> HandlerResult:
    """Let the procuratorate above take part and tell it and the police of its level. Raises LookupError when there is none above."""
    own = next((agency(call, code) for code in having(call, "procuratorate")), same_level(call, "PROC", leading(call)))
    if own is None or own.parent is None:
        raise LookupError("机构目录中没有上一级人民检察院 / the directory has no procuratorate above")
    upper = agency(call, own.parent)
    police = same_level(call, "PSB", upper)
    subject = Text(f"公安机关不纠正违法：{call.case_number}", f"A violation was not corrected: {call.case_number}")
    text = Text("请协商同级公安机关处理。", "Please consult the police of your level.")
    return HandlerResult(
        participants=(ParticipantChange(upper.code, "upper_procuratorate", "立案监督升级"),),
        messages=tell([upper.code, police.code if police else ""], "violation_uncorrected", subject, text),
        note=Text(f"报{upper.name.zh}", f"Reported to {upper.name.en}"),
    )
