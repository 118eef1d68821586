"""What a city reports of a special action, checked: 浙卫发函〔2022〕42号 附件2 (the table) and 附件1 (the indicators).

Pure: `annexes()` reads the rows, columns and rules that ship in `bpmn/campaign_report/annexes.yaml`; everything else looks at figures
and says every fault with its row and column in both languages. Money is in 万元, everything else is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from workflows.contracts import Text
from workflows.rulebook import read_yaml, shipped

MEASURED = frozenset({"万元", "%"})
"""Units of figures that need not be whole."""
CENT = 0.005
"""Sums of amounts are equal when they differ by less (万元)."""
Figures = Mapping[str, Any]
"""A line of the table as a form gives it: `row` (its id) and a figure per column, those left out being 0."""


@dataclass(frozen=True)
class Column:
    """A column. `of_which` names the column that this one is a part of, `amount_of` the one whose money it is."""

    id: str
    name: Text
    of_which: str = ""
    amount_of: str = ""


@dataclass(frozen=True)
class Row:
    """A row of the table with the columns that it has; `inferred` = the printed table is ambiguous there."""

    id: str
    name: Text
    unit: str
    columns: tuple[str, ...]
    inferred: bool = False


@dataclass(frozen=True)
class Check:
    """A rule between rows: `total` against `parts`, column by column."""

    rule: str
    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Indicator:
    """A figure of annex 1, under the key of its form field. It is at most `at_most`, and is the money of `amount_of`."""

    key: str
    name: Text
    unit: str
    at_most: str = ""
    amount_of: str = ""


@dataclass(frozen=True)
class Target:
    """How many institutions of a class are to be covered; `total` and `covered` are the keys of the form's fields."""

    name: Text
    total: str
    covered: str
    percent: int


@dataclass(frozen=True)
class Annexes:
    """Both annexes as read."""

    columns: Mapping[str, Column]
    rows: Mapping[str, Row]
    checks: tuple[Check, ...]
    indicators: Mapping[str, tuple[Indicator, ...]]
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class Fault:
    """Something wrong in row `row` and column `column` (ids; a column may be '' where the line as a whole is wrong)."""

    row: str
    column: str
    rule: str
    words: Text


@cache
def annexes() -> Annexes:
    """The annexes of this release."""
    told = read_yaml(shipped() / "campaign_report" / "annexes.yaml")
    table = told["table"]
    return Annexes(
        columns={one["id"]: Column(one["id"], _name(one), one.get("of_which", ""), one.get("amount_of", "")) for one in table["columns"]},
        rows={one["id"]: _row(one, table["kinds"]) for one in table["rows"]},
        checks=tuple(Check(one["rule"], one["total"], tuple(one["parts"])) for one in table["checks"]),
        indicators={
            function: tuple(
                Indicator(one["key"], _name(one), one["unit"], one.get("at_most", ""), one.get("amount_of", "")) for one in figures
            )
            for function, figures in told["indicators"].items()
        },
        targets=tuple(Target(_name(one), one["total"], one["covered"], one["percent"]) for one in told["targets"]),
    )


def table_faults(lines: Sequence[Figures]) -> tuple[Fault, ...]:
    """Every fault of a filled table, in the order of its rows. A row that is left out counts as 0."""
    book = annexes()
    alone = [fault for line in lines for fault in _of_line(book, line)]
    twice = [row for row in book.rows if sum(line.get("row") == row for line in lines) > 1]
    alone += [Fault(row, "", "twice", _said(book, row, "", "填了两次", "stands twice")) for row in twice]
    given = {str(line["row"]): line for line in lines if line.get("row") in book.rows}
    between = [fault for check in book.checks for fault in _CHECKS[check.rule](book, check, given)]
    order = list(book.rows)
    return tuple(sorted([*alone, *between], key=lambda fault: order.index(fault.row) if fault.row in order else -1))


def indicator_faults(function: str, answers: Mapping[str, Any]) -> dict[str, Text]:
    """Field → what is wrong with the figures of annex 1 that the department with this function gave."""
    known = {one.key: one for one in annexes().indicators.get(function, ())}
    found: dict[str, Text] = {}
    for key, one in known.items():
        value = answers.get(key) or 0
        if wrong := _figure(value, one.unit):
            found[key] = wrong
        elif one.at_most and value > (answers.get(one.at_most) or 0):
            more = known[one.at_most].name
            found[key] = Text(f"不得大于“{more.zh}”。", f"It may not be more than “{more.en}”.")
        elif one.amount_of and value and not answers.get(one.amount_of):
            count = known[one.amount_of].name
            found[key] = Text(f"有金额而“{count.zh}”为 0。", f"There is an amount, but “{count.en}” is 0.")
    return found


def coverage_faults(answers: Mapping[str, Any]) -> dict[str, Text]:
    """Field → what is wrong with the figures of coverage."""
    found: dict[str, Text] = {}
    for target in annexes().targets:
        for key in (target.total, target.covered):
            if wrong := _figure(answers.get(key) or 0, "家"):
                found[key] = wrong
        if (answers.get(target.covered) or 0) > (answers.get(target.total) or 0):
            found[target.covered] = Text("检查家数不得大于总家数。", "No more can be covered than there are.")
    return found


def same_figures(one: Iterable[Figures], other: Iterable[Figures]) -> bool:
    """Whether two tables say the same, whatever the order of their lines and whether zeros are written."""
    return _cells(one) == _cells(other)


def _cells(lines: Iterable[Figures]) -> dict[tuple[str, str], float]:
    cells: dict[tuple[str, str], float] = {}
    for line in lines:
        for column in annexes().columns:
            if line.get(column):
                place = (str(line.get("row")), column)
                cells[place] = round(cells.get(place, 0) + line[column], 4)
    return cells


def _of_line(book: Annexes, line: Figures) -> Iterator[Fault]:
    row = book.rows.get(str(line.get("row")))
    if row is None:
        yield Fault(str(line.get("row")), "", "unknown_row", Text(f"没有 {line.get('row')} 行", f"there is no row {line.get('row')}"))
        return
    for column in book.columns.values():
        value = line.get(column.id) or 0
        if column.id not in row.columns:
            if value:
                yield Fault(row.id, column.id, "no_column", _said(book, row.id, column.id, "本行没有这一栏", "this row has no such column"))
            continue
        wrong = _figure(value, "万元" if column.amount_of else row.unit)
        if wrong:
            yield Fault(row.id, column.id, "figure", _said(book, row.id, column.id, wrong.zh, wrong.en))
        elif column.of_which and value > (line.get(column.of_which) or 0):
            yield Fault(row.id, column.id, "of_which", _said(book, row.id, column.id, "其中数大于总数", "the part is more than the total"))
        elif column.amount_of and value and not line.get(column.amount_of):
            said = _said(book, row.id, column.id, "有金额而数量为 0", "there is an amount without a count")
            yield Fault(row.id, column.id, "amount_with_count", said)


def _figure(value: float, unit: str) -> Text | None:
    if value < 0:
        return Text("不得为负数。", "It may not be negative.")
    if unit not in MEASURED and value != int(value):
        return Text("应为整数。", "It is a whole number.")
    if unit == "%" and value > 100:  # noqa: PLR2004 - per cent
        return Text("不得超过 100。", "It is at most 100.")
    return None


def _each_column(book: Annexes, check: Check, given: Mapping[str, Figures]) -> Iterator[tuple[str, float, dict[str, float]]]:
    """(column, the total, the parts by row) for every column that the total has; a part without that column adds nothing."""
    for column in book.rows[check.total].columns:
        parts = {row: given.get(row, {}).get(column) or 0 for row in check.parts if column in book.rows[row].columns}
        yield column, given.get(check.total, {}).get(column) or 0, parts


def _at_least_each(book: Annexes, check: Check, given: Mapping[str, Figures]) -> Iterator[Fault]:
    for column, total, parts in _each_column(book, check, given):
        for row in [row for row, part in parts.items() if part > total]:
            said = _said(book, check.total, column, f"总数小于 {row}", f"the total is less than {row}")
            yield Fault(check.total, column, "at_least_each", said)


def _at_most_sum(book: Annexes, check: Check, given: Mapping[str, Figures]) -> Iterator[Fault]:
    for column, total, parts in _each_column(book, check, given):
        if total > sum(parts.values()):
            said = _said(book, check.total, column, "总数大于各项之和", "the total is more than all kinds together")
            yield Fault(check.total, column, "at_most_sum", said)


def _equals_sum(book: Annexes, check: Check, given: Mapping[str, Figures]) -> Iterator[Fault]:
    for column, total, parts in _each_column(book, check, given):
        if abs(total - sum(parts.values())) >= CENT:
            rows = "+".join(check.parts)
            yield Fault(check.total, column, "equals_sum", _said(book, check.total, column, f"应等于 {rows}", f"it is not {rows}"))


def _amount_with_count(book: Annexes, check: Check, given: Mapping[str, Figures]) -> Iterator[Fault]:
    for column, total, parts in _each_column(book, check, given):
        if total and not sum(parts.values()):
            rows = "、".join(check.parts)
            said = _said(book, check.total, column, f"有金额而 {rows} 为 0", f"there is an amount, but {rows} is 0")
            yield Fault(check.total, column, "amount_with_count", said)


_CHECKS = {
    "at_least_each": _at_least_each,
    "at_most_sum": _at_most_sum,
    "equals_sum": _equals_sum,
    "amount_with_count": _amount_with_count,
}


def _said(book: Annexes, row: str, column: str, zh: str, en: str) -> Text:
    where = book.columns[column].name if column else Text("整行", "whole row")
    name = book.rows[row].name
    return Text(f"{row}“{name.zh}”{where.zh}：{zh.rstrip('。')}", f"{row} “{name.en}”, {where.en}: {en.rstrip('.')}")


def _row(told: Mapping[str, Any], kinds: Mapping[str, Sequence[str]]) -> Row:
    group = f"{told['group']}—" if told.get("group") else ""
    return Row(
        told["id"], Text(group + told["name"], told["name_en"]), told["unit"], tuple(kinds[told["columns"]]), bool(told.get("inferred"))
    )


def _name(told: Mapping[str, Any]) -> Text:
    return Text(told["name"], told["name_en"])
