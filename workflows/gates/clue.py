"""What must hold when a clue is taken in and sent on: the reporter stays hidden, and the way chosen is one that is open."""

from __future__ import annotations

from workflows.errors import WrongAnswers
from workflows.gates.attempt import Attempt

REPORTER = ("reporter_name", "reporter_phone")
FREE_TEXT = ("clue_summary", "subject_name", "subject_aliases", "subject_address")


def reporter_masked(attempt: Attempt) -> None:
    """Who reported is named in the two fields that only the intake reads, and nowhere else (举报人身份保密; 浙卫发函〔2022〕42号 五（二）)."""
    named = [str(attempt.answers.get(key) or "").strip() for key in REPORTER]
    hidden = [name for name in named if len(name) > 1]
    telling = [key for key in FREE_TEXT if any(name in str(attempt.answers.get(key) or "") for name in hidden)]
    if telling:
        sentence = (
            "此处出现了举报人的姓名或电话。除举报人字段外不得写明举报人，请改写。",
            "This names the reporter. Nothing but the reporter's own fields may; please write it otherwise.",
        )
        raise WrongAnswers(dict.fromkeys(telling, sentence))


def triage_choice(attempt: Attempt) -> None:
    """A dispute needs an agency that refused; a clue is not sent to the agency that has it (行政处罚法 第二十五条)."""
    if attempt.answers.get("triage") == "dispute" and not attempt.facts.get("receipts_rejected"):
        raise WrongAnswers(
            {
                "triage": (
                    "尚无机关拒收，不能提请协商或指定管辖（《行政处罚法》第二十五条：对管辖发生争议的，应当协商解决）。",
                    "No agency has refused yet, so there is no dispute (Administrative Penalty Law, art. 25).",
                )
            }
        )
    if attempt.agency in (attempt.answers.get("targets") or ()):
        raise WrongAnswers({"targets": ("承接机关不能是本机关。", "A clue is not sent to the agency that has it.")})
