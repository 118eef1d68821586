"""登记立案: the penalty case is filed; of a foreign party the police (exit and entry) are told (行政处罚法 第五十四条、第八十四条)."""

from handlers.days import today
from handlers.participation import with_function
from workflows.contracts import HandlerCall, HandlerResult, Message, Text


def open_file(call: HandlerCall) -> HandlerResult:
    """Set `case_filed_on` (ISO). The penalty on a foreigner is the agency's own; an order to leave is for the police alone."""
    filed = today(call.now).isoformat()
    return HandlerResult(
        facts={"case_filed_on": filed},
        messages=_foreign(call),
        note=Text(f"{filed} 立案，九十日起算", f"Filed on {filed}; the ninety days run"),
    )


def _foreign(call: HandlerCall) -> tuple[Message, ...]:
    told = (with_function(call, "BORDER") or with_function(call, "PSB")) if call.facts.get("party_foreign") else None
    if told is None:
        return ()
    return (
        Message(
            kind="foreign_party",
            to_agency=told,
            subject=Text(f"外国人违法案件通报：{call.case_number}", f"A foreign party: {call.case_number}"),
            text=Text(
                "当事人为外国人或者无国籍人，现通报贵机关。行政处罚由本机关依法作出（行政处罚法第八十四条）；限期出境、遣送出境由公安机关、出入境边防检查机关依法决定。",
                "The party is foreign. The penalty is decided by this agency (art. 84); an order to leave or a deportation is for the police.",
            ),
        ),
    )
