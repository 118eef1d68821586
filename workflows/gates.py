"""The law as gates (design §6): what must hold before a task may be completed, whichever door the completion comes through.

A diagram names a gate on a task (`onecase:gate`); the gate looks at the case and either lets the completion pass or raises an
error that quotes the article.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from workflows.errors import GateClosed, NotAllowed, WrongAnswers
from workflows.views import Officer

FINES = frozenset({"fine"})
TRANSFER_ARTICLE = "《行政执法机关移送涉嫌犯罪案件的规定》第五条、第十一条；《行政处罚法》第二十七条"
HEAD_ARTICLE = "《行政执法机关移送涉嫌犯罪案件的规定》第五条"
OFFICERS_ARTICLE = "《行政处罚法》第四十二条、第五十五条"
REVIEW_ARTICLE = "《行政处罚法》第五十八条"
PACKAGE_ARTICLE = "《行政执法机关移送涉嫌犯罪案件的规定》第六条"
RECUSAL_ARTICLE = "《行政处罚法》第四十三条"


@dataclass(frozen=True)
class Colleague:
    """An officer as a gate needs to know one."""

    username: str
    agency: str
    active: bool
    certificate: str | None
    certificate_until: date | None

    def certified(self, today: date) -> bool:
        """Whether the enforcement certificate is valid on `today`."""
        return bool(self.certificate) and (self.certificate_until is None or self.certificate_until >= today)


@dataclass(frozen=True)
class Attempt:
    """A completion on its way: who, in which branch, with which answers, and what the case knows."""

    officer: Officer
    agency: str
    role: str
    branch: str
    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    today: date
    colleagues: Mapping[str, Colleague]
    """Officers of the task's agency, by username."""
    investigators: frozenset[UUID]
    """Ids of the officers who investigated in this case."""
    open_children: tuple[str, ...]
    """Numbers of cases under this one that are still open."""
    police_told: bool
    """Whether the transfer has reached the police and its copy the procuratorate."""


Gate = Callable[[Attempt], None]


def transfer_due(facts: Mapping[str, Any]) -> bool:
    """Whether a crime is suspected and its transfer neither refused nor answered with a final non-filing."""
    return facts.get("classification") in {"crime", "both"} and facts.get("transfer_outcome") not in {"rejected", "not_filed"}


def penalty_locked(facts: Mapping[str, Any]) -> bool:
    """Whether a fine may not be decided now: a transfer is due, or the police have filed (行政处罚法 第三十五条)."""
    return transfer_due(facts)


def two_officers(attempt: Attempt) -> None:
    """At least two certified officers of the agency, and not the same one twice (行政处罚法 第四十二条)."""
    second = attempt.colleagues.get(str(attempt.answers.get("second_officer", "")))
    if not _own(attempt).certified(attempt.today):
        raise NotAllowed(
            "您没有有效的行政执法证件，不能承办调查。请由持证人员办理，或由管理员更新证件信息。",
            "You hold no valid enforcement certificate, so you may not investigate. Hand the task to a certified officer.",
            article=OFFICERS_ARTICLE,
        )
    if second is None or not second.active or second.username == attempt.officer.username or not second.certified(attempt.today):
        raise WrongAnswers(
            {
                "second_officer": (
                    "须另有一名本单位持有效执法证件的人员共同承办（《行政处罚法》第四十二条：不得少于两人）。",
                    "A second certified officer of this agency must take part (Administrative Penalty Law, art. 42).",
                )
            }
        )


def transfer_decision(attempt: Attempt) -> None:
    """Only the head, or who presides, decides a transfer; a deputy does not (令310 第五条)."""
    if not attempt.officer.roles & {"head", "presiding"}:
        raise NotAllowed(
            "移送涉嫌犯罪案件须由本机关正职负责人或者主持工作的负责人审批，副职负责人无权决定。",
            "A transfer is decided by the head of the agency or the person presiding; a deputy may not decide it.",
            article=HEAD_ARTICLE,
        )


def transfer_package(attempt: Attempt) -> None:
    """The package of five goes over complete (令310 第六条)."""
    missing = [key for key in ("pack_letter", "pack_report", "pack_items", "pack_appraisal", "pack_other") if not attempt.answers.get(key)]
    if missing:
        sentence = ("移送材料不齐全，五项材料须全部附送。", "The package is incomplete: all five parts go over together.")
        raise WrongAnswers(dict.fromkeys(missing, sentence))


def penalty_decision(attempt: Attempt) -> None:
    """No fine instead of prosecution: while a transfer is due, a fine is not decided (不得以罚代刑)."""
    fined = bool(attempt.answers.get("fine_decided")) or bool(FINES & set(attempt.answers.get("penalties_decided") or ()))
    if attempt.answers.get("penalty_decision") == "impose" and fined and penalty_locked(attempt.facts):
        raise GateClosed(
            "本案涉嫌犯罪，移送尚未办结，不得以罚款代替移送。请先完成移送；可以作出警告、责令停业、吊销许可等处罚。",
            "A crime is suspected and its transfer is not settled, so no fine may be decided in its place. "
            "Warning, suspension or revocation remain possible.",
            article=TRANSFER_ARTICLE,
        )
    if attempt.answers.get("penalty_decision") == "impose" and not attempt.answers.get("penalties_decided"):
        raise WrongAnswers({"penalties_decided": ("请选择处罚种类。", "Choose the kinds of penalty.")})


def legal_review(attempt: Attempt) -> None:
    """Who reviews did not investigate (行政处罚法 第五十八条)."""
    if attempt.officer.id in attempt.investigators:
        raise NotAllowed(
            "您参加了本案调查，不能担任本案法制审核人员。",
            "You investigated in this case, so you may not review it.",
            article=REVIEW_ARTICLE,
        )


def closing(attempt: Attempt) -> None:
    """A case closes only when every branch and every supervision order under it has."""
    if attempt.open_children:
        numbers = "、".join(attempt.open_children)
        raise GateClosed(
            f"下列关联案件或督办单尚未办结：{numbers}。请先办结再结案。",
            f"These related cases or supervision orders are still open: {numbers}. Finish them first.",
            article="鲁卫医监字〔2024〕1号 二（一）5",
        )


def _own(attempt: Attempt) -> Colleague:
    officer = attempt.officer
    return Colleague(officer.username, officer.agency.code, officer.active, officer.certificate, officer.certificate_until)


GATES: dict[str, Gate] = {
    "two_officers": two_officers,
    "transfer_decision": transfer_decision,
    "transfer_package": transfer_package,
    "penalty_decision": penalty_decision,
    "legal_review": legal_review,
    "closing": closing,
}
ARTICLES = {"transfer_decision": HEAD_ARTICLE, "two_officers": OFFICERS_ARTICLE, "legal_review": REVIEW_ARTICLE}
"""The article to quote when a role is refused at a gated task."""
