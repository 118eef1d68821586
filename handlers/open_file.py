"""登记立案: the penalty case is filed; of a foreign party the police (exit and entry) are told (行政处罚法 第五十四条、第八十四条)."""

from handlers.days import today
from handlers.participation import first, having, with_function
from workflows.contracts import CaseToOpen, HandlerCall, HandlerResult, Message, ParticipantChange, Text

CARRIED = ("subject_name", "matter", "clue_summary")


def open_file(call: HandlerCall) -> HandlerResult:
    """Set `case_filed_on` (ISO). What becomes of a foreigner's stay is a case of the exit-entry authority; the penalty does not wait for it."""
    filed = today(call.now).isoformat()
    told = _exit_entry_authority(call)
    return HandlerResult(
        facts={"case_filed_on": filed},
        messages=(_told(call, told),) if told else (),
        cases=(_stay(call, told),) if told else (),
        note=Text(f"{filed} 立案，九十日起算", f"Filed on {filed}; the ninety days run"),
    )


def _exit_entry_authority(call: HandlerCall) -> str | None:
    """Who is told of a foreign party: the border inspection where the place has one beside the police."""
    return (with_function(call, "BORDER") or with_function(call, "PSB")) if call.facts.get("party_foreign") else None


def _stay(call: HandlerCall, told: str) -> CaseToOpen:
    known = {name: call.facts[name] for name in CARRIED if call.facts.get(name)}
    teller = ParticipantChange((having(call, "lead") or [first(call, "receiving").code])[0], "source", "通报机关")
    return CaseToOpen("exit_entry", f"外国人停留居留处理：{call.case_title}", told, "exit_entry", known, (teller,))


def _told(call: HandlerCall, told: str) -> Message:
    return Message(
        kind="foreign_party",
        to_agency=told,
        subject=Text(f"外国人违法案件通报：{call.case_number}", f"A foreign party: {call.case_number}"),
        text=Text(
            "当事人为外国人或者无国籍人，现通报贵机关。行政处罚由本机关依法作出（行政处罚法第八十四条）；限期出境、遣送出境由公安机关、出入境边防检查机关依法决定。",
            "The party is foreign. The penalty is decided by this agency (art. 84); an order to leave or a deportation is for the police.",
        ),
    )
