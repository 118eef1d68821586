"""Clocks: what a rule gives from a moment, and the sweep that notices what ran out.

A clock that runs out decides nothing (domain R1): the breach is recorded, the people are told, and it climbs: officer and head,
then the lead agency, then the superior. After a downtime each clock makes one step, not a storm.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import structlog
from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session, defer

from workflows import journal, posting
from workflows.contracts import Message, Text
from workflows.desk import Desk
from workflows.directory import Directory, participants_of
from workflows.errors import OneCaseError, Unavailable
from workflows.records import Case, Clock, ClockEntry, Task
from workflows.rulebook import Rule
from workflows.working_days import CHINA
from workflows.working_days import due as due_after

log = structlog.get_logger()

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
    """Let clocks whose alarm is due make one step each, oldest first, until `limit` steps are made. Returns how many.

    1. read the next due alarms from the index, in order, and put those of one case together;
    2. lock the case unless somebody works on it, and read its clocks again: a completion or another worker may have been quicker;
    3. warn, or record the breach, or climb one level further; write the ledger, the record and the messages;
    4. set the next alarm, or none; commit.

    A clock that cannot make its step is logged and passed over: it stays due, is tried again by the next sweep, and holds up nobody.
    """
    now = desk.now()
    made, after = 0, (datetime.min.replace(tzinfo=UTC), UUID(int=0))
    while made < limit and (found := _due(desk, now, after, limit - made)):
        by_case: dict[UUID, list[UUID]] = {}
        for _, clock, case in found:
            by_case.setdefault(case, []).append(clock)
        made += sum(_ring(desk, case, alarms) for case, alarms in by_case.items())
        after = (found[-1].alarm_at, found[-1].id)
    return made


def _due(desk: Desk, now: datetime, after: tuple[datetime, UUID], limit: int) -> Sequence[Row[datetime | None, UUID, UUID]]:
    at, last = after
    query = select(Clock.alarm_at, Clock.id, Clock.case).where(Clock.alarm_at <= now)
    query = query.where(Clock.alarm_at >= at, or_(Clock.alarm_at > at, Clock.id > last))
    with desk.database.reading() as session:
        return session.execute(query.order_by(Clock.alarm_at, Clock.id).limit(limit)).all()


def _ring(desk: Desk, case_id: UUID, alarms: Sequence[UUID]) -> int:
    try:
        return _ring_together(desk, case_id, alarms)
    except Unavailable:
        raise  # it is no fault of the clock's
    except Exception:
        if len(alarms) == 1:
            log.exception("clock_cannot_step", clock=str(alarms[0]), case=str(case_id))
            return 0
        return sum(_ring(desk, case_id, [alarm]) for alarm in alarms)


def _ring_together(desk: Desk, case_id: UUID, alarms: Sequence[UUID]) -> int:
    now = desk.now()
    with desk.database.transaction() as session:
        locked = select(Case).where(Case.id == case_id).options(defer(Case.state)).with_for_update(skip_locked=True)
        case = session.scalars(locked).first()
        if case is None:
            return 0
        still = select(Clock).where(Clock.id.in_(alarms), Clock.state == "running", Clock.alarm_at <= now)
        clocks = session.scalars(still.order_by(Clock.alarm_at, Clock.id)).all()
        people = Directory(session)
        for clock in clocks:
            task = session.get(Task, clock.task) if clock.task else None
            _step(desk, session, people, case, clock, task, now)
        return len(clocks)


def _step(desk: Desk, session: Session, people: Directory, case: Case, clock: Clock, task: Task | None, now: datetime) -> None:
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
        receivers += _receivers(session, people, case, clock, task, level)
        if level > TOLD_AGENCY:
            _note(session, clock, "escalate", now, "升级至牵头机关" if level == TOLD_LEAD else "升级至上级机关")
    _send(desk, session, case, clock, task, "clock_breached", receivers, now)
    clock.escalation = max(reached, clock.escalation)
    clock.alarm_at = None if clock.escalation >= TOLD_SUPERIOR else _climbs_at(desk, clock, clock.escalation + 1)


def _level(desk: Desk, clock: Clock, now: datetime) -> int:
    return max(level for level in (TOLD_AGENCY, TOLD_LEAD, TOLD_SUPERIOR) if level == TOLD_AGENCY or _climbs_at(desk, clock, level) < now)


def _climbs_at(desk: Desk, clock: Clock, level: int) -> datetime:
    return due_after(desk.rules.calendar, clock.due_at, (level - TOLD_AGENCY) * CLIMB, "working_day").at


def _receivers(
    session: Session, people: Directory, case: Case, clock: Clock, task: Task | None, level: int
) -> list[tuple[str | None, str]]:
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
