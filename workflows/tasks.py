"""What a person does with a task: look, claim, save a draft, complete, hand over, urge, remark."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from workflows import access, advance, case_family, checking, forms, gates, in_hand, journal
from workflows.attempting import attempt
from workflows.choices import options_for
from workflows.clock_rows import clock_rows
from workflows.desk import Desk
from workflows.directory import Directory, may_act_as, participants_of
from workflows.engine.diagram import Element
from workflows.errors import NotAllowed, NotFound, OneCaseError, Stale
from workflows.fact_rows import fact_rows
from workflows.in_hand import Hand, TaskInHand
from workflows.prefilling import prefilled
from workflows.records import Case, Clock, Remark, Task
from workflows.records import Officer as OfficerRow
from workflows.rows import case_ref, task_rows
from workflows.step import begin, bundle_of, facts_of
from workflows.views import Completed, Officer, TaskPage, TaskRow

NEXT_TASKS = 5
"""How many other open tasks a completion offers."""
MAX_REMARK = 4000


def get(desk: Desk, officer: Officer, task_id: UUID, *, language: str = "zh", facts: bool = True) -> TaskPage:
    """Everything that the page of a task shows; without `facts`, all but what the case knows so far.

    Raises NotFound when the officer may not see it.
    """
    with desk.database.reading() as session:
        people = Directory(session)
        task, case = access.find_task(session, people, officer, task_id)
        bundle = bundle_of(session, case.digest)
        element = bundle.diagrams[task.process].elements[task.element]
        known = facts_of(session, case.id).view(task.scope)
        form = bundle.forms[element.form] if element.form else {"type": "default", "components": []}
        options = options_for(lambda: participants_of(session, people, case), people, officer, case, task, known, desk.now(), bundle)
        actions, refusals = access.actions(officer, task, element.gate, rests=case.status == "suspended")
        clock = _clock_of(session, task, element)
        hidden = access.hides(officer, case)
        answers = {key: value for key, value in (task.answers or {}).items() if key not in hidden} if task.answers is not None else None
        return TaskPage(
            row=task_rows(people, desk.now(), [(task, case)])[0],
            form=forms.localised(form, language),
            data={**prefilled(form, known, task, hidden, options), **forms.localised_options(options, language)},
            revision=task.revision,
            actions=actions,
            refusals=refusals,
            clock=clock_rows(session, people, desk, [clock])[0] if clock else None,
            facts=fact_rows(session, people, bundle, case, hidden=hidden, branch=task.scope) if facts else (),
            draft_at=task.draft_at,
            answers=answers,
            digest=case.digest,
            colleagues=_colleagues(people, task, officer),
        )


def claim(desk: Desk, officer: Officer, task_id: UUID) -> TaskRow:
    """Take a task out of the pool. Raises Stale when a colleague was quicker; claiming one's own again changes nothing."""
    with desk.database.transaction() as session:
        people, task, case, element = _open_task(session, officer, task_id)
        access.may_work_on(officer, task, element.gate)
        if task.assignee not in (None, officer.id):
            raise _taken(people, task)
        if task.assignee is None:
            task.assignee, task.revision = officer.id, task.revision + 1
            _tell(session, desk, case, officer, "task_claimed", task)
        return _row(desk, session, people, task, case)


def unclaim(desk: Desk, officer: Officer, task_id: UUID) -> TaskRow:
    """Put one's own task back into the pool; the draft stays."""
    with desk.database.transaction() as session:
        people, task, case, element = _open_task(session, officer, task_id)
        access.may_work_on(officer, task, element.gate)
        _must_be_mine(people, task, officer)
        task.assignee, task.revision = None, task.revision + 1
        _tell(session, desk, case, officer, "task_unclaimed", task)
        return _row(desk, session, people, task, case)


def save(desk: Desk, officer: Officer, task_id: UUID, *, answers: Mapping[str, Any]) -> datetime:
    """Keep what was typed, unchecked. Only fields of the form are kept. Returns when it was saved."""
    with desk.database.transaction() as session:
        people, task, case, element = _open_task(session, officer, task_id)
        access.may_work_on(officer, task, element.gate)
        if task.assignee not in (None, officer.id):
            raise _taken(people, task)
        form = bundle_of(session, case.digest).forms.get(element.form, {})
        keys = {forms.key_of(component) for component in forms.inputs(form)}
        task.draft = {key: value for key, value in answers.items() if key in keys}
        task.draft_by, task.draft_at = officer.id, desk.now()
        return task.draft_at


def complete(desk: Desk, officer: Officer, task_id: UUID, *, revision: int, answers: Mapping[str, Any]) -> Completed:
    """Finish a task and move the case on.

    A repeated completion changes nothing and gets the first one's answer. Raises WrongAnswers (per field), Stale (somebody changed
    the task in between), NotAllowed and GateClosed (with the article); in each case nothing is changed.
    """
    with desk.database.step() as connection:
        people, hand = _in_hand(connection, officer, task_id)
        task, case = hand.tasks[task_id], hand.case
        if task.state == "completed" and task.completed_by == officer.id:
            return _completed(desk, people, officer, task, hand)
        _must_be_open(people, task)
        bundle = bundle_of(connection, case.digest)
        element = bundle.diagrams[task.process].elements[task.element]
        access.may_work_on(officer, task, element.gate)
        case_family.refuse_while_suspended(connection, case.id, case.status)
        gates.not_recused(officer, hand.facts.recused())
        if task.assignee not in (None, officer.id):
            raise _taken(people, task)
        step = begin(desk, people, hand, officer)
        form = bundle.forms.get(element.form, {})
        given = checking.clean(
            form,
            answers,
            options_for(
                lambda: step.participants,
                people,
                officer,
                case,
                task,
                step.facts.view(task.scope),
                step.now,
                bundle,
                named=forms.options_named(form),
            ),
        )
        if element.gate:
            gates.GATES[element.gate](attempt(step, officer, task, given))
        if revision != task.revision:
            raise Stale(
                "该任务在您填写期间有变化，已填内容均已保留，请核对后重新提交。",
                "The task changed while you were filling it in; nothing typed was lost. Check it and submit again.",
            )
        advance.complete(step, task, given)
        return _completed(desk, people, officer, task, hand)


def transfer(desk: Desk, officer: Officer, task_id: UUID, *, to: str, reason: str) -> TaskRow:
    """Hand the task over to a colleague of the same agency who may do it (转办). The clock runs on."""
    with desk.database.transaction() as session:
        people, task, case, element = _open_task(session, officer, task_id)
        access.may_work_on(officer, task, element.gate)
        if task.assignee not in (None, officer.id):
            raise _taken(people, task)
        other = session.scalars(
            select(OfficerRow).where(OfficerRow.username == to, OfficerRow.agency == task.agency, OfficerRow.active)
        ).first()
        if other is None or not may_act_as(frozenset(other.roles), task.role):
            raise NotAllowed("只能转交给本单位有权办理该任务的人员。", "A task goes to somebody of the same agency who may do it.")
        task.assignee, task.revision = other.id, task.revision + 1
        _tell(session, desk, case, officer, "task_transferred", task, to=other.username, reason=_sentence(reason))
        return _row(desk, session, people, task, case)


def comment(desk: Desk, officer: Officer, task_id: UUID, *, text: str) -> None:
    """Leave a remark on a task, for everybody who sees the case."""
    with desk.database.transaction() as session:
        task, case = access.find_task(session, Directory(session), officer, task_id, lock=True)
        words = _sentence(text)
        if not words:
            raise OneCaseError("请填写留言内容。", "Write the remark first.")
        session.add(Remark(id=uuid4(), case=case.id, task=task.id, officer=officer.id, at=desk.now(), text=words))
        _tell(session, desk, case, officer, "remark", task, text=words)


def _in_hand(connection: Connection, officer: Officer, task_id: UUID) -> tuple[Directory, Hand]:
    """The task with its case, locked. Raises NotFound unless the officer may see the task."""
    hand = in_hand.take(connection, task_id, officer.id, NEXT_TASKS)
    if hand is None:
        raise NotFound
    people = Directory(connection, hand.epoch)
    if hand.tasks[task_id].agency not in access.agencies_seen(officer, people):
        raise NotFound
    return people, hand


def _clock_of(session: Session, task: Task, element: Element) -> Clock | None:
    """The task's own clock, or the case's clock under which it stands or which it ends."""
    own = session.scalars(select(Clock).where(Clock.task == task.id).order_by(Clock.started_at.desc())).first()
    rules = (element.clock,) if element.clock else element.ends
    if own is not None or not rules:
        return own
    of_case = select(Clock).where(Clock.case == task.case, Clock.task.is_(None), Clock.rule.in_(rules))
    return session.scalars(of_case.order_by(Clock.state != "running", Clock.due_at)).first()


def _open_task(session: Session, officer: Officer, task_id: UUID) -> tuple[Directory, Task, Case, Element]:
    people = Directory(session)
    task, case = access.find_task(session, people, officer, task_id, lock=True)
    _must_be_open(people, task)
    element = bundle_of(session, case.digest).diagrams[task.process].elements[task.element]
    return people, task, case, element


def _must_be_open(people: Directory, task: Task | TaskInHand) -> None:
    if task.state == "open":
        return
    by = people.names([task.completed_by]).get(task.completed_by, "") if task.completed_by else ""
    raise Stale(f"该任务已{'由' + by + '办结' if by else '取消'}。", f"The task was {'completed by ' + by if by else 'cancelled'}.")


def _must_be_mine(people: Directory, task: Task, officer: Officer) -> None:
    if task.assignee != officer.id:
        raise _taken(people, task)


def _taken(people: Directory, task: Task | TaskInHand) -> Stale:
    name = people.names([task.assignee]).get(task.assignee, "") if task.assignee else ""
    return Stale(f"该任务已由{name or '他人'}认领。", f"The task is claimed by {name or 'somebody else'}.")


def _sentence(text: str) -> str:
    return text.strip()[:MAX_REMARK].replace("\x00", "")


def _tell(session: Session, desk: Desk, case: Case, officer: Officer, kind: str, task: Task, **more: str) -> None:
    names = {"name": task.name, "name_en": task.name_en}
    payload = {"task": str(task.id), "element": task.element, **names, "branch": task.scope, **more}
    journal.write(session, case=case, kind=kind, at=desk.now(), officer=officer, payload=payload)


def _row(desk: Desk, session: Session, people: Directory, task: Task, case: Case) -> TaskRow:
    session.flush()
    return task_rows(people, desk.now(), [(task, case)])[0]


def _colleagues(people: Directory, task: Task, officer: Officer) -> tuple[tuple[str, str], ...]:
    if task.agency != officer.agency.code or task.state != "open":
        return ()
    return tuple((row.username, row.name) for row in people.holding(task.agency, task.role) if row.id != officer.id)


def _completed(desk: Desk, people: Directory, officer: Officer, task: TaskInHand, hand: Hand) -> Completed:
    """What became of the case, and the officer's next tasks: those that the completion opened, others of the case, others at all."""
    opened = {UUID(found) for found in task.outcome or []}
    here = [found for found in hand.tasks.values() if found.state == "open" and access.is_todo_or_pool(officer, found)]
    here.sort(key=lambda found: (found.id not in opened, found.due_at is None, found.due_at, found.id))
    head = case_ref(hand.case)
    pairs = [(found, head) for found in here] + hand.others
    return Completed(head, task_rows(people, desk.now(), pairs))
