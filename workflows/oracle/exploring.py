"""One process of a bundle in one situation: every state that it can come to on the real engine, each once."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows import forms
from workflows.contracts import Service
from workflows.engine.bundle import Bundle
from workflows.engine.decision_table import TableError
from workflows.engine.diagram import Element
from workflows.engine.elements import EngineError
from workflows.engine.expressions import ExpressionError
from workflows.engine.one_diagram import SupposedConditions, one_diagram
from workflows.engine.running_case import RunningCase, Waiting
from workflows.oracle.deciding import decide, is_plain
from workflows.oracle.domains import Domains
from workflows.oracle.reading import MUST_BE_GIVEN, Reading, part
from workflows.oracle.rules import Rule
from workflows.oracle.supposing import Choice, Known, Place, Supposed, Undecided, written_down

TWICE = 2
MAX_AUTOMATIC = 100


@dataclass(frozen=True)
class Standing:
    """What a supposed case has besides tokens and facts: which clocks run, how far each rule has come."""

    clocks: frozenset[str]
    marks: tuple[bool, ...]
    branched: bool = False
    """Whether it goes on in a branch of a multi-instance stage."""


@dataclass(frozen=True)
class Move:
    """What happened: a person answered (`answer`), news came (`report`), a clock ran out (`expire`), a process that was called is over
    (`call`), the case began (`begin`)."""

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
class Fault:
    """Something wrong at the end of a path: which rule of the oracle, on which element, and the state where it shows."""

    rule: str
    process: str
    element: str
    node: Node
    detail: tuple[str, ...] = ()


@dataclass
class Explored:
    """What one process in one situation comes to."""

    ends: list[Node] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    visited: set[tuple[str, str]] = field(default_factory=set)
    states: int = 0


@dataclass(frozen=True)
class Plan:
    """What is explored and what is known about it, once for a bundle."""

    bundle: Bundle
    domains: Domains
    reading: Reading
    services: Mapping[str, Service]
    rules: tuple[Rule, ...]


Outcomes = Callable[[str, Known, Standing, "Node"], list[Node]]
"""What a called process may come to: (process, facts as it sees them, standing, the state that calls it) → its ends."""


class _Trial:
    """One step on the engine under suppositions."""

    def __init__(self, plan: Plan, process: str, facts: Supposed, standing: Standing) -> None:
        self.plan = plan
        self.process = process
        self.facts = facts
        self.standing = standing
        self.done: list[tuple[Element, str]] = []
        self.broken: list[Rule] = []

    def finish(self, element: Element, branch: str) -> None:
        """What finishing an element does beside the tokens: clocks, parts, rules."""
        at = self.standing
        clocks = (at.clocks - set(element.ends)) | ({element.starts_clock} - {""})
        marks = []
        for rule, marked in zip(self.plan.rules, at.marks, strict=True):
            now, broken = rule.goes_on(marked, self.process, element, lambda condition: bool(self.facts.holds(condition, branch)))
            marks.append(now)
            if broken:
                self.broken.append(rule)
        self.standing = Standing(clocks, tuple(marks), at.branched)
        self.done.append((element, branch))

    def answer(self, element: Element, branch: str) -> None:
        """A person answers the form: every field that routes becomes a choice."""
        for component in forms.inputs(self.plan.bundle.forms.get(element.form, {})):
            fact = forms.key_of(component)
            if fact in self.plan.domains.routing:
                required = bool((component.get("validate") or {}).get("required")) or component["type"] == "checkbox"
                hidden = forms.from_feel(self.plan.domains.hides.get(fact, ""))
                self.facts.free(branch, fact, self.plan.domains.answers(component), hidden=hidden, optional=not required)

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

    def _serve(self, service: Service, branch: str) -> None:
        for fact in service.provides & self.plan.domains.routing:
            self.facts.free(branch, fact, self.plan.domains.anything(fact))
        for capacity in service.joins & MUST_BE_GIVEN:
            self.facts.fix("", part(capacity), value=True)

    def _decide(self, element: Element, branch: str) -> None:
        table = self.plan.bundle.tables[element.decision]
        told = self.plan.domains.routing.intersection(table.outputs)
        if told and is_plain(table):
            for fact, value in decide(table, self.facts, branch, told).items():
                self.facts.fix(branch, fact, value)
            return
        for fact in told:
            self.facts.free(branch, fact, self.plan.domains.column(table, fact))


class Explorer:
    """Explores one process in one situation."""

    def __init__(self, plan: Plan, process: str, outcomes: Outcomes, watch: Callable[[], None], *, root: bool) -> None:
        """`watch` is called at each state and may raise to stop; at the ends of a `root` the rules are looked at."""
        self._plan = plan
        self._process = process
        self._bundle = one_diagram(plan.bundle, process)
        self._diagram = plan.bundle.diagrams[process]
        self._outcomes = outcomes
        self._watch = watch
        self._root = root
        self.found = Explored()

    def explore(self, known: Known, standing: Standing) -> Explored:
        """Every state that follows from `known` and `standing`."""
        seen: dict[str, Node] = {}
        self.found.seen = seen
        stuck: set[str] = set()
        frontier: deque[Node] = deque()

        def reach(node: Node) -> Node:
            first = seen.setdefault(node.key, node)
            if first is node:
                frontier.append(node)
            return first

        begin = Node(b"", dict(known), standing, None, Move("begin", self._process, ""), closed=False)
        for node in self._tried(begin, begin.move, lambda _: None):
            node.before = None
            reach(node)
        while frontier:
            node = frontier.popleft()
            self.found.states += 1
            self._watch()
            if node.closed:
                self.found.ends.append(node)
                continue
            moves, blocked = 0, False
            for further in self._moves(node):
                if further is None:
                    blocked = True
                    continue
                moves += 1
                node.further.append(reach(further))
            if not moves:
                stuck.add(node.key)
                if not blocked:
                    self._stuck(node)
        self._endless(seen, stuck)
        return self.found

    # ---------- steps

    def _moves(self, node: Node) -> Iterator[Node | None]:
        """The states after each thing that can happen next; None for a step that stops the engine (and is a fault) or a call that never ends."""
        running = RunningCase.restore(self._bundle, Supposed(node.known), node.blob)  # type: ignore[arg-type]
        people = sorted(running.people(), key=lambda token: (token.element.id, token.branch))
        self._look_at(node, people)
        writes: list[tuple[Waiting, frozenset[str]]] = []
        for number, token in enumerate(people):
            wrote: set[str] = set()
            yield from self._call(node, number, token) if token.element.called else self._answer(node, number, token, wrote)
            if token.element.called in self._plan.bundle.diagrams:
                wrote |= self._plan.reading.written(token.element.called)
            writes.append((token, frozenset(wrote)))
        self._races(node, writes)
        for event in sorted({(event.element.message.zh, event.branch, event.element.id) for event in running.events()}):
            if not people or running.times_done(self._process, event[2]) < TWICE:
                yield from self._report(node, *event)
        timers = sorted(running.timers(), key=lambda token: (token.element.id, token.branch))
        for number, timer in enumerate(timers):
            yield from self._expire(node, number, timer)

    def _answer(self, node: Node, number: int, token: Waiting, wrote: set[str]) -> Iterator[Node | None]:
        def act(trial: _Trial, running: RunningCase) -> None:
            waiting = _sorted_people(running)[number]
            trial.answer(waiting.element, waiting.branch)
            trial.finish(waiting.element, waiting.branch)
            running.complete(waiting.id)
            wrote.update(*(self._plan.reading.writes(element) for element, _ in trial.done))

        yield from self._tried_again(node, Move("answer", self._process, token.element.id, token.branch), act)

    def _call(self, node: Node, number: int, token: Waiting) -> Iterator[Node | None]:
        called = token.element.called
        seen_there = _as_seen(node.known, token.branch, self._plan.reading.touched(called) | self._plan.reading.always)
        standing = Standing(node.standing.clocks, node.standing.marks, branched=node.standing.branched or bool(token.branch))
        ends = self._outcomes(called, seen_there, standing, node)
        if not ends:
            yield None
        for end in ends:

            def act(trial: _Trial, running: RunningCase, end: Node = end) -> None:
                waiting = _sorted_people(running)[number]
                for (_, fact), value in end.known.items():
                    if written_down(seen_there.get(("", fact))) != written_down(value):
                        trial.facts.fix(waiting.branch, fact, value)
                trial.standing = Standing(end.standing.clocks, end.standing.marks, node.standing.branched)
                trial.finish(waiting.element, waiting.branch)
                running.complete(waiting.id)

            move = Move("call", self._process, token.element.id, token.branch, inside=end)
            yield from self._tried_again(node, move, act)

    def _report(self, node: Node, message: str, branch: str, element: str) -> Iterator[Node | None]:
        def act(trial: _Trial, running: RunningCase) -> None:
            trial.finish(self._diagram.elements[element], branch)
            running.report(message, branch)

        yield from self._tried_again(node, Move("report", self._process, element, branch), act)

    def _expire(self, node: Node, number: int, timer: Waiting) -> Iterator[Node | None]:
        def act(trial: _Trial, running: RunningCase) -> None:
            waiting = sorted(running.timers(), key=lambda token: (token.element.id, token.branch))[number]
            trial.finish(waiting.element, waiting.branch)
            running.expire(waiting.id)

        yield from self._tried_again(node, Move("expire", self._process, timer.element.id, timer.branch), act)

    def _tried_again(self, node: Node, move: Move, act: Callable[[_Trial, RunningCase], None]) -> Iterator[Node | None]:
        def on(trial: _Trial) -> RunningCase:
            running = RunningCase.restore(self._bundle, trial.facts, node.blob, SupposedConditions)  # type: ignore[arg-type]
            act(trial, running)
            return running

        return self._all_ways(node, move, on)

    def _tried(self, node: Node, move: Move, _: Callable[[_Trial], None]) -> Iterator[Node]:
        def on(trial: _Trial) -> RunningCase:
            return RunningCase.start(self._bundle, trial.facts, SupposedConditions)  # type: ignore[arg-type]

        return (found for found in self._all_ways(node, move, on) if found is not None)

    def _all_ways(self, node: Node, move: Move, on: Callable[[_Trial], RunningCase]) -> Iterator[Node | None]:
        """The step under every supposition that it asks for."""
        pending: list[dict[Any, Any]] = [{}]
        while pending:
            decided = pending.pop()
            trial = _Trial(self._plan, self._process, Supposed(node.known, decided), node.standing)
            told = Move(move.what, move.process, move.element, move.branch, tuple((place[1], way) for (place, *_), way in decided.items()), move.inside)
            try:
                running = on(trial)
                trial.drive(running)
                over = running.closed and self._root and self._broken_at_end(trial)
            except Undecided as question:
                pending += [{**decided, question.reading: way} for way in reversed(question.ways)]
                continue
            except (EngineError, ExpressionError, TableError) as error:
                self._fault("stops", move.element, _stopped(node, told), str(error))
                yield None
                continue
            found = self._node(trial, running, node, told)
            for rule in (*trial.broken, *(over or ())):
                self._fault("rule", move.element, found, rule.id)
            if found.closed and self._root and found.standing.clocks:
                self._fault("open_clock", move.element, found, *sorted(found.standing.clocks))
            yield found

    def _broken_at_end(self, trial: _Trial) -> list[Rule]:
        return [rule for rule, marked in zip(self._plan.rules, trial.standing.marks, strict=True) if rule.broken_at_end(marked, lambda condition: bool(trial.facts.holds(condition)))]

    # ---------- states

    def _node(self, trial: _Trial, running: RunningCase, before: Node, move: Move) -> Node:
        waiting = [*running.people(), *running.events(), *running.timers()]
        reading, tokens = self._plan.reading, running.marks().get(self._process)
        live = frozenset[str]().union(
            reading.after[self._process] if running.closed else (),
            *(reading.ahead(self._process, token.element.id) for token in waiting),
            *(reading.ahead(self._process, element) for element in (tokens.tokens if tokens else ())),
        ) | reading.always
        branches = {token.branch for token in waiting}
        known = {
            (branch, fact): value
            for (branch, fact), value in trial.facts.known.items()
            if fact in live and (not branch or any(f"{other}/".startswith(f"{branch}/") for other in branches))
        }
        self.found.visited |= running.went_over()
        node = Node(running.save(), known, trial.standing, before, move, running.closed)
        node.key = self._key(node, running, waiting)
        return node

    def _key(self, node: Node, running: RunningCase, waiting: list[Waiting]) -> str:
        marks = running.marks().get(self._process)
        at = node.standing
        parts = (
            sorted((token.element.id, token.branch) for token in waiting),
            sorted(marks.tokens.items()) if marks else [],
            sorted((branch, fact, written_down(value)) for (branch, fact), value in node.known.items()),
            sorted(at.clocks), at.marks, node.closed,
        )  # fmt: skip
        return json.dumps(parts, ensure_ascii=False)

    # ---------- what is wrong

    def _look_at(self, node: Node, people: list[Waiting]) -> None:
        for token in people:
            element = token.element
            if element.called:
                continue
            if element.agency == "member" and not token.branch and not node.standing.branched:
                self._fault("nobody", element.id, node, element.agency)
            elif element.agency in MUST_BE_GIVEN and ("", part(element.agency)) not in node.known:
                self._fault("nobody", element.id, node, element.agency)
        standing_at = [(token.element.id, token.branch) for token in people]
        for element in sorted({place[0] for place in standing_at if standing_at.count(place) > 1}):
            self._fault("twice", element, node)

    def _races(self, node: Node, writes: list[tuple[Waiting, frozenset[str]]]) -> None:
        for number, (one, wrote) in enumerate(writes):
            for other, wrote_too in writes[number + 1 :]:
                if one.branch == other.branch and (lost := wrote & wrote_too):
                    self._fault("lost_update", one.element.id, node, other.element.id, *sorted(lost))

    def _stuck(self, node: Node) -> None:
        running = RunningCase.restore(self._bundle, Supposed(node.known), node.blob)  # type: ignore[arg-type]
        marks = running.marks().get(self._process)
        waits = sorted(marks.tokens) if marks else []
        self._fault("waits_for_ever", waits[0] if waits else node.move.element, node)

    def _endless(self, seen: Mapping[str, Node], stuck: set[str]) -> None:
        behind: dict[str, list[str]] = {}
        for key, node in seen.items():
            for further in node.further:
                behind.setdefault(further.key, []).append(key)
        left = [*stuck, *(end.key for end in self.found.ends)]
        leads_on = set(left)
        while left:
            for key in behind.get(left.pop(), ()):
                if key not in leads_on:
                    leads_on.add(key)
                    left.append(key)
        lost = [node for key, node in seen.items() if key not in leads_on]
        if lost:
            self._fault("never_ends", lost[0].move.element, lost[0])

    def _fault(self, rule: str, element: str, node: Node, *detail: str) -> None:
        known = {(fault.rule, fault.element, fault.detail) for fault in self.found.faults}
        if (rule, element, detail) not in known:
            self.found.faults.append(Fault(rule, self._process, element, node, detail))


def _sorted_people(running: RunningCase) -> list[Waiting]:
    return sorted(running.people(), key=lambda token: (token.element.id, token.branch))


def _stopped(node: Node, move: Move) -> Node:
    return Node(node.blob, node.known, node.standing, node, move, closed=False)


def _as_seen(known: Known, branch: str, facts: frozenset[str]) -> dict[Place, Any]:
    """What a process that is called in `branch` sees of `facts`, as if it were the whole case."""
    found: dict[Place, Any] = {}
    for (around, fact), value in sorted(known.items(), key=lambda item: len(item[0][0])):
        if fact in facts and (not around or f"{branch}/".startswith(f"{around}/")):
            found["", fact] = value
    return found
