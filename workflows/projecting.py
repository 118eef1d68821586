"""What a step writes beside the state: the work list, clocks, participants, documents and facts become what the engine says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection

from workflows import directory as who
from workflows import happenings, ticking
from workflows.contracts import ParticipantChange
from workflows.documents import issuing
from workflows.engine.diagram import Element
from workflows.engine.running_case import Waiting
from workflows.in_hand import PartInHand, TaskInHand, as_row
from workflows.step import Step
from workflows.working_days import CHINA

UNTOUCHED = {"draft": None, "draft_by": None, "draft_at": None, "answers": None}
"""What a task holds that nobody has worked on."""


def project(step: Step) -> list[TaskInHand]:
    """Make the work list equal to what waits: open what is new, cancel what is gone."""
    waiting = {token.id: token for token in step.running.people()}
    for gone in [task for task in step.tasks if task not in waiting]:
        del step.tasks[gone]
        step.writes.add("task_gone", {"changed_id": gone, "state": "cancelled"})
        ticking.stop(step, ticking.running(step, task=gone), reason="任务已取消", officer=None)
    opened = [_opened(step, token) for token in waiting.values() if token.id not in step.tasks]
    step.tasks |= {task.id: task for task in opened}
    if happenings.has_timers(step.bundle):
        happenings.follow_timers(step)
    return opened


def _opened(step: Step, token: Waiting) -> TaskInHand:
    element = token.element
    agency = step.agency_present(element, token.branch)
    task = TaskInHand(
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
        assignee=who.pick_assignee(step.people, step.case.lanes, agency, element.role, step.facts.recused()),
        state="open",
        revision=1,
        opened_at=step.now,
    )
    of_case = [clock for rule in element.due_by for clock in ticking.running(step, rule=rule) if clock.task is None]
    if element.clock and not of_case:
        ticking.start(step, element.clock, task=task, agency=agency, facts=step.facts.view(token.branch))
    else:
        # The task of a clock that runs for the whole case is due when the first of them is: the 90 days of a penalty are the decision's.
        for clock in sorted((one for one in of_case if one.state == "running"), key=lambda one: one.due_at)[:1]:
            task.due_at, task.warn_at = clock.due_at, clock.warn_at
    step.writes.add("task_opened", {**as_row(task), **UNTOUCHED})
    return task


def case_clocks(step: Step, element: Element, *, branch: str, officer: UUID | None) -> None:
    """Stop and start the clocks of the whole case that `element`, just done in `branch`, ends and begins."""
    for rule in element.ends:
        ticking.stop(step, ticking.running(step, rule=rule), reason=element.name.zh, officer=officer)
    if element.starts_clock and not ticking.running(step, rule=element.starts_clock):
        agency = step.agency_of(element, branch)
        ticking.start(step, element.starts_clock, task=None, agency=agency, facts=step.facts.view(branch))


def issue_documents(
    step: Step, names: Iterable[str], *, task: UUID, agency: str, officer: UUID, branch: str, answers: Mapping[str, Any]
) -> None:
    """Issue documents in the name of `agency`, numbered without gaps; `answers` are those of the step that they belong to."""
    issue = issuing.Issue(step.case.id, task, agency, officer, branch, step.now)
    facts = step.facts.view(branch)
    for name in names:
        document, template = issuing.rows(step.connection, step.people, step.bundle, name, issue, answers=answers, facts=facts)
        if template is not None:
            step.writes.add("template", template)
        step.writes.add("document", document)
        step.papers.append({"name": name, "number": document["number"]})


def take_part(step: Step, changes: tuple[ParticipantChange, ...]) -> None:
    """Let agencies take part, or no longer; there is one lead and one candidate at a time."""
    for change in changes:
        existing = [part for part in step.parts if part.capacity == change.capacity]
        same = next((part for part in existing if part.agency == change.agency), None)
        if change.ends:
            _leave(step, [same] if same else [])
            continue
        if change.capacity in {"lead", "candidate"}:
            _leave(step, [part for part in existing if part is not same])
        if same is None:
            _join(step, change)


def _join(step: Step, change: ParticipantChange) -> None:
    part = PartInHand(uuid4(), change.agency, change.capacity)
    step.parts.append(part)
    told = {**as_row(part), "case": step.case.id, "cause": change.cause, "since": step.now, "until": None}
    step.writes.add("part_begun", told)


def _leave(step: Step, parts: Iterable[PartInHand]) -> None:
    for part in parts:
        step.parts.remove(part)
        step.writes.add("part_ended", {"changed_id": part.id, "until": step.now})


def case_number(connection: Connection, sign: str, process: str, now: datetime) -> str:
    """The number of a new case: the agency's sign, the kind, year and serial."""
    year = now.astimezone(CHINA).year
    kind = "督" if process == "supervision" else "联"
    return f"{sign}{kind}〔{year}〕{issuing.next_serial(connection, f'case:{sign}{kind}', year)}号"


def write_facts(step: Step) -> None:
    """Write what the step learnt."""
    for branch, name, value in step.facts.changes():
        step.writes.add(
            "fact",
            {
                "case": step.case.id,
                "scope": branch,
                "name": name,
                "value": value,
                "text": who.found_by(name, value),
                "task": step.task.id if step.task else None,
                "officer": step.officer.id if step.officer else None,
                "at": step.now,
            },
        )
