"""登记刑事结果: how the criminal case ended, and whether it comes back for a penalty (令310 第十三条; 刑诉法 第一百七十七条第三款)."""

from typing import Any

from handlers.participation import having, leading
from workflows.contracts import CaseToOpen, HandlerCall, HandlerResult, ParticipantChange, Text

WORDS = {
    "withdrawn": Text("公安机关撤销案件", "The police withdrew the case"),
    "not_prosecuted": Text("检察机关不起诉", "Not prosecuted"),
    "judged": Text("人民法院已裁判", "Judged by the court"),
}
COMES_BACK = {"withdrawn": "psb", "not_prosecuted": "proc", "judged": "court"}
CARRIED = ("subject_name", "subject_code", "subject_address", "matter", "reply_within_days")


def settle_criminal(call: HandlerCall) -> HandlerResult:
    """Set `criminal_outcome` and `court_fine_imposed` (行政处罚法 第三十五条); open a reverse transfer when a penalty may still be due."""
    facts = call.facts
    outcome, returned, number = _outcome(facts)
    agency = leading(call).code
    known = {name: facts[name] for name in CARRIED if facts.get(name)}
    known |= {
        "reverse_source": COMES_BACK[outcome],
        "reverse_doc_no": number,
        "reverse_facts": str(facts.get("crime_facts") or call.case_title),
    }
    known |= {"reply_limit": "set"} if facts.get("reply_within_days") else {}
    fined = "yes" if outcome == "judged" and facts.get("judgment_result") == "fined" else "no"
    known["court_fine_imposed"] = fined
    along = [
        ParticipantChange(code, part, f"参与 {call.case_number}") for part in ("police", "procuratorate") for code in having(call, part)
    ]
    cases = (
        (CaseToOpen("reverse_transfer", f"行刑反向衔接：{call.case_title}", agency, "reverse", known, tuple(along)),) if returned else ()
    )
    return HandlerResult(facts={"criminal_outcome": outcome, "court_fine_imposed": fined}, cases=cases, note=WORDS[outcome])


def _outcome(facts: Any) -> tuple[str, bool, str]:
    if facts.get("criminal_progress") == "withdrawn":
        return "withdrawn", True, str(facts.get("withdrawal_no") or "")
    if facts.get("prosecution") == "not_prosecuted":
        return "not_prosecuted", facts.get("penalty_wanted") == "yes", str(facts.get("opinion_no") or "")
    return "judged", facts.get("penalty_after_judgment") == "yes", str(facts.get("judgment_no") or "")
