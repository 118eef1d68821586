"""How much a fine may be, and that one act is fined once (行政处罚法 第二十九条、第三十二条)."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.contracts import PenaltyRow
from workflows.errors import WrongAnswers
from workflows.gates.attempt import Attempt, iso_day
from workflows.tariffs import Tariff, load_tariffs

MITIGATION_ARTICLE = "《行政处罚法》第三十二条"
ONCE_ARTICLE = "《行政处罚法》第二十九条"


def within_tariff(attempt: Attempt, amount: float, field: str) -> None:
    """Above the ceiling of the act's tariff the fine is refused, below its floor it needs grounds of mitigation; 0 is no fine.

    Raises WrongAnswers on `field`, `mitigation_ground` or `penalty_act` with the article of the tariff.
    """
    tariff = load_tariffs().get(str(attempt.facts.get("penalty_act") or ""))
    if not amount or tariff is None:
        return
    _highest_norm(attempt, tariff, field)
    if not tariff.bounded:
        return
    allowed = tariff.range(float(attempt.facts.get("counted_amount") or 0))
    if amount > allowed.most:
        sentence = (
            f"超过{tariff.basis}规定的上限：{_range(tariff, attempt)}。",
            f"Above the ceiling of {tariff.law}, {tariff.article}: at most {allowed.most:,.2f} yuan.",
        )
        raise WrongAnswers({field: sentence})
    if amount < allowed.least and not attempt.facts.get("mitigation_ground"):
        sentence = (
            f"低于{tariff.basis}规定的下限（{_range(tariff, attempt)}），属于减轻处罚，请填写理由（{MITIGATION_ARTICLE}）。",
            f"Below the floor of {tariff.law}, {tariff.article} ({allowed.least:,.2f} yuan): give the grounds of mitigation (art. 32).",
        )
        raise WrongAnswers({"mitigation_ground": sentence})


def _highest_norm(attempt: Attempt, chosen: Tariff, field: str) -> None:
    """One act that violates several norms is fined by the one with the higher fine (行政处罚法 第二十九条)."""
    counted = float(attempt.facts.get("counted_amount") or 0)
    others = [load_tariffs()[name] for name in attempt.facts.get("norms_violated") or () if name in load_tariffs()]
    higher = [other for other in others if other.bounded and other.range(counted).most > chosen.range(counted).most]
    if higher and chosen.bounded:
        names = "、".join(f"{other.name.zh}（{other.basis}）" for other in higher)
        sentence = (
            f"同一行为触犯的{names}罚款数额更高，应当按照罚款数额高的规定处罚（{ONCE_ARTICLE}）。",
            f"The act also violates {', '.join(other.name.local('en') for other in higher)}, whose fine is higher; that one applies (art. 29).",
        )
        raise WrongAnswers({field: sentence})


def once_for_one_act(attempt: Attempt, field: str) -> None:
    """The same act is not fined a second time by another agency of the case.

    A fine of the same act refuses ours; a fine of another act in the same joint case asks for the reason why it is another one.
    Raises WrongAnswers on `field` with the decision that is there already.
    """
    for row in _fined_already(attempt):
        same = _same_act(attempt, row)
        if same or not attempt.facts.get("act_distinct"):
            other_zh, other_en = ("", "") if same else ("；确非同一违法行为的，请说明理由", "; where it is another act, say why")
            zh = f"{row.authority}已于 {row.decided_on} 对当事人罚款（{row.number}）。对当事人的同一个违法行为，不得给予两次以上罚款"
            en = f"{row.authority} fined the party on {row.decided_on} ({row.number}). One act is not fined twice (art. 29)"
            sentence = (f"{zh}（{ONCE_ARTICLE}）{other_zh}。", f"{en}{other_en}.")
            raise WrongAnswers({field: sentence})


def _fined_already(attempt: Attempt) -> Iterator[PenaltyRow]:
    """Fines in this joint case: those of other agencies, and our own for the very act."""
    if attempt.registers is None:
        return
    own = attempt.officer.agency.name.zh
    for row in attempt.registers.penalties_in_case():
        if row.fine and row.status != "annulled" and (row.authority != own or _same_act(attempt, row)):
            yield row


def _same_act(attempt: Attempt, row: PenaltyRow) -> bool:
    day = iso_day(attempt.facts.get("act_on"))
    return row.act == attempt.facts.get("penalty_act") and (row.act_on is None or day is None or row.act_on == day)


def _range(tariff: Tariff, attempt: Attempt) -> str:
    allowed = tariff.range(float(attempt.facts.get("counted_amount") or 0))
    return f"{allowed.least:,.2f} 元至 {allowed.most:,.2f} 元"
