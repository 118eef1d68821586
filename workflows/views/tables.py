"""Decision tables as people read them."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.contracts import Text


@dataclass(frozen=True)
class TableColumn:
    """A column: what it is called, and the expression (input) or fact (output) behind it."""

    name: Text
    expression: str


@dataclass(frozen=True)
class TableRule:
    """A row: its cells in words, the inputs' first, None where anything will do; `basis` is the clause that it rests on."""

    id: str
    cells: tuple[Text | None, ...]
    basis: str


@dataclass(frozen=True)
class TableTest:
    """A case that the table must decide in one way: facts given, what is wanted, what it decides now."""

    name: str
    given: tuple[tuple[Text, Text], ...]
    wanted: tuple[tuple[Text, Text], ...]
    decided: tuple[tuple[Text, Text], ...]
    """Empty where the table has no answer."""
    passed: bool


@dataclass(frozen=True)
class TableFact:
    """A fact that the table looks at, as somebody who tries it states it. `kind`: `choice`, `many`, `yes_no`, `number` or `text`."""

    name: str
    label: Text
    kind: str
    options: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True)
class TableSheet:
    """A decision table of a published version."""

    process: Text
    """The process that it is published with."""
    key: str
    title: Text
    description: Text
    collects: bool
    """Whether every row that fits counts; otherwise exactly one must."""
    inputs: tuple[TableColumn, ...]
    outputs: tuple[TableColumn, ...]
    rules: tuple[TableRule, ...]
    tests: tuple[TableTest, ...]
    facts: tuple[TableFact, ...]
    steps: tuple[Text, ...]
    """The steps that ask it."""
