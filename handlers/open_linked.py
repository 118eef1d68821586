"""立另案、发通报: each linked party gets a case of its own, or a notice to whoever is competent (SD-1.4 一案多查)."""

from collections.abc import Mapping
from typing import Any

from handlers.participation import first
from workflows.contracts import CaseToOpen, HandlerCall, HandlerResult, Text

OWN_PROCEDURE = {"medical_ad": "ad_violation", "harmful_info": "harmful_info", "fund_fraud": "fund_fraud"}
"""Matters with a procedure of their own; any other party of our remit gets a joint case."""
ROLES = {"supplier": "供货商", "platform": "网络平台", "employer": "用工单位", "broker": "中介", "landlord": "场所出租人", "other": "其他"}


def open_linked(call: HandlerCall) -> HandlerResult:
    """Open a case for each row of `linked_parties`; set `link_graph`, one line for each edge from the party to this case's subject."""
    lead = first(call, "lead").code
    parties = list(call.facts.get("linked_parties") or [])
    subject = str(call.facts.get("subject_name") or call.case_title)
    cases = tuple(_own(call, lead, party) if party.get("link_jurisdiction") == "own" else _notice(lead, party) for party in parties)
    graph = [f"{party.get('link_name')} —{ROLES.get(str(party.get('link_role')), '其他')}→ {subject}" for party in parties]
    note = Text(f"一案多查：{len(cases)} 个关联主体", f"{len(cases)} linked parties")
    return HandlerResult(facts={"link_graph": graph}, cases=cases, note=note)


def _own(call: HandlerCall, lead: str, party: Mapping[str, Any]) -> CaseToOpen:
    matter = str(party.get("link_matter"))
    return CaseToOpen(
        process=OWN_PROCEDURE.get(matter, "joint_case"),
        title=f"{party.get('link_name')}（另案）",
        agency=lead,
        relation="split",
        facts={
            "subject_name": party.get("link_name"),
            "subject_code": party.get("link_code") or "",
            "matter": matter,
            "clue_source": "agency",
            "source_agency": lead,
            "clue_summary": f"{call.case_number} 查办中发现：{party.get('link_facts')}",
        },
    )


def _notice(lead: str, party: Mapping[str, Any]) -> CaseToOpen:
    route = {"agency": "local", "outside": "outside"}.get(str(party.get("link_jurisdiction")), "unknown")
    return CaseToOpen(
        process="linked_notice",
        title=f"线索通报：{party.get('link_name')}",
        agency=lead,
        relation="linked",
        facts={
            "subject_name": party.get("link_name"),
            "subject_code": party.get("link_code") or "",
            "link_role_text": ROLES.get(str(party.get("link_role")), "其他"),
            "matter": party.get("link_matter"),
            "notice_route": route,
            "notice_agency": party.get("link_agency") or "",
            "notice_region": party.get("link_region") or "",
            "notice_text": party.get("link_facts"),
        },
    )
