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
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import structlog
from sqlalchemy import Connection, bindparam, func, select

from workflows import directory as who
from workflows import journal, posting, ticking
from workflows.contracts import HandlerCall, HandlerResult, ParticipantChange
from workflows.desk import Desk
from workflows.engine.bundle import Bundle
from workflows.engine.decision_table import TableError
from workflows.engine.elements import EngineError
from workflows.engine.expressions import ExpressionError
from workflows.engine.running_case import RunningCase, Waiting
from workflows.errors import HandlerFailed
from workflows.facts import Facts
from workflows.in_hand import CaseInHand, TaskInHand, as_row
from workflows.projecting import case_clocks, case_number, issue_documents, project, take_part, write_facts
from workflows.records import Case, Task, Version
from workflows.step import Step, bundle_of, cannot_move, journal_answers
from workflows.views import Officer

log = structlog.get_logger()
MOVED = ("state", "status", "closed_at", "lanes", "record_length", "record_head", "row_version")
"""Columns of a case that a step may change."""
WARN_ROUNDS, MAX_ROUNDS = 300, 900
"""How often one branch of a case may repeat a step before it is said, and before it is refused."""
ROUNDS = select(func.count()).where(
    *(Task.__table__.c[name] == bindparam(name) for name in ("case", "process", "element", "scope")), Task.__table__.c.state == "completed"
)
MAX_SERVICES = 200
"""Services in one step; a diagram that asks for more goes round in circles without a person."""


def open_case(
    desk: Desk,
    connection: Connection,
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
    bundle = bundle_of(connection, version.digest)
    people = who.Directory(connection)
    now = desk.now()
    sheet = Facts({"": {"case_title": title}})
    sheet.set("", facts)
    case = CaseInHand(
        id=uuid4(),
        number=case_number(connection, people.sign(agency), version.process, now),
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
        closed_at=None,
        lanes={},
        record_length=0,
        record_head="",
    )
    step = Step(desk, connection, case, officer, now, bundle, sheet, _start(bundle, sheet), people, {}, [], known_parts=[])
    take_part(step, (ParticipantChange(agency, "receiving", "受理本案"), *participants))
    _drive(step)
    opened = project(step)
    payload = {"title": title, "process": version.process, "version": version.number, "opened": _ids(opened)}
    _save(step, kind="case_opened", payload=payload, row="case_opened")
    return step


def complete(step: Step, task: TaskInHand, answers: Mapping[str, Any]) -> list[TaskInHand]:
    """`task` is done with `answers`: write them, move the case on, return the tasks that this opened."""
    element = step.bundle.diagrams[task.process].elements[task.element]
    step.task = task
    step.facts.set(task.scope, answers)
    assert step.officer is not None
    del step.tasks[task.id]
    task.state, task.assignee, task.completed_by = "completed", step.officer.id, step.officer.id
    task.completed_at, task.revision = step.now, task.revision + 1
    step.case.lanes = {**step.case.lanes, who.lane(task.agency, task.role): step.officer.id.hex}
    ticking.stop(step, ticking.running(step, task=task.id), reason="任务已办结", officer=step.officer.id)
    _count_rounds(step, task)
    case_clocks(step, task, element)
    documents = issue_documents(step, task, element, answers)
    _move(step, task.id)
    _drive(step)
    opened = project(step)
    task.outcome = _ids(opened)
    step.writes.add(
        "task_done",
        {
            "changed_id": task.id,
            "state": task.state,
            "answers": dict(answers),
            "draft": None,
            "assignee": task.assignee,
            "completed_by": task.completed_by,
            "completed_at": task.completed_at,
            "revision": task.revision,
            "outcome": task.outcome,
        },
    )
    payload = {
        "task": str(task.id),
        "element": task.element,
        "name": task.name,
        "branch": task.scope,
        "answers": journal_answers(step.bundle, element, answers),
        "documents": documents,
        "opened": task.outcome,
    }
    _save(step, kind="task_completed", payload=payload, row="case_moved")
    return opened


def _count_rounds(step: Step, task: TaskInHand) -> None:
    """Say so when the case goes round and round, and stop it when nobody could follow its record any more."""
    if step.running.times_done(task.process, task.element) < WARN_ROUNDS:
        return
    rounds = step.connection.scalar(ROUNDS, {"case": task.case, "process": task.process, "element": task.element, "scope": task.scope}) or 0
    if rounds >= MAX_ROUNDS:
        raise cannot_move(EngineError(f"{task.element}: done {rounds} times in this case, which is as often as a step may be repeated"))
    if rounds >= WARN_ROUNDS:
        log.warning("case_goes_round", case=step.case.number, element=task.element, rounds=rounds)
        words = (f"本环节已办理 {rounds} 次，满 {MAX_ROUNDS} 次将停止", f"done {rounds} times; the case stops at {MAX_ROUNDS}")
        step.notes.append({"element": task.element, "zh": words[0], "en": words[1]})


def _start(bundle: Bundle, facts: Facts) -> RunningCase:
    try:
        return RunningCase.start(bundle, facts)
    except (EngineError, ExpressionError) as error:
        raise cannot_move(error) from error


def _move(step: Step, task: UUID) -> None:
    try:
        step.running.complete(task)
    except (EngineError, ExpressionError) as error:
        raise cannot_move(error) from error


def _drive(step: Step) -> None:
    for _ in range(MAX_SERVICES):
        waiting = step.running.automatic()
        if waiting is None:
            return
        _answer(step, waiting)
        try:
            step.running.finish(waiting.id)
        except (EngineError, ExpressionError) as error:
            raise cannot_move(error) from error
    raise cannot_move(EngineError(f"more than {MAX_SERVICES} services in one step"))


def _answer(step: Step, waiting: Waiting) -> None:
    element = waiting.element
    if element.decision:
        try:
            step.facts.set(waiting.branch, step.bundle.tables[element.decision].decide(step.facts.view(waiting.branch)))
        except (TableError, ExpressionError) as error:
            raise cannot_move(error) from error
        return
    result = _call(step, waiting)
    step.facts.set(waiting.branch, result.facts)
    take_part(step, result.participants)
    for number, message in enumerate(result.messages):
        key = f"{step.case.id}:{step.case.row_version + 1}:{element.id}:{waiting.branch}:{number}"
        step.writes.add("message", posting.row(key=key, message=message, case=step.case.id, at=step.now))
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

    def subjects_like(self, name: str, code: str) -> tuple[Any, ...]:  # noqa: ARG002
        """Registered subjects."""
        return ()

    def penalties_of(self, name: str, code: str) -> tuple[Any, ...]:  # noqa: ARG002
        """Penalties of the subject."""
        return ()

    def penalties_in_case(self) -> tuple[Any, ...]:
        """Penalties of this case, its parent and its children."""
        return ()

    def ad_violations_of(self, name: str, code: str) -> tuple[Any, ...]:  # noqa: ARG002
        """Punished advertisements of the subject."""
        return ()

    def ad_refusal_on(self, name: str, code: str, day: date) -> None:  # noqa: ARG002
        """The refusal in force."""
        return

    def matter(self, code: str) -> None:  # noqa: ARG002
        """The matter in force."""
        return

    def qualification(self, username: str) -> None:  # noqa: ARG002
        """An officer's qualification."""
        return

    def children(self) -> tuple[Any, ...]:
        """Cases that this one opened."""
        return ()


def _save(step: Step, *, kind: str, payload: dict[str, Any], row: str) -> None:
    case = step.case
    write_facts(step)
    if step.running.stuck:
        raise cannot_move(EngineError("nobody and nothing could move the case after this step"))
    if step.running.closed:
        case.status, case.closed_at = "closed", step.now
        ticking.stop(step, list(step.clocks), reason="案件已办结", officer=None)
    case.state = step.running.save()
    _record(step, kind, step.officer, {**payload, "notes": step.notes})
    if step.running.closed:
        _record(step, "case_closed", None, {})
    known = case.row_version
    case.row_version = known + 1
    moved = {name: getattr(case, name) for name in MOVED}
    step.writes.add(row, as_row(case) if row == "case_opened" else {**moved, "changed_id": case.id, "changed_row_version": known})
    step.writes.send(step.connection)


def _record(step: Step, kind: str, officer: Officer | None, payload: dict[str, Any]) -> None:
    case = step.case
    told = journal.line(str(case.id), case.record_length, case.record_head, kind=kind, at=step.now, officer=officer, payload=payload)
    case.record_length, case.record_head = told["seq"], told["digest"]
    step.writes.add("event", told)


def _ids(tasks: list[TaskInHand]) -> list[str]:
    return [str(task.id) for task in tasks]
