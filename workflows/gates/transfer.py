"""A suspected crime goes to the police: by the head's decision, with its package of five (令310 第五条、第六条)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workflows.contracts import AgencyRef, PenaltyRow
from workflows.errors import NotAllowed, WrongAnswers
from workflows.gates.attempt import Attempt

HEAD_ARTICLE = "《行政执法机关移送涉嫌犯罪案件的规定》第五条"
PACKAGE_ARTICLE = "《行政执法机关移送涉嫌犯罪案件的规定》第六条"
TWO_PENALTIES = "法释〔2016〕27号第二条第（四）项"
PACKAGE = {
    "pack_letter": ("一", "涉嫌犯罪案件移送书", "the letter of transfer"),
    "pack_report": ("二", "涉嫌犯罪案件情况的调查报告", "the investigation report"),
    "pack_items": ("三", "涉案物品清单", "the list of items"),
    "pack_appraisal": ("四", "有关检验报告或者鉴定结论", "the test reports or appraisals"),
    "pack_other": ("五", "其他有关涉嫌犯罪的材料", "the other material"),
}
"""Field → number, name and English name of a part of the package (令310 第六条)."""
REPORTER = ("reporter_name", "reporter_phone")
SHORTEST_NAME = 2
"""Characters; a single one would be found in any text."""
NEEDED = 2
"""Earlier penalties of 法释〔2016〕27号 art. 2(4)."""

Wrong = dict[str, tuple[str, str]]


def transfer_decision(attempt: Attempt) -> None:
    """Only the head, or who presides, decides a transfer; a deputy does not (令310 第五条).

    Where the report rests on two earlier penalties, a refusal says why they do not count.
    """
    if not attempt.officer.roles & {"head", "presiding"}:
        raise NotAllowed(
            "移送涉嫌犯罪案件须由本机关正职负责人或者主持工作的负责人审批，副职负责人无权决定。",
            "A transfer is decided by the head of the agency or the person presiding; a deputy may not decide it.",
            article=HEAD_ARTICLE,
        )
    refused = attempt.answers.get("transfer_decision") == "reject"
    if refused and attempt.facts.get("crime_ground") == "two_penalties" and not attempt.answers.get("penalties_refuted"):
        raise WrongAnswers(
            {
                "penalties_refuted": (
                    f"因非法行医被处罚两次以后再次非法行医属于情节严重（{TWO_PENALTIES}），不批准移送须逐一说明处罚为何不能计入。",
                    "A third offence after two penalties is serious (2016 No. 27 art. 2(4)): say why these penalties do not count.",
                )
            }
        )


def transfer_package(attempt: Attempt) -> None:
    """The package of five goes over complete, to the police of the same level, and does not tell who reported (令310 第五条、第六条)."""
    wrong = {key: _missing(*part) for key, part in PACKAGE.items() if not attempt.answers.get(key)}
    wrong |= _wrong_police(attempt)
    wrong |= _wrong_penalties(attempt)
    wrong |= reporter_named(attempt)
    if wrong:
        raise WrongAnswers(wrong)


def transfer_supplement(attempt: Attempt) -> None:
    """What is supplemented does not tell who reported either."""
    wrong = reporter_named(attempt)
    if wrong:
        raise WrongAnswers(wrong)


def transfer_receipt(attempt: Attempt) -> None:
    """The receipt is not dated before the case was handed over, nor in the future: the time of the police runs from it (令310 第七条)."""
    received = str(attempt.answers.get("psb_received_on") or "")
    handed_over = str(attempt.facts.get("handed_over_at") or "")[: len("2026-01-01")]
    if received and (received < handed_over or received > attempt.today.isoformat()):
        raise WrongAnswers(
            {
                "psb_received_on": (
                    "接收日期不得早于移送日期，也不得晚于今天：公安机关的期限自签收之日起算（国务院令第310号第七条、第八条）。",
                    "Not before the case was handed over and not in the future: the time of the police runs from the receipt (art. 7, 8).",
                )
            }
        )


def police_forwarding(attempt: Attempt) -> None:
    """A case is forwarded to another police organ, never to the own one (令310 第七条)."""
    target = _agency(attempt, "forwarded_to")
    if target is None or target.function != "PSB" or target.code == attempt.agency:
        raise WrongAnswers(
            {
                "forwarded_to": (
                    "请选择有管辖权的其他公安机关（国务院令第310号第七条）。",
                    "Choose the other police organ that has jurisdiction (Order 310 art. 7).",
                )
            }
        )


def reporter_named(attempt: Attempt) -> Wrong:
    """A sentence for each answer that holds the reporter's name or number."""
    secrets = [str(attempt.facts.get(key) or "") for key in REPORTER]
    known = [secret for secret in secrets if len(secret) >= SHORTEST_NAME]
    sentence = (
        "移送材料中不得出现举报人身份信息，请删除（举报人隐私受保护，浙卫发函〔2022〕42号 五（二））。",
        "The package may not tell who reported; take it out.",
    )
    told = [
        key
        for key, answer in attempt.answers.items()
        if key not in REPORTER and any(one in text for text in _texts(answer) for one in known)
    ]
    return dict.fromkeys(told, sentence)


def _missing(number: str, name: str, name_en: str) -> tuple[str, str]:
    return (
        f"缺少{name}（国务院令第310号第六条第（{number}）项），五项材料须全部附送。",
        f"{name_en.capitalize()} is missing (Order 310 art. 6). All five parts go over together.",
    )


def _wrong_police(attempt: Attempt) -> Wrong:
    police = _agency(attempt, "police_agency")
    if police is not None and police.function == "PSB" and police.level == attempt.officer.agency.level:
        return {}
    return {
        "police_agency": (
            "涉嫌犯罪案件须向同级公安机关移送（国务院令第310号第五条第二款），不得移送上级、下级公安机关或者其他机关。",
            "A case goes to the police of the same level (Order 310 art. 5(2)), not to those above or below or to anybody else.",
        )
    }


def _wrong_penalties(attempt: Attempt) -> Wrong:
    if attempt.facts.get("crime_ground") != "two_penalties":
        return {}
    listed = [row for row in attempt.answers.get("prior_decisions") or [] if row.get("prior_number")]
    known = _known_penalties(attempt)
    unfit = [row["prior_number"] for row in listed if not _counts(known.get(row["prior_number"]))]
    if unfit:
        numbers = "、".join(unfit)
        return {
            "prior_decisions": (
                f"{numbers} 不能计入：只计卫生行政部门对非法行医作出的、仍然有效的行政处罚（{TWO_PENALTIES}）。",
                f"{numbers} does not count: only valid penalties of the health administration for illegal practice do (art. 2(4)).",
            )
        }
    if len([row for row in listed if row.get("prior_certified")]) < NEEDED:
        return {
            "prior_decisions": (
                f"以“两次行政处罚后再次非法行医”移送的，须附两次处罚决定书的核验件（{TWO_PENALTIES}；国务院令第310号第六条第（五）项）。",
                "A transfer that rests on two earlier penalties carries certified copies of both decisions (art. 2(4)).",
            )
        }
    return {}


def _known_penalties(attempt: Attempt) -> Mapping[str, PenaltyRow]:
    if attempt.registers is None:
        return {}
    name, code = (str(attempt.facts.get(key) or "") for key in ("subject_name", "subject_code"))
    return {row.number: row for row in attempt.registers.penalties_of(name, code)}


def _counts(row: PenaltyRow | None) -> bool:
    return row is None or (row.function == "HEALTH" and row.act == "illegal_practice" and row.status != "annulled")


def _agency(attempt: Attempt, key: str) -> AgencyRef | None:
    wanted = attempt.answers.get(key)
    known = attempt.registers.agencies() if attempt.registers is not None else ()
    return next((ref for ref in known if ref.code == wanted), None)


def _texts(answer: Any) -> Iterator[str]:
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, Mapping):
        for inner in answer.values():
            yield from _texts(inner)
    elif isinstance(answer, list):
        for inner in answer:
            yield from _texts(inner)
