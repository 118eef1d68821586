"""Advertisements: within the year of a refusal no application is reviewed (广告法 第五十五条、第五十八条)."""

from __future__ import annotations

from workflows.errors import GateClosed
from workflows.gates.attempt import Attempt

REFUSAL_ARTICLE = "《广告法》第五十五条、第五十八条"


def ad_review(attempt: Attempt) -> None:
    """No review on a day on which the applicant is refused, even where the refusal was decided after the application came."""
    name, code = str(attempt.facts.get("subject_name") or ""), str(attempt.facts.get("subject_code") or "")
    found = attempt.registers.ad_refusal_on(name, code, attempt.today) if attempt.registers else None
    if found is not None:
        raise GateClosed(
            f"申请人在 {found.since.isoformat()} 至 {found.until.isoformat()} 期间不予受理（{found.number}），不能审查。",
            f"No application of this party is accepted from {found.since.isoformat()} to {found.until.isoformat()} ({found.number}).",
            article=REFUSAL_ARTICLE,
        )
