"""A penalty is decided by its procedure: in time, told before, heard, reviewed, and never as a fine instead of prosecution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.errors import GateClosed, NotAllowed, WrongAnswers
from workflows.gates import fine
from workflows.gates.attempt import Attempt

FINES = frozenset({"fine"})
TRANSFER_ARTICLE = "《行政执法机关移送涉嫌犯罪案件的规定》第五条、第十一条；《行政处罚法》第二十七条"
FILED_ARTICLE = "《行政处罚法》第三十五条；《行政执法机关移送涉嫌犯罪案件的规定》第十一条"
REVIEW_ARTICLE = "《行政处罚法》第五十八条"
NOTICE_ARTICLE = "《行政处罚法》第四十四条、第四十五条、第六十二条"
DISCUSSION_ARTICLE = "《行政处罚法》第五十七条第二款"
INVESTIGATED = ("apply_filing", "investigate_act", "propose_penalty")
"""Elements whose doers worked on the case before its review or hearing."""
Sentences = dict[str, tuple[str, str]]


def transfer_due(facts: Mapping[str, Any]) -> bool:
    """Whether a crime is suspected, its transfer neither refused nor answered with a final non-filing, and the criminal case not over."""
    suspected = facts.get("classification") in {"crime", "both"} and facts.get("transfer_outcome") not in {"rejected", "not_filed"}
    return suspected and not facts.get("criminal_outcome")


def transfer_pending(facts: Mapping[str, Any]) -> bool:
    """Whether a crime is suspected and what comes of its transfer is still open."""
    return transfer_due(facts) and facts.get("transfer_outcome") is None


def penalty_locked(facts: Mapping[str, Any]) -> bool:
    """Whether a fine may not be decided now: a transfer is due, or the police have filed (行政处罚法 第三十五条)."""
    return transfer_due(facts)


def fine_barred(facts: Mapping[str, Any]) -> bool:
    """Whether no fine is even offered: it is locked now, or a court has fined the party (行政处罚法 第三十五条)."""
    return penalty_locked(facts) or facts.get("court_fine_imposed") == "yes"


def penalty_filing(attempt: Attempt) -> None:
    """Nothing is filed after the limitation has run out (行政处罚法 第三十六条)."""
    if attempt.answers.get("case_filing") == "file" and attempt.facts.get("limitation_state") == "expired":
        raise WrongAnswers({"case_filing": _expired(attempt)})


def penalty_proposal(attempt: Attempt) -> None:
    """What is proposed can be decided: in time, within the tariff, not heavier because the party spoke."""
    answers = attempt.answers
    if answers.get("handling") == "transfer" and transfer_pending(attempt.facts):
        raise WrongAnswers({"handling": _transfer_runs()})
    if answers.get("handling") != "punish":
        return
    if attempt.facts.get("limitation_state") == "expired":
        raise WrongAnswers({"handling": _expired(attempt)})
    amount = float(answers.get("fine_amount") or 0)
    _kinds_and_amount(answers.get("penalties") or (), amount, "penalties", "fine_amount")
    _not_heavier_for_speaking(attempt, amount)
    fine.within_tariff(attempt, amount, "fine_amount")
    if amount:
        fine.once_for_one_act(attempt, "act_distinct")


def penalty_notice(attempt: Attempt) -> None:
    """A foreign party is told through an interpreter (行政处罚法 第八十四条: the same law, the same rights)."""
    if attempt.facts.get("party_foreign") and not attempt.answers.get("interpreter"):
        told = (
            "当事人为外国人或者无国籍人，请填写翻译人员；其陈述、申辩、要求听证的权利与中国公民相同（《行政处罚法》第八十四条）。",
            "The party is foreign: name the interpreter; its rights are those of anybody else (art. 84).",
        )
        raise WrongAnswers({"interpreter": told})


def penalty_recheck(attempt: Attempt) -> None:
    """After the party spoke the penalty stays or becomes lighter (行政处罚法 第四十五条第二款)."""
    amount, told = float(attempt.answers.get("fine_amount") or 0), float(attempt.facts.get("fine_notified") or 0)
    if amount > told:
        raise WrongAnswers({"fine_amount": _heavier()})


def penalty_decision(attempt: Attempt) -> None:
    """No fine instead of prosecution (不得以罚代刑); nothing that the party was not told; review and discussion before the decision."""
    decided = attempt.answers.get("penalty_decision")
    if decided == "transfer" and transfer_pending(attempt.facts):
        raise WrongAnswers({"penalty_decision": _transfer_runs()})
    if decided in {"exempt", "not_established"} and transfer_pending(attempt.facts):
        raise GateClosed(
            "本案涉嫌犯罪，移送尚未办结，不得以不予处罚代替移送。请先完成移送，或者退回重新提出意见。",
            "A crime is suspected and its transfer is not settled, so the case is not ended without a penalty in its place.",
            article=TRANSFER_ARTICLE,
        )
    if decided == "impose":
        _may_be_imposed(attempt)


def _may_be_imposed(attempt: Attempt) -> None:
    kinds = set(attempt.answers.get("penalties_decided") or ())
    amount = float(attempt.answers.get("fine_decided") or 0)
    if amount or FINES & kinds:
        _no_fine_instead_of_prosecution(attempt)
    if not kinds:
        raise WrongAnswers({"penalties_decided": ("请选择处罚种类。", "Choose the kinds of penalty.")})
    _kinds_and_amount(kinds, amount, "penalties_decided", "fine_decided")
    _was_told(attempt, kinds, amount)
    _was_reviewed(attempt)
    fine.within_tariff(attempt, amount, "fine_decided")
    if amount:
        fine.once_for_one_act(attempt, "fine_decided")


def _no_fine_instead_of_prosecution(attempt: Attempt) -> None:
    if attempt.facts.get("court_fine_imposed") == "yes":
        raise GateClosed(
            "人民法院已经判处罚金，行政机关尚未给予罚款的，不再给予罚款。",
            "A court has fined the party; an agency that has not fined it yet does so no more.",
            article="《行政处罚法》第三十五条第二款",
        )
    if penalty_locked(attempt.facts):
        filed = attempt.facts.get("transfer_outcome") == "filed"
        raise GateClosed(
            "公安机关已经立案，刑事案件办理期间不作出罚款决定；判处罚金的，不再给予罚款。可以作出警告、责令停业、吊销许可等处罚。"
            if filed
            else "本案涉嫌犯罪，移送尚未办结，不得以罚款代替移送。请先完成移送；可以作出警告、责令停业、吊销许可等处罚。",
            "A crime is suspected and its transfer is not settled, so no fine may be decided in its place. "
            "Warning, suspension or revocation remain possible.",
            article=FILED_ARTICLE if filed else TRANSFER_ARTICLE,
        )
    came_back = attempt.facts.get("reverse_source")
    if transfer_due(attempt.above) and not (came_back or attempt.facts.get("act_distinct")):
        raise GateClosed(
            "本案所属案件涉嫌犯罪，移送尚未办结。拟罚款的行为确非被移送行为的，请退回并在处理意见中说明理由。",
            "The case above is being transferred as a crime. Where another act is fined, the proposal has to say why it is another.",
            article=TRANSFER_ARTICLE,
        )


def _kinds_and_amount(kinds: object, amount: float, kinds_field: str, amount_field: str) -> None:
    named = isinstance(kinds, (list, tuple, set, frozenset)) and bool(FINES & set(kinds))
    if amount and not named:
        raise WrongAnswers(
            {kinds_field: ("填写了罚款数额，请同时选择“罚款”（《行政处罚法》第九条）。", "There is an amount, so choose “fine” as well.")}
        )
    if named and not amount:
        raise WrongAnswers({amount_field: ("选择了罚款，请填写数额（《行政处罚法》第九条）。", "A fine is chosen; say how much.")})


def _not_heavier_for_speaking(attempt: Attempt, amount: float) -> None:
    known = attempt.known
    spoke = known.get("party_statement") == "made" or known.get("hearing_held")
    added = set(attempt.answers.get("penalties") or ()) - set(known.get("penalties_notified") or ())
    if spoke and (amount > float(known.get("fine_notified") or 0) or added) and not attempt.answers.get("new_facts"):
        raise WrongAnswers({"fine_amount": _heavier()})


def _was_told(attempt: Attempt, kinds: set[str], amount: float) -> None:
    told = set(attempt.facts.get("penalties_notified") or ())
    if attempt.facts.get("handling") != "punish" or not told:
        raise GateClosed(
            "拟作出的处罚尚未告知当事人，不得作出处罚决定。请退回重新提出意见并告知。",
            "The party was not told of the penalty, so it may not be decided. Send it back for a proposal and a notice.",
            article=NOTICE_ARTICLE,
        )
    if kinds - told:
        sentence = (
            "含有未告知当事人的处罚种类，请退回重新告知（《行政处罚法》第四十四条、第六十二条）。",
            "A kind of penalty that the party was not told of; send it back (arts. 44, 62).",
        )
        raise WrongAnswers({"penalties_decided": sentence})
    if amount > float(attempt.facts.get("fine_notified") or 0):
        sentence = (
            "超过告知当事人的罚款数额；不得因陈述、申辩加重处罚，确需加重的须退回重新告知（《行政处罚法》第四十四条、第四十五条）。",
            "More than the party was told of; nobody is punished more for pleading. A heavier fine needs a new notice (arts. 44, 45).",
        )
        raise WrongAnswers({"fine_decided": sentence})


def _was_reviewed(attempt: Attempt) -> None:
    facts = attempt.facts
    if (facts.get("review_needed") or penalty_locked(facts)) and facts.get("legal_opinion") != "pass":
        raise GateClosed(
            "本案应当进行法制审核；未经法制审核或者审核未通过的，不得作出决定。",
            "This case needs legal review; without it there is no decision.",
            article=REVIEW_ARTICLE,
        )
    if facts.get("major") and facts.get("discussion_result") != "agree":
        raise GateClosed(
            "对情节复杂或者重大违法行为给予行政处罚，应当由负责人集体讨论决定。",
            "A complex or serious case is decided after collective discussion.",
            article=DISCUSSION_ARTICLE,
        )


def legal_review(attempt: Attempt) -> None:
    """Who reviews did not investigate, and holds the legal-profession certificate when it is the first time (行政处罚法 第五十八条)."""
    if attempt.officer.id in attempt.investigators | attempt.doers(*INVESTIGATED):
        raise NotAllowed(
            "您参加了本案调查，不能担任本案法制审核人员。",
            "You investigated in this case, so you may not review it.",
            article=REVIEW_ARTICLE,
        )
    if attempt.answers.get("first_time_reviewer") and not attempt.answers.get("legal_certificate"):
        sentence = (
            "初次从事法制审核的人员应当取得法律职业资格，请填写证书编号（《行政处罚法》第五十八条第二款）。",
            "A first-time reviewer holds the legal-profession certificate: give its number (art. 58(2)).",
        )
        raise WrongAnswers({"legal_certificate": sentence})
    if attempt.answers.get("legal_opinion") == "crime" and transfer_pending(attempt.facts):
        raise WrongAnswers({"legal_opinion": _transfer_runs()})


def penalty_service(attempt: Attempt) -> None:
    """Electronic service only with the party's signed consent (行政处罚法 第六十一条第二款)."""
    if attempt.answers.get("service_manner") == "electronic" and not attempt.answers.get("electronic_consent"):
        sentence = (
            "当事人同意并签订确认书的，方可采用电子方式送达（《行政处罚法》第六十一条第二款）。",
            "Electronic service needs the party's signed consent (art. 61(2)).",
        )
        raise WrongAnswers({"electronic_consent": sentence})


def _expired(attempt: Attempt) -> tuple[str, str]:
    day = attempt.facts.get("limitation_ends_on") or ""
    return (
        f"违法行为未在追责时效内被发现（时效至 {day}），不再给予行政处罚（《行政处罚法》第三十六条）。",
        f"The act was not discovered within the limitation (until {day}), so no penalty is given any more (art. 36).",
    )


def _transfer_runs() -> tuple[str, str]:
    return (
        "本案已经进入移送程序，无须再次移送，请等待移送结果（《行政处罚法》第二十七条）。",
        "The transfer of this case is already under way; wait for its outcome (art. 27).",
    )


def _heavier() -> tuple[str, str]:
    return (
        "不得因当事人陈述、申辩而给予更重的处罚；加重须有告知后查明的新的违法事实（《行政处罚法》第四十五条第二款）。",
        "Nobody is punished more for pleading; a heavier penalty needs facts found after the notice (art. 45(2)).",
    )
