"""The facts of a supposed case: what is decided, and what is still a choice. Who reads a choice is stopped until it is decided."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.engine.expressions import ExpressionError, evaluate
from workflows.facts import enclosing

Place = tuple[str, str]
"""(branch, fact)."""
Reading = tuple[Place, int, int]
"""A place, how often the step has written it, how often a choice there was narrowed: a step that is tried again decides in the same way."""
Known = Mapping[Place, Any]


@dataclass(frozen=True)
class Choice:
    """One of `values`, not decided yet. Where `hidden` holds the field was not asked, and the fact is nothing."""

    values: tuple[Any, ...]
    hidden: str = ""


class Undecided(Exception):
    """Something depends on a choice: `reading` is to be decided as one of `ways`, each of them some of its values."""

    def __init__(self, reading: Reading, ways: Iterable[tuple[Any, ...]]) -> None:
        """The choice that was read."""
        super().__init__(reading)
        self.reading = reading
        self.ways = tuple(ways)


class Supposed:
    """Facts as the engine reads them (`workflows.facts.Facts`), of a case that is only supposed."""

    def __init__(self, known: Known, decided: Mapping[Reading, tuple[Any, ...]] | None = None) -> None:
        """Begin from what is known (a value, or a Choice, by branch and fact); `decided` answers the choices that will be read."""
        self.known: dict[Place, Any] = dict(known)
        self.decided = dict(decided or {})
        self._written: Counter[Place] = Counter()
        self._narrowed: Counter[Place] = Counter()

    def view(self, branch: str = "") -> Mapping[str, Any]:
        """What is known in `branch`; reading a choice that is not decided raises Undecided."""
        return _View(self, branch)

    def holds(self, expression: str, branch: str = "") -> bool:
        """Whether a condition holds in `branch`. Raises Undecided where that depends on a choice, with the values that agree on it together."""
        return bool(self._evaluated(expression, branch, bool))

    def value(self, expression: str, branch: str = "") -> Any:
        """The value of an expression in `branch`. Raises Undecided as `holds`."""
        return self._evaluated(expression, branch, written_down)

    def _evaluated(self, expression: str, branch: str, as_told: Callable[[Any], object]) -> Any:
        settled: dict[Place, Any] = {}
        while True:
            try:
                return evaluate(expression, _Reader(self, branch, settled))
            except _Met as met:
                ways: dict[object, list[Any]] = {}
                for value in self._asked(met.place, self.known[met.place]):
                    told = _told(expression, _Reader(self, branch, {**settled, met.place: value}), as_told, value)
                    ways.setdefault(told, []).append(value)
                settled[met.place] = self._decide(met.place, (tuple(way) for way in ways.values()))[0]

    def free(self, branch: str, fact: str, values: tuple[Any, ...], *, hidden: str = "") -> None:
        """The fact is written in `branch`: it becomes one of `values`, or nothing where the field is `hidden`.

        What an earlier round answered in a field that is hidden now is taken as not answered.
        """
        self.fix(branch, fact, Choice(values, hidden) if hidden or len(values) > 1 else values[0])

    def fix(self, branch: str, fact: str, value: Any) -> None:
        """The fact is `value` from now on, or a Choice that was made elsewhere."""
        self.known[branch, fact] = value
        self._written[branch, fact] += 1
        self._narrowed[branch, fact] = 0

    def place_of(self, branch: str, fact: str) -> Place | None:
        """Where the fact stands that is seen in `branch`."""
        return next(((around, fact) for around in enclosing(branch) if (around, fact) in self.known), None)

    def possible(self, branch: str, fact: str) -> tuple[Any, ...]:
        """The values that the fact may have in `branch`. Raises Undecided where it is not known whether it was asked for."""
        place = self.place_of(branch, fact)
        if place is None:
            return (None,)
        found = self.known[place]
        return self._asked(place, found) if isinstance(found, Choice) else (found,)

    def narrow(self, branch: str, fact: str, values: tuple[Any, ...]) -> None:
        """The fact is one of these: what was chosen elsewhere leaves no others."""
        place = self.place_of(branch, fact)
        if place is not None and isinstance(self.known[place], Choice):
            self._narrow(place, values)

    def pick(self, branch: str, what: str, ways: int) -> int:
        """One of `ways` in which `what` may go, by number. Raises Undecided."""
        place = (branch, f"? {what}")
        reading = (place, self._written[place], 0)
        if ways > 1 and reading not in self.decided:
            raise Undecided(reading, ((number,) for number in range(ways)))
        self._written[place] += 1
        return int(self.decided[reading][0]) if ways > 1 else 0

    def find(self, branch: str, fact: str) -> Any:
        """The value of a fact in `branch`. Raises Undecided."""
        place = self.place_of(branch, fact)
        if place is None:
            return None
        values = self.possible(branch, fact)
        if len(values) > 1:
            values = self._decide(place, ((value,) for value in values))
        return values[0]

    def _asked(self, place: Place, choice: Choice) -> tuple[Any, ...]:
        """The values that are left once it is known whether the field was asked for."""
        if not choice.hidden:
            return choice.values
        left = (None,) if self.holds(choice.hidden, place[0]) else choice.values
        self._narrow(place, left)
        return left

    def _decide(self, place: Place, ways: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
        listed = tuple(ways)
        reading = (place, self._written[place], self._narrowed[place])
        if len(listed) > 1 and reading not in self.decided:
            raise Undecided(reading, listed)
        chosen = self.decided[reading] if len(listed) > 1 else listed[0]
        self._narrowed[place] += 1
        self._narrow(place, chosen)
        return chosen

    def _narrow(self, place: Place, values: tuple[Any, ...]) -> None:
        self.known[place] = Choice(values) if len(values) > 1 else values[0]


class _Met(Exception):
    """An expression reads the choice at `place`."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.place = place


class _Reader(Mapping[str, Any]):
    """What is known in a branch; a choice that is not settled stops who reads it."""

    def __init__(self, facts: Supposed, branch: str, settled: Known) -> None:
        self._facts = facts
        self._branch = branch
        self._settled = settled

    def __getitem__(self, fact: str) -> Any:
        place = self._facts.place_of(self._branch, fact)
        if place is None:
            return None
        if place in self._settled:
            return self._settled[place]
        found = self._facts.known[place]
        if isinstance(found, Choice):
            raise _Met(place)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter({fact for _, fact in self._facts.known})

    def __len__(self) -> int:
        return len({fact for _, fact in self._facts.known})


class _View(Mapping[str, Any]):
    """What is known in a branch, looked up when it is read."""

    def __init__(self, facts: Supposed, branch: str) -> None:
        self._facts = facts
        self._branch = branch

    def __getitem__(self, fact: str) -> Any:
        return self._facts.find(self._branch, fact)

    def __iter__(self) -> Iterator[str]:
        return iter({fact for _, fact in self._facts.known})

    def __len__(self) -> int:
        return len({fact for _, fact in self._facts.known})


def _told(expression: str, reader: Mapping[str, Any], as_told: Callable[[Any], object], value: Any) -> object:
    """What the expression says: the same for values that need not be told apart."""
    try:
        return as_told(evaluate(expression, reader))
    except _Met:
        return f"reads another choice too: {written_down(value)}"
    except ExpressionError:
        return "cannot be evaluated"


def written_down(value: Any) -> str:
    """A value or a choice as text: equal texts are equal values."""
    if isinstance(value, Choice):
        return json.dumps([value.values, value.hidden], ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)


def seen_from(known: Known, branch: str, facts: frozenset[str]) -> dict[Place, Any]:
    """What a process that is called in `branch` sees of `facts`, as if it were the whole case."""
    found: dict[Place, Any] = {}
    for (around, fact), value in sorted(known.items(), key=lambda item: len(item[0][0])):
        if fact in facts and (not around or f"{branch}/".startswith(f"{around}/")):
            found["", fact] = value
    return found
