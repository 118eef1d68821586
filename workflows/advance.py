"""The one way a case moves.

A step runs inside the caller's transaction, with the case row locked:

1. restore the running case from its blob and the facts from their rows;
2. act: a person completes a task (or the case is started);
3. drive to the next rest, calling a service or deciding a table wherever the diagram asks for one;
4. compare what waits before and after; write tasks, clocks, facts, participants, messages and the record;
5. save the blob under the next row version.

Any error leaves the case where it was: the caller's transaction rolls back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import structlog
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from workflows import directory as who
from workflows import journal, posting, ticking
from workflows.contracts import HandlerCall, HandlerResult, ParticipantChange, ParticipantRef
from workflows.desk import Desk
from workflows.engine.bundle import Bundle, load
from workflows.engine.decision_table import TableError
from workflows.engine.diagram import Element
from workflows.engine.elements import EngineError
from workflows.engine.expressions import ExpressionError
from workflows.engine.running_case import RunningCase, Waiting
from workflows.engine.state import UnknownState
from workflows.errors import DataDamaged, HandlerFailed
from workflows.facts import Facts
from workflows.records import Bundle as BundleRow
from workflows.records import Case, Document, Fact, Participant, Serial, Task, Version
from workflows.views import Officer
from workflows.working_days import CHINA

log = structlog.get_logger()
MAX_SERVICES = 200
"""Services in one step; a diagram that asks for more goes round in circles without a person."""


@dataclass
class Step:
    """One step of one case, from the lock to the commit."""

    desk: Desk
    session: Session
    case: Case
    officer: Officer | None
    now: datetime
    bundle: Bundle
    facts: Facts
    running: RunningCase
    people: who.Directory
    participants: tuple[ParticipantRef, ...]
    notes: list[dict[str, str]] = field(default_factory=list)
    task: Task | None = None
    """The task that is being completed: facts of the step come from it."""


def begin(desk: Desk, session: Session, case: Case, officer: Officer | None) -> Step:
    """Restore `case`, whose row is locked, for one step."""
    bundle = bundle_of(session, case.digest)
    facts = facts_of(session, case.id)
    try:
        running = RunningCase.restore(bundle, facts, case.state)
    except UnknownState as error:
        raise DataDamaged(f"案件状态无法读取：{error}", f"The state of the case cannot be read: {error}") from error
    people = who.Directory(session)
    return Step(desk, session, case, officer, desk.now(), bundle, facts, running, people, who.participants_of(session, people, case))


def open_case(
    desk: Desk,
    session: Session,
    officer: Officer,
    *,
    version: Version,
    title: str,
    facts: Mapping[str, Any],
    agency: str,
    parent: Case | None = None,
    participants: tuple[ParticipantChange, ...] = (),
) -> Step:
    """Open a case of `version` at `agency` and move it to its first rest."""
    bundle = bundle_of(session, version.digest)
    people = who.Directory(session)
    now = desk.now()
    sheet = Facts({"": {"case_title": title}})
    sheet.set("", facts)
    case = Case(
        id=uuid4(),
        number=_case_number(session, people.sign(agency), version.process, now),
        title=title,
        process=version.process,
        version=version.number,
        digest=version.digest,
        status="open",
        state=b"",
        row_version=0,
        parent=parent.id if parent else None,
        agency=agency,
        opened_by=officer.id,
        opened_at=now,
        record_length=0,
        record_head="",
    )
    session.add(case)
    session.flush()
    step = Step(desk, session, case, officer, now, bundle, sheet, _start(bundle, sheet), people, ())
    _take_part(step, (ParticipantChange(agency, "receiving", "受理本案"), *participants))
    _drive(step)
    opened = _project(step)
    _save(step, kind="case_opened", payload={"title": title, "process": version.process, "version": version.number, "opened": _ids(opened)})
    return step


def complete(step: Step, task: Task, answers: Mapping[str, Any]) -> list[Task]:
    """`task` is done with `answers`: write them, move the case on, return the tasks that this opened."""
    element = step.bundle.diagrams[task.process].elements[task.element]
    step.task = task
    step.facts.set(task.scope, answers)
    assert step.officer is not None  # noqa: S101 - only people complete tasks; clocks and services do not
    task.state, task.answers, task.draft = "completed", dict(answers), None
    task.assignee = task.completed_by = step.officer.id
    task.completed_at, task.revision = step.now, task.revision + 1
    ticking.stop(step.session, ticking.running(step.session, step.case.id, task=task.id), at=step.now, reason="任务已办结", officer=step.officer.id)
    _case_clocks(step, task, element)
    documents = _issue_documents(step, task, element, answers)
    _move(step, task.id)
    _drive(step)
    opened = _project(step)
    task.outcome = _ids(opened)
    _save(
        step,
        kind="task_completed",
        payload={
            "task": str(task.id),
            "element": task.element,
            "name": task.name,
            "branch": task.scope,
            "answers": journal_answers(step.bundle, element, answers),
            "documents": documents,
            "opened": _ids(opened),
        },
    )
    return opened


def bundle_of(session: Session, digest: str) -> Bundle:
    """The parsed bundle of a digest, from the shared cache."""
    row = session.get_one(BundleRow, digest)
    return load(row.content)


def facts_of(session: Session, case: UUID) -> Facts:
    """The stored facts of a case by branch."""
    stored: dict[str, dict[str, Any]] = {}
    for branch, name, value in session.execute(select(Fact.scope, Fact.name, Fact.value).where(Fact.case == case)):
        stored.setdefault(branch, {})[name] = value
    return Facts(stored)


def journal_answers(bundle: Bundle, element: Element, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as the record may hold them: confidential ones (the reporter's identity) stay out."""
    from workflows.forms import confidential  # noqa: PLC0415 - forms reads answers only; kept off the import path of the engine

    secret = confidential(bundle.forms[element.form]) if element.form else {}
    return {key: ("***" if key in secret and value else value) for key, value in answers.items()}


def _start(bundle: Bundle, facts: Facts) -> RunningCase:
    try:
        return RunningCase.start(bundle, facts)
    except (EngineError, ExpressionError) as error:
        raise _cannot_move(error) from error


def _move(step: Step, task: UUID) -> None:
    try:
        step.running.complete(task)
    except (EngineError, ExpressionError) as error:
        raise _cannot_move(error) from error


def _cannot_move(error: Exception) -> HandlerFailed:
    log.error("case_cannot_move", error=str(error))
    return HandlerFailed(
        f"流程无法继续：{error}。案件保持原状，已填内容未丢失；请联系流程设计人员。",
        f"The case cannot move on: {error}. It stays where it was; tell the process designer.",
    )


def _drive(step: Step) -> None:
    for _ in range(MAX_SERVICES):
        waiting = step.running.automatic()
        if waiting is None:
            return
        _answer(step, waiting)
        try:
            step.running.finish(waiting.id)
        except (EngineError, ExpressionError) as error:
            raise _cannot_move(error) from error
    raise _cannot_move(EngineError(f"more than {MAX_SERVICES} services in one step"))


def _answer(step: Step, waiting: Waiting) -> None:
    element = waiting.element
    if element.decision:
        try:
            step.facts.set(waiting.branch, step.bundle.tables[element.decision].decide(step.facts.view(waiting.branch)))
        except (TableError, ExpressionError) as error:
            raise _cannot_move(error) from error
        return
    result = _call(step, waiting)
    step.facts.set(waiting.branch, result.facts)
    _take_part(step, result.participants)
    for number, message in enumerate(result.messages):
        key = f"{step.case.id}:{step.case.row_version + 1}:{element.id}:{waiting.branch}:{number}"
        posting.post(step.session, key=key, message=message, case=step.case.id, at=step.now)
    if result.note is not None:
        step.notes.append({"element": element.id, "zh": result.note.zh, "en": result.note.en})


def _call(step: Step, waiting: Waiting) -> HandlerResult:
    service = step.desk.services[waiting.element.service]
    call = HandlerCall(
        service=waiting.element.service,
        case_id=step.case.id,
        case_number=step.case.number,
        case_title=step.case.title,
        element=waiting.element.id,
        scope=waiting.branch,
        now=step.now,
        facts=step.facts.view(waiting.branch),
        branches=step.facts.branches(),
        participants=step.participants,
        registers=CaseRegisters(step.people, step.case.id),
    )
    try:
        return service.call(call)
    except Exception as error:
        log.exception("handler_failed", service=waiting.element.service, case=step.case.number)
        raise HandlerFailed(
            f"服务「{service.name.zh}」未能完成：{error}。案件保持原状，请稍后重试或联系管理员。",
            f"The service “{service.name.en}” failed: {error}. The case stays where it was; try again or tell the administrator.",
        ) from error


@dataclass(frozen=True)
class CaseRegisters:
    """The read-only look-ups a handler gets; a case is not related to itself."""

    people: who.Directory
    case: UUID

    def agencies(self) -> tuple[Any, ...]:
        """Every agency."""
        return self.people.agencies()

    def cases_of_subject(self, name: str, code: str) -> tuple[Any, ...]:
        """Other cases of the subject."""
        return self.people.cases_of_subject(name, code, besides=self.case)


def _take_part(step: Step, changes: tuple[ParticipantChange, ...]) -> None:
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


def _project(step: Step) -> list[Task]:
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
        raise _cannot_move(EngineError(f"{element.id}: no agency takes part as {element.agency!r} (branch {token.branch!r})"))
    task = Task(
        id=token.id,
        case=step.case.id,
        process=token.process,
        element=element.id,
        name=element.name.zh,
        name_en=element.name.en,
        scope=token.branch,
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
            step.session, step.desk.rules, element.clock, case=step.case, task=task, agency=agency, at=step.now, facts=step.facts.view(token.branch)
        )
    elif element.stops_clock:
        # The task that ends a case's clock is due when that clock is: the 90 days of a penalty are the decision's.
        for clock in ticking.running(step.session, step.case.id, rule=element.stops_clock):
            task.due_at, task.warn_at = clock.due_at, clock.warn_at
    return task


def _case_clocks(step: Step, task: Task, element: Element) -> None:
    if element.stops_clock:
        clocks = ticking.running(step.session, step.case.id, rule=element.stops_clock)
        ticking.stop(step.session, clocks, at=step.now, reason=element.name.zh, officer=task.completed_by)
    if element.starts_clock and not ticking.running(step.session, step.case.id, rule=element.starts_clock):
        ticking.start(
            step.session, step.desk.rules, element.starts_clock, case=step.case, task=None, agency=task.agency, at=step.now, facts=step.facts.view(task.scope)
        )


def _issue_documents(step: Step, task: Task, element: Element, answers: Mapping[str, Any]) -> list[dict[str, str]]:
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


def next_number(session: Session, series: str, year: int) -> int:
    """The next number of a series; taken in the transaction that uses it, so there are no gaps."""
    row = session.get(Serial, (series, year), with_for_update=True)
    if row is None:
        row = Serial(series=series, year=year, last=0)
        session.add(row)
    row.last += 1
    session.flush()
    return row.last


def _case_number(session: Session, sign: str, process: str, now: datetime) -> str:
    year = now.astimezone(CHINA).year
    kind = "督" if process == "supervision" else "联"
    return f"{sign}{kind}〔{year}〕{next_number(session, f'case:{sign}{kind}', year)}号"


def _save(step: Step, *, kind: str, payload: dict[str, Any]) -> None:
    case = step.case
    _write_facts(step)
    if step.running.stuck:
        raise _cannot_move(EngineError("nobody and nothing could move the case after this step"))
    if step.running.closed:
        case.status, case.closed_at = "closed", step.now
        ticking.stop(step.session, ticking.running(step.session, case.id), at=step.now, reason="案件已办结", officer=None)
    case.state = step.running.save()
    journal.write(step.session, case=case, kind=kind, at=step.now, officer=step.officer, payload={**payload, "notes": step.notes})
    if step.running.closed:
        journal.write(step.session, case=case, kind="case_closed", at=step.now, officer=None, payload={})
    step.session.flush()


def _write_facts(step: Step) -> None:
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


def _ids(tasks: list[Task]) -> list[str]:
    return [str(task.id) for task in tasks]
