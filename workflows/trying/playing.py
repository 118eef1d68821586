"""A case that somebody plays step by step: a rehearsal with a day of its own, with clocks that run and run out, and with the gates of the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from workflows import gates
from workflows.checking import clean
from workflows.choices import options_for
from workflows.clock_rules import Rule
from workflows.contracts import HandlerResult
from workflows.directory import resolve
from workflows.engine.elements import EngineError
from workflows.engine.running_case import Waiting
from workflows.forms import Options, options_named
from workflows.ticking import length_of, start_of
from workflows.trying.cast import Cast, stage
from workflows.trying.rehearsal import MAX_AUTOMATIC, Rehearsal
from workflows.views import Officer
from workflows.working_days import CHINA

LONGEST_WAIT = 3660
"""Days that may pass at once: ten years."""


@dataclass(eq=False)
class PlayedClock:
    """A clock of the play. `at` is what began it; `token` the task or timer event that it belongs to, None for the whole case."""

    rule: Rule
    due: datetime
    at: Waiting
    token: UUID | None
    rings: bool = False
    """Whether it takes the case along when it runs out: the clock of a timer event does."""
    late: bool = False


@dataclass(frozen=True)
class Lane:
    """Whose a task is in the play."""

    agency: str
    role: str


@dataclass
class Play(Rehearsal):
    """A case that is played. `cast` is who works on it; `over` is every (process, element or flow) that it went over, if it is `traced`."""

    cast: Cast = field(default_factory=stage)
    clocks: list[PlayedClock] = field(default_factory=list)
    breached: list[PlayedClock] = field(default_factory=list)
    """Clocks that ran out while their task or their case was still open, in the order in which they did."""
    traced: bool = True
    over: set[tuple[str, str]] = field(default_factory=set)
    documents: list[str] = field(default_factory=list)
    """What was issued, in its order."""
    doers: dict[str, set[UUID]] = field(default_factory=dict)
    """Element → who did it, the second officer too."""
    met: set[UUID] = field(default_factory=set)
    """Tasks and timer events whose clock has been seen to."""

    @property
    def receiving(self) -> str:
        """The agency that opened the case."""
        parts = {part.capacity: part.agency.code for part in self.participants}
        return parts.get("receiving") or next(iter(self.cast.refs))

    def lane(self, waiting: Waiting) -> Lane:
        """Whose the task is. Raises EngineError where nobody has that part in the case, as a real case does."""
        found = self.lane_of(waiting)
        if found is None:
            element = waiting.element
            raise EngineError(f"{element.id}: no agency takes part as {element.agency!r} (branch {waiting.branch!r})")
        return found

    def lane_of(self, waiting: Waiting) -> Lane | None:
        """The same, None where nobody has that part."""
        agency = resolve(waiting.element.agency, waiting.branch, self.receiving, lambda: self.participants, self.cast)
        return Lane(agency, waiting.element.role) if agency in self.cast.refs else None

    def doer(self, lane: Lane) -> Officer:
        """Who does its tasks: nobody who was recused, as long as there is another."""
        return self.cast.officer(lane.agency, lane.role, self.facts.recused())

    def form(self, waiting: Waiting) -> Mapping[str, Any]:
        """What the task asks; a task may have no form."""
        return self.bundle.forms.get(waiting.element.form) or {"type": "default", "components": []}

    def offered(self, waiting: Waiting) -> Options:
        """The lists that the form of the task names, as this case has them now."""
        lane = self.lane(waiting)
        officer = self.doer(lane)
        case = Lane(self.receiving, "")
        facts = self.facts.view(waiting.branch)
        named = options_named(self.form(waiting))
        return options_for(lambda: self.participants, self.cast, officer, case, lane, facts, self.now, self.bundle, named=named)

    def complete(self, number: int, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The person at the `number`-th waiting task finishes it as an officer would: form and gate are asked first.

        Returns the answers as they were taken. Raises WrongAnswers, GateClosed, NotAllowed, and what `answer` raises.
        """
        waiting = self.people()[number]
        given = clean(self.form(waiting), answers, self.offered(waiting))
        if waiting.element.gate:
            lane = self.lane(waiting)
            gates.GATES[waiting.element.gate](self._attempt(waiting, self.doer(lane), given))
        self.answer(number, given)
        return given

    def expire(self, number: int = 0) -> None:
        """The clock of the `number`-th waiting timer runs out: it is that moment now."""
        token = self.timers()[number]
        self.until(max((clock.due for clock in self.clocks if clock.token == token.id), default=self.now))
        super().expire(number)

    def wait(self, days: int) -> None:
        """Days pass, 1 to LONGEST_WAIT; the timer events that fall due take the case along, each at its moment. Raises EngineError."""
        until = self.now + timedelta(days=days)
        for _ in range(MAX_AUTOMATIC):
            ringing = min((clock for clock in self.clocks if clock.rings and clock.due <= until), key=lambda one: one.due, default=None)
            if ringing is None:
                return self.until(until)
            self.expire(next(number for number, token in enumerate(self.timers()) if token.id == ringing.token))
        raise EngineError("clocks run out without end")

    def until(self, moment: datetime) -> None:
        """It is `moment` now, if it was not later already: clocks of tasks and of the case that were due are breached; nothing moves."""
        self.now = max(self.now, moment)
        for clock in sorted(self.clocks, key=lambda one: one.due):
            if not clock.late and not clock.rings and clock.due < self.now:
                clock.late = True
                self.breached.append(clock)

    def _rested(self) -> None:
        if self.traced:
            self.over |= self.running.went_over()
        people, timers = self.running.people(), self.running.timers()
        there = {token.id for token in (*people, *timers)}
        self.clocks = [] if self.running.closed else [clock for clock in self.clocks if clock.token is None or clock.token in there]
        for token in timers:
            self._start(token.element.clock, token, rings=True)
        for token in people:
            if not any(clock.token is None and clock.rule.id in token.element.due_by for clock in self.clocks):
                self._start(token.element.clock, token)
        self.met |= there

    def _start(self, rule_id: str, waiting: Waiting, *, rings: bool = False) -> None:
        if waiting.id not in self.met:
            self._run(rule_id, waiting, waiting.id, rings=rings)

    def _run(self, rule_id: str, waiting: Waiting, token: UUID | None, *, rings: bool = False) -> None:
        rules = self.cast.rules
        rule = rules.rules.get(rule_id)
        if rule is None or (rule.jurisdictions and not rings and not self.cast.place.has_clock(rule)):
            return
        facts = self.facts.view(waiting.branch)
        due = rules.due(rule, start_of(rule, facts, self.now), length=length_of(rule, facts))
        self.clocks.append(PlayedClock(rule, due.at, waiting, token, rings))

    def _done(self, waiting: Waiting) -> None:
        element = waiting.element
        self.clocks = [clock for clock in self.clocks if clock.token is not None or clock.rule.id not in element.ends]
        if element.starts_clock and not any(clock.token is None and clock.rule.id == element.starts_clock for clock in self.clocks):
            self._run(element.starts_clock, waiting, None)
        if element.kind == "userTask":
            self.documents += element.documents
            self._did(waiting)

    def _did(self, waiting: Waiting) -> None:
        lane = self.lane_of(waiting)
        if lane is None:
            return
        people = {self.doer(lane).id}
        second = self.facts.view(waiting.branch).get("second_officer")
        people |= {member.id for member in self.cast.members if waiting.element.officers > 1 and member.username == second}
        self.doers.setdefault(waiting.element.id, set()).update(people)

    def _take(self, waiting: Waiting, result: HandlerResult) -> None:
        super()._take(waiting, result)
        carried = {name for message in result.messages for name in message.documents}
        self.documents += [name for name in waiting.element.documents if name in carried]

    def _attempt(self, waiting: Waiting, officer: Officer, given: Mapping[str, Any]) -> gates.Attempt:
        known = dict(self.facts.view(waiting.branch))
        paired = {one.id for diagram in self.bundle.diagrams.values() for one in diagram.elements.values() if one.officers > 1}
        return gates.Attempt(
            officer=officer,
            agency=officer.agency.code,
            role=waiting.element.role,
            branch=waiting.branch,
            answers=given,
            facts={**known, **given},
            today=self.now.astimezone(CHINA).date(),
            colleagues={
                one.username: gates.Colleague(one.username, one.agency, True, one.certificate, one.certificate_until, one.id)
                for one in self.cast.officers(officer.agency.code)
            },
            investigators=self._who_did(*paired),
            open_children=(),
            police_told={"police", "procuratorate"} <= {part.capacity for part in self.participants},
            recused=frozenset(self.facts.recused()),
            doers=self._who_did,
            registers=self.registers,
            known=known,
            rules=self.cast.rules,
        )

    def _who_did(self, *elements: str) -> frozenset[UUID]:
        return frozenset(who for element in elements for who in self.doers.get(element, ()))
