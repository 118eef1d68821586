"""A case of a bundle on the real engine, with the real services and nobody's data: what is answered is given, and nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from workflows.contracts import AgencyRef, HandlerCall, HandlerResult, ParticipantChange, ParticipantRef, Text
from workflows.engine.bundle import Bundle
from workflows.engine.running_case import RunningCase, Waiting
from workflows.facts import Facts

ANY_CASE = UUID(int=1)
MAX_AUTOMATIC = 100
ALONE = frozenset({"lead", "candidate"})
"""Parts that one agency at a time has."""
Stand = Callable[[HandlerCall], HandlerResult]


class EmptyRegisters:
    """What a service may look up where no database is: the agencies of the place, and nothing in the registers."""

    def __init__(self, agencies: tuple[AgencyRef, ...]) -> None:
        """The agencies there are."""
        self._agencies = agencies

    def agencies(self) -> tuple[AgencyRef, ...]:
        """Every agency of the place."""
        return self._agencies

    def called(self, term: str, otherwise: Text) -> Text:  # noqa: ARG002 - the signature is the registers' own, here and below
        """The usual word."""
        return otherwise

    def cases_led_by(self, agency: str) -> int:  # noqa: ARG002
        """Nobody leads anything yet."""
        return 0

    def matter(self, code: str) -> None:
        """No matter list is in force."""

    def qualification(self, username: str) -> None:
        """Nobody is known."""

    def ad_refusal_on(self, name: str, code: str, day: date) -> Any:  # noqa: ARG002
        """No refusal is on record."""
        return None

    def _nothing(self, *_: str) -> tuple[Any, ...]:
        return ()

    cases_of_subject = subjects_like = penalties_of = ad_violations_of = penalties_in_case = children = _nothing


@dataclass
class Rehearsal:
    """A case that is only tried. `now` is the time of all that its services do; `steps` counts what happened."""

    bundle: Bundle
    services: Mapping[str, Stand]
    registers: Any
    now: datetime
    participants: tuple[ParticipantRef, ...] = ()
    facts: Facts = field(default_factory=Facts)
    steps: int = 0
    running: RunningCase = field(init=False)

    def __post_init__(self) -> None:
        """Begin the case and move it to its first rest."""
        self.running = RunningCase.start(self.bundle, self.facts)
        self._drive()

    def people(self) -> list[Waiting]:
        """Who is waited for, in an order that does not depend on ids."""
        return sorted(self.running.people(), key=_place)

    def timers(self) -> list[Waiting]:
        """The timer events that wait, in an order that does not depend on ids."""
        return sorted(self.running.timers(), key=_place)

    def news(self) -> list[tuple[str, str, str, str]]:
        """(message, process, element, branch) of all news that is waited for."""
        return sorted((found.element.message.zh, found.process, found.element.id, found.branch) for found in self.running.events())

    def answer(self, number: int, answers: Mapping[str, Any]) -> None:
        """The person at the `number`-th waiting task answers. Raises LookupError, EngineError or whatever the services raise."""
        token = self.people()[number]
        self.facts.set(token.branch, answers)
        self._done(token)
        self.running.complete(token.id)
        self._drive()

    def report(self, message: str, branch: str = "") -> None:
        """Somebody reports news. Raises EngineError when nobody waits for it."""
        self.running.report(message, branch)
        self._drive()

    def expire(self, number: int = 0) -> None:
        """The clock of the `number`-th waiting timer runs out."""
        self.running.expire(self.timers()[number].id)
        self._drive()

    def _drive(self) -> None:
        self.steps += 1
        self._rested()
        for _ in range(MAX_AUTOMATIC):
            waiting = self.running.automatic()
            if waiting is None:
                return
            self._serve(waiting)
            self.running.finish(waiting.id)
            self._rested()
        raise AssertionError("services without end")

    def _rested(self) -> None:
        """Called whenever the engine has come to rest."""

    def _done(self, waiting: Waiting) -> None:
        """Called when a person's task or a service is done and its facts are set, before the engine goes on."""

    def _serve(self, waiting: Waiting) -> None:
        if waiting.element.decision:
            table = self.bundle.tables[waiting.element.decision]
            self.facts.set(waiting.branch, table.decide(self.facts.view(waiting.branch)))
            return
        result = self.services[waiting.element.service](self._call(waiting))
        self._take(waiting, result)
        self._done(waiting)

    def _call(self, waiting: Waiting) -> HandlerCall:
        return HandlerCall(
            service=waiting.element.service,
            case_id=ANY_CASE,
            case_number="试〔2026〕1号",
            case_title="试验",
            element=waiting.element.id,
            scope=waiting.branch,
            now=self.now,
            facts=self.facts.view(waiting.branch),
            branches=self.facts.branches(),
            participants=self.participants,
            registers=self.registers,
        )

    def _take(self, waiting: Waiting, result: HandlerResult) -> None:
        self.facts.set(waiting.branch, result.facts)
        for change in result.participants:
            self._take_part(change)

    def _take_part(self, change: ParticipantChange) -> None:
        kept = [part for part in self.participants if (part.agency.code, part.capacity) != (change.agency, change.capacity)]
        if change.capacity in ALONE:
            kept = [part for part in kept if part.capacity != change.capacity]
        known = {ref.code: ref for ref in self.registers.agencies()}
        joined = [] if change.ends else [ParticipantRef(known[change.agency], change.capacity)]
        self.participants = (*kept, *joined)


def _place(token: Waiting) -> tuple[str, str, str]:
    return token.process, token.element.id, token.branch
