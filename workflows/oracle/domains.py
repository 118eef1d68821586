"""Which values of a fact need to be tried: one for each way in which the expressions of a bundle could tell it from others."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from workflows import forms
from workflows.engine.bundle import Bundle
from workflows.engine.decision_table import COMPARISONS, DecisionTable, TableError, literal
from workflows.engine.expressions import ExpressionError, names, parse
from workflows.oracle.deciding import is_plain

OTHER = "…"
"""A text that no expression names."""
BRANCHES = ("甲", "乙")
"""The agencies of a supposed multi-instance stage: two show what any number would, for branches share nothing."""
FEW = 3
"""Up to so many words of a list every combination of them is tried; of more, none, each alone, and all."""


@dataclass
class Uses:
    """What the expressions of a bundle compare a fact with."""

    words: set[str] = field(default_factory=set)
    numbers: set[float] = field(default_factory=set)
    members: set[str] = field(default_factory=set)
    """Words that are looked for in it: it is a list."""
    runs: bool = False
    """A multi-instance stage runs over it, or its length is asked for."""


class Domains:
    """The values to try, by fact, for one bundle; `expressions` are those of its rules, which look at facts as well."""

    def __init__(self, bundle: Bundle, expressions: Iterable[str] = ()) -> None:
        """Read every condition, table and multi-instance stage of the bundle."""
        self.bundle = bundle
        self.uses: dict[str, Uses] = {}
        self.hides = {
            key: hide
            for form in bundle.forms.values()
            for component in forms.inputs(form)
            if (hide := _hide(component)) and (key := forms.key_of(component))
        }
        for expression in (*_conditions(bundle), *expressions):
            self._look(expression)
        for table in filter(is_plain, bundle.tables.values()):
            self._look_at_table(table)
        for diagram in bundle.diagrams.values():
            for element in diagram.elements.values():
                if element.collection:
                    self._of(element.collection).runs = True
        for key in list(self.uses):
            if key in self.hides:
                self._look(self.hides[key])

    @property
    def routing(self) -> frozenset[str]:
        """The facts that decide where a case goes."""
        return frozenset(self.uses)

    def anything(self, fact: str) -> tuple[Any, ...]:
        """What a service may say."""
        uses = self.uses[fact]
        if uses.runs:
            return ([], list(BRANCHES))
        if uses.members:
            return tuple(_lists(uses.members))
        if uses.numbers:
            return tuple(_around(uses.numbers))
        if uses.words:
            return (*sorted(uses.words), OTHER)
        return (True, False)

    def answers(self, component: Mapping[str, Any]) -> tuple[Any, ...]:
        """What a field of a form may hold once the form is answered; None where it may be left out."""
        required = bool((component.get("validate") or {}).get("required"))
        if component["type"] == "checkbox":
            return (True,) if required else (True, False)
        if component["type"] == "dynamiclist":
            return ([], [{}])
        if component["type"] in forms.MANY:
            return (*([] if required else [[]]), *self._several(component))
        return (*self._one(component), *([] if required else [None]))

    def _one(self, component: Mapping[str, Any]) -> tuple[Any, ...]:
        uses = self.uses[forms.key_of(component)]
        if component["type"] == "number":
            return tuple(_around(uses.numbers) if uses.numbers else (0, 1))
        offered = [str(one["value"]) for one in forms.choices_of(component, self.bundle.options)]
        if not offered:
            return (*sorted(uses.words), OTHER)
        return (*(value for value in offered if value in uses.words), *[value for value in offered if value not in uses.words][:1])

    def _several(self, component: Mapping[str, Any]) -> tuple[Any, ...]:
        uses = self.uses[forms.key_of(component)]
        if uses.runs:
            return (list(BRANCHES),)
        offered = {str(one["value"]) for one in forms.choices_of(component, self.bundle.options)}
        other = sorted(offered - uses.members)[:1] or [OTHER]
        return (*(found for found in _lists(uses.members & offered if offered else uses.members) if found), other)

    def column(self, table: DecisionTable, output: str) -> tuple[Any, ...]:
        """What a column of a table may say."""
        at = table.outputs.index(output)
        found: list[Any] = []
        for rule in table.rules:
            if rule.values[at] not in found:
                found.append(rule.values[at])
        return tuple(found) if table.hit_policy == "UNIQUE" else ([], found)

    def _of(self, fact: str) -> Uses:
        return self.uses.setdefault(fact, Uses())

    def _look(self, expression: str) -> None:
        try:
            tree = parse(forms.from_feel(expression))
        except ExpressionError:
            return  # the check says so
        for name in names(forms.from_feel(expression)):
            self._of(name)
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare):
                for operator, left, right in zip(node.ops, [node.left, *node.comparators], node.comparators, strict=False):
                    self._compare(operator, left, right)
            for fact in _counted(node):
                self._of(fact).runs = True

    def _compare(self, operator: ast.cmpop, left: ast.expr, right: ast.expr) -> None:
        if isinstance(right, ast.Name) and isinstance(operator, ast.In | ast.NotIn):
            self._of(right.id).members.update(str(value) for value in _constants(left))
            return
        for one, other in ((left, right), (right, left)):
            if isinstance(one, ast.Name):
                _note(self._of(one.id), _constants(other))

    def _look_at_table(self, table: DecisionTable) -> None:
        for at, expression in enumerate(table.inputs):
            self._look(expression)
            for rule in table.rules:
                test = rule.tests[at]
                sign = next((sign for sign in COMPARISONS if test.startswith(sign)), "")
                try:
                    value = literal(table.name, test.removeprefix(sign).strip()) if test not in {"", "-"} else ()
                except TableError:
                    continue
                for fact in names(expression):
                    _note(self._of(fact), value if isinstance(value, tuple) else (value,))


def _note(uses: Uses, values: Iterable[Any]) -> None:
    for value in values:
        if isinstance(value, str):
            uses.words.add(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            uses.numbers.add(value)


def _conditions(bundle: Bundle) -> Iterator[str]:
    for diagram in bundle.diagrams.values():
        for flow in diagram.flows:
            if flow.condition:
                yield flow.condition


def _hide(component: Mapping[str, Any]) -> str:
    return str((component.get("conditional") or {}).get("hide") or "")


def _constants(node: ast.expr) -> Iterator[Any]:
    if isinstance(node, ast.Constant):
        yield node.value
    elif isinstance(node, ast.List | ast.Tuple):
        for part in node.elts:
            yield from _constants(part)


def _around(numbers: Iterable[float]) -> list[float]:
    return sorted({number + step for number in numbers for step in (-1, 0, 1)})


def _lists(words: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(words)
    if len(ordered) <= FEW:
        for size in range(len(ordered) + 1):
            yield from (list(some) for some in combinations(ordered, size))
    else:
        yield []
        yield from ([word] for word in ordered)
        yield ordered


def _counted(node: ast.AST) -> Iterator[str]:
    """The facts whose length a call asks for."""
    if isinstance(node, ast.Call):
        yield from (part.id for argument in node.args for part in ast.walk(argument) if isinstance(part, ast.Name))
