"""On the spot only what is small: 200 yuan for a citizen, 3,000 for an entity, or a warning (行政处罚法 第五十一条)."""

from __future__ import annotations

from workflows.errors import GateClosed, WrongAnswers
from workflows.gates.attempt import Attempt
from workflows.gates.penalty import TRANSFER_ARTICLE, transfer_due

MOST_FOR_A_PERSON, MOST_FOR_AN_ENTITY = 200, 3000
"""Yuan (行政处罚法 第五十一条)."""
ARTICLE = "《行政处罚法》第五十一条"
SMALL = frozenset({"warning", "fine"})


def summary_penalty(attempt: Attempt) -> None:
    """The kinds are a warning or a fine, the fine is within the limit, and no crime is suspected here or in the case above."""
    kinds = set(attempt.answers.get("penalties_decided") or ())
    amount = float(attempt.answers.get("fine_decided") or 0)
    if transfer_due(attempt.facts) or transfer_due(attempt.above):
        raise GateClosed(
            "涉嫌犯罪的违法行为不适用简易程序，应当移送。",
            "A suspected crime is no case for the summary procedure.",
            article=TRANSFER_ARTICLE,
        )
    if kinds - SMALL:
        told = (f"简易程序只适用于警告和小额罚款（{ARTICLE}）。", "The summary procedure is for warnings and small fines (art. 51).")
        raise WrongAnswers({"penalties_decided": told})
    if bool(amount) != ("fine" in kinds):
        told = ("罚款的种类与数额须一致。", "A fine needs its kind and its amount.")
        raise WrongAnswers({"fine_decided": told})
    person = attempt.facts.get("subject_kind") == "person"
    most = MOST_FOR_A_PERSON if person else MOST_FOR_AN_ENTITY
    if amount > most:
        told = (
            f"对{'公民' if person else '法人或者其他组织'}当场罚款不得超过 {most} 元，请适用普通程序（{ARTICLE}）。",
            f"On the spot at most {most} yuan; use the ordinary procedure (art. 51).",
        )
        raise WrongAnswers({"fine_decided": told})
    if bool(amount) == (attempt.answers.get("fine_collected") == "none"):
        told = ("收缴方式与罚款数额不一致。", "How the fine is collected does not fit its amount.")
        raise WrongAnswers({"fine_collected": told})
