"""What is supposed of the people in random courses (`guesses.yaml` beside a diagram): how long a step takes them, and what they choose.

    days:                                        # by element: least, usual, most, in working days; `usual` alone for always the same
      reply_order: [1, 3, 8]
    weights:                                     # by fact: how often each answer is given, compared with the others; 1 without a word
      reply_kind: {reply: 3, extension: 1}

What the file does not say of a step, the cases that were closed lately do (`history`), and else it is `USUAL`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.engine.file_shapes import ShapeRefused, read_yaml
from workflows.errors import OneCaseError

FILE = "guesses.yaml"
LONGEST = 1000.0
"""Working days that one step may be supposed to take."""
HEAVIEST = 1e6


class GuessesRefused(OneCaseError):
    """A file of guesses that cannot be read; the sentence says where."""

    status = 422
    code = "wrong_guesses"


@dataclass(frozen=True)
class Span:
    """A time in working days: the least, the usual and the most."""

    least: float
    usual: float
    most: float


USUAL = Span(0.5, 1, 3)
"""Where nothing is said of a step."""


@dataclass(frozen=True)
class Guesses:
    """Spans by element, weights by fact and value; `history` are spans by `process/element`."""

    days: Mapping[str, Span] = field(default_factory=dict)
    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    history: Mapping[str, Span] = field(default_factory=dict)

    def span(self, process: str, element: str) -> Span:
        """How long `element` takes."""
        return self.days.get(element) or self.history.get(f"{process}/{element}") or USUAL

    def weight(self, fact: str, value: Any) -> float:
        """How often `value` is answered, compared with the other answers of the same question."""
        return self.weights.get(fact, {}).get(_written(value), 1.0)


def read_guesses(content: bytes) -> Guesses:
    """The guesses of a file as written. Raises GuessesRefused."""
    try:
        told = read_yaml(content)
    except ShapeRefused as error:
        raise GuessesRefused(f"{FILE} 不是有效的 YAML：{error}。", f"{FILE} is not valid YAML: {error}.") from error
    if told is None:
        return Guesses()
    if not isinstance(told, dict) or not set(told) <= {"days", "weights"}:
        raise GuessesRefused(f"{FILE} 只有 days 和 weights 两项。", f"{FILE} has days and weights, and nothing else.")
    days, weights = (_mapping(key, told.get(key)) for key in ("days", "weights"))
    return Guesses(
        {str(element): _span(element, one) for element, one in days.items()},
        {str(fact): {_written(value): _weight(fact, one) for value, one in _mapping(fact, some).items()} for fact, some in weights.items()},
    )


def _mapping(key: Any, told: Any) -> Mapping[Any, Any]:
    if told is None:
        return {}
    if not isinstance(told, dict):
        raise GuessesRefused(f"{FILE}：{key} 须为对照表。", f"{FILE}: {key} is a mapping.")
    return told


def _span(element: Any, told: Any) -> Span:
    numbers = [told] * 3 if _number(told) else told
    if not isinstance(numbers, list) or len(numbers) != 3 or not all(map(_number, numbers)):  # noqa: PLR2004 - least, usual, most
        raise _wrong_span(element)
    least, usual, most = map(float, numbers)
    if not 0 <= least <= usual <= most <= LONGEST:
        raise _wrong_span(element)
    return Span(least, usual, most)


def _wrong_span(element: Any) -> GuessesRefused:
    return GuessesRefused(
        f"{FILE}：{element} 的用时须为 [最短, 通常, 最长]，0 至 {LONGEST:.0f} 个工作日，依次不减。",
        f"{FILE}: the days of {element} are [least, usual, most], 0 to {LONGEST:.0f} working days, in this order.",
    )


def _weight(fact: Any, told: Any) -> float:
    if not _number(told) or not 0 <= told <= HEAVIEST:
        raise GuessesRefused(f"{FILE}：{fact} 的比重须为不小于 0 的数。", f"{FILE}: the weights of {fact} are numbers, 0 or more.")
    return float(told)


def _number(told: Any) -> bool:
    return isinstance(told, int | float) and not isinstance(told, bool)


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
