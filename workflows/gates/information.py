"""Harmful information: the competent department determines, and nobody acts on a post or an account before (浙卫发函〔2022〕42号 附件1)."""

from __future__ import annotations

from workflows.errors import GateClosed, WrongAnswers
from workflows.gates.attempt import Attempt

DETERMINATION_ARTICLE = "浙卫发函〔2022〕42号 附件1；鲁卫医监字〔2024〕1号 二（二）3"


def determination(attempt: Attempt) -> None:
    """A determination says on which law it rests."""
    if attempt.answers.get("determination") == "unlawful" and not str(attempt.answers.get("determination_basis") or "").strip():
        sentence = ("请写明认定违法违规所依据的条文。", "Name the law on which the determination rests.")
        raise WrongAnswers({"determination_basis": sentence})


def determined_first(attempt: Attempt) -> None:
    """Posts, accounts and sites are acted on only after a determination that they are unlawful."""
    if attempt.facts.get("determination") != "unlawful":
        raise GateClosed(
            "行业主管部门尚未作出违法违规的研判定性意见，不得处置。",
            "The competent department has not determined that this is unlawful, so it may not be acted on.",
            article=DETERMINATION_ARTICLE,
        )
