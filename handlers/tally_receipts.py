"""汇总签收: whether every agency that a clue was divided among or forwarded to has accepted it."""

from workflows.contracts import HandlerCall, HandlerResult, ParticipantChange, Text


def tally_receipts(call: HandlerCall) -> HandlerResult:
    """Set `receipts_rejected`; who accepted takes part as receiver of its share."""
    targets = list(call.facts.get("targets") or [])
    rejected = [code for code in targets if call.branches.get(code, {}).get("receipt") == "rejected"]
    accepted = [code for code in targets if code not in rejected]
    note = Text(f"签收 {len(accepted)} 家，拒收 {len(rejected)} 家", f"{len(accepted)} accepted, {len(rejected)} rejected")
    joins = tuple(ParticipantChange(code, "receiver", "签收分办或转办的线索") for code in accepted)
    return HandlerResult(facts={"receipts_rejected": bool(rejected)}, participants=joins, note=note)
