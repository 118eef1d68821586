"""A clock in the hand of an officer who may pause, resume or extend it: what is allowed, and what the ledger then says.

Whose clock: the head (or who presides) of the agency that has it; its legal reviewer may pause and resume, which only states what
the law excludes; to extend is the head's decision (行政强制法 第二十五条第一款; 行政处罚程序规章).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from workflows import access, journal, ledger
from workflows.clock_rules import Ground, Rule
from workflows.contracts import Text
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.errors import GateClosed, NotAllowed, NotFound, WrongAnswers
from workflows.records import Case, Clock, ClockEntry, Task
from workflows.step import bundle_of
from workflows.views import Officer
from workflows.working_days import CHINA

HEADS = frozenset({"head", "presiding"})
MAY: Mapping[str, frozenset[str]] = {"pause": HEADS | {"legal"}, "resume": HEADS | {"legal"}, "extend": HEADS}
"""Roles that may do it, in the agency that has the clock."""
LONGEST_REASON = 300
PUBLISHED = Text("放假安排已公布，期限重新计算", "The year's holidays are published; the term is counted anew")


@dataclass(frozen=True)
class Hands:
    """A clock under its case's lock, with its rule and its ledger."""

    desk: Desk
    session: Session
    people: Directory
    officer: Officer | None
    """None for what nobody decided: a calendar that was published."""
    case: Case
    clock: Clock
    rule: Rule
    entries: Sequence[ClockEntry]
    now: datetime

    @property
    def ledger(self) -> ledger.Ledger:
        """What the ledger says now."""
        return ledger.read(self.clock, self.entries)


def take(desk: Desk, session: Session, officer: Officer, clock_id: UUID, verb: str) -> Hands:
    """The clock, its case locked. Raises NotFound, NotAllowed (not the officer's clock, or not the role), GateClosed (stopped)."""
    clock, people = session.get(Clock, clock_id), Directory(session)
    if clock is None:
        raise NotFound
    case = access.find_case(session, people, officer, clock.case, lock=True)
    session.refresh(clock)
    rule = desk.rules.rules.get(clock.rule)
    if rule is None or clock.agency != officer.agency.code or not officer.roles & MAY[verb]:
        raise NotAllowed(*REFUSED[verb])
    if clock.state == "stopped":
        raise GateClosed("该期限已停止，不再计算。", "This clock has stopped.", article=clock.article)
    return _hands(desk, session, people, officer, case, clock, rule)


def found(desk: Desk, session: Session, case_id: UUID, clock_id: UUID) -> Hands | None:
    """The clock in nobody's hand, its case locked; None while somebody works on the case, or for a rule that is no longer there."""
    locked = select(Case).where(Case.id == case_id).options(defer(Case.state)).with_for_update(skip_locked=True)
    case = session.scalars(locked).first()
    clock = session.get(Clock, clock_id) if case else None
    rule = desk.rules.rules.get(clock.rule) if clock else None
    return _hands(desk, session, Directory(session), None, case, clock, rule) if case and clock and rule else None


def _hands(desk: Desk, session: Session, people: Directory, officer: Officer | None, case: Case, clock: Clock, rule: Rule) -> Hands:
    entries = session.scalars(select(ClockEntry).where(ClockEntry.clock == clock.id)).all()
    return Hands(desk, session, people, officer, case, clock, rule, entries, desk.now())


REFUSED = {
    "pause": ("只有承担该期限的机关的负责人或者法制审核人员可以暂停计算。", "Only the head or the legal reviewer of the agency that has the clock may pause it."),
    "resume": (
        "只有承担该期限的机关的负责人或者法制审核人员可以恢复计算。",
        "Only the head or the legal reviewer of the agency that has the clock may resume it.",
    ),
    "extend": ("延长期限须由承担该期限的机关的负责人批准。", "Only the head of the agency that has the clock may extend it."),
}  # fmt: skip


def allowed(officer: Officer, clock: Clock, rule: Rule | None, entries: Sequence[ClockEntry], now: datetime) -> tuple[str, ...]:
    """The verbs that the officer may use on the clock now: the buttons that are drawn."""
    if rule is None or clock.agency != officer.agency.code or clock.state == "stopped":
        return ()
    open_ = {"resume"} if clock.state == "paused" else set()
    if clock.state == "running" and now <= clock.due_at:
        open_ |= {"pause"} if rule.excludes else set()
        open_ |= {"extend"} if any(_left(ground, entries) for ground in rule.extends) else set()
    return tuple(verb for verb, roles in MAY.items() if verb in open_ and officer.roles & roles)


def pause(hands: Hands, ground: Ground, reason: str) -> None:
    """Time does not count from now on."""
    _in_time(hands)
    if hands.clock.state == "paused":
        raise GateClosed("该期限已经暂停计算。", "This clock is paused already.", article=hands.clock.article)
    hands.clock.state, hands.clock.alarm_at = "paused", None
    _enter(hands, "pause", f"{ground.name.zh}：{reason}", basis=ground.article)
    _retime(hands)
    _record(hands, "clock_paused", basis=ground.article, reason=reason)


def resume(hands: Hands, reason: str) -> None:
    """Time counts again; the due moment moves by what was excluded."""
    if hands.clock.state != "paused":
        raise GateClosed("该期限没有暂停，无须恢复。", "This clock is not paused.", article=hands.clock.article)
    hands.clock.state = "running"
    _settle(hands, _enter(hands, "resume", reason, basis=""))
    _record(hands, "clock_resumed", basis="", reason=reason)


def extend(hands: Hands, ground: Ground, length: int, reason: str) -> None:
    """The term is `length` units longer."""
    _in_time(hands)
    if hands.clock.state == "paused":
        raise GateClosed("暂停计算期间不能延长，请先恢复计算。", "A paused clock is resumed before it is extended.", article=ground.article)
    if not _left(ground, hands.entries):
        raise GateClosed(
            f"以“{ground.name.zh}”延长的次数已用完（{ground.times} 次）。",
            f"It may be extended on this ground {ground.times} time(s) only.",
            article=ground.article,
        )
    if not 1 <= length <= ground.by:
        raise WrongAnswers({"length": (f"延长不得超过 {ground.by}（{ground.article}）。", f"At most {ground.by} ({ground.article}).")})
    hands.clock.length += length
    _settle(hands, _enter(hands, "extend", f"{ground.name.zh}：{reason}", basis=ground.article, units=length))
    _record(hands, "clock_extended", basis=ground.article, reason=reason, length=length)


def recount(hands: Hands) -> bool:
    """Count once more a clock that reached into a year without a calendar. Says whether it was: its last day is certain now.

    Raises nothing; a clock that is still provisional, stopped or already breached stays as it is.
    """
    clock = hands.clock
    settled = clock.provisional and clock.state != "stopped" and clock.breached_at is None
    if not settled or ledger.due(hands.desk.rules, hands.rule, hands.ledger).provisional:
        return False
    _settle(hands, _enter(hands, "recount", PUBLISHED.zh, basis=clock.article))
    _record(hands, "clock_recounted", basis="", reason=PUBLISHED.zh)
    return True


def reason_of(text: str) -> str:
    """The reason as it is kept. Raises WrongAnswers when there is none."""
    reason = text.strip().replace("\x00", "")
    if not reason:
        raise WrongAnswers({"reason": ("请写明理由。", "Say why.")})
    if len(reason) > LONGEST_REASON - 100:
        raise WrongAnswers({"reason": ("理由不得超过 200 字。", "At most 200 characters.")})
    return reason


def ground_of(rule: Rule, grounds: Sequence[Ground], basis: str, verb: Text) -> Ground:
    """The ground `basis` of the rule. Raises GateClosed when the rule knows no ground at all, WrongAnswers when not this one."""
    found = next((ground for ground in grounds if ground.basis == basis), None)
    if found is not None:
        return found
    if not grounds:
        raise GateClosed(
            f"“{rule.name.zh}”的期限依法不得{verb.zh}。", f"The law does not let “{rule.name.en}” be {verb.en}.", article=rule.article
        )
    offered_zh = "；".join(f"{ground.name.zh}（{ground.basis}）" for ground in grounds)
    offered_en = "; ".join(f"{ground.name.en} ({ground.basis})" for ground in grounds)
    raise WrongAnswers({"basis": (f"请选择法定事由：{offered_zh}。", f"Choose one of the grounds: {offered_en}.")})


def _in_time(hands: Hands) -> None:
    if hands.clock.state == "running" and hands.now > hands.clock.due_at:
        raise GateClosed(
            "期限已经届满，不能再暂停或者延长。", "The term has ended; it can no longer be paused or extended.", article=hands.clock.article
        )


def _left(ground: Ground, entries: Sequence[ClockEntry]) -> int:
    used = sum(entry.kind == "extend" and entry.basis == ground.article and entry.reason.startswith(ground.name.zh) for entry in entries)
    return max(ground.times - used, 0)


def _settle(hands: Hands, entry: ClockEntry) -> None:
    """Due and warning follow from the ledger with its new line; the light is green or yellow again, and the sweep looks anew."""
    clock, rules = hands.clock, hands.desk.rules
    known = ledger.read(clock, [*hands.entries, entry])
    found = ledger.due(rules, hands.rule, known)
    clock.due_at, clock.provisional = found.at, found.provisional
    clock.warn_at = ledger.warn_at(rules, hands.rule, known)
    clock.escalation, clock.alarm_at = 0, None if clock.state == "paused" else clock.warn_at
    _retime(hands)


def _retime(hands: Hands) -> None:
    """What is due by this clock is due anew: its own task when the clock is, a task of the case when the first of its clocks is.

    While time does not count, nobody is late.
    """
    case, session, clock = hands.case, hands.session, hands.clock
    open_tasks = select(Task).where(Task.case == case.id, Task.state == "open")
    if clock.task is not None:
        for task in session.scalars(open_tasks.where(Task.id == clock.task)):
            _due(task, [clock])
        return
    diagrams = bundle_of(session, case.digest).diagrams
    timed = select(Clock.task).where(Clock.case == case.id, Clock.task.is_not(None))
    of_case = session.scalars(select(Clock).where(Clock.case == case.id, Clock.task.is_(None))).all()
    for task in session.scalars(open_tasks.where(Task.id.not_in(timed))):
        due_by = diagrams[task.process].elements[task.element].due_by
        if clock.rule in due_by:
            _due(task, [one for one in of_case if one.rule in due_by])


def _due(task: Task, clocks: Sequence[Clock]) -> None:
    first = min((clock for clock in clocks if clock.state == "running"), key=lambda clock: clock.due_at, default=None)
    task.due_at, task.warn_at = (first.due_at, first.warn_at) if first else (None, None)


def _enter(hands: Hands, kind: str, reason: str, *, basis: str, units: int | None = None) -> ClockEntry:
    entry = ClockEntry(
        id=uuid4(),
        clock=hands.clock.id,
        kind=kind,
        at=hands.now,
        reason=reason[:LONGEST_REASON],
        basis=basis,
        officer=hands.officer.id if hands.officer else None,
        units=units,
    )
    hands.session.add(entry)
    return entry


def _record(hands: Hands, kind: str, *, basis: str, reason: str, length: int | None = None) -> None:
    clock = hands.clock
    payload = {
        "clock": str(clock.id),
        "rule": clock.rule,
        "name": hands.rule.name.zh,
        "name_en": hands.rule.name.en,
        "article": clock.article,
        "basis": basis,
        "reason": reason,
        **({"length": length} if length else {}),
        **({} if clock.state == "paused" else {"due": clock.due_at.astimezone(CHINA).isoformat(timespec="seconds")}),
    }
    journal.write(hands.session, case=hands.case, kind=kind, at=hands.now, officer=hands.officer, payload=payload)
