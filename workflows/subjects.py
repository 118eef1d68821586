"""The register of regulated subjects (监管对象): find one, and see everything that is known of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from workflows import access
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.errors import NotFound
from workflows.records import AdRefusal as RefusalRecord
from workflows.records import Advertisement, Case, Fact, Penalty, Subject, SubjectName, SubjectPerson
from workflows.registers import advertisements, names, penalties, scope, subjects
from workflows.registers.codes import tidy
from workflows.rows import as_page, case_ref, escaped, page
from workflows.views import CaseRef, Officer, Page
from workflows.views.registers import PersonLine, SubjectLine, SubjectPage
from workflows.working_days import CHINA

KINDS = ("institution", "person", "platform", "supplier", "other")
CODE = re.compile(r"[0-9A-Z]{4,18}")
MOST_CASES = 50


def list_subjects(
    desk: Desk, officer: Officer, *, q: str = "", kind: str | None = None, cursor: str | None = None, limit: int = 25
) -> Page[SubjectLine]:
    """Subjects, the newest first. `q` is the beginning of a code, or a part of a name however it is written. Raises NotAllowed."""
    scope.require_reader(officer)
    with desk.database.reading() as session:
        keys = select(Subject.at, Subject.id).where(scope.subject_seen(officer))
        if kind:
            keys = keys.where(Subject.kind == kind)
        if q.strip():
            keys = keys.where(named(q))
        found, following, total = page(session, keys, moment=Subject.at, key=Subject.id, newest_first=True, cursor=cursor, limit=limit)
        return as_page(_lines(session, found), following, total)


def get(desk: Desk, officer: Officer, subject: UUID) -> SubjectPage:
    """A subject with its people, penalties, advertisements and the cases that the officer may see. Raises NotAllowed, NotFound."""
    scope.require_reader(officer)
    today = desk.now().astimezone(CHINA).date()
    with desk.database.reading() as session:
        row = session.scalars(select(Subject).where(Subject.id == subject, scope.subject_seen(officer))).one_or_none()
        if row is None:
            raise NotFound
        directory, connection = Directory(session), session.connection()
        [line] = _lines(session, [subject])
        shown = scope.sees_people(officer)
        found = {subject: subjects.BY_CODE}
        reached = subjects.with_people(connection, found) if shown else found
        violations = connection.execute(
            advertisements.listed().where(Advertisement.subject == subject).order_by(Advertisement.act_on, Advertisement.id)
        )
        known = tuple(map(advertisements.violation, violations))
        refused = connection.execute(advertisements.refusals().where(RefusalRecord.subject == subject).order_by(RefusalRecord.until.desc()))
        rows = penalties.of_subjects(connection, reached)
        visible = numbers_seen(session, officer, directory, [one.case_number for one in rows] + [one.case_number for one in known])
        return SubjectPage(
            line=line,
            id_last=row.id_last,
            people=_people(session, subject) if shown else (),
            penalties=tuple(penalties.without_case(one, visible) for one in rows),
            violations=tuple(advertisements.without_case(one, visible) for one in known),
            counted=advertisements.lately(known, today, desk.place),
            refusals=tuple(map(advertisements.refusal, refused)),
            cases=_cases(session, officer, directory, line),
        )


def named(q: str) -> ColumnElement[bool]:
    """The condition on `Subject` under which `q` is the beginning of its code or a part of one of its names."""
    alike = select(SubjectName.subject).where(SubjectName.key.like(f"%{escaped(names.key(q))}%", escape="\\"))
    by_name = Subject.id.in_(alike) if names.key(q) else Subject.name.like(f"%{escaped(q)}%", escape="\\")
    code = tidy(q)
    return or_(Subject.code.like(f"{code}%"), by_name) if CODE.fullmatch(code) else by_name


def numbers_seen(session: Session, officer: Officer, people: Directory, numbers: Sequence[str]) -> frozenset[str]:
    """Those of the case numbers whose cases the officer may see."""
    wanted = {number for number in numbers if number}
    if not wanted:
        return frozenset()
    return frozenset(session.scalars(select(Case.number).where(Case.number.in_(wanted), access.case_seen(officer, people))))


def _people(session: Session, subject: UUID) -> tuple[PersonLine, ...]:
    rows = session.scalars(select(SubjectPerson).where(SubjectPerson.subject == subject).order_by(SubjectPerson.part, SubjectPerson.name))
    return tuple(PersonLine(row.name, row.part, row.id_last) for row in rows)


def _cases(session: Session, officer: Officer, people: Directory, line: SubjectLine) -> tuple[CaseRef, ...]:
    told = [("subject_name", name) for name in (line.name, *line.names)] + ([("subject_code", line.code)] if line.code else [])
    about = or_(*((Fact.name == name) & (Fact.text == text) for name, text in told))
    query = select(Case).where(Case.id.in_(select(Fact.case).where(about, Fact.is_looked_up())), access.case_seen(officer, people))
    rows = session.scalars(query.order_by(Case.opened_at.desc(), Case.id).limit(MOST_CASES))
    return tuple(map(case_ref, rows))


def _lines(session: Session, keys: Sequence[UUID]) -> tuple[SubjectLine, ...]:
    rows = {row.id: row for row in session.scalars(select(Subject).where(Subject.id.in_(keys)))}
    called: dict[UUID, list[str]] = {}
    for subject, name in session.execute(select(SubjectName.subject, SubjectName.name).where(SubjectName.subject.in_(keys))):
        called.setdefault(subject, []).append(name)
    punished, advertised = _counted(session, Penalty, keys), _counted(session, Advertisement, keys)
    return tuple(
        SubjectLine(
            id=key,
            name=rows[key].name,
            code=rows[key].code or "",
            kind=rows[key].kind,
            ownership=rows[key].ownership,
            names=tuple(sorted(name for name in called.get(key, []) if name != rows[key].name)),
            penalties=punished.get(key, 0),
            violations=advertised.get(key, 0),
            at=rows[key].at,
        )
        for key in keys
    )


def _counted(session: Session, record: Any, keys: Sequence[UUID]) -> Mapping[UUID, int]:
    rows = session.execute(select(record.subject, func.count()).where(record.subject.in_(keys)).group_by(record.subject))
    return {subject: number for subject, number in rows}  # noqa: C416 - `dict()` of rows is not typed
