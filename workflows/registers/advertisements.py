"""Punished advertisements and the refusals that follow them (广告法 art. 55, 58; 鲁卫医监字〔2024〕1号 二（二）3).

Only a subject that is certainly meant is found here, since what is found refuses an application by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Literal, cast

from sqlalchemy import Connection, Select, select

from workflows.jurisdiction import Jurisdiction
from workflows.records import AdRefusal as RefusalRecord
from workflows.records import Advertisement, Case, Subject
from workflows.register_rows import AdBasis, AdRefusal, AdViolation, violations_within
from workflows.registers import subjects


def violations_of(connection: Connection, name: str, code: str) -> tuple[AdViolation, ...]:
    """Punished advertisements of the subject, oldest act first."""
    found = subjects.matching(connection, name, code, variants=False)
    rows = connection.execute(listed().where(Advertisement.subject.in_(found)).order_by(Advertisement.act_on, Advertisement.id))
    return tuple(map(violation, rows)) if found else ()


def refusal_on(connection: Connection, name: str, code: str, day: date) -> AdRefusal | None:
    """The refusal under which an application of the subject falls on `day`; the one that lasts longest."""
    found = subjects.matching(connection, name, code, variants=False)
    if not found:
        return None
    query = refusals().where(RefusalRecord.subject.in_(found), RefusalRecord.since <= day, RefusalRecord.until >= day)
    row = connection.execute(query.order_by(RefusalRecord.until.desc()).limit(1)).one_or_none()
    return refusal(row) if row else None


def lately(violations: Iterable[AdViolation], day: date, place: Jurisdiction) -> int:
    """How many of them count in the 24 months that end on `day`: by the day of the act, or of the decision where the place says so."""
    counted: Literal["act_on", "decided_on"] = "decided_on" if place.value("ad_counted_day") == "decision" else "act_on"
    return len(violations_within(violations, day, counted=counted))


def listed() -> Select[*tuple[Any, ...]]:
    """Every column of a violation, with its subject and the number of its case."""
    about = (Subject.name.label("subject_name"), Subject.code.label("subject_code"), Case.number.label("case_number"))
    joined = select(Advertisement.__table__, *about).join(Subject, Subject.id == Advertisement.subject)
    return joined.outerjoin(Case, Case.id == Advertisement.case)


def refusals() -> Select[*tuple[Any, ...]]:
    """Every column of a refusal, with its subject."""
    about = (Subject.name.label("subject_name"), Subject.code.label("subject_code"))
    return select(RefusalRecord.__table__, *about).join(Subject, Subject.id == RefusalRecord.subject)


def violation(row: Any) -> AdViolation:
    """The frozen form of a row of `listed`."""
    return AdViolation(
        subject_name=row.subject_name,
        subject_code=row.subject_code or "",
        act_on=row.act_on,
        decided_on=row.decided_on,
        basis=cast("AdBasis", row.basis),
        number=row.number,
        case_number=row.case_number or "",
    )


def refusal(row: Any) -> AdRefusal:
    """The frozen form of a row of `refusals`."""
    return AdRefusal(row.subject_name, row.subject_code or "", row.since, row.until, row.basis, row.number)


def without_case(row: AdViolation, visible: Collection[str]) -> AdViolation:
    """The same row, without the number of a case that is not in `visible`."""
    return row if row.case_number in visible else replace(row, case_number="")
