"""The register of punished advertisements, with the rolling counter of 24 months, and of the refusals that follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import access
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.records import AdRefusal as RefusalRecord
from workflows.records import Advertisement, Case, Subject, SubjectName
from workflows.registers import advertisements, names, scope
from workflows.rows import as_page, escaped, page
from workflows.views import Officer, Page
from workflows.views.registers import AdLine, RefusalLine
from workflows.working_days import CHINA

BASES = ("55", "58", "measures")


def list_violations(
    desk: Desk, officer: Officer, *, q: str = "", basis: str | None = None, cursor: str | None = None, limit: int = 25
) -> Page[AdLine]:
    """Punished advertisements, the newest act first, each with how many its subject has in the last 24 months. Raises NotAllowed."""
    scope.require_reader(officer)
    today = desk.now().astimezone(CHINA).date()
    with desk.database.reading() as session:
        keys = select(Advertisement.act_on, Advertisement.id).join(Subject, Subject.id == Advertisement.subject)
        keys = keys.where(scope.subject_seen(officer), *([Advertisement.basis == basis] if basis else []))
        keys = keys.where(*_named(q, Advertisement.subject))
        found, following, total = page(
            session, keys, moment=Advertisement.act_on, key=Advertisement.id, newest_first=True, cursor=cursor, limit=limit
        )
        rows = {row.id: row for row in session.connection().execute(advertisements.listed().where(Advertisement.id.in_(found)))}
        cases = select(Case.number).where(Case.id.in_([row.case for row in rows.values() if row.case]))
        visible = frozenset(session.scalars(cases.where(access.case_seen(officer, Directory(session)))))
        counted = _counted(desk, session, {row.subject for row in rows.values()}, today)
        lines = (
            AdLine(advertisements.without_case(advertisements.violation(rows[key]), visible), rows[key].subject, counted[rows[key].subject])
            for key in found
        )
        return as_page(lines, following, total)


def list_refusals(desk: Desk, officer: Officer, *, q: str = "", cursor: str | None = None, limit: int = 25) -> Page[RefusalLine]:
    """Refusals, those that last longest first. Raises NotAllowed."""
    scope.require_reader(officer)
    today = desk.now().astimezone(CHINA).date()
    with desk.database.reading() as session:
        keys = select(RefusalRecord.until, RefusalRecord.id).join(Subject, Subject.id == RefusalRecord.subject)
        keys = keys.where(scope.subject_seen(officer), *_named(q, RefusalRecord.subject))
        found, following, total = page(
            session, keys, moment=RefusalRecord.until, key=RefusalRecord.id, newest_first=True, cursor=cursor, limit=limit
        )
        rows = {row.id: row for row in session.connection().execute(advertisements.refusals().where(RefusalRecord.id.in_(found)))}
        lines = (
            RefusalLine(advertisements.refusal(rows[key]), rows[key].subject, rows[key].since <= today <= rows[key].until) for key in found
        )
        return as_page(lines, following, total)


def _named(q: str, subject: Any) -> Sequence[Any]:
    key = names.key(q)
    return [subject.in_(select(SubjectName.subject).where(SubjectName.key.like(f"%{escaped(key)}%", escape="\\")))] if key else []


def _counted(desk: Desk, session: Session, subjects: set[UUID], today: Any) -> Mapping[UUID, int]:
    rows = session.connection().execute(advertisements.listed().where(Advertisement.subject.in_(subjects))).all()
    return {
        subject: advertisements.lately((advertisements.violation(row) for row in rows if row.subject == subject), today, desk.place)
        for subject in subjects
    }
