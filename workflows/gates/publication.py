"""What is published is redacted, goes where it belongs, and what is repaired was fulfilled (行政处罚法 第四十八条)."""

from __future__ import annotations

import re

from workflows.errors import WrongAnswers
from workflows.gates.attempt import Attempt, iso_day

IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{15}(?!\d)")
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
REPORTER = ("reporter_name", "reporter_phone")


def publication_text(attempt: Attempt) -> None:
    """No identity number, no phone number, nothing about the reporter; a person's name only where the law shows it."""
    text = str(attempt.answers.get("publication_draft") or "")
    reporter = [str(attempt.facts.get(key)) for key in REPORTER if attempt.facts.get(key)]
    if IDENTITY.search(text) or PHONE.search(text) or any(secret in text for secret in reporter):
        sentence = (
            "公示稿含有身份证件号码、电话号码或者举报人信息，请脱敏后提交（济历城卫健发〔2022〕20号 二（六）；举报人信息一律保密）。",
            "The text holds an identity or phone number, or names the reporter; redact it first (Licheng 2022 no. 20, 2(6)).",
        )
        raise WrongAnswers({"publication_draft": sentence})
    name = str(attempt.facts.get("subject_name") or "")
    if attempt.facts.get("subject_kind") == "person" and name and name in text:
        sentence = (
            "当事人为自然人，公示稿不得出现其姓名（山东省社会信用条例第二十条）。",
            "The party is a natural person: its name is not published (Shandong regulation art. 20).",
        )
        raise WrongAnswers({"publication_draft": sentence})


def publication_targets(attempt: Attempt) -> None:
    """On 信用中国; an enterprise's on the enterprise system as well, anybody else's not (淄政办发〔2020〕8号 三（三）)."""
    targets = set(attempt.answers.get("publication_targets") or ())
    enterprise = attempt.facts.get("subject_kind") == "company" or bool(attempt.facts.get("party_enterprise"))
    if "credit_china" not in targets:
        raise WrongAnswers({"publication_targets": _told("行政处罚信息应当在信用中国公示", "Penalties are published on Credit China")})
    if enterprise and "enterprise_system" not in targets:
        told = _told(
            "当事人为企业的，应当同时在国家企业信用信息公示系统公示",
            "An enterprise's penalty is published on the enterprise system as well",
        )
        raise WrongAnswers({"publication_targets": told})
    if not enterprise and "enterprise_system" in targets:
        told = _told("当事人不是企业，不在国家企业信用信息公示系统公示", "The party is no enterprise; the enterprise system is not for it")
        raise WrongAnswers({"publication_targets": told})


def credit_repair(attempt: Attempt) -> None:
    """A repair is granted after the penalty was fulfilled, not before."""
    fulfilled = iso_day(attempt.facts.get("penalty_fulfilled_on"))
    if attempt.answers.get("repair_decision") == "grant" and (fulfilled is None or fulfilled > attempt.today):
        sentence = (
            "处罚决定尚未履行完毕，不予信用修复（失信行为纠正后的信用信息修复管理办法（试行），条文待确认）。",
            "The penalty is not fulfilled yet, so there is no repair (to be confirmed).",
        )
        raise WrongAnswers({"repair_decision": sentence})


def _told(zh: str, en: str) -> tuple[str, str]:
    return f"{zh}（淄政办发〔2020〕8号 三（三））。", f"{en} (Zibo 2020 no. 8, 3(3))."
