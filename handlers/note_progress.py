"""告知移送机关: how the criminal case goes on (鲁卫医监字〔2024〕1号 二（一）6)."""

from handlers.participation import leading, tell
from workflows.contracts import HandlerCall, HandlerResult, Text

WORDS = {
    "prosecution": ("移送审查起诉", "sent to the procuratorate"),
    "compulsory": ("侦查进展", "progress of the investigation"),
    "assistance": ("请求协助", "assistance wanted"),
    "withdrawn": ("撤销案件", "withdrawn"),
}


def note_progress(call: HandlerCall) -> HandlerResult:
    """Tell the transferring agency; a withdrawal is told within three days (公安机关办理刑事案件程序规定 第一百八十九条)."""
    word = WORDS.get(str(call.facts.get("criminal_progress")), WORDS["compulsory"])
    said = str(call.facts.get("criminal_progress_note") or "")
    text = Text(f"{word[0]}。{said}", f"{word[1]}. {said}")
    subject = Text(f"刑事办理进展：{call.case_number}", f"Progress of the criminal case: {call.case_number}")
    return HandlerResult(messages=tell([leading(call).code], "criminal_progress", subject, text), note=text)
