"""The one way a case moves.

A step runs inside the caller's transaction, with the case row locked:

1. restore the running case from its blob and the facts from their rows;
2. act: a person completes a task or reports news, a timer event's clock has run out (or the case is started);
3. drive to the next rest, calling a service or deciding a table wherever the diagram asks for one;
4. compare what waits before and after; write tasks, clocks, facts, participants, messages and the record;
5. save the blob under the next row version.

Any error leaves the case where it was: the caller's transaction rolls back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

import structlog
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from workflows import case_family, journal, rounds, ticking
from workflows import directory as who
from workflows.answering import answer
from workflows.contracts import CaseToOpen, ParticipantChange, Text
from workflows.desk import Desk
from workflows.engine.bundle import Bundle
from workflows.engine.diagram import Element
from workflows.engine.elements import EngineError
from workflows.engine.expressions import ExpressionError
from workflows.engine.running_case import RunningCase, Waiting
from workflows.facts import Facts
from workflows.in_hand import CaseInHand, TaskInHand, as_row
from workflows.projecting import case_clocks, case_number, issue_documents, project, take_part, write_facts
from workflows.records import Case, Version
from workflows.step import Step, bundle_of, cannot_move, journal_answers
from workflows.views import Officer
from workflows.writing import MOVED, RENEWED, TURNED

log = structlog.get_logger()
MAX_TITLE = 300
MAX_SERVICES = 200
"""Services in one step; a diagram that asks for more goes round in circles without a person."""


def open_case(
    desk: Desk,
    connection: Connection,
    officer: Officer | None,
    *,
    version: Version,
    title: str,
    facts: Mapping[str, Any],
    agency: str,
    parent: Case | CaseInHand | None = None,
    participants: tuple[ParticipantChange, ...] = (),
    relation: str = "related",
    suspends: bool = False,
) -> Step:
    """Open a case of `version` at `agency` and move it to its first rest.

    Under a `parent` it has a `relation`, and may let it rest (`suspends`); whoever opens it by a service opens it in the parent's name.
    """
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
        opened_by=officer.id if officer else _opener(parent),
        opened_at=now,
        closed_at=None,
        lanes={},
        record_length=0,
        record_head="",
    )
    step = Step(desk, connection, case, officer, now, bundle, sheet, _start(bundle, sheet), people, {}, [], known_parts=[])
    step.relation, step.suspends = (relation, suspends) if parent else ("", False)
    take_part(step, (ParticipantChange(agency, "receiving", "受理本案"), *participants))
    _drive(step)
    opened = project(step)
    if officer is not None and opened:
        first, papers = opened[0], bundle.diagrams[bundle.process].start.documents
        issue_documents(step, papers, task=first.id, agency=agency, officer=officer.id, branch="", answers={})
    payload = {"title": title, "process": version.process, "version": version.number, "opened": _ids(opened)}
    _save(step, kind="case_opened", payload=payload)
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
    rounds.count(step, task)
    case_clocks(step, element, branch=task.scope, officer=task.completed_by)
    told = journal_answers(step.bundle, element, answers)
    officer = step.officer.id
    issue_documents(step, element.documents, task=task.id, agency=task.agency, officer=officer, branch=task.scope, answers=told)
    _move(lambda: step.running.complete(task.id))
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
        "name_en": task.name_en,
        "branch": task.scope,
        "answers": told,
        "documents": step.papers,
        "opened": task.outcome,
    }
    _save(step, kind="task_completed", payload=payload)
    return opened


def report(step: Step, name: Text, branch: str, text: str) -> None:
    """News has come: move the case on. `text` is what the officer says of it."""
    _move(lambda: step.running.report(name.zh, branch))
    _happened(step, "event_reported", {"name": name.zh, "name_en": name.en, "branch": branch, "text": text})


def expire(step: Step, timer: Waiting) -> None:
    """The clock of a timer event has run out: move the case on."""
    rule = step.desk.rules.rules[timer.element.clock]
    name = timer.element.name if timer.element.name.zh else rule.name
    _move(lambda: step.running.expire(timer.id))
    told = {"name": name.zh, "name_en": name.en, "element": timer.element.id, "branch": timer.branch}
    _happened(step, "timer_fired", {**told, "rule": rule.id, "article": rule.article})


def change_version(step: Step, version: Version, bundle: Bundle, running: RunningCase, reason: str) -> None:
    """The case goes on by `version`: `running` is the case as it stands on it, with the same tasks and events.

    Tasks keep their ids, and with them drafts, claims and clocks; one whose lane is another's now goes to that lane's inbox. Raises
    HandlerFailed where a task came or went, or where nobody has the part that a lane names.
    """
    old = step.bundle
    step.bundle, step.running = bundle, running
    opened = set(step.tasks)
    for task in step.tasks.values():
        _renew(step, task, old.diagrams[task.process].elements[task.element], bundle.diagrams[task.process].elements[task.element])
    if project(step) or set(step.tasks) != opened:
        raise cannot_move(EngineError("a task came or went with the version"))
    step.writes.add("case_version", {"changed_id": step.case.id, "version": version.number, "digest": version.digest})
    payload = {"from": step.case.version, "number": version.number, "reason": reason}
    step.case.version, step.case.digest = version.number, version.digest
    _save(step, kind="case_migrated", payload=payload)


def _renew(step: Step, task: TaskInHand, before: Element, after: Element) -> None:
    task.name, task.name_en = after.name.zh, after.name.en
    if (before.agency, before.role) != (after.agency, after.role):
        task.agency, task.role = step.agency_present(after, task.scope), after.role
        task.assignee = who.pick_assignee(step.people, step.case.lanes, task.agency, task.role, step.facts.recused())
        task.revision += 1
    told = {name: getattr(task, name) for name in RENEWED}
    step.writes.add("task_renewed", {**told, "changed_id": task.id})


def _happened(step: Step, kind: str, payload: dict[str, Any]) -> None:
    _drive(step)
    opened = project(step)
    _save(step, kind=kind, payload={**payload, "opened": _ids(opened)})


def _opener(parent: Case | CaseInHand | None) -> UUID:
    if parent is None:
        message = "a case without a parent is opened by somebody"
        raise ValueError(message)
    return parent.opened_by


def _open_under(step: Step, wanted: CaseToOpen) -> None:
    """Open the case that a service asked for; the record of this one names it."""
    newest = select(Version).where(Version.process == wanted.process).order_by(Version.number.desc()).limit(1)
    version = Session(step.connection).scalars(newest).first()
    if version is None or step.case.row_version == 0:
        raise cannot_move(EngineError(f"{wanted.process}: not published, or asked for before anybody has done a step"))
    child = open_case(
        step.desk,
        step.connection,
        step.officer,
        version=version,
        title=wanted.title[:MAX_TITLE],
        facts=wanted.facts,
        agency=wanted.agency,
        parent=step.case,
        participants=wanted.participants,
        relation=wanted.relation,
        suspends=wanted.suspends,
    )
    if wanted.suspends:
        step.case.status = "suspended"
    step.notes.append(
        {"element": "", "zh": f"立案 {child.case.number}：{wanted.title}", "en": f"{child.case.number} opened: {wanted.title}"}
    )


def _start(bundle: Bundle, facts: Facts) -> RunningCase:
    try:
        return RunningCase.start(bundle, facts)
    except (EngineError, ExpressionError) as error:
        raise cannot_move(error) from error


def _move(act: Callable[[], None]) -> None:
    try:
        act()
    except (EngineError, ExpressionError) as error:
        raise cannot_move(error) from error


def _drive(step: Step) -> None:
    for _ in range(MAX_SERVICES):
        waiting = step.running.automatic()
        if waiting is None:
            return
        answer(step, waiting)
        try:
            step.running.finish(waiting.id)
        except (EngineError, ExpressionError) as error:
            raise cannot_move(error) from error
    raise cannot_move(EngineError(f"more than {MAX_SERVICES} services in one step"))


def _save(step: Step, *, kind: str, payload: dict[str, Any]) -> None:
    case = step.case
    write_facts(step)
    for wanted in step.cases:
        _open_under(step, wanted)
    if step.running.stuck:
        raise cannot_move(EngineError("nobody and nothing could move the case after this step"))
    if step.running.closed:
        case.status, case.closed_at = "closed", step.now
        ticking.stop(step, list(step.clocks), reason="案件已办结", officer=None)
    case.state = step.running.save()
    _record(step, kind, step.officer, {**payload, "notes": step.notes})
    for line in step.entering.lines if step.entering else ():
        _record(step, "register_entered", step.officer, line)
    if step.running.closed:
        _record(step, "case_closed", None, {})
        case_family.closed(step)
    known = case.row_version
    case.row_version = known + 1
    if kind == "case_opened":
        step.writes.add(kind, {**as_row(case), "relation": step.relation, "suspends": step.suspends})
    else:
        row, written = ("case_moved", MOVED) if case.status == "open" else ("case_turned", (*MOVED, *TURNED))
        step.writes.add(row, {**{name: getattr(case, name) for name in written}, "changed_id": case.id, "changed_row_version": known})
    step.writes.send(step.connection)


def _record(step: Step, kind: str, officer: Officer | None, payload: dict[str, Any]) -> None:
    case = step.case
    told = journal.line(str(case.id), case.record_length, case.record_head, kind=kind, at=step.now, officer=officer, payload=payload)
    case.record_length, case.record_head = told["seq"], told["digest"]
    step.writes.add("event", told)


def _ids(tasks: list[TaskInHand]) -> list[str]:
    return [str(task.id) for task in tasks]
