"""检索处罚登记簿: earlier penalties of the party, from every register, for an officer to confirm one by one (SD-2.2).

Only what a search by unified social credit code finds is certain; a name, a variant of it or a person behind the clinic may be
somebody else's.
"""

from typing import Any

from workflows.contracts import HandlerCall, HandlerResult, PenaltyRow, Text

ILLEGAL_PRACTICE = "illegal_practice"


def look_up_penalties(call: HandlerCall) -> HandlerResult:
    """Set `penalty_hits` (rows as the form shows them) and `hits_to_confirm`: whether a person has to look at all.

    In a case of illegal practice one always has: other regions are not in the registers.
    """
    name, code = str(call.facts.get("subject_name") or ""), str(call.facts.get("subject_code") or "")
    found = [_row(penalty) for penalty in call.registers.penalties_of(name, code)]
    matters = [call.facts.get("matter"), *(call.facts.get("other_matters") or [])]
    note = Text(f"检索到既往处罚 {len(found)} 条", f"{len(found)} earlier penalties found")
    return HandlerResult(facts={"penalty_hits": found, "hits_to_confirm": bool(found) or ILLEGAL_PRACTICE in matters}, note=note)


def _row(penalty: PenaltyRow) -> dict[str, Any]:
    return {
        "hit_authority": penalty.authority,
        "hit_number": penalty.number,
        "hit_function": "HEALTH" if penalty.function == "HEALTH" else "OTHER",
        "hit_act": ILLEGAL_PRACTICE if penalty.act == ILLEGAL_PRACTICE else "other",
        "hit_decided_on": penalty.decided_on.isoformat(),
        "hit_status": penalty.status,
        "hit_source": penalty.source,
        "hit_region": penalty.region,
        "hit_identity": "confirmed" if penalty.matched_by in {"", "code"} else "uncertain",
        "hit_copy": penalty.certified_copy,
    }
