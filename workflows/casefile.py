"""The parts of a case: facts, participants, documents, clocks, diagrams, remarks; each cut to what the officer may see."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import access
from workflows.clock_rows import clock_rows
from workflows.contracts import Text
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.documents.reading import Papers, papers_of
from workflows.engine.bundle import Bundle
from workflows.engine.running_case import Marks, RunningCase
from workflows.errors import NotFound
from workflows.fact_rows import fact_rows
from workflows.records import Case, Clock, Participant, Remark, Task
from workflows.step import bundle_of, facts_of
from workflows.ticking import light as light_of
from workflows.ticking import worse
from workflows.views import (
    ClockRow,
    CommentRow,
    DocumentRow,
    Drawing,
    FactRow,
    Officer,
    ParticipantRow,
)
from workflows.vocabulary import CAPACITIES


def facts(desk: Desk, officer: Officer, case_id: UUID) -> tuple[FactRow, ...]:
    """What the case knows, with who said it when; what this officer may not read is cut."""
    with desk.database.reading() as session:
        people = Directory(session)
        case = access.find_case(session, people, officer, case_id)
        return fact_rows(session, people, bundle_of(session, case.digest), case, hidden=access.hides(officer, case))


def participants(desk: Desk, officer: Officer, case_id: UUID) -> tuple[ParticipantRow, ...]:
    """Who takes part or took part, in which capacity and why."""
    with desk.database.reading() as session:
        people = Directory(session)
        case = access.find_case(session, people, officer, case_id)
        rows = session.scalars(
            select(Participant).where(Participant.case == case.id).order_by(Participant.since, Participant.capacity)
        ).all()
        workers = _workers(session, people, case)
        return tuple(
            ParticipantRow(
                agency=people.refs[row.agency],
                capacity=row.capacity,
                capacity_name=CAPACITIES.get(row.capacity, Text(row.capacity)),
                cause=row.cause,
                since=row.since,
                until=row.until,
                people=workers.get(row.agency, ()),
            )
            for row in rows
        )


def documents(desk: Desk, officer: Officer, case_id: UUID) -> tuple[DocumentRow, ...]:
    """Documents that the case's steps issued, oldest first, each with its standing: a changed fact makes one stale."""
    with desk.database.reading() as session:
        people = Directory(session)
        return Papers(session, people, access.find_case(session, people, officer, case_id)).listed()


def document(desk: Desk, officer: Officer, document_id: UUID) -> DocumentRow:
    """One document with its content. Raises NotFound."""
    with desk.database.reading() as session:
        papers, row = papers_of(session, officer, document_id)
        return papers.opened(row)


def clocks(desk: Desk, officer: Officer, case_id: UUID) -> tuple[ClockRow, ...]:
    """The clocks of the case with their ledgers, running ones first, soonest due first."""
    with desk.database.reading() as session:
        people = Directory(session)
        case = access.find_case(session, people, officer, case_id)
        rows = session.scalars(select(Clock).where(Clock.case == case.id).order_by(Clock.state == "stopped", Clock.due_at)).all()
        return clock_rows(session, people, desk, rows, officer)


def diagram(desk: Desk, officer: Officer, case_id: UUID, process: str | None = None) -> tuple[Drawing, ...]:
    """The diagrams of the case's bundle with its tokens, the main one first; with `process`, that one only."""
    now = desk.now()
    with desk.database.reading() as session:
        case = access.find_case(session, Directory(session), officer, case_id)
        bundle = bundle_of(session, case.digest)
        marks = RunningCase.restore(bundle, facts_of(session, case.id), case.state).marks()
        lights: dict[str, dict[str, str]] = {}
        for task in session.scalars(select(Task).where(Task.case == case.id, Task.state == "open")):
            colour = light_of(now, task.warn_at, task.due_at)
            known = lights.setdefault(task.process, {})
            if colour:
                known[task.element] = worse(known.get(task.element), colour) or colour
        drawings = tuple(
            _drawing(bundle, key, marks.get(key, Marks({}, ())), lights.get(key, {}))
            for key in bundle.reading_order
            if process in (None, key)
        )
        if not drawings:
            raise NotFound
        return drawings


def comments(desk: Desk, officer: Officer, case_id: UUID) -> tuple[CommentRow, ...]:
    """The remarks on a case, oldest first."""
    with desk.database.reading() as session:
        people = Directory(session)
        case = access.find_case(session, people, officer, case_id)
        rows = session.execute(
            select(Remark, Task).outerjoin(Task, Task.id == Remark.task).where(Remark.case == case.id).order_by(Remark.at, Remark.id)
        ).all()
        names = people.names([row.officer for row, _ in rows])
        agencies = people.agencies_of([row.officer for row, _ in rows])
        return tuple(
            CommentRow(
                row.at,
                names[row.officer],
                agencies[row.officer].name,
                row.text,
                Text(task.name, task.name_en) if task is not None else None,
            )
            for row, task in rows
        )


def _drawing(bundle: Bundle, key: str, marks: Marks, lights: dict[str, str]) -> Drawing:
    elements = bundle.diagrams[key].elements.values()
    return Drawing(
        process=key,
        name=bundle.diagrams[key].name,
        xml_digest=bundle.digest,
        tokens={element: count for element, count in marks.tokens.items() if element in bundle.diagrams[key].elements},
        done=marks.done,
        lights=lights,
        called={element.id: element.called for element in elements if element.called},
    )


def _workers(session: Session, people: Directory, case: Case) -> dict[str, tuple[str, ...]]:
    rows = session.execute(select(Task.agency, Task.completed_by, Task.assignee).where(Task.case == case.id).order_by(Task.opened_at)).all()
    names = people.names([officer for _, done, assigned in rows for officer in (done, assigned)])
    found: dict[str, dict[str, None]] = {}
    for agency, done, assigned in rows:
        for officer in (done or assigned,):
            if officer is not None:
                found.setdefault(agency, {})[names[officer]] = None
    return {agency: tuple(listed) for agency, listed in found.items()}
