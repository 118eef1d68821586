"""A token game of our small diagrams in plain Python, written from the semantics of BPMN: it knows neither SpiffWorkflow nor the oracle.

A case is tokens and facts. A token stands at a task, at an event, on a flow before a join, or is a subprocess or a called process with tokens of its own.
Every state of the whole case is enumerated, called processes interleaved with what is under way beside them; every fact has the value that was answered.
News that does not interrupt comes at most twice on a path.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.factories.diagrams import Node, Scope, _flow_id, _read

TWICE = 2
MOST = 40_000
Token = tuple[Any, ...]
"""("at", node), ("on", node, number of the flow), or ("in", node, tokens of what is inside)."""
Facts = tuple[tuple[str, str], ...]


@dataclass
class Seen:
    """What happened on any path."""

    states: int = 0
    visited: set[tuple[str, str]] = field(default_factory=set)
    deadlocks: set[str] = field(default_factory=set)
    """Processes that come to a state in which nothing of theirs can move."""
    livelock: bool = False
    twice: set[tuple[str, str]] = field(default_factory=set)
    together: set[tuple[str, frozenset[str]]] = field(default_factory=set)
    """Tasks and calls that are under way at the same time."""


class Drawing:
    """The processes of a bundle as they were written down, with `writes`: form → facts, each with the values that it may get."""

    def __init__(self, processes: Mapping[str, str], writes: Mapping[str, Mapping[str, tuple[str, ...]]]) -> None:
        self.roots = {name: _read(words.strip().splitlines(), 0)[0] for name, words in processes.items()}
        self.writes = writes

    def nodes(self, scope: Scope) -> dict[str, Node]:
        return {node.id: node for node in scope.nodes}

    def start(self, scope: Scope) -> str:
        return next(node.id for node in scope.nodes if node.kind == "start")

    def elements(self) -> Iterator[tuple[str, str]]:
        """Every element and flow of every process."""
        left = list(self.roots.items())
        while left:
            process, scope = left.pop()
            yield from ((process, node.id) for node in scope.nodes)
            yield from ((process, _flow_id(scope, number)) for number in range(len(scope.flows)))
            left += [(process, node.inner) for node in scope.nodes if node.inner]

    def size(self) -> int:
        """The number of elements."""
        return sum(len(scope.nodes) for root in self.roots.values() for scope in self._scopes(root))

    def joins(self) -> bool:
        """Whether anything is joined."""
        return any(node.kind == "and" for root in self.roots.values() for scope in self._scopes(root) for node in scope.nodes)

    def spins(self) -> bool:
        """Whether gateways alone make a circle: nobody acts in it, so it is no state of a case."""
        for scope in (scope for root in self.roots.values() for scope in self._scopes(root)):
            left = {node.id for node in scope.nodes if node.kind in {"xor", "and"}}
            while gone := {name for name in left if not any(source == name and target in left for source, target, _ in scope.flows)}:
                left -= gone
            if left:
                return True
        return False

    def written_by(self, process: str, name: str, visited: set[tuple[str, str]]) -> set[str]:
        """The facts that a task writes, or everything that was gone over in a call."""
        node = next(node for scope in self._scopes(self.roots[process]) for node in scope.nodes if node.id == name)
        if node.kind != "call":
            return set(self.writes.get(node.attributes.get("form", ""), {})) if node.kind == "user" else set()
        drawn = {one.id for scope in self._scopes(self.roots[node.called]) for one in scope.nodes}
        inside = drawn & {name for within, name in visited if within == node.called}
        return {fact for one in inside for fact in self.written_by(node.called, one, visited)}

    def _scopes(self, scope: Scope) -> list[Scope]:
        return [scope, *(one for node in scope.nodes if node.inner for one in self._scopes(node.inner))]

    def main_road(self, process: str) -> set[str]:
        """What the case itself comes to, without the roads that news begins beside it."""
        found: set[str] = set()
        left = [(self.roots[process], self.start(self.roots[process]))]
        while left:
            scope, name = left.pop()
            if name in found:
                continue
            found.add(name)
            node = self.nodes(scope)[name]
            left += [(scope, target) for source, target, _ in scope.flows if source == name]
            left += [(scope, event.id) for event in _edge(scope, name) if event.attributes.get("cancel") != "false"]
            left += [(node.inner, self.start(node.inner))] if node.inner else []
        return found


def _edge(scope: Scope, name: str) -> list[Node]:
    return [node for node in scope.nodes if node.kind == "boundary" and node.attributes["on"] == name]


class Game:
    """All that can happen."""

    def __init__(self, drawing: Drawing, main: str = "main") -> None:
        self.drawing = drawing
        self.main = main
        self.seen = Seen()
        self._more_news = False
        """Whether news could come once more than the bound lets it."""

    def play(self) -> Seen:
        begin = self._settled(self.main, self.drawing.roots[self.main], self._born(self.main, self.drawing.roots[self.main], {}), {})
        first = (begin, (), ())
        further: dict[Any, set[Any]] = {}
        rests: list[Any] = []
        left = [first]
        while left:
            state = left.pop()
            if state in further:
                continue
            assert len(further) < MOST, "too many states for this game"
            self._look(self.main, self.drawing.roots[self.main], state[0])
            self._more_news = False
            further[state] = set(self._moves(state))
            if not further[state] and not self._more_news:
                rests.append(state)
            left += further[state]
        self.seen.states = len(further)
        self.seen.livelock = _never_rests(further, rests)
        return self.seen

    # ---------- tokens

    def _born(self, process: str, scope: Scope, facts: Mapping[str, str]) -> list[Token]:
        start = self.drawing.start(scope)
        self.seen.visited.add((process, start))
        return self._leave(process, scope, start, facts)

    def _leave(self, process: str, scope: Scope, name: str, facts: Mapping[str, str]) -> list[Token]:
        """The tokens once a token leaves `name` on all its flows."""
        return [token for number, flow in enumerate(scope.flows) if flow[0] == name for token in self._enter(process, scope, number, facts)]

    def _enter(self, process: str, scope: Scope, number: int, facts: Mapping[str, str]) -> list[Token]:
        name = scope.flows[number][1]
        node = self.drawing.nodes(scope)[name]
        self.seen.visited.add((process, _flow_id(scope, number)))
        if node.kind in {"user", "catch", "event"}:
            return [("at", name)]
        if node.kind in {"sub", "call"}:
            return [self._begun(process, node, facts)]
        if node.kind == "and" and sum(flow[1] == name for flow in scope.flows) > 1:
            return [("on", name, number)]
        self.seen.visited.add((process, name))
        if node.kind == "xor":
            return self._enter(process, scope, self._chosen(scope, name, facts), facts)
        return self._leave(process, scope, name, facts)

    def _begun(self, process: str, node: Node, facts: Mapping[str, str]) -> Token:
        """A subprocess, or a called process, at its beginning; a call is reached even where it never comes back."""
        if node.inner:
            return ("in", node.id, self._settled(process, node.inner, self._born(process, node.inner, facts), facts))
        self.seen.visited.add((process, node.id))
        root = self.drawing.roots[node.called]
        return ("in", node.id, self._settled(node.called, root, self._born(node.called, root, facts), facts))

    def _chosen(self, scope: Scope, name: str, facts: Mapping[str, str]) -> int:
        default = -1
        for number, (source, _, condition) in enumerate(scope.flows):
            if source == name and condition and _holds(condition, facts):
                return number
            if source == name and not condition:
                default = number
        return default

    def _settled(self, process: str, scope: Scope, tokens: list[Token], facts: Mapping[str, str]) -> tuple[Token, ...]:
        """The tokens once every join that can go on went on, and everything inside that is over is left."""
        while True:
            for token in tokens:
                if token[0] == "in" and not token[2]:
                    tokens = [*_less(tokens, [token]), *self._over(process, scope, token[1], facts)]
                    break
                if token[0] == "on":
                    needed = [("on", token[1], number) for number, flow in enumerate(scope.flows) if flow[1] == token[1]]
                    if not Counter(needed) - Counter(tokens):
                        self.seen.visited.add((process, token[1]))
                        tokens = [*_less(tokens, needed), *self._leave(process, scope, token[1], facts)]
                        break
            else:
                return tuple(sorted(tokens, key=repr))

    def _over(self, process: str, scope: Scope, name: str, facts: Mapping[str, str]) -> list[Token]:
        self.seen.visited.add((process, name))
        return self._leave(process, scope, name, facts)

    # ---------- steps

    def _moves(self, state: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        tokens, facts, news = state
        root = self.drawing.roots[self.main]
        for changed, written, event in self._steps(self.main, root, tokens, dict(facts), dict(news)):
            told = dict(news)
            if event:
                told[event] = told.get(event, 0) + 1
            yield changed, tuple(sorted(written.items())), tuple(sorted(told.items()))

    def _steps(
        self, process: str, scope: Scope, tokens: tuple[Token, ...], facts: dict[str, str], news: Mapping[Any, int]
    ) -> Iterator[tuple[tuple[Token, ...], dict[str, str], Any]]:
        """Tokens of the scope and facts after each thing that can happen in it; the news that does not interrupt, if it was such."""
        for token in dict.fromkeys(tokens):
            rest = _less(list(tokens), [token])
            if token[0] == "at":
                for name, written in self._done(scope, token[1], facts):
                    self.seen.visited |= {(process, token[1]), (process, name)}
                    if name != token[1]:
                        self.seen.visited |= {
                            (process, _flow_id(scope, number)) for number, flow in enumerate(scope.flows) if flow[:2] == (token[1], name)
                        }
                    yield self._settled(process, scope, [*rest, *self._leave(process, scope, name, written)], written), written, None
            if token[0] == "in":
                yield from self._inside(process, scope, token, rest, facts, news)
            if token[0] in {"at", "in"}:
                yield from self._news(process, scope, token, (tokens, rest), facts, news)

    def _done(self, scope: Scope, name: str, facts: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
        """(which element is done, facts then)."""
        node = self.drawing.nodes(scope)[name]
        if node.kind == "event":
            yield from ((target, facts) for source, target, _ in scope.flows if source == name)
            return
        answered = [facts]
        for fact, values in self.drawing.writes.get(node.attributes.get("form", ""), {}).items():
            answered = [{**before, fact: value} for before in answered for value in values]
        yield from ((name, written) for written in answered)

    def _inside(
        self, process: str, scope: Scope, token: Token, rest: list[Token], facts: dict[str, str], news: Mapping[Any, int]
    ) -> Iterator[tuple[tuple[Token, ...], dict[str, str], Any]]:
        node = self.drawing.nodes(scope)[token[1]]
        within, inner = (process, node.inner) if node.inner else (node.called, self.drawing.roots[node.called])
        for changed, written, event in self._steps(within, inner, token[2], facts, news):
            yield self._settled(process, scope, [*rest, ("in", token[1], changed)], written), written, event

    def _news(
        self,
        process: str,
        scope: Scope,
        token: Token,
        around: tuple[tuple[Token, ...], list[Token]],
        facts: dict[str, str],
        news: Mapping[Any, int],
    ) -> Iterator[tuple[tuple[Token, ...], dict[str, str], Any]]:
        tokens, rest = around
        for event in _edge(scope, token[1]):
            beside = event.attributes.get("cancel") == "false"
            if beside and news.get((process, event.id), 0) >= TWICE:
                self._more_news = True
            else:
                self.seen.visited.add((process, event.id))
                left = [*tokens] if beside else rest
                changed = self._settled(process, scope, [*left, *self._leave(process, scope, event.id, facts)], facts)
                yield changed, facts, (process, event.id) if beside else None

    # ---------- what is looked at

    def _look(self, process: str, scope: Scope, tokens: tuple[Token, ...]) -> None:
        under_way = Counter(self._under_way(process, scope, tokens))
        main = self.drawing.main_road(process)
        self.seen.twice |= {(process, name) for name, often in under_way.items() if often > 1 and name in main}
        self.seen.together |= {(process, frozenset({one, other})) for one in under_way for other in under_way if one != other}
        if tokens and not self._can_move(scope, tokens):
            self.seen.deadlocks.add(process)

    def _under_way(self, process: str, scope: Scope, tokens: tuple[Token, ...]) -> Iterator[str]:
        for token in tokens:
            node = self.drawing.nodes(scope)[token[1]]
            if token[0] == "in" and node.inner:
                yield from self._under_way(process, node.inner, token[2])
            elif token[0] == "in":
                self._look(node.called, self.drawing.roots[node.called], token[2])
                yield token[1]
            elif node.kind == "user":
                yield token[1]

    def _can_move(self, scope: Scope, tokens: tuple[Token, ...]) -> bool:
        """Whether anything of these tokens can move; what is called is another process's matter."""
        for token in tokens:
            node = self.drawing.nodes(scope)[token[1]]
            if token[0] == "at" or node.kind == "call" or (_edge(scope, token[1]) and token[0] == "in"):
                return True
            if token[0] == "in" and self._can_move(node.inner, token[2]):
                return True
        return False


def _holds(condition: str, facts: Mapping[str, str]) -> bool:
    """`f == "yes"` and `f == "no"`, joined by `and`."""
    for part in condition.split(" and "):
        fact, _, value = part.partition(" == ")
        if facts.get(fact.strip()) != value.strip().strip('"'):
            return False
    return True


def _less(tokens: list[Token], gone: list[Token]) -> list[Token]:
    left = list(tokens)
    for token in gone:
        left.remove(token)
    return left


def _never_rests(further: Mapping[Any, set[Any]], last: list[Any]) -> bool:
    """Whether there is a state from which no road leads to one of `last`, where nothing more can happen."""
    behind: dict[Any, list[Any]] = {}
    for state, following in further.items():
        for one in following:
            behind.setdefault(one, []).append(state)
    left = list(last)
    rests = set(left)
    while left:
        for state in behind.get(left.pop(), ()):
            if state not in rests:
                rests.add(state)
                left.append(state)
    return len(rests) < len(further)
