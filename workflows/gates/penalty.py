"""A penalty: never a fine instead of prosecution (不得以罚代刑), never reviewed by who investigated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.errors import GateClosed, NotAllowed, WrongAnswers
from workflows.gates.attempt import Attempt

FINES = frozenset({"fine"})
TRANSFER_ARTICLE = "《行政执法机关移送涉嫌犯罪案件的规定》第五条、第十一条；《行政处罚法》第二十七条"
REVIEW_ARTICLE = "《行政处罚法》第五十八条"


def transfer_due(facts: Mapping[str, Any]) -> bool:
    """Whether a crime is suspected, its transfer neither refused nor answered with a final non-filing, and the criminal case not over."""
    suspected = facts.get("classification") in {"crime", "both"} and facts.get("transfer_outcome") not in {"rejected", "not_filed"}
    return suspected and not facts.get("criminal_outcome")


def penalty_locked(facts: Mapping[str, Any]) -> bool:
    """Whether a fine may not be decided now: a transfer is due, the police have filed, or a court has fined (行政处罚法 第三十五条)."""
    return transfer_due(facts) or facts.get("court_fine_imposed") == "yes"


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
