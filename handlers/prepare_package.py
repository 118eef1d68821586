"""备齐移送材料: what the registers know of earlier penalties, for the package and for the copy that goes out (令310 第六条; 高检会〔2006〕2号)."""

from workflows.contracts import HandlerCall, HandlerResult, Text


def prepare_package(call: HandlerCall) -> HandlerResult:
    """Set `prior_decisions` (rows of the package's list), `penalty_before_transfer`, and the day `penalty_given_on` where it is known.

    Only penalties of the health administration for illegal practice that are not annulled are proposed (法释〔2016〕27号 第二条第（四）项);
    a penalty in this case, or one that the team reports, is one given before the transfer.
    """
    found = call.registers.penalties_of(str(call.facts.get("subject_name") or ""), str(call.facts.get("subject_code") or ""))
    counted = [row for row in found if row.function == "HEALTH" and row.act == "illegal_practice" and row.status != "annulled"]
    rows = [
        {
            "prior_number": row.number,
            "prior_authority": row.authority,
            "prior_decided_on": row.decided_on.isoformat(),
            "prior_certified": row.certified_copy,
        }
        for row in counted
        if not row.case_number or row.case_number != call.case_number
    ]
    before = call.registers.penalties_in_case()
    given = call.facts.get("penalty_given") == "yes" or bool(before)
    first = min((row.decided_on for row in before), default=None)
    note = Text(f"查到可计入的历次处罚 {len(rows)} 件", f"{len(rows)} earlier penalties that may count")
    told = {"prior_decisions": rows, "penalty_before_transfer": given, "penalty_given_on": first.isoformat() if first else None}
    return HandlerResult(facts=told, note=note)
