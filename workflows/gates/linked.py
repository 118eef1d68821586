"""One case, many investigations: who a linked party or a request goes to (鲁卫医监字〔2024〕1号 二（一）4; 行政处罚法 第二十六条)."""

from __future__ import annotations

from workflows.errors import WrongAnswers
from workflows.gates.attempt import Attempt

OWN = ("接收机关不能是本机关；本机关管辖的请另案处理。", "The own agency receives no notice; within the own remit it is a case of its own.")


def linked_parties(attempt: Attempt) -> None:
    """Parties that were found are named, and each that another agency here is competent for says which."""
    if attempt.answers.get("links_found") != "found":
        return
    parties = attempt.answers.get("linked_parties") or []
    if not parties:
        raise WrongAnswers({"linked_parties": ("请逐个列明关联主体。", "Name each linked party.")})
    for party in parties:
        if party.get("link_jurisdiction") != "agency":
            continue
        if not party.get("link_agency"):
            sentence = (
                f"「{party.get('link_name')}」由本地其他机关管辖，请选择接收机关。",
                f"Say which agency is competent for {party.get('link_name')}.",
            )
            raise WrongAnswers({"linked_parties": sentence})
        if party["link_agency"] == attempt.agency:
            raise WrongAnswers({"linked_parties": OWN})


def notice_addressee(attempt: Attempt) -> None:
    """A notice goes to somebody else."""
    if attempt.answers.get("notice_route") == "local" and attempt.answers.get("notice_agency") == attempt.agency:
        raise WrongAnswers({"notice_agency": OWN})


def request_addressee(attempt: Attempt) -> None:
    """Assistance is asked of another agency (行政处罚法 第二十六条)."""
    if attempt.answers.get("request_agency") == attempt.agency:
        sentence = (
            "请求协助的对象应为其他机关（《行政处罚法》第二十六条）。",
            "Assistance is asked of another agency (Administrative Penalty Law, art. 26).",
        )
        raise WrongAnswers({"request_agency": sentence})
