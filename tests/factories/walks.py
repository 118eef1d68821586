"""Walking a bundle on the real engine without a database: people's answers are given, services are the real handlers or stand-ins."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from handlers import TABLE
from workflows.contracts import AdRefusal, AgencyRef, HandlerCall, HandlerResult, ParticipantChange, ParticipantRef, Text
from workflows.engine.bundle import Bundle
from workflows.engine.running_case import RunningCase, Waiting
from workflows.facts import Facts
from workflows.rulebook import jurisdiction
from workflows.working_days import CHINA

NOW = datetime(2026, 3, 2, 9, tzinfo=CHINA)
ANY_CASE = UUID(int=1)
MAX_AUTOMATIC = 100
REFUSAL = AdRefusal("虚构·受限", "", date(2026, 5, 1), date(2027, 5, 1), "广告法第五十五条", "试〔2026〕9号")
"""The only refusal that the registers of a walk know; it holds for everybody who applies while it lasts."""


@cache
def agencies() -> tuple[AgencyRef, ...]:
    """The agencies of the demonstration."""
    return tuple(
        AgencyRef(row["code"], row["function"], row["level"], Text(row["name"], row["name_en"]), row["parent"], row["region"])
        for row in jurisdiction("demo")["agencies"]
    )


class Directory:
    """The registers of a handler, without a database."""

    def agencies(self) -> tuple[AgencyRef, ...]:
        return agencies()

    def cases_of_subject(self, name: str, code: str) -> tuple[Any, ...]:
        return ()

    def called(self, term: str, otherwise: Text) -> Text:
        return otherwise

    def cases_led_by(self, agency: str) -> int:
        return 0

    def subjects_like(self, name: str, code: str) -> tuple[Any, ...]:
        return ()

    def penalties_of(self, name: str, code: str) -> tuple[Any, ...]:
        return ()

    def penalties_in_case(self) -> tuple[Any, ...]:
        return ()

    def ad_violations_of(self, name: str, code: str) -> tuple[Any, ...]:
        return ()

    def ad_refusal_on(self, name: str, code: str, day: date) -> AdRefusal | None:
        return REFUSAL if REFUSAL.since <= day <= REFUSAL.until else None

    def matter(self, code: str) -> None:
        return None

    def qualification(self, username: str) -> None:
        return None

    def children(self) -> tuple[Any, ...]:
        return ()


@cache
def _alone(bundle: Bundle, process: str) -> Bundle:
    return replace(bundle, process=process)


Stand = Callable[[HandlerCall], HandlerResult]


@dataclass
class Walk:
    """A case on the engine alone. `saving`: it is saved and restored after every step."""

    bundle: Bundle
    services: Mapping[str, Stand]
    participants: tuple[ParticipantRef, ...] = ()
    facts: Facts = field(default_factory=Facts)
    saving: bool = False
    steps: int = 0
    running: RunningCase = field(init=False)

    def __post_init__(self) -> None:
        self.running = RunningCase.start(self.bundle, self.facts)
        self._drive()

    @classmethod
    def of(
        cls, bundle: Bundle, services: Mapping[str, Stand], *, process: str = "", takes_part: Mapping[str, str] | None = None, **more: Any
    ) -> Walk:
        """A walk of `process` alone, with agencies by capacity."""
        by_code = {ref.code: ref for ref in agencies()}
        parts = tuple(ParticipantRef(by_code[code], capacity) for capacity, code in (takes_part or {}).items())
        return cls(_alone(bundle, process or bundle.process), services, parts, **more)

    def people(self) -> list[Waiting]:
        """Who is waited for, in an order that does not depend on ids."""
        return sorted(self.running.people(), key=lambda token: (token.process, token.element.id, token.branch))

    def waits(self) -> list[tuple[str, str, str]]:
        """(process, element, branch) of every token that waits for a person."""
        return [(token.process, token.element.id, token.branch) for token in self.people()]

    def news(self) -> list[tuple[str, str, str, str]]:
        """(message, process, element, branch) of all news that is waited for."""
        return sorted((found.element.message.zh, found.process, found.element.id, found.branch) for found in self.running.events())

    def timers(self) -> list[Waiting]:
        """The timer events that wait, in an order that does not depend on ids."""
        return sorted(self.running.timers(), key=lambda token: (token.process, token.element.id, token.branch))

    def moves(self) -> list[str]:
        """What can happen next, each as one of `answer`, `report`, `expire`, in the order of `people`, `news` and `timers`."""
        return ["answer"] * len(self.people()) + ["report"] * len(self.news()) + ["expire"] * len(self.timers())

    def look(self) -> tuple[Any, ...]:
        """Everything of the case that a person could see, free of ids."""
        marks = {home: (sorted(mark.tokens.items()), sorted(mark.done)) for home, mark in self.running.marks().items()}
        waits = [(token.process, token.element.id, token.branch) for token in self.timers()]
        return self.waits(), sorted(marks.items()), self.running.closed, self.running.stuck, self.known(), self.news(), waits

    def known(self) -> dict[str, dict[str, Any]]:
        """The facts by branch."""
        return {"": dict(self.facts.view()), **{branch: dict(facts) for branch, facts in self.facts.branches().items()}}

    def answer(self, number: int, answers: Mapping[str, Any]) -> None:
        """The person at the `number`-th waiting task answers."""
        token = self.people()[number]
        self.facts.set(token.branch, answers)
        self.running.complete(token.id)
        self._drive()

    def move(self, number: int, answers: Mapping[str, Any]) -> None:
        """The `number`-th of `moves` happens; `answers` are those of a person."""
        people, news = len(self.people()), len(self.news())
        if number < people:
            self.answer(number, answers)
        elif number < people + news:
            message, _, _, branch = self.news()[number - people]
            self.report(message, branch)
        else:
            self.expire(number - people - news)

    def report(self, message: str, branch: str = "") -> None:
        """Somebody reports news."""
        self.running.report(message, branch)
        self._drive()

    def expire(self, number: int = 0) -> None:
        """The clock of the `number`-th waiting timer runs out."""
        self.running.expire(self.timers()[number].id)
        self._drive()

    def fork(self, blob: bytes = b"") -> Walk:
        """The same case once more, through its blob (`blob` where it is saved already): what one does leaves the other as it is."""
        other = copy.copy(self)
        other.facts = Facts(copy.deepcopy(self.known()))
        other.running = RunningCase.restore(self.bundle, other.facts, blob or self.running.save())
        return other

    def _drive(self) -> None:
        self.steps += 1
        self._perhaps_restored()
        for _ in range(MAX_AUTOMATIC):
            waiting = self.running.automatic()
            if waiting is None:
                return
            self._serve(waiting)
            self.running.finish(waiting.id)
            self._perhaps_restored()
        raise AssertionError("services without end")

    def _perhaps_restored(self) -> None:
        if self.saving:
            twin = self.fork()
            self.facts, self.running = twin.facts, twin.running

    def _serve(self, waiting: Waiting) -> None:
        if waiting.element.decision:
            table = self.bundle.tables[waiting.element.decision]
            self.facts.set(waiting.branch, table.decide(self.facts.view(waiting.branch)))
            return
        call = HandlerCall(
            service=waiting.element.service,
            case_id=ANY_CASE,
            case_number="试〔2026〕1号",
            case_title="试验",
            element=waiting.element.id,
            scope=waiting.branch,
            now=NOW,
            facts=self.facts.view(waiting.branch),
            branches=self.facts.branches(),
            participants=self.participants,
            registers=Directory(),
        )
        result = self.services[waiting.element.service](call)
        self.facts.set(waiting.branch, result.facts)
        self._keeps_its_word(waiting.element.service, result)
        for change in result.participants:
            self._take_part(change)

    def _keeps_its_word(self, key: str, result: HandlerResult) -> None:
        """What a service of the TABLE sets and whom it lets take part is what its row says: the path oracle believes it."""
        if key in TABLE:
            service = TABLE[key]
            assert set(result.facts) <= service.provides
            assert all(result.facts[fact] in values for fact, values in service.values.items() if fact in result.facts)
            assert {change.capacity for change in result.participants if not change.ends} <= service.joins

    def _take_part(self, change: ParticipantChange) -> None:
        kept = [part for part in self.participants if (part.agency.code, part.capacity) != (change.agency, change.capacity)]
        if change.capacity in {"lead", "candidate"}:
            kept = [part for part in kept if part.capacity != change.capacity]
        joined = [] if change.ends else [ParticipantRef(next(ref for ref in agencies() if ref.code == change.agency), change.capacity)]
        self.participants = (*kept, *joined)
