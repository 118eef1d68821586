"""Decision tables of a published version as people read and try them: columns by their names, cells in words, tests run at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from workflows import access, forms
from workflows.checks.tables import SUFFIX, run_test
from workflows.contracts import Text
from workflows.desk import Desk
from workflows.diagrams import READERS
from workflows.engine.bundle import Bundle
from workflows.engine.decision_table import COMPARISONS, DecisionTable, TableError, literal, read_table
from workflows.engine.expressions import ExpressionError, names
from workflows.engine.file_shapes import read_table_tests
from workflows.errors import NotFound, WrongAnswers
from workflows.fact_rows import components_of, label_of
from workflows.functions import FUNCTION_NAMES
from workflows.matters import MATTERS
from workflows.records import Version
from workflows.step import bundle_of
from workflows.views import Officer, TableColumn, TableFact, TableRule, TableSheet, TableTest

NOTHING = Text("未填", "not stated")
YES_NO = {True: Text("是", "yes"), False: Text("否", "no")}
FROM_ELSEWHERE = {
    "case_complexity": Text("案件情形", "Nature of the case"),
    "classification": Text("案件定性", "Classification"),
    "harm_consequence": Text("造成的后果", "Consequence"),
    "hearing_held": Text("经过听证", "A hearing was held"),
    "publication_route": Text("公示渠道", "Where it is published"),
    "transfer_outcome": Text("移送结果", "What came of the transfer"),
}
"""Facts of tables whose forms belong to the process that includes them, for when they are read alone."""
SIGNS = {">=": "≥", "<=": "≤", "!=": "≠", ">": ">", "<": "<"}
CODES = {**FUNCTION_NAMES, **MATTERS}
Pairs = tuple[tuple[Text, Text], ...]


def list_sheets(desk: Desk, officer: Officer, key: str, number: int) -> tuple[tuple[str, Text], ...]:
    """The tables of a version: key and title, in the order of their files. Raises NotFound."""
    return tuple((name, table.title) for name, table in bundle_of_version(desk, officer, key, number).tables.items())


def sheet(desk: Desk, officer: Officer, key: str, number: int, name: str) -> TableSheet:
    """The table `name` of a version, its tests run. Raises NotFound."""
    return read(bundle_of_version(desk, officer, key, number), name)


def read(bundle: Bundle, name: str) -> TableSheet:
    """The table `name` of a bundle in words. Raises NotFound."""
    return reader(bundle, name).sheet()


def decide(desk: Desk, officer: Officer, key: str, number: int, name: str, given: Mapping[str, list[str]]) -> Pairs:
    """What the table decides on facts as they were typed: (fact, value) in words, empty where it has no answer. Nothing is stored.

    Facts that are not given are not known, as in a case whose form was not filled in yet. Raises NotFound, WrongAnswers for a number
    that is none.
    """
    found = reader(bundle_of_version(desk, officer, key, number), name)
    return found.decided({fact.name: value for fact in found.facts if (value := _typed(fact, given.get(fact.name, []))) is not None})


def dmn(desk: Desk, officer: Officer, key: str, number: int, name: str) -> bytes:
    """The table's file. Raises NotFound."""
    bundle = bundle_of_version(desk, officer, key, number)
    return bundle.files[path_of(bundle, name)]


def path_of(bundle: Bundle, name: str) -> str:
    """Where the file of the table `name` stands in its bundle. Raises NotFound."""
    found = _path(bundle, f"{name}.dmn")
    if found is None:
        raise NotFound
    return found


def _path(bundle: Bundle, file: str) -> str | None:
    """The path of the file of that name, in whichever folder of the bundle it is."""
    return next((path for path in bundle.files if path.rsplit("/", 1)[-1] == file), None)


def bundle_of_version(desk: Desk, officer: Officer, key: str, number: int) -> Bundle:
    """The bundle of a published version, for those who may read it. Raises NotFound."""
    access.require(officer, *READERS)
    with desk.database.reading() as session:
        version = session.get(Version, (key, number))
        if version is None:
            raise NotFound
        return bundle_of(session, version.digest)


def reader(bundle: Bundle, name: str, content: bytes | None = None) -> Reader:
    """The table `name` of a bundle with what its codes mean there; with `content`, that file in its place. Raises NotFound."""
    if name not in bundle.tables:
        raise NotFound
    return Reader(bundle, bundle.tables[name] if content is None else read_table(name, content))


def _typed(fact: TableFact, typed: list[str]) -> Any:
    words = [word.strip() for word in typed if word.strip()]
    if not words:
        return None
    if fact.kind == "many":
        return words
    if fact.kind == "yes_no":
        return words[0] == "true"
    if fact.kind == "number":
        try:
            return float(words[0])
        except ValueError as error:
            raise WrongAnswers({fact.name: ("请填数字。", "Give a number.")}) from error
    return words[0]


@dataclass(frozen=True)
class Reader:
    """One table with the forms and option lists of its bundle, from which codes get their words."""

    bundle: Bundle
    table: DecisionTable

    def sheet(self) -> TableSheet:
        """The whole table in words, its tests run."""
        columns = [TableColumn(label, source) for label, source in zip(self.table.labels, self._sources, strict=True)]
        return TableSheet(
            process=self.bundle.name,
            key=self.table.name,
            title=self.table.title,
            description=self.table.description,
            collects=self.table.hit_policy == "COLLECT",
            inputs=tuple(columns[: len(self.table.inputs)]),
            outputs=tuple(columns[len(self.table.inputs) :]),
            rules=tuple(
                TableRule(
                    rule.id,
                    (
                        *(self._test(test, source) for test, source in zip(rule.tests, self.table.inputs, strict=True)),
                        *(self._word(value, output) for value, output in zip(rule.values, self.table.outputs, strict=True)),
                    ),
                    rule.note,
                )
                for rule in self.table.rules
            ),
            tests=tuple(self._proof(row) for row in self._rows),
            facts=self.facts,
            steps=tuple(self._steps()),
        )

    def decided(self, facts: Mapping[str, Any]) -> Pairs:
        """What the table says of `facts`, in words; empty where it has no answer."""
        try:
            return self._pairs(self.table.decide(facts))
        except (TableError, ExpressionError):
            return ()

    @cached_property
    def facts(self) -> tuple[TableFact, ...]:
        """What the table looks at, in the order in which it does."""
        read = dict.fromkeys(name for source in self.table.inputs for name in sorted(names(source), key=source.find))
        return tuple(self.fact(name) for name in read)

    @property
    def _sources(self) -> tuple[str, ...]:
        return (*self.table.inputs, *self.table.outputs)

    @cached_property
    def _components(self) -> dict[str, Mapping[str, Any]]:
        return components_of(self.bundle)

    @cached_property
    def _headings(self) -> dict[str, Text]:
        """What a column is called names the fact behind it: this table's columns first, then what other tables decide."""
        others = (table for table in self.bundle.tables.values() if table is not self.table)
        decided = {name: label for table in others for name, label in zip(table.outputs, table.labels[len(table.inputs) :], strict=True)}
        return {**decided, **dict(zip(self._sources, self.table.labels, strict=True))}

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        path = _path(self.bundle, f"{self.table.name}{SUFFIX}")
        return read_table_tests(self.bundle.files[path]) if path else []

    def fact(self, name: str) -> TableFact:
        """How somebody states a fact, or reads what the table says of it."""
        component = self._field(name)
        kind, chosen = str(component["type"]), forms.choices_of(component, self.bundle.options)
        options = tuple((choice["value"], self._word(choice["value"], name)) for choice in chosen)
        if options:
            found = "many" if kind in forms.MANY else "choice"
        elif kind == "checkbox" or isinstance(self._sample(name), bool):
            found = "yes_no"
        elif kind == "number" or isinstance(self._sample(name), int | float):
            found = "number"
        else:
            found = "text"
        return TableFact(name, self._label(name), found, options)

    def _field(self, name: str) -> Mapping[str, Any]:
        """The form's field of a fact; what no form asks for has its words in an option list called after it."""
        return self._components.get(name) or {"type": "select", "valuesKey": f"{name}_words"}

    def _sample(self, name: str) -> Any:
        return next((row["given"][name] for row in self._rows if row["given"].get(name) is not None), None)

    def _label(self, name: str) -> Text:
        if name in self._headings:
            return self._headings[name]
        component = self._components.get(name)
        return label_of(component, name) if component or name not in FROM_ELSEWHERE else FROM_ELSEWHERE[name]

    def _test(self, test: str, source: str) -> Text | None:
        if test in {"", "-"}:
            return None
        sign = next((sign for sign in COMPARISONS if test.startswith(sign)), "")
        value = literal(self.table.name, test.removeprefix(sign).strip())
        words = self._word(list(value) if isinstance(value, tuple) else value, next(iter(names(source)), ""))
        return Text(f"{SIGNS[sign]} {words.zh}", f"{SIGNS[sign]} {words.en}") if sign else words

    def _word(self, value: Any, name: str) -> Text:
        if value is None or value == []:
            return NOTHING
        if isinstance(value, bool):
            return YES_NO[value]
        if isinstance(value, list):
            words = [self._word(item, name) for item in value]
            return Text("、".join(word.zh for word in words), ", ".join(word.en or word.zh for word in words))
        if isinstance(value, int | float):
            return Text(f"{value:,}", f"{value:,}")
        if value in CODES:
            return CODES[value]
        component = self._field(name)
        zh, en = self.bundle.options, forms.localised_options(self.bundle.options, "en")
        return Text(forms.shown(component, value, zh), forms.shown(component, value, en, "en"))

    def _proof(self, row: Mapping[str, Any]) -> TableTest:
        outcome = run_test(self.table, row)
        return TableTest(row["name"], self._pairs(row["given"]), self._pairs(row["then"]), self._pairs(outcome.decided), outcome.passed)

    def _pairs(self, values: Mapping[str, Any]) -> Pairs:
        return tuple((self._label(name), self._word(value, name)) for name, value in values.items())

    def _steps(self) -> Iterator[Text]:
        for process in self.bundle.reading_order:
            diagram = self.bundle.diagrams[process]
            for element in diagram.elements.values():
                if element.decision == self.table.name:
                    yield Text(f"{diagram.name.zh} · {element.name.zh}", f"{diagram.name.en} · {element.name.en}")
