"""Every process of a bundle in every situation that it is called in, on the real engine, and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from workflows.contracts import Service
from workflows.engine.bundle import Bundle
from workflows.oracle.domains import Domains
from workflows.oracle.exploring import Explored, Explorer
from workflows.oracle.faults import Fault
from workflows.oracle.reading import MUST_BE_GIVEN, Reading, part
from workflows.oracle.rules import Rule
from workflows.oracle.stepping import Move, Node, Plan, Standing
from workflows.oracle.supposing import Choice, Known, written_down

MAX_STATES = 60_000
NOTHING: Mapping[str, str] = {}


class BoundHit(Exception):
    """There are more states than the oracle looks at."""


@dataclass
class Proof:
    """What the oracle found. `bounded`: there are more states than it looked at, so what it did not find may still be there."""

    faults: list[tuple[Fault, tuple[Move, ...]]] = field(default_factory=list)
    visited: set[tuple[str, str]] = field(default_factory=set)
    never: list[tuple[str, str]] = field(default_factory=list)
    """(process, element or flow) that no path comes to; empty when `bounded`."""
    states: int = 0
    situations: int = 0
    bounded: bool = False


@dataclass
class _Situation:
    """A process as it was called once: what it saw, and the first state that called it."""

    process: str
    caller: Node | None
    above: _Situation | None
    explored: Explored = field(default_factory=Explored)


class Oracle:
    """Proves one bundle."""

    def __init__(
        self,
        bundle: Bundle,
        *,
        services: Mapping[str, Service],
        rules: tuple[Rule, ...] = (),
        ensured: Mapping[str, str] = NOTHING,
        obligations: frozenset[str] = frozenset(),
        watch: Callable[[int], None] = lambda _: None,
        most: int = MAX_STATES,
    ) -> None:
        """`services`: what service tasks may call, with the facts that each sets and the parts that it gives.

        `ensured`: gate → the condition that holds once a step has passed it. `obligations`: the clocks that bind an agency. `watch` is told the number of states so far and may raise to stop; `most` is the number of states after which the proof is bounded.
        """
        domains = Domains(bundle, (*(expression for rule in rules for expression in rule.expressions()), *ensured.values()))
        reading = Reading(bundle, domains, services, rules, ensured)
        self._plan = Plan(bundle, domains, reading, services, rules, ensured, obligations)
        self._watch = watch
        self._most = most
        self._situations: dict[str, _Situation] = {}
        self._proof = Proof()

    def prove(self, process: str = "") -> Proof:
        """Explore the bundle's main process, or another as if it were that."""
        main = process or self._plan.bundle.process
        try:
            self._explore(main, self._at_the_beginning(main), self._first_standing(), None, None, root=True)
        except BoundHit:
            self._proof.bounded = True
        for situation in self._situations.values():
            self._collect(situation)
        if not self._proof.bounded:
            self._proof.never = self._never(main)
        self._proof.situations = len(self._situations)
        return self._proof

    def _at_the_beginning(self, process: str) -> dict[tuple[str, str], object]:
        """Nothing is known of a case that a person opens; one that is opened by a service may know anything."""
        if self._plan.bundle.starters:
            return {}
        live = self._plan.reading.ahead(process, self._plan.bundle.diagrams[process].start.id)
        known: dict[tuple[str, str], object] = {("", part(capacity)): True for capacity in MUST_BE_GIVEN if part(capacity) in live}
        anything = self._plan.domains.anything
        return known | {("", fact): Choice((*anything(fact), None)) for fact in sorted(live & self._plan.domains.routing)}

    def _first_standing(self) -> Standing:
        return Standing(frozenset())

    def _explore(
        self, process: str, known: Known, standing: Standing, caller: Node | None, above: _Situation | None, *, root: bool
    ) -> Explored:
        key = _key(process, known, standing)
        if key in self._situations:
            return self._situations[key].explored  # where it calls itself nothing is found yet, and nothing comes of that
        situation = self._situations[key] = _Situation(process, caller, above)

        def outcomes(called: str, seen: Known, there: Standing, node: Node) -> Explored:
            return self._explore(called, seen, there, node, situation, root=False)

        explorer = Explorer(self._plan, process, outcomes, self._count, root=root)
        situation.explored = explorer.found
        return explorer.explore(known, standing)

    def _count(self) -> None:
        self._proof.states += 1
        self._watch(self._proof.states)
        if self._proof.states >= self._most:
            raise BoundHit

    def _collect(self, situation: _Situation) -> None:
        explored = situation.explored
        self._proof.visited |= explored.visited
        known = {(fault.rule, fault.process, fault.element, fault.detail) for fault, _ in self._proof.faults}
        for fault in explored.faults:
            if (fault.rule, fault.process, fault.element, fault.detail) not in known:
                self._proof.faults.append((fault, (*_way_to(situation), *fault.node.path())))

    def _never(self, main: str) -> list[tuple[str, str]]:
        bundle = self._plan.bundle
        return [
            (process, name)
            for process in bundle.reading_order
            if process == main or process in {situation.process for situation in self._situations.values()}
            for name in (*bundle.diagrams[process].elements, *(flow.id for flow in bundle.diagrams[process].flows))
            if (process, name) not in self._proof.visited
        ]


def _way_to(situation: _Situation) -> tuple[Move, ...]:
    if situation.caller is None or situation.above is None:
        return ()
    return (*_way_to(situation.above), *situation.caller.path())


def _key(process: str, known: Known, standing: Standing) -> str:
    facts = sorted((branch, fact, written_down(value)) for (branch, fact), value in known.items())
    at = (sorted(standing.clocks), standing.branched)
    return json.dumps([process, facts, at], ensure_ascii=False)
