"""Regulated subjects: found by code, by any of their names, by a variant of one, or through the people behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, Row, and_, or_, select

from workflows.records import Subject, SubjectName, SubjectPerson
from workflows.register_rows import Ownership, PersonPart, PersonRef, SubjectKind, SubjectRef
from workflows.registers import codes, names

MOST = 200
"""Subjects of one name; a core so common that more share it finds nobody in particular."""
BY_CODE, BY_NAME, BY_VARIANT, BY_PERSON = "code", "name", "variant", "person"


def matching(connection: Connection, name: str, code: str, *, variants: bool = True) -> dict[UUID, str]:
    """Ids of subjects that `name` and `code` may mean, surest first, with how each was found: code, name, variant.

    Without `variants` only those that are certainly meant: the same code, or the same name where not both have codes and they differ.
    """
    wanted = codes.tidy(code)
    found: dict[UUID, str] = {}
    if wanted:
        found |= dict.fromkeys(connection.scalars(select(Subject.id).where(Subject.code == wanted)), BY_CODE)
    key = names.key(name)
    if not key:
        return found
    core = names.core(name)
    named = select(SubjectName.subject, SubjectName.key, Subject.code).join(Subject, Subject.id == SubjectName.subject)
    named = named.where(or_(SubjectName.key == key, SubjectName.core == core) if variants else SubjectName.key == key)
    rows = connection.execute(named.order_by(Subject.at, Subject.id).limit(MOST)).all()
    if not variants and wanted:
        rows = [row for row in rows if row.code in (None, wanted)]
    for how in (BY_NAME, BY_VARIANT):
        for row in rows:
            if (row.key == key) == (how == BY_NAME):
                found.setdefault(row.subject, how)
    return found


def with_people(connection: Connection, found: Mapping[UUID, str], name: str = "") -> dict[UUID, str]:
    """`found`, then subjects connected through people: whom they are run by, what else those run, and what a person of `name` runs.

    One identity number is one person; without numbers, the same name counts only between a person and what that person runs.
    """
    reached = dict(found)
    own = connection.execute(select(Subject.id, Subject.kind, Subject.id_digest, Subject.name).where(Subject.id.in_(found))).all()
    behind = connection.execute(select(SubjectPerson.key, SubjectPerson.id_digest).where(SubjectPerson.subject.in_(found))).all()
    digests = {row.id_digest for row in (*own, *behind)} - {""}
    if digests:
        reached |= _new(reached, connection.scalars(select(Subject.id).where(Subject.id_digest.in_(digests)).limit(MOST)))
        reached |= _new(reached, connection.scalars(select(SubjectPerson.subject).where(SubjectPerson.id_digest.in_(digests)).limit(MOST)))
    unnumbered = {row.key for row in behind if not row.id_digest}
    if unnumbered:
        persons = select(SubjectName.subject).join(Subject, Subject.id == SubjectName.subject)
        same = and_(Subject.kind == "person", SubjectName.key.in_(unnumbered))
        reached |= _new(reached, connection.scalars(persons.where(same).limit(MOST)))
    runs = {names.key(row.name) for row in own if row.kind == "person"} | ({names.key(name)} if name else set())
    if runs:
        ran = select(SubjectPerson.subject).where(SubjectPerson.key.in_(runs))
        if digests:
            ran = ran.where(SubjectPerson.id_digest.in_(["", *digests]))
        reached |= _new(reached, connection.scalars(ran.limit(MOST)))
    return reached


def _new(known: Mapping[UUID, str], ids: Iterable[UUID]) -> dict[UUID, str]:
    return {subject: BY_PERSON for subject in ids if subject not in known}


def refs(connection: Connection, ids: Iterable[UUID]) -> tuple[SubjectRef, ...]:
    """The frozen forms of subjects, in the order of `ids`."""
    wanted = list(ids)
    if not wanted:
        return ()
    rows = {row.id: row for row in connection.execute(select(Subject.__table__).where(Subject.id.in_(wanted)))}
    other = _grouped(connection.execute(select(SubjectName.subject, SubjectName.name).where(SubjectName.subject.in_(wanted))))
    people = _grouped(
        connection.execute(select(SubjectPerson.__table__).where(SubjectPerson.subject.in_(wanted)).order_by(SubjectPerson.id))
    )
    return tuple(_ref(rows[one], other.get(one, []), people.get(one, [])) for one in wanted if one in rows)


def _grouped(rows: Iterable[Row[*tuple[Any, ...]]]) -> dict[UUID, list[Row[*tuple[Any, ...]]]]:
    grouped: dict[UUID, list[Row[*tuple[Any, ...]]]] = {}
    for row in rows:
        grouped.setdefault(row.subject, []).append(row)
    return grouped


def _ref(row: Any, other: Iterable[Any], people: Iterable[Any]) -> SubjectRef:
    return SubjectRef(
        id=row.id,
        name=row.name,
        code=row.code or "",
        kind=cast("SubjectKind", row.kind),
        ownership=cast("Ownership", row.ownership),
        names=tuple(sorted(one.name for one in other if one.name != row.name)),
        people=tuple(PersonRef(one.name, cast("PersonPart", one.part), one.id_digest) for one in people),
    )
