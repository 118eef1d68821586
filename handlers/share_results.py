"""通报运用结果: the result goes to those who use it: licence verification, grading, agreements, honours (SH-4, ZB-2.11)."""

from handlers.participation import first, with_function
from workflows.contracts import HandlerCall, HandlerResult, Message, ParticipantChange, Text

CONSUMERS = {
    "verification": ("HEALTH", Text("医疗机构校验", "licence verification")),
    "grading": ("HEALTH", Text("等级评审", "grading")),
    "agreement": ("HSA", Text("医保协议管理", "the insurance agreement")),
    "specialty": ("HEALTH", Text("重点专科、经费", "key specialties and funding")),
    "honours": ("HEALTH", Text("评优评先、职称晋升", "honours and titles")),
}


def share_results(call: HandlerCall) -> HandlerResult:
    """Extend `feedback_to` by the agencies that use the result, each once and never the lead; tell them what it is for."""
    lead = first(call, "lead").code
    uses = [CONSUMERS[use] for use in call.facts.get("result_uses") or [] if use in CONSUMERS]
    by_agency: dict[str, list[Text]] = {}
    for function, words in uses:
        code = with_function(call, function)
        if code:
            by_agency.setdefault(code, []).append(words)
    told = list(dict.fromkeys([*(call.facts.get("feedback_to") or []), *(code for code in by_agency if code != lead)]))
    messages = tuple(
        Message(
            kind="result_use",
            to_agency=code,
            subject=Text(f"结果运用：{call.case_number}", f"Use of a result: {call.case_number}"),
            text=Text(
                f"「{call.case_title}」办理结果请用于{'、'.join(words.zh for words in listed)}。",
                f"The result of {call.case_title} is for {', '.join(words.en for words in listed)}.",
            ),
            documents=("反馈函", "通报"),
        )
        for code, listed in by_agency.items()
    )
    joins = tuple(ParticipantChange(code, "recipient", "办理结果运用") for code in by_agency if code != lead)
    return HandlerResult(
        facts={"feedback_to": told},
        participants=joins,
        messages=(*messages, *_typical(call)),
        note=Text(f"结果通报 {len(by_agency)} 家单位运用", f"{len(by_agency)} agencies use the result"),
    )


def _typical(call: HandlerCall) -> tuple[Message, ...]:
    """A case that the lead proposes as a typical one goes up to its superior, who publishes such cases (鲁卫医监字〔2024〕1号 二（二）2)."""
    if call.facts.get("typical_case") != "yes":
        return ()
    lead = first(call, "lead")
    subject = Text(f"典型案例：{call.case_number}", f"A typical case: {call.case_number}")
    text = Text(f"「{call.case_title}」拟作为典型案例报送。", f"{call.case_title} is proposed as a typical case.")
    return (Message("typical_case", lead.parent or lead.code, subject, text, documents=("典型案例",)),)
