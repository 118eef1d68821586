"""登记处罚台账: a served decision enters the register of penalties, where every agency and every later case finds it."""

from decimal import Decimal

from handlers.days import day_of, today
from handlers.participation import leading
from workflows.contracts import HandlerCall, HandlerResult, NewPenalty, Text

DECISION = "行政处罚决定书"


def enter_penalty(call: HandlerCall) -> HandlerResult:
    """Enter the penalty under the number of the decision that was just served; set `decision_number`."""
    entry = penalty_of(call, DECISION)
    words = Text(f"处罚决定 {entry.number} 登记入库", f"Decision {entry.number} entered in the register")
    return HandlerResult(facts={"decision_number": entry.number}, entries=(entry,), note=words)


def penalty_of(call: HandlerCall, decision: str) -> NewPenalty:
    """The penalty as the register takes it, under the number of the document `decision` that this step issued."""
    facts, authority = call.facts, leading(call)
    fine = facts.get("fine_decided") or 0
    return NewPenalty(
        subject_name=str(facts.get("subject_name") or call.case_title),
        subject_code=str(facts.get("subject_code") or ""),
        act=str(facts.get("penalty_act") or facts.get("matter") or "other_act"),
        act_on=day_of(facts.get("act_on")),
        decided_on=day_of(facts.get("penalty_decided_on")) or today(call.now),
        authority=authority.name.zh,
        function=authority.function,
        number=call.issued.get(decision) or call.case_number,
        kinds=tuple(facts.get("penalties_decided") or ()),
        fine=Decimal(str(fine)) if fine else None,
        region=authority.region,
    )
