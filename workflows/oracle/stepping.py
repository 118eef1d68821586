"""One step of a supposed case on the real engine, and what there is of the case besides the engine's own state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from workflows import forms
from workflows.contracts import Service
from workflows.engine.bundle import Bundle
from workflows.engine.diagram import Element
from workflows.engine.elements import EngineError
from workflows.engine.running_case import RunningCase
from workflows.oracle.deciding import decide, is_plain
from workflows.oracle.domains import Domains
from workflows.oracle.reading import MUST_BE_GIVEN, Reading, mark, part
from workflows.oracle.rules import Rule
from workflows.oracle.supposing import Place, Supposed, written_down

MAX_AUTOMATIC = 100


Wrote = dict[str, set[str]]
"""Facts of the whole case that were written, each with what stands for what was written: an element, or the value that a service always says."""


@dataclass(frozen=True)
class Standing:
    """What a supposed case has besides tokens and facts: which clocks run."""

    clocks: frozenset[str]
    branched: bool = False
    """Whether it goes on in a branch of a multi-instance stage."""


@dataclass(frozen=True)
class Move:
    """What happened.

    `begin`: the case began; `answer`: a person answered; `report`: news came; `expire`: a clock ran out; `call`: a called process is over.
    """

    what: str
    process: str
    element: str
    branch: str = ""
    decided: tuple[tuple[str, Any], ...] = ()
    """Facts that the step depended on, with the values that were supposed."""
    inside: Node | None = None
    """How the called process went."""


@dataclass(eq=False)
class Node:
    """A state, and how it was reached."""

    blob: bytes
    known: dict[Place, Any]
    standing: Standing
    before: Node | None
    move: Move
    closed: bool
    key: str = ""
    further: list[Node] = field(default_factory=list)

    def path(self) -> list[Move]:
        """From the beginning of the process to here."""
        found, node = [], self
        while node.before is not None:
            found.append(node.move)
            node = node.before
        return [node.move, *reversed(found)]


@dataclass(frozen=True)
class Plan:
    """What is explored and what is known about it, once for a bundle."""

    bundle: Bundle
    domains: Domains
    reading: Reading
    services: Mapping[str, Service]
    rules: tuple[Rule, ...]
    ensured: Mapping[str, str]
    """Gate → the condition that holds whenever a step has passed it."""
    obligations: frozenset[str]
    """Clocks that bind an agency: a case should not end while one of them runs."""


class Impossible(Exception):
    """A gate of the server lets nobody take this step."""


class Trial:
    """One step on the engine under suppositions."""

    def __init__(self, plan: Plan, process: str, facts: Supposed, standing: Standing) -> None:
        self.plan = plan
        self.process = process
        self.facts = facts
        self.standing = standing
        self.wrote: Wrote = {}
        self.broken: list[Rule] = []

    def finish(self, element: Element, branch: str) -> None:
        """What finishing an element does beside the tokens: clocks, parts, rules."""
        at = self.standing
        clocks = (at.clocks - set(element.ends)) | ({element.starts_clock} - {""})
        for rule in self.plan.rules:
            marked, broken = rule.goes_on(self.is_marked(rule), self.process, element, partial(self.facts.holds, branch=branch))
            self._mark(rule, marked=marked)
            if broken:
                self.broken.append(rule)
        self.standing = Standing(clocks, at.branched)
        self._note_writes(element, branch)

    def is_marked(self, rule: Rule) -> bool:
        """How far a rule has come in this case, which stands among what is known of it."""
        return bool(self.facts.known.get(("", mark(rule.id))))

    def _mark(self, rule: Rule, *, marked: bool) -> None:
        if marked:
            self.facts.known["", mark(rule.id)] = True
        else:
            self.facts.known.pop(("", mark(rule.id)), None)

    def answer(self, element: Element, branch: str) -> None:
        """A person answers the form: every field that routes becomes a choice."""
        for component in forms.inputs(self.plan.bundle.forms.get(element.form, {})):
            fact = forms.key_of(component)
            if fact in self.plan.domains.routing:
                hidden = forms.from_feel(self.plan.domains.hides.get(fact, ""))
                self.facts.free(branch, fact, self.plan.domains.answers(component), hidden=hidden)
        if element.gate in self.plan.ensured and not self.facts.holds(self.plan.ensured[element.gate], branch):
            raise Impossible

    def drive(self, running: RunningCase) -> None:
        """Services and tables answer until the case rests."""
        for _ in range(MAX_AUTOMATIC):
            waiting = running.automatic()
            if waiting is None:
                return
            element = waiting.element
            if element.decision:
                self._decide(element, waiting.branch)
            if element.service in self.plan.services:
                self._serve(self.plan.services[element.service], waiting.branch)
            self.finish(element, waiting.branch)
            running.finish(waiting.id)
        raise EngineError("services without end")

    def _note_writes(self, element: Element, branch: str) -> None:
        """What a branch writes is its own; what a service always says twice over is no loss."""
        service = self.plan.services.get(element.service)
        for fact in self.plan.reading.writes(element) if not branch else ():
            values = service.values.get(fact, ()) if service else ()
            said = written_down(values[0]) if len(values) == 1 else f"{self.process}/{element.id}"
            if not fact.startswith("@"):
                self.wrote.setdefault(fact, set()).add(said)

    def _serve(self, service: Service, branch: str) -> None:
        for fact in service.provides & self.plan.domains.routing:
            self.facts.free(branch, fact, service.values.get(fact) or self.plan.domains.anything(fact))
        for capacity in service.joins & MUST_BE_GIVEN:
            self.facts.fix("", part(capacity), value=True)

    def _decide(self, element: Element, branch: str) -> None:
        table = self.plan.bundle.tables[element.decision]
        told = self.plan.domains.routing.intersection(table.outputs)
        if is_plain(table):
            for fact, value in decide(table, self.facts, branch, told).items():
                self.facts.fix(branch, fact, value)
            return
        for fact in told:
            self.facts.free(branch, fact, self.plan.domains.column(table, fact))
