"""Who may investigate: two certified officers (行政处罚法 第四十二条), and nobody who was recused (第四十三条)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.errors import NotAllowed, WrongAnswers
from workflows.gates.attempt import Attempt, Colleague
from workflows.views import Officer

OFFICERS_ARTICLE = "《行政处罚法》第四十二条、第五十五条"
RECUSAL_ARTICLE = "《行政处罚法》第四十三条"


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


def not_recused(officer: Officer, facts: Mapping[str, Any]) -> None:
    """A recused officer does nothing in the case, whatever grants there are (行政处罚法 第四十三条).

    The fact `recused_officers` holds usernames; the head of the agency decides on it.
    """
    if officer.username in (facts.get("recused_officers") or ()):
        raise NotAllowed(
            "您已在本案中回避，不能办理本案任务；案卷不因回避停止，请由其他人员承办。",
            "You are recused in this case, so you may not act in it. The case goes on with other officers.",
            article=RECUSAL_ARTICLE,
        )


def _own(attempt: Attempt) -> Colleague:
    officer = attempt.officer
    return Colleague(officer.username, officer.agency.code, officer.active, officer.certificate, officer.certificate_until)
