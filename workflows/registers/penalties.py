"""Penalties, from every source: those of a subject and the people behind it, those of a family of cases."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, Select, or_, select

from workflows.records import Case, Penalty, Subject
from workflows.register_rows import PenaltyRow, PenaltySource, PenaltyState
from workflows.registers import subjects


def of_subject(connection: Connection, name: str, code: str) -> tuple[PenaltyRow, ...]:
    """Penalties of whom `name` and `code` may mean, and of the people behind, newest decision first."""
    found = subjects.with_people(connection, subjects.matching(connection, name, code), name)
    return of_subjects(connection, found)


def of_subjects(connection: Connection, found: Mapping[UUID, str]) -> tuple[PenaltyRow, ...]:
    """Penalties of these subjects, newest decision first; the values say how each subject was found."""
    if not found:
        return ()
    rows = connection.execute(listed().where(Penalty.subject.in_(found)).order_by(Penalty.decided_on.desc(), Penalty.id))
    return tuple(penalty_row(row, _surely(row, found[row.subject])) for row in rows)


def _surely(row: Any, how: str) -> str:
    """How surely the penalty is meant: a decision that names no code is its subject's by name, or by the person's number, only."""
    if how != subjects.BY_CODE or row.subject_code:
        return how
    return subjects.BY_PERSON if row.id_digest else subjects.BY_NAME


def of_cases(connection: Connection, case: UUID, parent: UUID | None) -> tuple[PenaltyRow, ...]:
    """Penalties decided in `case`, in its parent, and in the children of either, in the order of the decisions."""
    family = [case] if parent is None else [case, parent]
    related = select(Case.id).where(or_(Case.id.in_(family), Case.parent.in_(family)))
    rows = connection.execute(listed().where(Penalty.case.in_(related)).order_by(Penalty.decided_on, Penalty.id))
    return tuple(penalty_row(row) for row in rows)


def of_ids(connection: Connection, ids: Collection[UUID]) -> dict[UUID, PenaltyRow]:
    """Penalties by id."""
    return {row.id: penalty_row(row) for row in connection.execute(listed().where(Penalty.id.in_(ids)))}


def listed() -> Select[*tuple[Any, ...]]:
    """Every column of a penalty, with what is known of its subject and the number of its case."""
    return (
        select(Penalty.__table__, Subject.id_digest, Case.number.label("case_number"))
        .join(Subject, Subject.id == Penalty.subject)
        .outerjoin(Case, Case.id == Penalty.case)
    )


def penalty_row(row: Any, matched_by: str = "") -> PenaltyRow:
    """The frozen form of a row of `listed`."""
    return PenaltyRow(
        id=row.id,
        subject_name=row.subject_name,
        subject_code=row.subject_code,
        act=row.act,
        act_on=row.act_on,
        decided_on=row.decided_on,
        authority=row.authority,
        function=row.function,
        region=row.region,
        source=cast("PenaltySource", row.source),
        number=row.number,
        kinds=tuple(row.kinds),
        fine=row.fine,
        status=cast("PenaltyState", row.status),
        summary=row.summary,
        certified_copy=row.certified_copy,
        case_number=row.case_number or "",
        matched_by=matched_by,
    )


def without_case(row: PenaltyRow, visible: Collection[str]) -> PenaltyRow:
    """The same row, without the number of a case that is not in `visible`."""
    return row if row.case_number in visible else replace(row, case_number="")
