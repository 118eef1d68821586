"""登记限制: for one year no advertisement application of this party is accepted (广告法 第五十五条第一款、第五十八条第二款)."""

from datetime import date

from handlers.days import years_after
from handlers.participation import with_function
from workflows.contracts import CaseToOpen, HandlerCall, HandlerResult, NewAdRefusal, Text

ARTICLES = {"55": "广告法第五十五条", "58": "广告法第五十八条", "measures": "医疗广告管理办法"}


def enter_ad_refusal(call: HandlerCall) -> HandlerResult:
    """Enter the refusal when it was decided; open a penalty case at the health administration where a licence is to be revoked."""
    facts = call.facts
    name, code = str(facts.get("subject_name") or ""), str(facts.get("subject_code") or "")
    entries: tuple[NewAdRefusal, ...] = ()
    if facts.get("ad_refusal_decision") == "refuse":
        since = date.fromisoformat(str(facts.get("ad_refusal_since") or call.now.date().isoformat())[:10])
        entries = (
            NewAdRefusal(name, code, since, years_after(since, 1), ARTICLES.get(str(facts.get("ad_basis")), "广告法"), call.case_number),
        )
    health = with_function(call, "HEALTH")
    cases: tuple[CaseToOpen, ...] = ()
    if facts.get("ad_refusal_proposal") == "revoke" and health:
        known = {"subject_name": name, "subject_code": code, "matter": "medical_ad", "classification": "administrative"}
        cases = (CaseToOpen("penalty_case", f"吊销：{call.case_title}", health, "penalty", known),)
    note = Text("登记一年内不予受理", "Refusal for one year entered") if entries else Text("未作限制", "No refusal")
    return HandlerResult(entries=entries, cases=cases, note=note)
