"""One step of one clock whose alarm has come: it warns, or its breach is recorded and told, or the breach climbs further.

A clock that runs out decides nothing (domain R1). Who is told stands in its rule, step by step.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from workflows import journal, posting
from workflows.clock_rules import LADDER, Rule
from workflows.contracts import Message, Text
from workflows.desk import Desk
from workflows.records import ClockEntry
from workflows.telling import NAMES, Place, Receiver, receivers
from workflows.working_days import CHINA
from workflows.working_days import due as due_after

WARNED = 1
JUST_AFTER = timedelta(microseconds=1)
"""The last moment still belongs to the term, so the alarm is the one after."""
CLIMB = 1
"""Working days between two steps of a rule's `tells` (an internal setting, no statute)."""


def ring(desk: Desk, place: Place, now: datetime) -> None:
    """Let the clock make the one step that is due at `now`, and set its next alarm or none."""
    clock = place.clock
    if now <= clock.due_at:
        clock.escalation, clock.alarm_at = WARNED, clock.due_at + JUST_AFTER
        note(place, "warn", now, "临近期限")
        _send(desk, place, "clock_nearing", receivers(place, ["officer"]), now)
        return
    rule = desk.rules.rules.get(clock.rule)
    if clock.breached_at is None:
        clock.breached_at = now
        _record(place, rule, now)
    steps = rule.tells if rule else LADDER
    reached = _reached(desk, place, len(steps), now)
    told: list[Receiver] = []
    for number in range(max(clock.escalation - WARNED, 0), reached):
        told += receivers(place, steps[number])
        if number:
            note(place, "escalate", now, "升级告知" + "、".join(NAMES[who].zh for who in steps[number]))
    _send(desk, place, "clock_breached", told, now)
    clock.escalation = max(WARNED + reached, clock.escalation)
    clock.alarm_at = None if reached >= len(steps) else _climbs_at(desk, place, reached) + JUST_AFTER


def note(place: Place, kind: str, at: datetime, reason: str) -> None:
    """One line of the clock's ledger that no officer wrote."""
    place.session.add(ClockEntry(clock=place.clock.id, kind=kind, at=at, reason=reason, basis=place.clock.article))


def _record(place: Place, rule: Rule | None, now: datetime) -> None:
    clock = place.clock
    note(place, "breach", now, f"期限 {_local(clock.due_at)} 届满未办结")
    name = Text(place.task.name, place.task.name_en) if place.task else rule.name if rule else Text("")
    payload = {
        "rule": clock.rule,
        "article": clock.article,
        "due": clock.due_at.isoformat(),
        "clock": str(clock.id),
        "name": name.zh,
        "name_en": name.en,
    }
    journal.write(place.session, case=place.case, kind="clock_breached", at=now, officer=None, payload=payload)


def _reached(desk: Desk, place: Place, steps: int, now: datetime) -> int:
    """How many steps of `tells` are due at `now`: the first at once."""
    return max(number for number in range(1, steps + 1) if number == 1 or _climbs_at(desk, place, number - 1) < now)


def _climbs_at(desk: Desk, place: Place, done: int) -> datetime:
    """When the step after the first `done` ones is due."""
    return due_after(desk.rules.calendar, place.clock.due_at, done * CLIMB, "working_day").at


def _send(desk: Desk, place: Place, kind: str, told: Iterable[Receiver], now: datetime) -> None:
    clock, task, case = place.clock, place.task, place.case
    rule = desk.rules.rules.get(clock.rule)
    name = rule.name if rule else Text(clock.rule)
    step = Text(task.name, task.name_en) if task else name
    word = _word(kind, rule)
    follows = rule.on_breach if rule and kind == "clock_breached" else Text("")
    term = f"{clock.id}:{clock.due_at:%y%m%d%H%M}" if kind == "clock_nearing" else clock.id
    for agency, role in dict.fromkeys(told):
        message = Message(
            kind=kind,
            to_agency=agency,
            to_role=role,
            subject=Text(f"{word.zh}：{step.zh}（{case.number}）", f"{word.en}: {step.local('en')} ({case.number})"),
            text=Text(
                f"{name.zh}，依据{clock.article}，期限 {_local(clock.due_at)}。{follows.zh and follows.zh + '。'}",
                f"{name.local('en')}, {clock.article}, due {_local(clock.due_at)}. {follows.en and follows.en + '.'}".strip(),
            ),
        )
        # One key per clock, kind and receiver: however often the sweep runs, nobody is told twice. A term that was paused or extended
        # is another one, and nears its end again.
        posting.post(
            place.session,
            key=f"{kind}:{term}:{agency}:{role}",
            message=message,
            case=case.id,
            task=clock.task,
            officer=task.assignee if task and role == task.role and agency == task.agency else None,
            at=now,
        )


def _word(kind: str, rule: Rule | None) -> Text:
    if kind == "clock_nearing":
        return Text("临期", "Nearly due")
    # What binds the party, or ends an effect, is nobody's delay.
    return Text("超期", "Overdue") if rule is None or rule.binds == "agency" else Text("期满", "Expired")


def _local(moment: datetime) -> str:
    return moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
