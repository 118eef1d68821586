"""Clocks: what a rule gives from a moment, the ledger of one that runs, and the sweep that notices what ran out.

A clock that runs out decides nothing (domain R1): the breach is recorded, the people that its rule names are told, and it climbs.
After a downtime each clock makes one step, not a storm. A clock is paused, resumed and extended only on the grounds of its rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import structlog
from sqlalchemy import Row, or_, select
from sqlalchemy.orm import defer

from workflows import advance, happenings, in_hand, winding
from workflows.clock_rows import clock_rows
from workflows.clock_rules import Rule
from workflows.contracts import Text
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.errors import OneCaseError, Unavailable
from workflows.records import Case, Clock, Task
from workflows.ringing import ring
from workflows.step import begin
from workflows.telling import Place
from workflows.views import ClockRow, Officer
from workflows.winding import Hands

log = structlog.get_logger()


@dataclass(frozen=True)
class OtherDue:
    """The due moment by the reading that is not followed here."""

    due: datetime
    counting: str
    provisional: bool


@dataclass(frozen=True)
class DueResult:
    """When a rule runs out, with the article that says so. `alternative`: where the law is open on holidays, the other reading."""

    due: datetime
    unit: str
    article: str
    provisional: bool
    counting: str
    alternative: OtherDue | None = None


def rules(desk: Desk) -> tuple[Rule, ...]:
    """Every clock rule of this release, as this jurisdiction has it."""
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
    except OverflowError as error:
        raise OneCaseError("起算时间超出可计算的范围。", "The start is too far away to count from.") from error
    other = desk.rules.other_counting(rule)
    instead = desk.rules.due(rule, start, counting=other) if other else None
    return DueResult(
        found.at,
        rule.unit,
        rule.article,
        found.provisional,
        desk.rules.counting(rule),
        OtherDue(instead.at, other, instead.provisional) if other and instead else None,
    )


def pause(desk: Desk, officer: Officer, clock_id: UUID, *, reason: str, basis: str) -> ClockRow:
    """Stop counting on a ground that the rule's `excludes` names (testing, hearing, announcement …); the record says why.

    For the head or the legal reviewer of the agency that has the clock. Raises NotFound, NotAllowed, GateClosed, WrongAnswers.
    """
    with desk.database.transaction() as session:
        hands = winding.take(desk, session, officer, clock_id, "pause")
        ground = winding.ground_of(hands.rule, hands.rule.excludes, basis, Text("暂停计算", "paused"))
        winding.pause(hands, ground, winding.reason_of(reason))
        return _row(hands)


def resume(desk: Desk, officer: Officer, clock_id: UUID, *, reason: str) -> ClockRow:
    """Count again; what was excluded moves the due moment. Raises NotFound, NotAllowed, GateClosed, WrongAnswers."""
    with desk.database.transaction() as session:
        hands = winding.take(desk, session, officer, clock_id, "resume")
        winding.resume(hands, winding.reason_of(reason))
        return _row(hands)


def extend(desk: Desk, officer: Officer, clock_id: UUID, *, reason: str, basis: str, length: int | None = None) -> ClockRow:
    """Lengthen the term on a ground that the rule's `extends` names, by `length` of its units (without one: as far as it goes).

    For the head of the agency that has the clock. Raises NotFound, NotAllowed, GateClosed, WrongAnswers.
    """
    with desk.database.transaction() as session:
        hands = winding.take(desk, session, officer, clock_id, "extend")
        ground = winding.ground_of(hands.rule, hands.rule.extends, basis, Text("延长", "extended"))
        winding.extend(hands, ground, ground.by if length is None else length, winding.reason_of(reason))
        return _row(hands)


def _row(hands: Hands) -> ClockRow:
    hands.session.flush()
    return clock_rows(hands.session, hands.people, hands.desk, [hands.clock], hands.officer)[0]


def sweep(desk: Desk, *, limit: int = 100) -> int:
    """Let clocks whose alarm is due make one step each, oldest first, until `limit` steps are made. Returns how many.

    1. read the next due alarms from the index, in order, and put those of one case together;
    2. lock the case unless somebody works on it, and read its clocks again: a completion or another worker may have been quicker;
    3. warn, or record the breach, or climb one level further; write the ledger, the record and the messages; the clock of a timer event
       that has run out moves the case on instead, in a transaction of its own;
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


def recount(desk: Desk) -> int:
    """Count once more every clock whose last day was provisional, after a calendar was published. Returns how many are certain now.

    A case that somebody works on is left for the next time; it costs a look at the clocks that run, so it is done when a worker begins.
    """
    provisional = select(Clock.id, Clock.case).where(Clock.provisional, Clock.state != "stopped", Clock.breached_at.is_(None))
    with desk.database.reading() as session:
        found = session.execute(provisional.order_by(Clock.case, Clock.id)).all()
    return sum(_recount(desk, case, clock) for clock, case in found)


def _recount(desk: Desk, case_id: UUID, clock_id: UUID) -> bool:
    with desk.database.transaction() as session:
        hands = winding.found(desk, session, case_id, clock_id)
        return hands is not None and winding.recount(hands)


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
        over = {clock.id for clock in clocks if clock.task is None and now > clock.due_at}
        fires = over & happenings.timers_of(session, case) if over else set()
        for clock in clocks:
            if clock.id not in fires:
                task = session.get(Task, clock.task) if clock.task else None
                ring(desk, Place(session, people, case, clock, task), now)
        stepped = len(clocks) - len(fires)
    return stepped + sum(_fire(desk, case_id, timer) for timer in sorted(fires))


def _fire(desk: Desk, case_id: UUID, timer: UUID) -> bool:
    """The clock of a timer event has run out: the case goes on. Says whether it did; a case that rests goes on when it is awake again."""
    with desk.database.transaction() as session:
        locked = select(Case).where(Case.id == case_id).options(defer(Case.state)).with_for_update(skip_locked=True)
        case, clock = session.scalars(locked).first(), session.get(Clock, timer)
        if case is None or case.status != "open" or clock is None or clock.state != "running":
            return False
        people, rule = Directory(session), desk.rules.rules.get(clock.rule)
        if rule is None or not rule.setting:  # the law's own limit: a breach, whatever the diagram makes of it
            ring(desk, Place(session, people, case, clock, None), desk.now())
        session.flush()
        hand = in_hand.take_case(session.connection(), case_id)
        assert hand is not None
        step = begin(desk, people, hand, None)
        waiting = next((event for event in step.running.timers() if event.id == timer), None)
        if waiting is None:
            return False
        advance.expire(step, waiting)
        return True
