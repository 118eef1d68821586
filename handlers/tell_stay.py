"""反馈通报机关: what the exit-entry authority decided on the stay of a foreign party (出境入境管理法 第八十一条)."""

from handlers.participation import having, tell
from workflows.contracts import HandlerCall, HandlerResult, Text

WORDS = {
    "none": ("不作停留居留处理", "no measure"),
    "shorten": ("缩短停留期限或者注销居留证件", "the stay shortened or the permit cancelled"),
    "leave": ("限期出境", "ordered to leave"),
    "deport": ("层报公安部决定驱逐出境", "deportation proposed to the Ministry of Public Security"),
}


def tell_stay(call: HandlerCall) -> HandlerResult:
    """Tell the agency that told of the foreign party."""
    word = Text(*WORDS[str(call.facts.get("stay_decision") or "none")])
    subject = Text(f"外国人停留居留处理结果：{call.case_number}", f"The stay was decided: {call.case_number}")
    return HandlerResult(messages=tell(having(call, "source"), "stay_decided", subject, word), note=word)
