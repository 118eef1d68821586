"""A suspected crime goes to the police: by the head's decision, with its package of five (令310 第五条、第六条)."""

from __future__ import annotations

from workflows.errors import NotAllowed, WrongAnswers
from workflows.gates.attempt import Attempt

HEAD_ARTICLE = "《行政执法机关移送涉嫌犯罪案件的规定》第五条"
PACKAGE_ARTICLE = "《行政执法机关移送涉嫌犯罪案件的规定》第六条"


def transfer_decision(attempt: Attempt) -> None:
    """Only the head, or who presides, decides a transfer; a deputy does not (令310 第五条)."""
    if not attempt.officer.roles & {"head", "presiding"}:
        raise NotAllowed(
            "移送涉嫌犯罪案件须由本机关正职负责人或者主持工作的负责人审批，副职负责人无权决定。",
            "A transfer is decided by the head of the agency or the person presiding; a deputy may not decide it.",
            article=HEAD_ARTICLE,
        )


def transfer_package(attempt: Attempt) -> None:
    """The package of five goes over complete (令310 第六条)."""
    missing = [key for key in ("pack_letter", "pack_report", "pack_items", "pack_appraisal", "pack_other") if not attempt.answers.get(key)]
    if missing:
        sentence = ("移送材料不齐全，五项材料须全部附送。", "The package is incomplete: all five parts go over together.")
        raise WrongAnswers(dict.fromkeys(missing, sentence))
