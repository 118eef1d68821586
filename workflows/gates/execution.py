"""Execution keeps the party's time: fifteen days to pay, ten after a demand, and the courts only after the remedies (行政处罚法 第六十七条, 行政强制法 第五十三、五十四条)."""

from __future__ import annotations

from workflows.errors import WrongAnswers
from workflows.gates.attempt import Attempt, iso_day

Sentence = tuple[str, str]


def penalty_payment(attempt: Attempt) -> None:
    """Paid is what was due in full; unpaid is what was not paid in fifteen days or by the deferred day (行政处罚法 第六十六、六十七条)."""
    state = attempt.answers.get("payment_state")
    if state == "paid" and float(attempt.answers.get("paid_amount") or 0) < float(attempt.facts.get("money_total") or 0):
        raise WrongAnswers({"paid_amount": _short(attempt)})
    last = iso_day(attempt.facts.get("deferred_until")) or attempt.last_day("penalty.pay", attempt.facts.get("served_on"))
    if state == "unpaid" and last is not None and attempt.today <= last:
        sentence = (
            f"缴款期限至 {last}，期限未满，不能登记为逾期（《行政处罚法》第六十六条、第六十七条第三款）。",
            f"The time to pay runs until {last}; it is not overdue yet (arts. 66, 67(3)).",
        )
        raise WrongAnswers({"payment_state": sentence})


def penalty_demand_over(attempt: Attempt) -> None:
    """Ten working days after the demand, and not before, the party is said not to have performed (行政强制法 第五十四条)."""
    last = attempt.last_day("enforcement.demand", attempt.facts.get("demand_served_on"))
    if attempt.answers.get("performance") == "refused" and last is not None and attempt.today <= last:
        sentence = (
            f"催告书送达十日（工作日）后当事人仍未履行义务的，方可申请强制执行，期限至 {last}（《行政强制法》第五十四条、第六十九条）。",
            f"The party has ten working days after the demand, until {last} (Administrative Compulsion Law, arts. 54, 69).",
        )
        raise WrongAnswers({"performance": sentence})


def penalty_enforcement(attempt: Attempt) -> None:
    """The court is applied to when the time for reconsideration and lawsuit is over and neither runs (行政强制法 第五十三条)."""
    if attempt.facts.get("contest") in {"reconsideration", "lawsuit"} and attempt.facts.get("contest_result") in {None, "pending"}:
        raise WrongAnswers({"remedies_ended_on": _remedies("行政复议或者行政诉讼尚未办结", "A remedy is still pending")})
    last = attempt.last_day("remedy.lawsuit", attempt.facts.get("served_on"))
    if attempt.facts.get("contest") in {None, "none"} and last is not None and attempt.today <= last:
        raise WrongAnswers({"remedies_ended_on": _remedies(f"起诉期限至 {last}", f"A lawsuit may be brought until {last}")})


def _short(attempt: Attempt) -> Sentence:
    due = float(attempt.facts.get("money_total") or 0)
    return (
        f"少于应缴数额 {due:,.2f} 元；分期缴纳的请选择延期、分期（《行政处罚法》第六十六条第二款）。",
        f"Less than the {due:,.2f} yuan due; for instalments choose deferral (art. 66(2)).",
    )


def _remedies(zh: str, en: str) -> Sentence:
    return (
        f"{zh}；当事人在法定期限内不申请行政复议或者提起行政诉讼，又不履行的，方可申请强制执行（《行政强制法》第五十三条）。",
        f"{en}; the court is applied to only after the remedies (Administrative Compulsion Law, art. 53).",
    )
