"""What a decision table may answer when not all that it looks at is decided."""

from __future__ import annotations

from itertools import product
from typing import Any

from workflows.engine.decision_table import DecisionTable, TableError, passes
from workflows.engine.expressions import names
from workflows.oracle.supposing import Supposed, written_down

MAX_SITUATIONS = 2_000
"""Situations of a table that are looked at one by one for a gap."""
Left = dict[str, tuple[Any, ...]]
"""Fact → the values that it may still have."""


def is_plain(table: DecisionTable) -> bool:
    """Whether the table looks at facts as they are and gives one answer. What others say is free: their inputs are computed, or they collect."""
    return table.hit_policy == "UNIQUE" and all(names(one) == {one.strip()} for one in table.inputs)


def decide(table: DecisionTable, facts: Supposed, branch: str, told: frozenset[str]) -> dict[str, Any]:
    """An answer of the table for the outputs `told`; the facts are narrowed to what leads to it.

    Only for a table that `is_plain`. Raises Undecided where several answers are possible, TableError for a situation that no row covers.
    """
    possible = {fact: facts.possible(branch, fact) for fact in table.inputs}
    answers = _answers(table, possible, sorted(told))
    if (gap := _gap(table, possible)) is not None:
        answers.append((None, gap))
    if not answers:
        raise TableError(f"{table.name}: no rule applies to {possible}")
    answer, left = answers[facts.pick(branch, table.name, len(answers))]
    for fact, values in left.items():
        facts.narrow(branch, fact, values)
    if answer is None:
        raise TableError(f"{table.name}: no rule applies to { ({fact: values[0] for fact, values in left.items()}) }")
    return answer


def _answers(table: DecisionTable, possible: Left, told: list[str]) -> list[tuple[dict[str, Any] | None, Left]]:
    """Each different answer with the values of the inputs that may lead to it."""
    found: dict[str, tuple[dict[str, Any] | None, Left]] = {}
    for rule in table.rules:
        left = {
            fact: tuple(value for value in possible[fact] if _fits(test, value))
            for fact, test in zip(table.inputs, rule.tests, strict=True)
        }
        if not all(left.values()):
            continue
        answer = {fact: rule.values[table.outputs.index(fact)] for fact in told}
        _, before = found.setdefault(written_down(list(answer.values())), (answer, dict.fromkeys(left, ())))
        for fact, values in left.items():
            before[fact] = tuple(value for value in possible[fact] if value in values or value in before[fact])
    return list(found.values())


def _gap(table: DecisionTable, possible: Left) -> Left | None:
    """A situation that no row covers, of those that are possible."""
    ways = 1
    for values in possible.values():
        ways *= len(values)
    if ways > MAX_SITUATIONS:
        return None
    for situation in product(*(possible[fact] for fact in table.inputs)):
        if not any(all(_fits(test, value) for test, value in zip(rule.tests, situation, strict=True)) for rule in table.rules):
            return {fact: (value,) for fact, value in zip(table.inputs, situation, strict=True)}
    return None


def _fits(test: str, value: Any) -> bool:
    try:
        return passes(test, value)
    except TableError:
        return False  # of another kind than the cell compares with
