"""What a step writes beside the state: the work list, clocks, participants, documents and facts become what the engine says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from workflows import directory as who
from workflows import ticking
from workflows.contracts import ParticipantChange
from workflows.engine.diagram import Element
from workflows.engine.elements import EngineError
from workflows.engine.running_case import Waiting
from workflows.records import Document, Fact, Participant, Serial, Task
from workflows.step import Step, cannot_move, journal_answers
from workflows.working_days import CHINA


def project(step: Step) -> list[Task]:
    """Make the work list equal to what waits: open what is new, cancel what is gone."""
    waiting = {token.id: token for token in step.running.people()}
    known = {row.id: row for row in step.session.scalars(select(Task).where(Task.case == step.case.id, Task.state == "open"))}
    for gone in known.keys() - waiting.keys():
        known[gone].state = "cancelled"
        ticking.stop(step.session, ticking.running(step.session, step.case.id, task=gone), at=step.now, reason="任务已取消", officer=None)
    return [_open_task(step, token) for token in waiting.values() if token.id not in known]


def _open_task(step: Step, token: Waiting) -> Task:
    element = token.element
    agency = who.resolve(element.agency, token.branch, step.case, step.participants, step.people)
    if agency is None or agency not in step.people.refs:
        raise cannot_move(EngineError(f"{element.id}: no agency takes part as {element.agency!r} (branch {token.branch!r})"))
    task = Task(
        id=token.id,
        case=step.case.id,
        process=token.process,
        element=element.id,
        name=element.name.zh,
        name_en=element.name.en,
        scope=token.branch,
        via=" ".join(token.via),
        agency=agency,
        role=element.role,
        assignee=who.pick_assignee(step.session, step.people, step.case, agency, element.role),
        state="open",
        revision=1,
        opened_at=step.now,
    )
    step.session.add(task)
    step.session.flush()
    if element.clock:
        ticking.start(
            step.session,
            step.desk.rules,
            element.clock,
            case=step.case,
            task=task,
            agency=agency,
            at=step.now,
            facts=step.facts.view(token.branch),
        )
    elif element.stops_clock:
        # The task that ends a case's clock is due when that clock is: the 90 days of a penalty are the decision's.
        for clock in ticking.running(step.session, step.case.id, rule=element.stops_clock):
            task.due_at, task.warn_at = clock.due_at, clock.warn_at
    return task


def case_clocks(step: Step, task: Task, element: Element) -> None:
    """Stop and start the clocks of the whole case that this step ends and begins."""
    if element.stops_clock:
        clocks = ticking.running(step.session, step.case.id, rule=element.stops_clock)
        ticking.stop(step.session, clocks, at=step.now, reason=element.name.zh, officer=task.completed_by)
    if element.starts_clock and not ticking.running(step.session, step.case.id, rule=element.starts_clock):
        ticking.start(
            step.session,
            step.desk.rules,
            element.starts_clock,
            case=step.case,
            task=None,
            agency=task.agency,
            at=step.now,
            facts=step.facts.view(task.scope),
        )


def issue_documents(step: Step, task: Task, element: Element, answers: Mapping[str, Any]) -> list[dict[str, str]]:
    """Issue the documents that the element names, numbered without gaps. Returns name and number of each."""
    issued = []
    year = step.now.astimezone(CHINA).year
    for name in element.documents:
        number = next_number(step.session, f"document:{task.agency}", year)
        document = Document(
            case=step.case.id,
            task=task.id,
            name=name,
            number=f"{step.people.sign(task.agency)}〔{year}〕{number}号",
            agency=task.agency,
            officer=task.completed_by,
            scope=task.scope,
            content={"answers": journal_answers(step.bundle, element, answers), "facts": _subject(step)},
            issued_at=step.now,
        )
        step.session.add(document)
        issued.append({"name": document.name, "number": document.number})
    return issued


def _subject(step: Step) -> dict[str, Any]:
    known = step.facts.view()
    return {name: known.get(name) for name in ("subject_name", "subject_code", "subject_address", "matter") if known.get(name)}


def take_part(step: Step, changes: tuple[ParticipantChange, ...]) -> None:
    """Let agencies take part, or no longer; there is one lead and one candidate at a time."""
    for change in changes:
        existing = step.session.scalars(
            select(Participant).where(
                Participant.case == step.case.id, Participant.capacity == change.capacity, Participant.until.is_(None)
            )
        ).all()
        same = next((row for row in existing if row.agency == change.agency), None)
        if change.ends:
            if same is not None:
                same.until = step.now
            continue
        if change.capacity in {"lead", "candidate"}:
            for row in existing:
                if row is not same:
                    row.until = step.now
        if same is None:
            step.session.add(
                Participant(case=step.case.id, agency=change.agency, capacity=change.capacity, cause=change.cause, since=step.now)
            )
    step.session.flush()
    step.participants = who.participants_of(step.session, step.people, step.case)


def next_number(session: Session, series: str, year: int) -> int:
    """The next number of a series; taken in the transaction that uses it, so there are no gaps."""
    row = session.get(Serial, (series, year), with_for_update=True) or _first_of(session, series, year)
    row.last += 1
    session.flush()
    return row.last


def _first_of(session: Session, series: str, year: int) -> Serial:
    try:
        with session.begin_nested():
            session.add(Serial(series=series, year=year, last=0))
    except IntegrityError:  # another transaction began the series a moment ago
        pass
    return session.get_one(Serial, (series, year), with_for_update=True)


def case_number(session: Session, sign: str, process: str, now: datetime) -> str:
    """The number of a new case: the agency's sign, the kind, year and serial."""
    year = now.astimezone(CHINA).year
    kind = "督" if process == "supervision" else "联"
    return f"{sign}{kind}〔{year}〕{next_number(session, f'case:{sign}{kind}', year)}号"


def write_facts(step: Step) -> None:
    """Write what the step learnt, in one statement for new facts and one for changed ones."""
    rows = [
        {
            "case": step.case.id,
            "scope": branch,
            "name": name,
            "value": value,
            "text": value if isinstance(value, str) else "",
            "task": step.task.id if step.task else None,
            "officer": step.officer.id if step.officer else None,
            "at": step.now,
        }
        for branch, name, value in step.facts.changes()
    ]
    known = {(scope, name) for scope, name in step.session.execute(select(Fact.scope, Fact.name).where(Fact.case == step.case.id))}
    new = [row for row in rows if (row["scope"], row["name"]) not in known]
    old = [row for row in rows if (row["scope"], row["name"]) in known]
    if new:
        step.session.execute(insert(Fact), new)
    if old:
        step.session.execute(update(Fact), old)
