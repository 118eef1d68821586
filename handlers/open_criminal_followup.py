"""另案跟踪刑事办理: a filed case is followed as a case of its own, so that the administrative part need not wait for the court."""

from handlers.participation import having, leading
from workflows.contracts import CaseToOpen, HandlerCall, HandlerResult, ParticipantChange, Text

CARRIED = ("subject_name", "subject_code", "subject_address", "matter", "crime_name", "crime_facts", "filing_no")
ALONG = ("lead", "member", "police", "procuratorate")


def open_criminal_followup(call: HandlerCall) -> HandlerResult:
    """Open the follow-up under this case, at the transferring agency; this case closes after it."""
    known = {name: call.facts[name] for name in CARRIED if call.facts.get(name)}
    along = tuple(ParticipantChange(code, part, f"参与 {call.case_number}") for part in ALONG for code in having(call, part))
    case = CaseToOpen("criminal_followup", f"刑事办理跟踪：{call.case_title}", leading(call).code, "criminal", known, along)
    return HandlerResult(
        cases=(case,), note=Text("公安机关已立案，另案跟踪刑事办理", "The police have filed; the criminal case is followed")
    )
