"""Twins of the gates of transfer, reverse transfer and resistance: what is refused, and what differs in one thing and is let through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from tests.factories.walks import Directory
from workflows import gates
from workflows.contracts import PenaltyRow
from workflows.errors import GateClosed, WrongAnswers

PARTS = ("pack_letter", "pack_report", "pack_items", "pack_appraisal", "pack_other")
PACKAGE: dict[str, Any] = {**dict.fromkeys(PARTS, True), "police_agency": "qinglan-psb"}
TWO = {"crime_ground": "two_penalties"}
REPORTER = {"reporter_name": "王小虚", "reporter_phone": "000-1111-2222"}
PENALTY = PenaltyRow(
    id=UUID(int=9), subject_name="虚构", subject_code="", act="illegal_practice", act_on=None, decided_on=date(2021, 5, 10), authority="云海市卫生健康委员会",
    function="HEALTH", region="云海市", source="other_region", number="甲1", kinds=("fine",), fine=None, status="effective", summary=False, certified_copy=True,
)  # fmt: skip
"""A penalty that counts for 法释〔2016〕27号 art. 2(4)."""


class Known(Directory):
    """A register that knows these penalties."""

    def __init__(self, *penalties: PenaltyRow) -> None:
        self.penalties = penalties

    def penalties_of(self, name: str, code: str) -> tuple[PenaltyRow, ...]:
        return self.penalties


def listed(*numbers: str, certified: bool = True) -> dict[str, Any]:
    """A package with these earlier decisions."""
    return {**PACKAGE, "prior_decisions": [{"prior_number": number, "prior_certified": certified} for number in numbers]}


def twins(attempt: Callable[..., gates.Attempt]) -> dict[str, tuple[str, gates.Attempt, gates.Attempt, type[Exception]]]:
    """Name → gate, what is refused, its twin, with which error."""

    def sent(answers: dict[str, Any], facts: dict[str, Any] | None = None, register: Directory | None = None) -> gates.Attempt:
        return attempt(answers=answers, facts=facts or {}, registers=register or Directory())

    two = listed("甲1", "乙2")
    lawful = sent(two, TWO, Known(PENALTY, replace(PENALTY, number="乙2")))

    def with_second(**changed: Any) -> gates.Attempt:
        return sent(two, TWO, Known(PENALTY, replace(PENALTY, number="乙2", **changed)))

    return {
        **{f"a package without {part}": ("transfer_package", sent({**PACKAGE, part: False}), sent(PACKAGE), WrongAnswers) for part in PARTS},
        "police of the level above": ("transfer_package", sent({**PACKAGE, "police_agency": "yunhai-psb"}), sent(PACKAGE), WrongAnswers),
        "no police at all": ("transfer_package", sent({**PACKAGE, "police_agency": "qinglan-proc"}), sent(PACKAGE), WrongAnswers),
        "a package where nobody knows the agencies": ("transfer_package", attempt(answers=PACKAGE), sent(PACKAGE), WrongAnswers),
        "one earlier penalty": ("transfer_package", sent(listed("甲1"), TWO), sent(two, TWO), WrongAnswers),
        "two without certified copies": ("transfer_package", sent(listed("甲1", "乙2", certified=False), TWO), sent(two, TWO), WrongAnswers),
        "a penalty for an advertisement": ("transfer_package", with_second(function="AMR"), lawful, WrongAnswers),
        "a penalty for going beyond the licence": ("transfer_package", with_second(act="licence_scope"), lawful, WrongAnswers),
        "a penalty that was annulled": ("transfer_package", with_second(status="annulled"), lawful, WrongAnswers),
        "the reporter's name in a note": (
            "transfer_package", sent({**PACKAGE, "package_note": "王小虚反映"}, REPORTER), sent({**PACKAGE, "package_note": "群众反映"}, REPORTER), WrongAnswers,
        ),
        "the reporter's number in a list": (
            "transfer_package", sent({**two, "prior_decisions": [{"prior_authority": "电话000-1111-2222"}]}, REPORTER), sent(two, REPORTER), WrongAnswers,
        ),
        "the reporter in what is supplemented": (
            "transfer_supplement", sent({"supplement_list": "王小虚的证言"}, REPORTER), sent({"supplement_list": "检验报告"}, REPORTER), WrongAnswers,
        ),
        "a refusal of a third offence without a word on the two": (
            "transfer_decision", sent({"transfer_decision": "reject"}, TWO), sent({"transfer_decision": "reject", "penalties_refuted": "已撤销"}, TWO), WrongAnswers,
        ),
        "a receipt before the handing over": (
            "transfer_receipt", sent({"psb_received_on": "2026-02-27"}, {"handed_over_at": "2026-02-28T10:00"}),
            sent({"psb_received_on": "2026-02-28"}, {"handed_over_at": "2026-02-28T10:00"}), WrongAnswers,
        ),
        "a receipt of tomorrow": ("transfer_receipt", sent({"psb_received_on": "2026-03-03"}), sent({"psb_received_on": "2026-03-02"}), WrongAnswers),
        "a case forwarded to nobody of the police": (
            "police_forwarding", sent({"forwarded_to": "yunhai-health"}), sent({"forwarded_to": "yunhai-psb"}), WrongAnswers,
        ),
        "a case forwarded to oneself": (
            "police_forwarding", replace(sent({"forwarded_to": "qinglan-psb"}), agency="qinglan-psb"),
            replace(sent({"forwarded_to": "yunhai-psb"}), agency="qinglan-psb"), WrongAnswers,
        ),
        "a penalty after its time": (
            "reverse_decision", sent({"reverse_decision": "penalise"}, {"limitation": "expired"}), sent({"reverse_decision": "penalise"}, {"limitation": "open"}),
            GateClosed,
        ),
        "back to the scene without protection": ("resume_investigation", sent({"protection": "missing"}), sent({"protection": "arranged"}), WrongAnswers),
    }  # fmt: skip
