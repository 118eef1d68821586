"""A decision table as a grid that is typed into: what each column takes, the file that the grid makes, and what the check says of it.

Nothing is stored: the changed file is published with its bundle like every other (`onecase publish`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from lxml import etree

from workflows import access, diagrams
from workflows.contracts import Finding, Text
from workflows.decision_sheets import bundle_of_version, path_of, reader
from workflows.desk import Desk
from workflows.engine.bundle import Bundle
from workflows.engine.decision_table import DecisionTable, TableError, literal
from workflows.engine.secure_xml import XmlRefused, read_xml
from workflows.errors import WrongAnswers
from workflows.functions import FUNCTION_NAMES
from workflows.matters import MATTERS
from workflows.views import Officer, TableFact, TableTest

Options = tuple[tuple[str, Text], ...]
ANY = "-"
MOST = 200
"""Rows of a grid."""
LONGEST = 2000
"""Characters of a cell, and of what a row rests on."""
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters and what is no character: XML holds most of them not at all, and nobody sees the rest."""
DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"


@dataclass(frozen=True)
class GridColumn:
    """A column of the grid.

    `kind`: `yes_no`, `choice`, `names` (several of `options`, by name), `words` (text without quotes), `number`, or `cell` (as the
    table's file has it).
    """

    name: Text
    kind: str
    options: Options = ()
    input: bool = True
    """Whether anything may do (`-`)."""


@dataclass(frozen=True)
class GridRow:
    """A row as it is typed; without the id of a row of the published table it is new."""

    id: str
    cells: tuple[str, ...]
    basis: str

    @property
    def empty(self) -> bool:
        """Whether nothing is typed in it."""
        return not any(text.strip() not in {"", ANY} for text in (*self.cells, self.basis))


@dataclass(frozen=True)
class Grid:
    """The grid of one table."""

    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]


def grid(desk: Desk, officer: Officer, key: str, number: int, name: str) -> Grid:
    """The table of a published version, ready to be changed. For designers. Raises NotFound."""
    access.require(officer, "designer")
    return grid_of(bundle_of_version(desk, officer, key, number), name)


def grid_of(bundle: Bundle, name: str) -> Grid:
    """The table of a bundle, ready to be changed. Raises NotFound."""
    columns = _columns(bundle, name)
    root = read_xml(bundle.files[path_of(bundle, name)])
    return Grid(columns, tuple(_row(rule, columns) for rule in root.iterfind(f".//{{{DMN}}}rule")))


def edited(desk: Desk, officer: Officer, key: str, number: int, name: str, rows: Sequence[GridRow]) -> bytes:
    """The table's file with these rows, in this order; what else stands in it stays. Rows in which nothing is typed are left out.

    Raises NotFound, WrongAnswers (by `row-column` or `row-basis`, counted from 0 among the rows in which something is typed) for a cell
    that is no value of its kind, and for text that is too long or that no file can hold.
    """
    access.require(officer, "designer")
    return written(bundle_of_version(desk, officer, key, number), name, rows)


def written(bundle: Bundle, name: str, rows: Sequence[GridRow]) -> bytes:
    """The file of a bundle's table with these rows. Raises what `edited` raises."""
    columns = _columns(bundle, name)
    root = read_xml(bundle.files[path_of(bundle, name)])
    table = root.find(f".//{{{DMN}}}decisionTable")
    assert table is not None, "a table that was read has one"
    typed = [row for row in rows if not row.empty]
    if not 0 < len(typed) <= MOST:
        raise WrongAnswers({"rows": (f"一张表须有 1 到 {MOST} 行。", f"A table has between 1 and {MOST} rows.")})
    wrong: dict[str, tuple[str, str]] = {}
    made = [_rule(number, name, row, columns, wrong) for number, (name, row) in enumerate(zip(_ids(root, typed), typed, strict=True))]
    if wrong:
        raise WrongAnswers(wrong)
    for rule in table.findall(f"{{{DMN}}}rule"):
        table.remove(rule)
    table.extend(made)
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def check(
    desk: Desk, officer: Officer, key: str, number: int, name: str, content: bytes
) -> tuple[tuple[Finding, ...], tuple[TableTest, ...]]:
    """What the check says of the whole bundle with this file in the place of the table's own, and the table's tests, run on it."""
    access.require(officer, "designer")
    bundle = bundle_of_version(desk, officer, key, number)
    return diagrams.check(desk, {**bundle.files, path_of(bundle, name): content}), tests_of(bundle, name, content)


def tests_of(bundle: Bundle, name: str, content: bytes) -> tuple[TableTest, ...]:
    """The table's tests, run on this file; none where it cannot be read, which the check says."""
    try:
        return reader(bundle, name, content).sheet().tests
    except (TableError, XmlRefused):
        return ()


def _columns(bundle: Bundle, name: str) -> tuple[GridColumn, ...]:
    one = reader(bundle, name)
    table, wide = one.table, len(one.table.inputs)
    facts = {fact.name: fact for fact in one.facts}
    inputs = [_of_input(table, column, facts) for column in range(wide)]
    return (*inputs, *(_of_output(table, column, one.fact(output)) for column, output in enumerate(table.outputs)))


def _of_input(table: DecisionTable, column: int, facts: Mapping[str, TableFact]) -> GridColumn:
    label, cells = table.labels[column], {rule.tests[column] for rule in table.rules} - {"", ANY}
    fact = facts.get(table.inputs[column].split(" or ")[0])
    if cells <= {"true", "false"}:
        return GridColumn(label, "yes_no")
    values = [literal(table.name, cell) for cell in cells if not cell.startswith(("<", ">", "!"))]
    if len(values) == len(cells) and all(isinstance(value, str) for value in values) and (options := _listing(values, fact)):
        return GridColumn(label, "choice", options)
    return GridColumn(label, "cell")


def _of_output(table: DecisionTable, column: int, fact: TableFact) -> GridColumn:
    label, values = table.labels[len(table.inputs) + column], [rule.values[column] for rule in table.rules]
    if all(isinstance(value, bool) for value in values):
        return GridColumn(label, "yes_no", input=False)
    if all(isinstance(value, str) for value in values):
        listed = _listing(values, fact)
        return GridColumn(label, "choice" if listed else "words", listed, input=False)
    if all(isinstance(value, list) for value in values) and (listed := _listing([code for value in values for code in value], None)):
        return GridColumn(label, "names", listed, input=False)
    plain = all(isinstance(value, int | float) for value in values)
    return GridColumn(label, "number" if plain else "cell", input=False)


def _listing(values: Iterable[str], fact: TableFact | None) -> Options:
    """The options that all of these codes are of: those of the fact, or the house's own (matters, functions of agencies); else none."""
    lists = (fact.options if fact is not None else (), tuple(MATTERS.items()), tuple(FUNCTION_NAMES.items()))
    return next((options for options in lists if options and set(values) <= {code for code, _ in options}), ())


def _row(rule: etree._Element, columns: Sequence[GridColumn]) -> GridRow:
    cells = [*rule.findall(f"{{{DMN}}}inputEntry"), *rule.findall(f"{{{DMN}}}outputEntry")]
    basis = " ".join(filter(None, (_text(entry) for entry in rule.findall(f"{{{DMN}}}annotationEntry"))))
    return GridRow(rule.get("id") or "", tuple(_shown(_text(cell), column) for cell, column in zip(cells, columns, strict=True)), basis)


def _text(entry: etree._Element) -> str:
    return (entry.findtext(f"{{{DMN}}}text") or "").strip()


def _shown(cell: str, column: GridColumn) -> str:
    if column.kind in {"choice", "words"} and cell not in {"", ANY}:
        return str(literal("cell", cell))
    if column.kind == "names":
        known = dict(column.options)
        return "、".join(known[code].zh for code in literal("cell", cell))
    return cell or (ANY if column.input else "")


def _ids(root: etree._Element, rows: Iterable[GridRow]) -> Iterator[str]:
    """The id of each row: its own where a row of the file has it and no row before took it, else one that nothing in the file has."""
    published = {rule.get("id", "") for rule in root.iterfind(f".//{{{DMN}}}rule")} - {""}
    known = {str(element.get("id")) for element in root.iter(etree.Element) if element.get("id")}
    fresh = (free for number in count(1) if (free := f"rule_{number}") not in known)
    for row in rows:
        yield row.id if row.id in published else next(fresh)
        published.discard(row.id)


def _rule(number: int, name: str, row: GridRow, columns: Sequence[GridColumn], wrong: dict[str, tuple[str, str]]) -> etree._Element:
    rule = etree.Element(f"{{{DMN}}}rule", id=name)
    for place, (typed, column) in enumerate(zip(row.cells, columns, strict=True)):
        entry = etree.SubElement(rule, f"{{{DMN}}}{'inputEntry' if column.input else 'outputEntry'}", id=f"{name}_{place + 1}")
        try:
            etree.SubElement(entry, f"{{{DMN}}}text").text = _cell(_line(typed), column)
        except Unwritable as refusal:
            wrong[f"{number}-{place}"] = refusal.sentences
        except ValueError:
            wrong[f"{number}-{place}"] = _WRONG[column.kind]
    note = etree.SubElement(rule, f"{{{DMN}}}annotationEntry")
    try:
        etree.SubElement(note, f"{{{DMN}}}text").text = _line(row.basis)
    except Unwritable as refusal:
        wrong[f"{number}-basis"] = refusal.sentences
    return rule


class Unwritable(ValueError):
    """Text that a table's file cannot hold; `sentences` say why, Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.sentences = (zh, en)


def _line(typed: str) -> str:
    """What was typed, in one line. Raises Unwritable."""
    if UNWRITABLE.search(typed):
        raise Unwritable(
            "含有看不见的控制字符，请删去后重新输入。", "There is an invisible control character in it; delete it and type the text anew."
        )
    line = " ".join(typed.split())
    if len(line) > LONGEST:
        raise Unwritable(f"不得超过 {LONGEST} 字。", f"At most {LONGEST} characters.")
    return line


_WRONG: dict[str, tuple[str, str]] = {
    "yes_no": ("请选是或否。", "Choose yes or no."),
    "choice": ("请选一项。", "Choose one."),
    "names": ("请写部门名称，用顿号隔开，如：公安、医疗保障。", "Write names with commas between them: police, healthcare security."),
    "words": ("请填写。", "Write something."),
    "number": ("请填数字。", "Give a number."),
    "cell": (
        "单元格写法不对：文字加引号，列表用方括号，比较写作 >= 5。",
        'Not a cell: text in quotes, a list in brackets, a comparison as ">= 5".',
    ),
}


def _cell(typed: str, column: GridColumn) -> str:
    """The cell as the file has it. Raises ValueError for what is no value of the column's kind."""
    if column.input and typed in {"", ANY}:
        return ANY
    return _WRITE[column.kind](typed, column)


def _one_of(typed: str, known: Iterable[str]) -> str:
    if typed not in known:
        raise ValueError(typed)
    return typed


def _number(typed: str, _column: GridColumn) -> str:
    if not typed.replace(".", "", 1).isdecimal():
        raise ValueError(typed)
    literal("cell", typed)
    return typed


def _words(typed: str, _column: GridColumn) -> str:
    if not typed:
        raise ValueError(typed)
    escaped = typed.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _names(typed: str, column: GridColumn) -> str:
    codes = {name: code for code, words in column.options for name in (code, words.zh, words.en)}
    return json.dumps([codes[_one_of(name, codes)] for part in re.split("[、，,;；]", typed) if (name := part.strip())])


def _plain(typed: str, column: GridColumn) -> str:
    literal("cell", typed.lstrip("<>=! ") if column.input else typed)
    return typed


_WRITE: Mapping[str, Callable[[str, GridColumn], str]] = {
    "yes_no": lambda typed, _: _one_of(typed, ("true", "false")),
    "choice": lambda typed, column: _words(_one_of(typed, [value for value, _ in column.options]), column),
    "names": _names,
    "words": _words,
    "number": _number,
    "cell": _plain,
}
