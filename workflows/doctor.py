"""Can every open case move? Each finding says what is wrong and how to put it right.

A case can move when it has an open task of somebody who can do it, or a clock that runs. The doctor compares the engine's state
with the work list, the work list with the people, the clocks with the tasks, and looks for messages that nobody tries any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from workflows.case_family import UNFINISHED
from workflows.contracts import Finding
from workflows.desk import Desk
from workflows.directory import Directory, may_act_as
from workflows.engine.running_case import RunningCase
from workflows.engine.state import UnknownState
from workflows.records import Case, Clock, Message, Officer, Participant, Task
from workflows.step import bundle_of, facts_of
from workflows.vocabulary import INDEPENDENT

LATE_ALARM = timedelta(hours=1)
"""An alarm that has waited this long was not swept: the worker stands still."""


@dataclass(frozen=True)
class Ward:
    """What an examination looks at."""

    session: Session
    people: Directory
    now: datetime


def examine(desk: Desk) -> tuple[Finding, ...]:
    """Every finding, errors first; empty when all open cases can move."""
    with desk.database.reading() as session:
        ward = Ward(session, Directory(session), desk.now())
        findings = [finding for look in EXAMINATIONS for finding in look(ward)]
        return tuple(sorted(findings, key=lambda found: (found.severity != "error", found.element, found.rule)))


def states_match_the_work_list(ward: Ward) -> Iterator[Finding]:
    """What waits in the engine's state is what stands in the work list, and something waits."""
    for case in ward.session.scalars(select(Case).where(Case.status.in_(UNFINISHED)).order_by(Case.number)):
        rows = set(ward.session.scalars(select(Task.id).where(Task.case == case.id, Task.state == "open")))
        try:
            bundle = bundle_of(ward.session, case.digest)
            running = RunningCase.restore(bundle, facts_of(ward.session, case.id), case.state)
        except (UnknownState, ValueError, LookupError) as error:
            yield _error(
                "state_unreadable",
                case.number,
                f"案件状态无法读取（{error}）；请从备份恢复该案件。",
                f"The state cannot be read ({error}); restore the case from a backup.",
            )
            continue
        unwatched = {event.id for event in running.timers()} - set(
            ward.session.scalars(select(Clock.id).where(Clock.case == case.id, Clock.state != "stopped"))
        )
        if unwatched:
            yield _error(
                "timer_without_clock", case.number,
                f"{len(unwatched)} 个定时事件没有在计时的期限，不会届期；请从备份核对该案件的期限行。",
                f"{len(unwatched)} timer events have no running clock and will never fire; compare the case's clock rows with a backup.",
            )  # fmt: skip
        waiting = {token.id for token in running.people()}
        if waiting != rows:
            yield _error(
                "work_list_differs", case.number,
                f"待办列表与流程状态不一致：流程等待 {len(waiting)} 项，列表有 {len(rows)} 项；请从备份核对该案件的任务行。",
                f"The work list differs from the state: {len(waiting)} waiting, {len(rows)} listed; compare the case's task rows with a backup.",
            )  # fmt: skip
        if (running.closed or running.stuck) and not rows:
            yield _error(
                "stuck",
                case.number,
                "案件没有任何待办，无法推进；请流程设计人员检查该版本。",
                "Nothing waits in this case, so it cannot move; have the designer look at its version.",
            )


def tasks_have_people(ward: Ward) -> Iterator[Finding]:
    """Every open task has somebody who can do it."""
    open_tasks = select(Task, Case, Officer).join(Case, Case.id == Task.case).outerjoin(Officer, Officer.id == Task.assignee)
    able: dict[tuple[str, str], bool] = {}
    for task, case, assignee in ward.session.execute(open_tasks.where(Task.state == "open").order_by(Case.number)):
        lane = (task.agency, task.role)
        if lane not in able:
            able[lane] = bool(ward.people.holding(*lane))
        name = ward.people.refs[task.agency].name
        if not able[lane]:
            yield _error(
                "nobody_can", case.number, f"「{task.name}」无人可办：{name.zh}没有在岗的 {task.role}；请管理员为该单位设置人员。",
                f"Nobody can do “{task.name_en or task.name}”: {name.en} has no active {task.role}; add one.",
            )  # fmt: skip
        elif assignee is not None and not (assignee.active and may_act_as(frozenset(assignee.roles), task.role)):
            yield _error(
                "assignee_cannot", case.number, f"「{task.name}」的承办人 {assignee.name} 已停用或不再担任该角色；请负责人转办。",
                f"The assignee of “{task.name_en or task.name}”, {assignee.username}, is closed or lost the role; hand the task over.",
            )  # fmt: skip


def nothing_is_open_in_what_is_closed(ward: Ward) -> Iterator[Finding]:
    """Closed cases have no open tasks, no running clocks, no open cases under them."""
    closed = Case.status.in_(["closed", "cancelled"])
    for number, count in ward.session.execute(
        select(Case.number, func.count()).join(Task, Task.case == Case.id).where(closed, Task.state == "open").group_by(Case.number)
    ):
        yield _error(
            "open_task_in_closed",
            number,
            f"案件已结案，仍有 {count} 项待办；请核对该案件的任务行。",
            f"The case is closed but has {count} open tasks.",
        )
    for number, count in ward.session.execute(
        select(Case.number, func.count()).join(Clock, Clock.case == Case.id).where(closed, Clock.state != "stopped").group_by(Case.number)
    ):
        yield _error("clock_in_closed", number, f"案件已结案，仍有 {count} 个期限在计时。", f"The case is closed but {count} clocks run.")
    child = aliased(Case)
    for number, inner in ward.session.execute(
        select(Case.number, child.number)
        .join(child, child.parent == Case.id)
        .where(closed, child.status.in_(UNFINISHED), child.relation.not_in(INDEPENDENT))
    ):
        yield _error(
            "open_child",
            number,
            f"案件已结案，关联的 {inner} 仍未办结；请先办结或撤回。",
            f"The case is closed but {inner} under it is open.",
        )


def clocks_are_watched(ward: Ward) -> Iterator[Finding]:
    """Running clocks belong to open tasks and are swept in time."""
    rows = select(Case.number, Clock.rule).join(Clock, Clock.case == Case.id).where(Clock.state != "stopped")
    for number, rule in ward.session.execute(rows.where(Clock.alarm_at < ward.now - LATE_ALARM).order_by(Case.number)):
        yield _error(
            "alarm_not_swept",
            number,
            f"期限 {rule} 的提醒已晚于 1 小时未处理；请确认后台进程（onecase work）在运行。",
            f"The alarm of {rule} waits for more than an hour; is the worker (onecase work) running?",
        )
    done = rows.join(Task, Task.id == Clock.task).where(Task.state != "open").order_by(Case.number)
    for number, rule in ward.session.execute(done):
        yield _error(
            "clock_without_task", number, f"期限 {rule} 所属任务已结束，仍在计时。", f"The clock {rule} runs although its task has ended."
        )


def cases_have_one_lead(ward: Ward) -> Iterator[Finding]:
    """No case has two lead agencies at once."""
    rows = ward.session.execute(
        select(Case.number, func.count())
        .join(Participant, Participant.case == Case.id)
        .where(Participant.capacity == "lead", Participant.until.is_(None))
        .group_by(Case.number)
        .having(func.count() > 1)
    )
    for number, count in rows:
        yield _error(
            "two_leads",
            number,
            f"同时有 {count} 个牵头机关；请由共同上级重新指定。",
            f"{count} agencies lead at once; have the superior designate one.",
        )


def messages_are_delivered(ward: Ward) -> Iterator[Finding]:
    """No message was given up."""
    given_up = ward.session.scalars(select(Message).where(Message.sent_at.is_(None), Message.try_at.is_(None)).limit(100))
    for message in given_up:
        yield _error(
            "message_given_up", message.key, f"消息投递 {message.attempts} 次均失败（{message.error}）；排除原因后将其重新放入待发。",
            f"A message failed {message.attempts} times ({message.error}); mend the cause and let it be tried again.",
        )  # fmt: skip


def _error(rule: str, element: str, zh: str, en: str) -> Finding:
    return Finding("error", rule, element, zh, en)


EXAMINATIONS: tuple[Callable[[Ward], Iterator[Finding]], ...] = (
    states_match_the_work_list,
    tasks_have_people,
    nothing_is_open_in_what_is_closed,
    clocks_are_watched,
    cases_have_one_lead,
    messages_are_delivered,
)
