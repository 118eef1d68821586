"""Who may investigate: two certified officers (行政处罚法 第四十二条), nobody who was recused (第四十三条); whose approval a measure needs."""

from __future__ import annotations

from collections.abc import Collection

from workflows.errors import NotAllowed, WrongAnswers
from workflows.gates.attempt import Attempt, Colleague
from workflows.views import Officer

OFFICERS_ARTICLE = "《行政处罚法》第四十二条、第五十五条"
RECUSAL_ARTICLE = "《行政处罚法》第四十三条"
MEASURE_ARTICLE = "《行政处罚法》第五十六条；《行政强制法》第十八条、第十九条"


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
    if second.username in attempt.recused:
        sentence = (
            "该人员已在本案中回避（《行政处罚法》第四十三条）。",
            "That officer is recused in this case (Administrative Penalty Law, art. 43).",
        )
        raise WrongAnswers({"second_officer": sentence})
    _trained(attempt, second)


def _trained(attempt: Attempt, second: Colleague) -> None:
    """Both have their training hours of the year, where the place asks for a figure and refuses who has fewer (沪卫监督〔2024〕37号（一）: 60)."""
    for username, field in ((attempt.officer.username, ""), (second.username, "second_officer")):
        known = attempt.registers.qualification(username) if attempt.registers is not None else None
        if known is None or not known.enforced or known.required is None or known.hours_this_year >= known.required:
            continue
        sentence = (
            f"本年度培训学时 {known.hours_this_year}，未达到 {known.required} 学时（沪卫监督〔2024〕37号（一）），不能承办调查。",
            f"{known.hours_this_year} of {known.required} training hours this year (Shanghai 2024 no. 37): not to be put on an investigation.",
        )
        if field:
            raise WrongAnswers({field: sentence})
        raise NotAllowed(*sentence, article="沪卫监督〔2024〕37号（一）")


def measure_approval(attempt: Attempt) -> None:
    """Who asked for a measure on evidence does not approve it; registration and seizure are the head's (行政处罚法 第五十六条)."""
    if attempt.officer.id in attempt.doers("choose_measure"):
        raise NotAllowed(
            "提出措施的人员不能自行批准。",
            "Who asked for the measure may not approve it.",
            article=MEASURE_ARTICLE,
        )


def not_recused(officer: Officer, recused: Collection[str]) -> None:
    """A recused officer does nothing in the case, whatever grants there are (行政处罚法 第四十三条).

    `recused` holds usernames; the head of the agency decides on it.
    """
    if officer.username in recused:
        raise NotAllowed(
            "您已在本案中回避，不能办理本案任务；案卷不因回避停止，请由其他人员承办。",
            "You are recused in this case, so you may not act in it. The case goes on with other officers.",
            article=RECUSAL_ARTICLE,
        )


def _own(attempt: Attempt) -> Colleague:
    officer = attempt.officer
    return Colleague(officer.username, officer.agency.code, officer.active, officer.certificate, officer.certificate_until)
