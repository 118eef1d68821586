"""Small diagrams at random: structured blocks, then some random damage. The same seed draws the same diagram.

What SpiffWorkflow is known to do otherwise than BPMN is not drawn: parallel gateways stand in a subprocess of their own or on a road without a loop.
A called process reads and writes facts of its own only, because the oracle takes a call as one step.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from tests.engine.models import YES_NO
from tests.factories.diagrams import bundle, diagram, form

FACTS = [f"q{number}" for number in range(12)]
NOTES = ("n0", "n1", "n2")
WRITES = {**{fact: {fact: ("yes", "no")} for fact in FACTS}, **{note: {note: ("",)} for note in NOTES}}
"""Form → facts with the values that they may get."""
FORMS = {
    **{fact: form({**YES_NO, "key": fact, "validate": {"required": True}}) for fact in FACTS},
    **{note: form(note) for note in NOTES},
}


@dataclass
class Lines:
    """A process being written down: nodes by scope, flows by scope."""

    nodes: list[str] = field(default_factory=list)
    flows: list[tuple[str, str, str]] = field(default_factory=list)
    inner: dict[str, Lines] = field(default_factory=dict)

    def words(self) -> str:
        out = []
        for line in self.nodes:
            name = line.split()[1]
            out += [f"{line} {{", self.inner[name].words(), "}"] if name in self.inner else [line]
        return "\n".join(
            [*out, *(f"{source} > {target}" + (f" : {condition}" if condition else "") for source, target, condition in self.flows)]
        )


class Drawer:
    """Draws one bundle."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.number = 0
        self.unused = list(FACTS)
        self.calls = self.chance.random() < 0.4

    def bundle(self) -> dict[str, str]:
        main = self._process("main", depth=3)
        processes = {"main": main}
        if any(" =one" in line for scope in _scopes(main) for line in scope.nodes):
            processes["one"] = self._process("one", depth=2)
        for _ in range(self.chance.choice([0, 1, 1, 2])):
            self._damage(self.chance.choice([scope for lines in processes.values() for scope in _scopes(lines)]))
        return {name: lines.words() for name, lines in processes.items()}

    def _new(self, kind: str) -> str:
        self.number += 1
        return f"{kind}{self.number}"

    def _process(self, name: str, depth: int) -> Lines:
        self.process = name
        lines = Lines()
        known: list[str] = []
        start, end = self._new("s"), self._new("e")
        lines.nodes += [f"start {start}", f"end {end}"]
        first, last = self._row(lines, depth, known)
        lines.flows += [(start, first, ""), (last, end, "")]
        return lines

    def _row(self, lines: Lines, depth: int, known: list[str], *, flat: bool = False) -> tuple[str, str]:
        """Some blocks one after the other: (first, last)."""
        ends = [self._block(lines, depth, known, flat=flat) for _ in range(self.chance.choice([1, 1, 2, 2, 3] if depth else [1]))]
        lines.flows += [(one[1], other[0], "") for one, other in pairwise(ends)]
        return ends[0][0], ends[-1][1]

    def _block(self, lines: Lines, depth: int, known: list[str], *, flat: bool) -> tuple[str, str]:
        if not depth:
            return self._task(lines, known)
        kinds = [self._task, self._task, self._noticed, self._awaited, self._choice]
        row = [lambda: self._exclusive(lines, depth, known), lambda: self._loop(lines, depth, known)]
        if not flat:
            row += [
                lambda: self._parallel(lines, depth, known),
                lambda: self._parallel(lines, depth, known),
                lambda: self._sub(lines, depth, known),
            ]
        if self.calls and self.process == "main" and not flat:
            row.append(lambda: self._call(lines))
        pick = self.chance.randrange(len(kinds) + len(row))
        return kinds[pick](lines, known) if pick < len(kinds) else row[pick - len(kinds)]()

    def _task(self, lines: Lines, known: list[str]) -> tuple[str, str]:
        name = self._new("t")
        if self.unused and self.chance.random() < 0.4:
            known.append(self.unused.pop())
            form = known[-1]
        else:
            form = self.chance.choice(NOTES)
        lines.nodes.append(f"user {name} form={form}")
        return name, name

    def _asked(self, lines: Lines, known: list[str]) -> tuple[str | None, str]:
        """(the task that asks, or None, the fact): a fact that is known already, or one that is asked now."""
        if known and (not self.unused or self.chance.random() < 0.3):
            return None, self.chance.choice(known)
        if not self.unused:
            return None, "q0"
        fact, name = self.unused.pop(), self._new("t")
        known.append(fact)
        lines.nodes.append(f"user {name} form={fact}")
        return name, fact

    def _exclusive(self, lines: Lines, depth: int, known: list[str]) -> tuple[str, str]:
        asks, fact = self._asked(lines, known)
        gate, merge = self._new("g"), self._new("m")
        lines.nodes += [f"xor {gate}", f"xor {merge}"]
        if asks:
            lines.flows.append((asks, gate, ""))
        for condition in (f'{fact} == "yes"', ""):
            first, last = self._row(lines, depth - 1, list(known), flat=True) if self.chance.random() < 0.8 or condition else (merge, "")
            lines.flows.append((gate, first, condition))
            lines.flows += [(last, merge, "")] if last else []
        return asks or gate, merge

    def _loop(self, lines: Lines, depth: int, known: list[str]) -> tuple[str, str]:
        back, gate = self._new("b"), self._new("g")
        lines.nodes += [f"xor {back}", f"xor {gate}"]
        first, last = self._row(lines, depth - 1, known, flat=True)
        asks, fact = self._new("t"), self.unused.pop() if self.unused else "q0"
        lines.nodes.append(f"user {asks} form={fact}")
        lines.flows += [(back, first, ""), (last, asks, ""), (asks, gate, ""), (gate, back, f'{fact} == "yes"')]
        out = self._new("m")
        lines.nodes.append(f"xor {out}")
        lines.flows.append((gate, out, ""))
        return back, out

    def _scope(self, lines: Lines, fill) -> str:
        name = self._new("sub")
        inner = lines.inner[name] = Lines()
        lines.nodes.append(f"sub {name}")
        start, end = self._new("s"), self._new("e")
        inner.nodes += [f"start {start}", f"end {end}"]
        first, last = fill(inner)
        inner.flows += [(start, first, ""), (last, end, "")]
        return name

    def _sub(self, lines: Lines, depth: int, known: list[str]) -> tuple[str, str]:
        name = self._scope(lines, lambda inner: self._row(inner, depth - 1, known))
        return self._edged(lines, name) if self.chance.random() < 0.5 else (name, name)

    def _parallel(self, lines: Lines, depth: int, known: list[str]) -> tuple[str, str]:
        def fill(inner: Lines) -> tuple[str, str]:
            split, join = self._new("p"), self._new("j")
            inner.nodes += [f"and {split}", f"and {join}"]
            for _ in range(self.chance.choice([2, 2, 3])):
                first, last = self._row(inner, depth - 1, [], flat=True)
                inner.flows += [(split, first, ""), (last, join, "")]
            after = self._task(inner, known)
            inner.flows.append((join, after[0], ""))
            return split, after[1]

        name = self._scope(lines, fill)
        return name, name

    def _call(self, lines: Lines) -> tuple[str, str]:
        name = self._new("c")
        lines.nodes.append(f"call {name} =one")
        return name, name

    def _edged(self, lines: Lines, host: str) -> tuple[str, str]:
        """News on the edge of `host`: it ends it and its road meets the main one, or it begins a road that ends by itself."""
        event, after, merge = self._new("n"), self._new("t"), self._new("m")
        lines.nodes += [f"user {after} form={self.chance.choice(NOTES)}"]
        if self.chance.random() < 0.5:
            lines.nodes += [f"boundary {event} on={host} message={event}", f"xor {merge}"]
            lines.flows += [(host, merge, ""), (event, after, ""), (after, merge, "")]
            return host, merge
        end = self._new("e")
        lines.nodes += [f"boundary {event} on={host} message={event} cancel=false", f"end {end}"]
        lines.flows += [(event, after, ""), (after, end, "")]
        return host, host

    def _noticed(self, lines: Lines, known: list[str]) -> tuple[str, str]:
        return self._edged(lines, self._task(lines, known)[0])

    def _awaited(self, lines: Lines, known: list[str]) -> tuple[str, str]:
        name = self._new("n")
        lines.nodes.append(f"catch {name} message={name}")
        return name, name

    def _choice(self, lines: Lines, known: list[str]) -> tuple[str, str]:
        gate, merge = self._new("v"), self._new("m")
        lines.nodes += [f"event {gate}", f"xor {merge}"]
        for _ in range(2):
            event, after = self._awaited(lines, known)[0], self._task(lines, [])[0]
            lines.flows += [(gate, event, ""), (event, after, ""), (after, merge, "")]
        return gate, merge

    # ---------- damage

    def _damage(self, lines: Lines) -> None:
        self.chance.choice([self._rerouted, self._rerouted, self._swapped, self._swapped, self._contradicted, self._dropped])(lines)

    def _rerouted(self, lines: Lines) -> None:
        at = self.chance.randrange(len(lines.flows))
        source, _, condition = lines.flows[at]
        target = self.chance.choice([line.split()[1] for line in lines.nodes if line.split()[0] in {"xor", "end", "and"}])
        if target != source:
            lines.flows[at] = (source, target, condition)

    def _swapped(self, lines: Lines) -> None:
        """A merge for a join, or a join for a merge."""
        incoming = [target for _, target, _ in lines.flows]
        outgoing = [source for source, _, _ in lines.flows]
        merges = [
            line
            for line in lines.nodes
            if line.split()[0] in {"xor", "and"} and incoming.count(line.split()[1]) > 1 == outgoing.count(line.split()[1])
        ]
        if merges:
            line = self.chance.choice(merges)
            kind, name = line.split()
            lines.nodes[lines.nodes.index(line)] = f"{'and' if kind == 'xor' else 'xor'} {name}"

    def _contradicted(self, lines: Lines) -> None:
        decided = [at for at, flow in enumerate(lines.flows) if flow[2]]
        if decided:
            at = self.chance.choice(decided)
            source, target, condition = lines.flows[at]
            fact = condition.split(" == ")[0]
            lines.flows[at] = (
                source,
                target,
                self.chance.choice([f'{fact} == "yes" and {fact} == "no"', f'{fact} == "no"', 'q11 == "yes"']),
            )

    def _dropped(self, lines: Lines) -> None:
        decided = [at for at, flow in enumerate(lines.flows) if flow[2]]
        if decided:
            del lines.flows[self.chance.choice(decided)]


def _scopes(lines: Lines) -> list[Lines]:
    return [lines, *(scope for inner in lines.inner.values() for scope in _scopes(inner))]


def files_of(processes: dict[str, str]) -> dict[str, bytes]:
    """The bundle of a random diagram."""
    return bundle("main", {name: diagram(name, words) for name, words in processes.items()}, forms=FORMS)
