"""What a case may be classified as, given what was found before (令310 第三条; 法释〔2008〕5号，2016年修正，第二条第四项)."""

from __future__ import annotations

from workflows.errors import GateClosed, WrongAnswers
from workflows.gates.attempt import Attempt

THRESHOLD_ARTICLE = "法释〔2008〕5号（2016年修正）第二条第四项；《行政执法机关移送涉嫌犯罪案件的规定》第三条"
CRIMINAL = frozenset({"crime", "both"})


def classification(attempt: Attempt) -> None:
    """Two effective penalties found by the legal office, and the act done again by somebody unqualified: it is to be transferred.

    A suspected crime is named, since the transfer goes by its name.
    """
    chosen = attempt.answers.get("classification")
    again = attempt.facts.get("prior_decision") == "reached" and attempt.facts.get("violation_found")
    if again and attempt.facts.get("practitioner_qualification") != "qualified" and chosen not in CRIMINAL:
        raise GateClosed(
            "法制机构已认定当事人因非法行医受过两次以上有效处罚，本次又查实违法，属于情节严重，应当移送公安机关，不能只作行政违法或者未发现违法处理。",
            "Two effective penalties for illegal practice are established and the act was done again: the case is to be transferred.",
            article=THRESHOLD_ARTICLE,
        )
    if chosen in CRIMINAL and not str(attempt.answers.get("crime_name") or "").strip():
        raise WrongAnswers({"crime_name": ("请写明涉嫌的罪名。", "Name the crime that is suspected.")})
