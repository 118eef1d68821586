"""Which cases hang together (关联关系): the case from which all came, what was opened under it, and who the parties are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflows import access
from workflows.contracts import Text
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.records import Case, Fact
from workflows.rows import leads_of
from workflows.views import CaseRef, LinkedCase, Officer
from workflows.vocabulary import RELATIONS

MOST = 80
"""Cases in one picture."""
_HEAD = (Case.id, Case.number, Case.title, Case.process, Case.status, Case.parent, Case.relation)


def tree(desk: Desk, officer: Officer, case_id: UUID) -> LinkedCase:
    """The cases linked with this one, as far as the officer may see them, from the first one down; at most 80. Raises NotFound."""
    with desk.database.reading() as session:
        people = Directory(session)
        here = access.find_case(session, people, officer, case_id)
        seen = access.case_seen(officer, people)
        top = here.id
        above = here.parent
        while above is not None:
            found = session.execute(select(Case.id, Case.parent).where(Case.id == above, seen)).one_or_none()
            if found is None:
                break
            top, above = found
        rows = list(session.execute(select(*_HEAD).where(Case.id == top)))
        layer = [top]
        while layer and len(rows) < MOST:
            below = select(*_HEAD).where(Case.parent.in_(layer), seen).order_by(Case.opened_at, Case.number).limit(MOST - len(rows))
            found_below = list(session.execute(below))
            layer = [row.id for row in found_below]
            rows += found_below
        return _grown(session, people, rows)


def _grown(session: Session, people: Directory, rows: Sequence[Any]) -> LinkedCase:
    ids = [row.id for row in rows]
    known = {(fact.case, fact.name): fact.value for fact in session.scalars(_facts(ids))}
    leads = leads_of(session, people, ids)

    def grow(row: Any) -> LinkedCase:
        subject = str(known.get((row.id, "subject_name")) or "")
        return LinkedCase(
            case=CaseRef(row.id, row.number, row.title, row.process, row.status),
            process_name=people.processes.get(row.process, Text(row.process)),
            subject=subject,
            lead=leads.get(row.id),
            link=_link(subject, row.relation, known.get((row.parent, "link_graph")) or ()) if row.id != ids[0] else Text(""),
            below=tuple(grow(child) for child in rows if child.parent == row.id),
        )

    return grow(rows[0])


def _facts(cases: list[UUID]) -> Select[Fact]:
    return select(Fact).where(Fact.case.in_(cases), Fact.name.in_(("subject_name", "link_graph")), Fact.scope == "")


def _link(subject: str, relation: str, edges: Iterable[str]) -> Text:
    """What ties a case to the one above: the part that its party plays there (供货商, …), else why it was opened."""
    part = next((edge.split("—", 1)[1].split("→", 1)[0] for edge in edges if subject and edge.startswith(f"{subject} —")), "")
    return Text(part) if part else RELATIONS.get(relation, Text(relation))
