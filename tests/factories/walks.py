"""Walking a bundle on the real engine without a database: people's answers are given, services are the real handlers or stand-ins."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from handlers import TABLE
from workflows.contracts import AdRefusal, AgencyRef, HandlerResult, ParticipantRef, Text
from workflows.engine.bundle import Bundle
from workflows.engine.running_case import RunningCase, Waiting
from workflows.facts import Facts
from workflows.rulebook import jurisdiction
from workflows.trying.rehearsal import EmptyRegisters, Rehearsal, Stand
from workflows.working_days import CHINA

NOW = datetime(2026, 3, 2, 9, tzinfo=CHINA)
REFUSAL = AdRefusal("虚构·受限", "", date(2026, 5, 1), date(2027, 5, 1), "广告法第五十五条", "试〔2026〕9号")
"""The only refusal that the registers of a walk know; it holds for everybody who applies while it lasts."""


@cache
def agencies() -> tuple[AgencyRef, ...]:
    """The agencies of the demonstration."""
    return tuple(
        AgencyRef(row["code"], row["function"], row["level"], Text(row["name"], row["name_en"]), row["parent"], row["region"])
        for row in jurisdiction("demo")["agencies"]
    )


class Directory(EmptyRegisters):
    """The registers of a handler, without a database."""

    def __init__(self) -> None:
        super().__init__(agencies())

    def agencies(self) -> tuple[AgencyRef, ...]:
        return agencies()

    def ad_refusal_on(self, name: str, code: str, day: date) -> AdRefusal | None:
        return REFUSAL if REFUSAL.since <= day <= REFUSAL.until else None


@cache
def _alone(bundle: Bundle, process: str) -> Bundle:
    return replace(bundle, process=process)


@dataclass
class Walk(Rehearsal):
    """A case on the engine alone. `saving`: it is saved and restored after every step."""

    registers: Any = field(default_factory=Directory)
    now: datetime = NOW
    saving: bool = False

    @classmethod
    def of(
        cls, bundle: Bundle, services: Mapping[str, Stand], *, process: str = "", takes_part: Mapping[str, str] | None = None, **more: Any
    ) -> Walk:
        """A walk of `process` alone, with agencies by capacity."""
        by_code = {ref.code: ref for ref in agencies()}
        parts = tuple(ParticipantRef(by_code[code], capacity) for capacity, code in (takes_part or {}).items())
        return cls(_alone(bundle, process or bundle.process), services, participants=parts, **more)

    def waits(self) -> list[tuple[str, str, str]]:
        """(process, element, branch) of every token that waits for a person."""
        return [(token.process, token.element.id, token.branch) for token in self.people()]

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

    def fork(self, blob: bytes = b"") -> Walk:
        """The same case once more, through its blob (`blob` where it is saved already): what one does leaves the other as it is."""
        other = copy.copy(self)
        other.facts = Facts(copy.deepcopy(self.known()))
        other.running = RunningCase.restore(self.bundle, other.facts, blob or self.running.save())
        return other

    def _rested(self) -> None:
        if self.saving:
            twin = self.fork()
            self.facts, self.running = twin.facts, twin.running

    def _take(self, waiting: Waiting, result: HandlerResult) -> None:
        self._keeps_its_word(waiting.element.service, result)
        super()._take(waiting, result)

    def _keeps_its_word(self, key: str, result: HandlerResult) -> None:
        """What a service of the TABLE sets and whom it lets take part is what its row says: the path oracle believes it."""
        if key in TABLE:
            service = TABLE[key]
            assert set(result.facts) <= service.provides
            assert all(result.facts[fact] in values for fact, values in service.values.items() if fact in result.facts)
            assert {change.capacity for change in result.participants if not change.ends} <= service.joins
