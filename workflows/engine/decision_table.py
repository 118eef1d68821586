"""Decision tables (DMN): hit policies UNIQUE and COLLECT, cells in a small part of S-FEEL.

A cell is `-` or empty (anything), a literal, a list of string literals, or a comparison such as `>= 5`. Everything else is
refused when the table is read (SpiffWorkflow's own DMN silently never matches such cells, engine-facts §1.3).
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from workflows.contracts import Text
from workflows.engine.expressions import ExpressionError, evaluate, parse
from workflows.engine.secure_xml import read_xml

ENGLISH, DESCRIBED = "{urn:onecase:bpmn:1}nameEn", "{urn:onecase:bpmn:1}descriptionEn"
UNNAMED = Text("")
HIT_POLICIES = ("UNIQUE", "COLLECT")
COMPARISONS = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "!=": operator.ne}
WORDS = {"true": True, "false": False, "null": None}


class TableError(ValueError):
    """A decision table that cannot be read, or that has no answer."""


@dataclass(frozen=True)
class Rule:
    """A row: a test per input, a value per output, and the clause it rests on."""

    id: str
    tests: tuple[str, ...]
    values: tuple[Any, ...]
    note: str


@dataclass(frozen=True)
class DecisionTable:
    """A table as read; `decide` answers it."""

    name: str
    hit_policy: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rules: tuple[Rule, ...]
    title: Text = UNNAMED
    description: Text = UNNAMED
    labels: tuple[Text, ...] = ()
    """What its columns are called, the inputs first."""

    def decide(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Output name → value (UNIQUE) or list of values (COLLECT).

        Raises TableError when no rule, or under UNIQUE more than one, applies.
        """
        given = [evaluate(expression, facts) for expression in self.inputs]
        hits = [rule for rule in self.rules if all(passes(test, value) for test, value in zip(rule.tests, given, strict=True))]
        if self.hit_policy == "COLLECT":
            return {name: [rule.values[column] for rule in hits] for column, name in enumerate(self.outputs)}
        if len(hits) != 1:
            described = dict(zip(self.inputs, given, strict=True))
            raise TableError(f"{self.name}: {len(hits)} rules apply to {described}, exactly one must")
        return dict(zip(self.outputs, hits[0].values, strict=True))


def read_table(name: str, content: bytes) -> DecisionTable:
    """The table in a DMN file. Raises TableError saying which cell is not understood."""
    tables = read_xml(content).findall(".//{*}decisionTable")
    if len(tables) != 1:
        raise TableError(f"{name}: one decision table a file, found {len(tables)}")
    table = tables[0]
    policy = table.get("hitPolicy", "UNIQUE")
    if policy not in HIT_POLICIES or table.get("aggregation"):
        raise TableError(f"{name}: hit policy {policy} is not supported, use {' or '.join(HIT_POLICIES)}")
    inputs = tuple(_text(column.find("{*}inputExpression")) for column in table.findall("{*}input"))
    for expression in inputs:
        try:
            parse(expression)
        except ExpressionError as error:
            raise TableError(f"{name}: input {expression!r} {error}") from error
    columns = [*table.findall("{*}input"), *table.findall("{*}output")]
    home = table.getparent()
    decision = home if home is not None else table
    return DecisionTable(
        name=name,
        hit_policy=policy,
        inputs=inputs,
        outputs=tuple(column.get("name", "") for column in table.findall("{*}output")),
        rules=tuple(_rule(name, row, len(inputs), len(columns)) for row in table.findall("{*}rule")),
        title=Text(decision.get("name") or name, decision.get(ENGLISH, "")),
        description=Text((decision.findtext("{*}description") or "").strip(), decision.get(DESCRIBED, "")),
        labels=tuple(Text(column.get("label") or column.get("name") or "", column.get(ENGLISH, "")) for column in columns),
    )


def _rule(name: str, row: etree._Element, inputs: int, columns: int) -> Rule:
    tests = tuple(_text(cell) for cell in row.findall("{*}inputEntry"))
    for test in tests:
        passes(test, None)
    values = tuple(literal(name, _text(cell)) for cell in row.findall("{*}outputEntry"))
    if (len(tests), len(tests) + len(values)) != (inputs, columns):
        raise TableError(f"{name}: the row {row.get('id', '')!r} has another number of cells than the table has columns")
    note = " ".join(_text(cell) for cell in row.findall("{*}annotationEntry")) or _text(row.find("{*}description"))
    return Rule(id=row.get("id", ""), tests=tests, values=values, note=note)


def _text(element: etree._Element | None) -> str:
    if element is None:
        return ""
    inner = element.find("{*}text")
    return ((inner if inner is not None else element).text or "").strip()


def literal(name: str, text: str) -> Any:
    """The value that a cell of the table `name` writes: text, a number, yes, no or nothing, or a list of these. Raises TableError."""
    if text in WORDS:
        return WORDS[text]
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError) as error:
        raise TableError(f"{name}: the output {text!r} is not a literal (strings need quotes)") from error
    if not all(map(_is_plain, value if isinstance(value, list | tuple) else [value])):
        raise TableError(f"{name}: the output {text!r} is no text, no number, not true or false, and no list of these")
    return value


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value))


def passes(test: str, value: Any) -> bool:
    """Whether `value` fits the cell `test`. Raises TableError for a cell that is none, or that compares another kind."""
    if test in {"", "-"}:
        return True
    for sign, compare in COMPARISONS.items():
        if test.startswith(sign):
            bound = literal("cell", test.removeprefix(sign).strip())
            try:
                return value is not None and bool(compare(value, bound))
            except TypeError as error:
                raise TableError(f"{value!r} cannot be compared with {test!r}") from error
    wanted = literal("cell", test)
    return value in wanted if isinstance(wanted, tuple) else value == wanted
