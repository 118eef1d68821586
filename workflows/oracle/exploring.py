"""One process of a bundle in one situation: every state that it can come to on the real engine, each once."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from workflows.engine.decision_table import TableError
from workflows.engine.elements import EngineError
from workflows.engine.expressions import ExpressionError
from workflows.engine.one_diagram import SupposedConditions, one_diagram
from workflows.engine.running_case import RunningCase, Waiting
from workflows.oracle import faults
from workflows.oracle.faults import Fault, Found
from workflows.oracle.rules import Rule
from workflows.oracle.stepping import Impossible, Move, Node, Plan, Standing, Trial, Wrote
from workflows.oracle.supposing import Known, Supposed, Undecided, seen_from, written_down

TWICE = 2


@dataclass
class Explored:
    """What one process in one situation comes to."""

    ends: list[Node] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    visited: set[tuple[str, str]] = field(default_factory=set)
    wrote: Wrote = field(default_factory=dict)
    """What it, and what it called, wrote of the whole case."""
    states: int = 0


Outcomes = Callable[[str, Known, Standing, "Node"], Explored]
"""What a called process comes to: (process, facts as it sees them, standing, the state that calls it) → what was found."""


class Explorer:
    """Explores one process in one situation."""

    def __init__(self, plan: Plan, process: str, outcomes: Outcomes, watch: Callable[[], None], *, root: bool) -> None:
        """`watch` is called at each state and may raise to stop; at the ends of a `root` the rules are looked at."""
        self._plan = plan
        self._process = process
        self._bundle = one_diagram(plan.bundle, process)
        self._diagram = plan.bundle.diagrams[process]
        self._main_road = faults.main_road(self._diagram)
        self._outcomes = outcomes
        self._watch = watch
        self._root = root
        self.found = Explored()
        self._seen: dict[str, Node] = {}
        self._frontier: deque[Node] = deque()

    def explore(self, known: Known, standing: Standing) -> Explored:
        """Every state that follows from `known` and `standing`."""
        begin = Node(b"", dict(known), standing, None, Move("begin", self._process, ""), closed=False)
        for node in filter(None, self._all_ways(begin, begin.move, lambda trial: self._engine(trial.facts, b""))):
            node.before = None
            self._reach(node)
        stuck: set[str] = set()
        while self._frontier:
            node = self._frontier.popleft()
            self.found.states += 1
            self._watch()
            if node.closed:
                self.found.ends.append(node)
            elif not self._go_on(node):
                stuck.add(node.key)
        lost = faults.without_an_end(self._seen, [*stuck, *(end.key for end in self.found.ends)])
        if lost is not None:
            self._fault("never_ends", lost.move.element or self._diagram.start.id, lost)
        return self.found

    def _reach(self, node: Node) -> Node:
        """The state, the first one of its kind."""
        first = self._seen.setdefault(node.key, node)
        if first is node:
            self._frontier.append(node)
        return first

    def _go_on(self, node: Node) -> bool:
        """Whether anything can happen next; what can is reached."""
        blocked = False
        for further in self._moves(node):
            if further is None:
                blocked = True
            else:
                node.further.append(self._reach(further))
        if not node.further and not blocked:
            self._stuck(node)
        return bool(node.further)

    # ---------- steps

    def _moves(self, node: Node) -> Iterator[Node | None]:
        """The states after each thing that can happen next; None for a step that stops the engine (and is a fault) or a call that never ends."""
        running = self._engine(Supposed(node.known), node.blob)
        people = _in_order(running.people())
        self._note(faults.of_people(people, node, self._main_road))
        writes: list[tuple[Waiting, Wrote]] = []
        for number, token in enumerate(people):
            wrote: Wrote = {}
            yield from self._call(node, number, token, wrote) if token.element.called else self._answer(node, number, token, wrote)
            writes.append((token, wrote))
        self._note(faults.of_writes(writes, node))
        for event in _in_order(running.events()):
            if not people or running.times_done(self._process, event.element.id) < TWICE:
                yield from self._happens(node, event, "report", _reported(event))
        for number, timer in enumerate(_in_order(running.timers())):
            yield from self._happens(node, timer, "expire", _expired(number))

    def _answer(self, node: Node, number: int, token: Waiting, wrote: Wrote) -> Iterator[Node | None]:
        def act(trial: Trial) -> RunningCase:
            running = self._engine(trial.facts, node.blob)
            waiting = _in_order(running.people())[number]
            trial.answer(waiting.element, waiting.branch)
            trial.finish(waiting.element, waiting.branch)
            running.complete(waiting.id)
            return running

        return self._all_ways(node, Move("answer", self._process, token.element.id, token.branch), act, wrote)

    def _call(self, node: Node, number: int, token: Waiting, wrote: Wrote) -> Iterator[Node | None]:
        called = token.element.called
        self.found.visited.add((self._process, token.element.id))  # reached, even where it never comes back
        seen = seen_from(node.known, token.branch, self._plan.reading.touched(called))
        standing = Standing(node.standing.clocks, branched=node.standing.branched or bool(token.branch))
        explored = self._outcomes(called, seen, standing, node)
        if not token.branch:
            _join(wrote, explored.wrote)
            _join(self.found.wrote, explored.wrote)
        if not explored.ends:
            yield None
        for end in explored.ends:
            move = Move("call", self._process, token.element.id, token.branch, inside=end)
            yield from self._all_ways(node, move, partial(self._returned, node, number, end, seen))

    def _returned(self, node: Node, number: int, end: Node, seen: Known, trial: Trial) -> RunningCase:
        """The called process is over as `end` has it: what it changed of what it saw is changed here."""
        running = self._engine(trial.facts, node.blob)
        waiting = _in_order(running.people())[number]
        for fact in self._plan.reading.touched(waiting.element.called):
            if fact.startswith("#"):
                trial.facts.known.pop(("", fact), None)  # a mark that is not there any more was taken away inside
        for (_, fact), value in end.known.items():
            if ("", fact) not in seen or written_down(seen["", fact]) != written_down(value):
                trial.facts.fix("" if fact[0] in "@#" else waiting.branch, fact, value)
        trial.standing = Standing(end.standing.clocks, node.standing.branched)
        trial.finish(waiting.element, waiting.branch)
        running.complete(waiting.id)
        return running

    def _happens(self, node: Node, event: Waiting, what: str, fire: Callable[[RunningCase], None]) -> Iterator[Node | None]:
        def act(trial: Trial) -> RunningCase:
            running = self._engine(trial.facts, node.blob)
            trial.finish(event.element, event.branch)
            fire(running)
            return running

        return self._all_ways(node, Move(what, self._process, event.element.id, event.branch), act)

    def _engine(self, facts: Supposed, blob: bytes) -> RunningCase:
        """The case on the engine as it was saved, or at its beginning."""
        if not blob:
            return RunningCase.start(self._bundle, facts, SupposedConditions)  # type: ignore[arg-type]
        return RunningCase.restore(self._bundle, facts, blob, SupposedConditions)  # type: ignore[arg-type]

    def _all_ways(self, node: Node, move: Move, on: Callable[[Trial], RunningCase], wrote: Wrote | None = None) -> Iterator[Node | None]:
        """The step under every supposition that it asks for."""
        pending: list[dict[Any, Any]] = [{}]
        while pending:
            decided = pending.pop()
            trial = Trial(self._plan, self._process, Supposed(node.known, decided), node.standing)
            told = Move(
                move.what,
                move.process,
                move.element,
                move.branch,
                tuple((place[1], way) for (place, *_), way in decided.items()),
                move.inside,
            )
            try:
                running = on(trial)
                trial.drive(running)
                over = running.closed and self._root and self._broken_at_end(trial)
            except Undecided as question:
                pending += [{**decided, question.reading: way} for way in reversed(question.ways)]
                continue
            except Impossible:
                continue
            except (EngineError, ExpressionError, TableError) as error:
                self._fault("stops", move.element, _stopped(node, told), str(error))
                yield None
                continue
            for written in (self.found.wrote, *([] if wrote is None else [wrote])):
                _join(written, trial.wrote)
            found = self._node(trial, running, node, told)
            for rule in (*trial.broken, *(over or ())):
                self._fault("rule", move.element, found, rule.id)
            if found.closed and self._root and found.standing.clocks & self._plan.obligations:
                self._fault("open_clock", move.element, found, *sorted(found.standing.clocks & self._plan.obligations))
            yield found

    def _broken_at_end(self, trial: Trial) -> list[Rule]:
        return [rule for rule in self._plan.rules if rule.broken_at_end(trial.is_marked(rule), trial.facts.holds)]

    # ---------- states

    def _node(self, trial: Trial, running: RunningCase, before: Node, move: Move) -> Node:
        waiting = [*running.people(), *running.events(), *running.timers()]
        reading, tokens = self._plan.reading, running.marks().get(self._process)
        live = (
            frozenset[str]().union(
                reading.after[self._process] if running.closed else (),
                *(reading.ahead(self._process, token.element.id) for token in waiting),
                *(reading.ahead(self._process, element) for element in (tokens.tokens if tokens else ())),
            )
            | reading.always
        )
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
            sorted(at.clocks), node.closed,
        )  # fmt: skip
        return json.dumps(parts, ensure_ascii=False)

    # ---------- what is wrong

    def _stuck(self, node: Node) -> None:
        marks = self._engine(Supposed(node.known), node.blob).marks().get(self._process)
        waits = sorted(marks.tokens) if marks else []
        self._fault("waits_for_ever", waits[0] if waits else node.move.element, node)

    def _note(self, found: Iterable[Found]) -> None:
        for rule, element, node, detail in found:
            self._fault(rule, element, node, *detail)

    def _fault(self, rule: str, element: str, node: Node, *detail: str) -> None:
        known = {(fault.rule, fault.element, fault.detail) for fault in self.found.faults}
        if (rule, element, detail) not in known:
            self.found.faults.append(Fault(rule, self._process, element, node, detail))


def _in_order(waiting: Iterable[Waiting]) -> list[Waiting]:
    """In an order that does not depend on ids, each place as often as there are tokens."""
    return sorted(waiting, key=lambda token: (token.element.id, token.branch))


def _reported(event: Waiting) -> Callable[[RunningCase], None]:
    return lambda running: running.report(event.element.message.zh, event.branch)


def _expired(number: int) -> Callable[[RunningCase], None]:
    return lambda running: running.expire(_in_order(running.timers())[number].id)


def _join(wrote: Wrote, more: Wrote) -> None:
    for fact, by in more.items():
        wrote.setdefault(fact, set()).update(by)


def _stopped(node: Node, move: Move) -> Node:
    return Node(node.blob, node.known, node.standing, node, move, closed=False)
