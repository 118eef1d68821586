"""A hearing is asked for in time, announced seven days before, and chaired by somebody who did not investigate (行政处罚法 第六十三、六十四条)."""

from __future__ import annotations

from uuid import UUID

from workflows.errors import NotAllowed, WrongAnswers
from workflows.gates.attempt import Attempt
from workflows.gates.penalty import INVESTIGATED

CHAIR_ARTICLE = "《行政处罚法》第六十四条第四项"
NOTICE_DAYS = (
    "应当在举行听证的七日前通知当事人（七日为工作日），最迟通知日为 {day}，请另定日期（《行政处罚法》第六十四条第二项、第八十五条）。",
    "The party is told seven working days before the hearing; the last day was {day}. Choose another date (arts. 64(2), 85).",
)


def hearing_request(attempt: Attempt) -> None:
    """Before the five days are over nobody says that no hearing was asked for; the party may waive it in writing."""
    last = attempt.last_day("hearing.request", attempt.facts.get("notice_served_on"))
    if attempt.answers.get("hearing_request") == "none" and last is not None and attempt.today <= last:
        sentence = (
            f"当事人要求听证的期限至 {last}，期限未满；当事人书面放弃的请选择放弃（《行政处罚法》第六十四条第一项）。",
            f"The party may ask for a hearing until {last}; record a waiver only when it is in writing (art. 64(1)).",
        )
        raise WrongAnswers({"hearing_request": sentence})


def hearing_arranged(attempt: Attempt) -> None:
    """The date leaves seven working days for the notice, the chair did not investigate, and a closed hearing has its reason."""
    _in_time(attempt, "hearing_date")
    chair = attempt.colleagues.get(str(attempt.answers.get("hearing_chair") or ""))
    if chair is None or not chair.active or _investigated(attempt, chair.id):
        sentence = (
            f"听证由行政机关指定的非本案调查人员主持，请另行指定（{CHAIR_ARTICLE}）。",
            "The chair is somebody of the agency who did not investigate the case (art. 64(4)).",
        )
        raise WrongAnswers({"hearing_chair": sentence})
    if attempt.known.get("chair_recusal") == "recused" and chair.username == attempt.known.get("hearing_chair"):
        sentence = (
            "该主持人已在本案中回避，请另行指定（《行政处罚法》第四十三条、第六十四条第四项）。",
            "This chair was recused; choose another (arts. 43, 64(4)).",
        )
        raise WrongAnswers({"hearing_chair": sentence})


def hearing_notified(attempt: Attempt) -> None:
    """The notice itself went out seven working days before (行政处罚法 第六十四条第二项)."""
    last = attempt.last_day("hearing.notice", attempt.facts.get("hearing_date"))
    if last is not None and attempt.today > last:
        raise WrongAnswers({"hearing_notified_on": (NOTICE_DAYS[0].format(day=last), NOTICE_DAYS[1].format(day=last))})


def hearing_chaired(attempt: Attempt) -> None:
    """Who chairs is who was named, and did not investigate (行政处罚法 第六十四条第四项)."""
    if _investigated(attempt, attempt.officer.id):
        raise NotAllowed(
            "您参加了本案调查，不能主持本案听证。",
            "You investigated in this case, so you may not chair its hearing.",
            article=CHAIR_ARTICLE,
        )
    named = attempt.facts.get("hearing_chair")
    if named and named != attempt.officer.username:
        raise NotAllowed(
            "听证由指定的主持人办理，请将任务转交主持人。",
            "The hearing belongs to the chair who was named; hand the task over.",
            article=CHAIR_ARTICLE,
        )


def _in_time(attempt: Attempt, field: str) -> None:
    last = attempt.last_day("hearing.notice", attempt.answers.get(field))
    if last is not None and attempt.today > last:
        raise WrongAnswers({field: (NOTICE_DAYS[0].format(day=last), NOTICE_DAYS[1].format(day=last))})


def _investigated(attempt: Attempt, officer: UUID | None) -> bool:
    return officer in attempt.investigators | attempt.doers(*INVESTIGATED)
