"""Registers in tests: a handler that enters what the test wants, and the look-ups that a handler would get."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from tests.factories.desks import with_services
from tests.factories.play import Play
from workflows.contracts import HandlerCall, HandlerResult, NewPenalty, NewSubject
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.records import Case
from workflows.registers.codes import citizen_check, uscc_check
from workflows.registers.of_case import CaseRegisters

CODE = "91990000MADEMA0001"[:17]
CODE += uscc_check(CODE)
OTHER_CODE = "91990000MADEMA0002"[:16] + "9"
OTHER_CODE += uscc_check(OTHER_CODE)
PERSON = "99000019990101001" + citizen_check("99000019990101001")
"""An identity number of no place that there is."""
CLINIC = "虚构·云朵医疗美容有限公司"


def subject(**more: Any) -> NewSubject:
    return NewSubject(**{"name": CLINIC, "code": CODE, **more})


def penalty(number: str, **more: Any) -> NewPenalty:
    usual = {
        "subject_name": CLINIC, "subject_code": CODE, "act": "illegal_practice", "act_on": date(2025, 1, 6), "decided_on": date(2025, 3, 3),
        "authority": "虚构·甲市卫生健康委员会", "function": "HEALTH", "number": number, "kinds": ("fine",), "fine": Decimal("20000.50"),
        "region": "虚构·甲市", "source": "other_region",
    }  # fmt: skip
    return NewPenalty(**{**usual, **more})


def enter(case: Play, *entries: Any) -> UUID:
    """The case's next service enters `entries`; returns the case."""

    def enters(_call: HandlerCall) -> HandlerResult:
        return HandlerResult(facts={"related_cases": []}, entries=entries)

    usual, case.desk = case.desk, with_services(case.desk, check_duplicates=enters)
    try:
        case.do("register_clue")
    finally:
        case.desk = usual
    return case.case


@contextmanager
def registers_of(desk: Desk, case: UUID) -> Iterator[CaseRegisters]:
    """The look-ups of a handler of `case`."""
    with desk.database.reading() as session:
        row = session.get_one(Case, case)
        yield CaseRegisters(session.connection(), Directory(session), case, row.parent, desk.now(), desk.place)
