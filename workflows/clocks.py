"""Clocks: what a rule gives from a moment, and the sweep that notices what ran out.

A clock that runs out decides nothing (domain R1): the breach is recorded, the people are told, and it climbs: officer and head,
then the lead agency, then the superior. After a downtime each clock makes one step, not a storm.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import journal, posting
from workflows.contracts import Message, Text
from workflows.desk import Desk
from workflows.directory import Directory, participants_of
from workflows.errors import OneCaseError
from workflows.records import Case, Clock, ClockEntry, Task
from workflows.rulebook import Rule
from workflows.working_days import CHINA
from workflows.working_days import due as due_after

WARNED, TOLD_AGENCY, TOLD_LEAD, TOLD_SUPERIOR = 1, 2, 3, 4
CLIMB = 1
"""Working days between two levels of escalation (an internal setting, no statute)."""


@dataclass(frozen=True)
class DueResult:
    """When a rule runs out, with the article that says so."""

    due: datetime
    unit: str
    article: str
    provisional: bool


def rules(desk: Desk) -> tuple[Rule, ...]:
    """Every clock rule of this release."""
    return tuple(desk.rules.rules.values())


def due(desk: Desk, rule_id: str, start: datetime) -> DueResult:
    """When the rule started at the aware moment `start` runs out. Raises OneCaseError for an unknown rule or a naive start."""
    rule = desk.rules.rules.get(rule_id)
    if rule is None:
        raise OneCaseError(f"没有期限规则 {rule_id}。用 --list 查看全部规则。", f"There is no clock rule {rule_id!r}; --list shows all.")
    try:
        found = desk.rules.due(rule, start)
    except ValueError as error:
        raise OneCaseError(f"起算时间须带时区，例如 2026-04-29T10:00+08:00（{error}）。", str(error)) from error
    return DueResult(found.at, rule.unit, rule.article, found.provisional)


def sweep(desk: Desk, *, limit: int = 100) -> int:
    """Take the clocks whose alarm is due, oldest first, one transaction each. Returns how many made a step.

    1. read the ids of at most `limit` due alarms from the index;
    2. lock the case, then read the clock again: another worker or a completion may have been quicker;
    3. warn, or record the breach, or climb one level further; write the ledger, the record and the messages;
    4. set the next alarm, or none.
    """
    now = desk.now()
    with desk.database.reading() as session:
        found = session.execute(
            select(Clock.id, Clock.case).where(Clock.alarm_at <= now).order_by(Clock.alarm_at, Clock.id).limit(limit)
        ).all()
    return sum(_ring(desk, clock, case) for clock, case in found)


def _ring(desk: Desk, clock_id: UUID, case_id: UUID) -> bool:
    now = desk.now()
    with desk.database.transaction() as session:
        case = session.scalars(select(Case).where(Case.id == case_id).with_for_update(skip_locked=True)).first()
        if case is None:
            return False
        clock = session.get_one(Clock, clock_id, populate_existing=True)
        if clock.state != "running" or clock.alarm_at is None or clock.alarm_at > now:
            return False
        task = session.get(Task, clock.task) if clock.task else None
        _step(desk, session, case, clock, task, now)
        return True


def _step(desk: Desk, session: Session, case: Case, clock: Clock, task: Task | None, now: datetime) -> None:
    if now <= clock.due_at:
        clock.escalation, clock.alarm_at = WARNED, clock.due_at
        _note(session, clock, "warn", now, "临近期限")
        _send(desk, session, case, clock, task, "clock_nearing", [(clock.agency, task.role if task else "officer")], now)
        return
    reached = _level(desk, clock, now)
    if clock.breached_at is None:
        clock.breached_at = now
        _note(session, clock, "breach", now, f"期限 {_local(clock.due_at)} 届满未办结")
        payload = {
            "rule": clock.rule,
            "article": clock.article,
            "due": clock.due_at.isoformat(),
            "clock": str(clock.id),
            "name": task.name if task else "",
        }
        journal.write(session, case=case, kind="clock_breached", at=now, officer=None, payload=payload)
    receivers: list[tuple[str | None, str]] = []
    for level in range(max(clock.escalation, WARNED) + 1, reached + 1):
        receivers += _receivers(session, case, clock, task, level)
        if level > TOLD_AGENCY:
            _note(session, clock, "escalate", now, "升级至牵头机关" if level == TOLD_LEAD else "升级至上级机关")
    _send(desk, session, case, clock, task, "clock_breached", receivers, now)
    clock.escalation = max(reached, clock.escalation)
    clock.alarm_at = None if clock.escalation >= TOLD_SUPERIOR else _climbs_at(desk, clock, clock.escalation + 1)


def _level(desk: Desk, clock: Clock, now: datetime) -> int:
    return max(level for level in (TOLD_AGENCY, TOLD_LEAD, TOLD_SUPERIOR) if level == TOLD_AGENCY or _climbs_at(desk, clock, level) < now)


def _climbs_at(desk: Desk, clock: Clock, level: int) -> datetime:
    return due_after(desk.rules.calendar, clock.due_at, (level - TOLD_AGENCY) * CLIMB, "working_day").at


def _receivers(session: Session, case: Case, clock: Clock, task: Task | None, level: int) -> list[tuple[str | None, str]]:
    people = Directory(session)
    if level == TOLD_AGENCY:
        return list(dict.fromkeys([(clock.agency, task.role if task else "officer"), (clock.agency, "head")]))
    if level == TOLD_LEAD:
        leads = [part.agency.code for part in participants_of(session, people, case) if part.capacity == "lead"]
        return [(lead, "officer") for lead in leads if lead != clock.agency]
    superior = people.refs[clock.agency or case.agency].parent
    return [(superior, "officer"), (superior, "supervisor")] if superior else []


def _send(
    desk: Desk,
    session: Session,
    case: Case,
    clock: Clock,
    task: Task | None,
    kind: str,
    receivers: Iterable[tuple[str | None, str]],
    now: datetime,
) -> None:
    rule = desk.rules.rules.get(clock.rule)
    name = rule.name if rule else Text(clock.rule)
    step = Text(task.name, task.name_en) if task else name
    over = kind == "clock_breached"
    for agency, role in dict.fromkeys(receivers):
        if agency is None:
            continue
        message = Message(
            kind=kind,
            to_agency=agency,
            to_role=role,
            subject=Text(
                f"{'超期' if over else '临期'}：{step.zh}（{case.number}）",
                f"{'Overdue' if over else 'Nearly due'}: {step.local('en')} ({case.number})",
            ),
            text=Text(
                f"{name.zh}，依据{clock.article}，期限 {_local(clock.due_at)}。",
                f"{name.local('en')}, {clock.article}, due {_local(clock.due_at)}.",
            ),
        )
        # One key per clock, kind and receiver: however often the sweep runs, nobody is told twice.
        posting.post(
            session,
            key=f"{kind}:{clock.id}:{agency}:{role}",
            message=message,
            case=case.id,
            task=clock.task,
            officer=task.assignee if task and role == task.role and agency == task.agency else None,
            at=now,
        )


def _note(session: Session, clock: Clock, kind: str, at: datetime, reason: str) -> None:
    session.add(ClockEntry(clock=clock.id, kind=kind, at=at, reason=reason, basis=clock.article))


def _local(moment: datetime) -> str:
    return moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
