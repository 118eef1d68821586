"""Reporting on a special action: figures that agree with each other, and no report without a part that was not even due."""

from __future__ import annotations

from datetime import date

from workflows.contracts import Text
from workflows.errors import GateClosed, NotAllowed, WrongAnswers
from workflows.gates.attempt import Attempt
from workflows.report_tables import annexes, coverage_faults, indicator_faults, same_figures, table_faults

REPORT_ARTICLE = "浙卫发函〔2022〕42号 四（二）、附件1、附件2"
OTHER = "OTHER"
"""A department without indicators of its own in annex 1."""


def report_period(attempt: Attempt) -> None:
    """A period is opened by a health authority that reports itself, and asks the departments for a day before its own."""
    answers = attempt.answers
    if attempt.officer.agency.function not in {"HEALTH", "CDC"}:
        raise NotAllowed(
            "阶段报告由卫生健康部门汇总报送，其他部门不能开立报告期。",
            "The health authority collects and reports; other departments do not open a period.",
            article=REPORT_ARTICLE,
        )
    wrong: dict[str, tuple[str, str]] = {}
    if attempt.agency not in (answers.get("campaign_departments") or ()):
        wrong["campaign_departments"] = (
            "卫生健康部门自身的数据也要填报，请一并选择。",
            "The health authority has a part of its own: choose it too.",
        )
    if str(answers.get("parts_due_before") or "") > str(answers.get("report_due_before") or ""):
        wrong["parts_due_before"] = ("各部门的期限不得晚于报告期限。", "The departments' day is not after the report's.")
    if str(answers.get("report_from") or "") > str(answers.get("report_to") or ""):
        wrong["report_to"] = ("止日不得早于起日。", "The period ends after it begins.")
    if wrong:
        raise WrongAnswers(wrong)


def report_part(attempt: Attempt) -> None:
    """A department answers for its own indicators, and its part of the table agrees with itself."""
    function = attempt.officer.agency.function
    own = function if function in annexes().indicators else OTHER
    if attempt.answers.get("part_function") != own:
        raise WrongAnswers({"part_function": ("请选择本部门。", "Choose your own department.")})
    wrong = indicator_faults(own, attempt.answers) | (coverage_faults(attempt.answers) if own == "HEALTH" else {})
    wrong |= _table(attempt, "part_rows")
    if wrong:
        raise WrongAnswers({key: (words.zh, words.en) for key, words in wrong.items()})


def report_table(attempt: Attempt) -> None:
    """The city's table agrees with itself; where it differs from the sum of the parts, it says why."""
    wrong = _table(attempt, "report_rows")
    changed = not same_figures(attempt.answers.get("report_rows") or (), attempt.facts.get("summed_rows") or ())
    if changed and not str(attempt.answers.get("correction_reason") or "").strip():
        wrong["correction_reason"] = Text(
            "表中数据与各部门之和不一致，请写明更正理由。", "The table differs from the sum of the parts: say why."
        )
    if attempt.answers.get("table_check") == "return" and not attempt.answers.get("departments_to_correct"):
        wrong["departments_to_correct"] = Text("请选择需要更正的部门。", "Choose the departments that have to correct.")
    elif attempt.answers.get("table_check") == "return":
        return
    if wrong:
        raise WrongAnswers({key: (words.zh, words.en) for key, words in wrong.items()})


def partial_report(attempt: Attempt) -> None:
    """A report without every part is decided with a reason, and not before the departments' own day has come."""
    if attempt.answers.get("partial_decision") != "partial":
        return
    day = str(attempt.facts.get("parts_due_before") or "")
    if day and attempt.today < date.fromisoformat(day):
        raise GateClosed(
            f"各部门报送期限（{day}前）尚未届满，不能作部分上报。",
            f"The departments have until {day}; before that day nothing is missing.",
            article=REPORT_ARTICLE,
        )
    if not str(attempt.answers.get("partial_reason") or "").strip():
        raise WrongAnswers({"partial_reason": ("请写明部分上报的理由。", "Say why the report is filed without every part.")})


def _table(attempt: Attempt, key: str) -> dict[str, Text]:
    faults = table_faults(attempt.answers.get(key) or ())
    if not faults:
        return {}
    return {key: Text("；".join(fault.words.zh for fault in faults) + "。", "; ".join(fault.words.en for fault in faults) + ".")}
