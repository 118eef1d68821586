"""确定反馈对象: every agency that gave the clue or took part hears what came of it (SD-3.3: 发现—预警—处置—反馈)."""

from handlers.participation import first
from workflows.contracts import HandlerCall, HandlerResult, ParticipantChange, Text

ANSWERED = ("source", "receiving", "member", "receiver", "police", "procuratorate")


def collect_recipients(call: HandlerCall) -> HandlerResult:
    """Set `feedback_to`: all of them but the lead, each once."""
    lead = first(call, "lead").code
    codes = [part.agency.code for part in call.participants if part.capacity in ANSWERED and part.agency.code != lead]
    recipients = list(dict.fromkeys(codes))
    joins = tuple(ParticipantChange(code, "recipient", "办理结果反馈") for code in recipients)
    return HandlerResult(
        facts={"feedback_to": recipients},
        participants=joins,
        note=Text(f"向 {len(recipients)} 家单位反馈", f"Feedback to {len(recipients)} agencies"),
    )
