"""告知报案机关: what the police decided about the obstruction."""

from handlers.participation import having, tell
from workflows.contracts import HandlerCall, HandlerResult, Text

WORDS = {
    "security_penalty": ("治安管理处罚", "a security penalty"),
    "criminal_filed": ("以妨害公务罪立案侦查", "filed as obstruction"),
    "no_liability": ("不予处罚", "no penalty"),
}


def tell_obstruction(call: HandlerCall) -> HandlerResult:
    """Tell the agency whose officers were obstructed."""
    word = WORDS[str(call.facts.get("obstruction_result") or "no_liability")]
    subject = Text(f"抗法行为处理结果：{call.case_number}", f"The obstruction was decided: {call.case_number}")
    return HandlerResult(messages=tell(having(call, "source"), "obstruction_decided", subject, Text(*word)), note=Text(*word))
