"""The register of administrative penalties: our own, those of the province, those of other regions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select

from workflows import access
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.records import Case, Penalty, Subject, SubjectName
from workflows.registers import names, penalties, scope
from workflows.rows import as_page, escaped, page
from workflows.views import Officer, Page
from workflows.views.registers import PenaltyLine

SOURCES = ("own", "province", "other_region")
STATES = ("effective", "in_dispute", "annulled")
FILTERS = {"source": Penalty.source, "act": Penalty.act, "function": Penalty.function, "status": Penalty.status}


def list_penalties(
    desk: Desk,
    officer: Officer,
    *,
    q: str = "",
    source: str | None = None,
    act: str | None = None,
    function: str | None = None,
    status: str | None = None,
    cursor: str | None = None,
    limit: int = 25,
) -> Page[PenaltyLine]:
    """Penalties, the newest decision first. `q` is a part of the subject's name, the number or the authority. Raises NotAllowed."""
    scope.require_reader(officer)
    asked = {"source": source, "act": act, "function": function, "status": status}
    with desk.database.reading() as session:
        keys = select(Penalty.decided_on, Penalty.id).join(Subject, Subject.id == Penalty.subject).where(scope.subject_seen(officer))
        keys = keys.where(*(FILTERS[name] == value for name, value in asked.items() if value))
        if q.strip():
            keys = keys.where(_matches(q))
        found, following, total = page(
            session, keys, moment=Penalty.decided_on, key=Penalty.id, newest_first=True, cursor=cursor, limit=limit
        )
        rows = penalties.of_ids(session.connection(), found)
        subjects = {key: subject for key, subject in session.execute(select(Penalty.id, Penalty.subject).where(Penalty.id.in_(found)))}  # noqa: C416
        cases = select(Case.number).where(Case.id.in_(select(Penalty.case).where(Penalty.id.in_(found))))
        visible = frozenset(session.scalars(cases.where(access.case_seen(officer, Directory(session)))))
        shown = (PenaltyLine(penalties.without_case(rows[key], visible), subjects[key]) for key in found)
        return as_page(shown, following, total)


def _matches(q: str) -> Any:
    pattern = f"%{escaped(q)}%"
    plain = or_(Penalty.number.like(pattern, escape="\\"), Penalty.authority.like(pattern, escape="\\"))
    if not names.key(q):
        return plain
    alike = select(SubjectName.subject).where(SubjectName.key.like(f"%{escaped(names.key(q))}%", escape="\\"))
    return or_(plain, Penalty.subject.in_(alike))
