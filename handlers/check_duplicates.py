"""查重与关联: other cases on the same subject, for the person who decides what becomes of the clue (SD-1.4)."""

from workflows.contracts import HandlerCall, HandlerResult, ParticipantChange, Text


def check_duplicates(call: HandlerCall) -> HandlerResult:
    """List cases whose subject has the same name or unified social credit code; the giver of the clue takes part from now on."""
    found = call.registers.cases_of_subject(str(call.facts.get("subject_name") or ""), str(call.facts.get("subject_code") or ""))
    listed = [f"{case.number} {case.title}" for case in found]
    source = call.facts.get("source_agency")
    joins = (ParticipantChange(source, "source", "提供线索"),) if source else ()
    note = Text(f"查到关联案件 {len(listed)} 件", f"{len(listed)} related cases found")
    return HandlerResult(facts={"related_cases": listed}, participants=joins, note=note)
