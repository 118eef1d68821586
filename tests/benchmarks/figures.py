"""The figures: what one is, how it is registered, how two things are compared.

A module of this folder only has to define a function decorated with `@measures(name=target, …)`: it takes a `Bench` and yields (or
returns a list of) one `Figure` for each name. Every module beside this one is imported by `python -m tests.benchmarks`, so there is
no list to add it to; raise `NotMeasured("why")` where something that the figure needs is missing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from tests.benchmarks.bench import Bench

SILENT_ROUNDS = 2
"""Rounds before the count begins: caches fill, files grow."""


class NotMeasured(Exception):
    """Something that the figure needs is not on this machine; the sentence says what."""


@dataclass(frozen=True)
class Target:
    """A bound on a figure's ratio, or on its value where there is none to divide by."""

    bound: float
    most: bool
    of: str

    def reached(self, figure: Figure) -> bool | None:
        """Whether the figure keeps to it; None when it was not measured."""
        number = getattr(figure, self.of)
        if number is None:
            return None
        return number <= self.bound if self.most else number >= self.bound

    def __str__(self) -> str:
        return f"{self.of} {'≤' if self.most else '≥'} {self.bound:g}"


def at_most(bound: float, *, of: str = "ratio") -> Target:
    """Reached by `bound` or less; `of` is `ratio` or `value` (in the figure's unit)."""
    return Target(bound, most=True, of=of)


def at_least(bound: float, *, of: str = "ratio") -> Target:
    """Reached by `bound` or more."""
    return Target(bound, most=False, of=of)


@dataclass(frozen=True)
class Figure:
    """One line of the table: a value of ours in `unit`, what it is held against in the same unit, and the ratio that the target bounds."""

    figure: str
    value: float | None
    unit: str
    baseline: float | None = None
    ratio: float | None = None
    note: str = ""

    @classmethod
    def cost(cls, figure: str, ours: float, bare: float, unit: str = "ms", note: str = "") -> Figure:
        """How many times the bare thing ours costs: ours ÷ bare, small is good."""
        return cls(figure, ours, unit, bare, ours / bare, note)

    @classmethod
    def gain(cls, figure: str, ours: float, theirs: float, unit: str = "ms", note: str = "") -> Figure:
        """How many times as much as ours the other one costs: theirs ÷ ours, large is good."""
        return cls(figure, ours, unit, theirs, theirs / ours, note)


@dataclass(frozen=True)
class Measurement:
    """A function that yields figures, and the targets of these."""

    function: Callable[[Bench], Iterable[Figure]]
    targets: Mapping[str, Target | None]


REGISTERED: list[Measurement] = []


def measures(**targets: Target | None) -> Callable[[Callable[[Bench], Iterable[Figure]]], Callable[[Bench], Iterable[Figure]]]:
    """Register the decorated function as what measures these figures; a figure without a target is information."""

    def register(function: Callable[[Bench], Iterable[Figure]]) -> Callable[[Bench], Iterable[Figure]]:
        REGISTERED.append(Measurement(function, targets))
        return function

    return register


def seconds(function: Callable[[], object]) -> float:
    """How long a call takes, in seconds."""
    began = time.perf_counter()
    function()
    return time.perf_counter() - began


def _nothing() -> None:
    """Prepare nothing."""


def interleaved(
    bench: Bench, rounds: int, *, before: Callable[[], object] = _nothing, silent: int = SILENT_ROUNDS, **contestants: Callable[[], float]
) -> dict[str, list[float]]:
    """Let each contestant do one piece of work a round; each answers its own seconds, so that what it prepares does not count.

    The one that begins changes from round to round, and `before` is done before each of them: nobody always works in the wake of
    the same other. The first `silent` rounds are not counted. Returns the seconds of every counted round by contestant.
    """
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    names = list(contestants)
    for number in bench.progress(rounds + silent):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            before()
            took = contestants[name]()
            if number >= silent:
                taken[name].append(took)
    return taken


def median_ms(taken: Iterable[float]) -> float:
    """The median of seconds, in milliseconds."""
    return median(taken) * 1000
