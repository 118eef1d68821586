"""Two decision tables of one name: columns, rows and cells that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from workflows.comparing.changes import EXECUTION, LAYOUT, NOTHING, WORDS, Change, changed, told
from workflows.contracts import Text
from workflows.engine.decision_table import DecisionTable, Rule, read_table

ROW, BASIS = Text("规则行", "row"), Text("依据与说明", "basis")
ROW_ORDER = Text("各行的先后", "order of the rows")
POLICY = Text("适用方式", "hit policy")
INPUT, OUTPUT = Text("输入列", "input column"), Text("结论列", "output column")
COLUMN_ORDER = Text("各列的先后", "order of the columns")
TITLE, DESCRIPTION, LABEL = Text("表名", "title"), Text("说明", "description"), Text("列名", "column heading")


@dataclass(frozen=True)
class Read:
    """A table with its columns and rows by what they are recognised by."""

    table: DecisionTable
    columns: Mapping[str, Text]
    """What a column reads or sets → what it is called; inputs begin with `?`."""
    rows: Mapping[str, Rule]

    @classmethod
    def of(cls, name: str, content: bytes) -> Read:
        """The table of a file. Raises TableError, XmlRefused."""
        table = read_table(name, content)
        keys = [*(f"?{expression}" for expression in table.inputs), *table.outputs]
        return cls(table, dict(zip(_apart(keys), table.labels, strict=True)), dict(zip(_apart(_row_keys(table)), table.rules, strict=True)))

    def cells(self, row: Rule) -> dict[str, str]:
        """Column → what the row says in it, exactly; a test that admits everything is empty."""
        tests = ["" if test == "-" else test for test in row.tests]
        return dict(zip(self.columns, [*tests, *(repr(value) for value in row.values)], strict=True))

    def shown(self, row: Rule) -> dict[str, str]:
        """The same as people read it, words without quotes."""
        return dict(zip(self.columns, [*(test.strip('"') or "-" for test in row.tests), *map(_value, row.values)], strict=True))

    def told(self, row: Rule) -> Text:
        """The row in a line."""
        cells = [(self.columns[key], said) for key, said in self.shown(row).items() if said not in {"", "-"}]
        return Text(*("；".join(f"{getattr(label, tongue) or label.zh}：{said}" for label, said in cells) for tongue in ("zh", "en")))


def compare(file: str, old: bytes, new: bytes) -> list[Change]:
    """What differs between two tables. Raises TableError or XmlRefused where one cannot be read."""
    name = PurePosixPath(file).stem
    was, now = Read.of(name, old), Read.of(name, new)
    shared = Change("", "changed", "table", file, NOTHING, subject=now.table.title)
    return [*_whole(was, now, shared), *_columns(was, now, shared), *_rows(was, now, shared)]


def _whole(was: Read, now: Read, shared: Change) -> Iterator[Change]:
    old, new = was.table, now.table
    if old.hit_policy != new.hit_policy:
        yield changed(replace(shared, effect=EXECUTION, aspect=POLICY), told(old.hit_policy), told(new.hit_policy))
    for aspect, before, after in ((TITLE, old.title, new.title), (DESCRIPTION, old.description, new.description)):
        if before != after:
            yield changed(replace(shared, effect=WORDS, aspect=aspect), before, after)


def _columns(was: Read, now: Read, shared: Change) -> Iterator[Change]:
    before, after = was.columns, now.columns
    for key in dict.fromkeys((*before, *after)):
        one = replace(shared, place=key.removeprefix("?"), aspect=INPUT if key.startswith("?") else OUTPUT, effect=EXECUTION)
        if key not in after:
            yield replace(one, kind="removed", old=_column(key, before))
        elif key not in before:
            yield replace(one, kind="added", new=_column(key, after))
        elif before[key] != after[key]:
            yield changed(replace(one, effect=WORDS, aspect=LABEL), before[key], after[key])
    if list(before) != list(after) and set(before) == set(after):
        yield replace(shared, effect=LAYOUT, kind="moved", aspect=COLUMN_ORDER)


def _rows(was: Read, now: Read, shared: Change) -> Iterator[Change]:
    for key, row in was.rows.items():
        if key not in now.rows:
            yield replace(shared, effect=EXECUTION, kind="removed", aspect=ROW, place=key, old=was.told(row))
    for number, (key, row) in enumerate(now.rows.items(), start=1):
        one = replace(shared, place=key, subject=Text(f"第 {number} 行", f"row {number}"))
        if key not in was.rows:
            yield replace(one, effect=EXECUTION, kind="added", aspect=ROW, new=now.told(row))
            continue
        yield from _cells(was, now, key, one)
    old, new = ([key for key in side.rows if key in other.rows] for side, other in ((was, now), (now, was)))
    if old != new:  # under COLLECT the rows that apply are a list, in their order
        read = "COLLECT" in {was.table.hit_policy, now.table.hit_policy}
        yield replace(shared, effect=EXECUTION if read else LAYOUT, kind="moved", aspect=ROW_ORDER)


def _cells(was: Read, now: Read, key: str, one: Change) -> Iterator[Change]:
    before, after = was.cells(was.rows[key]), now.cells(now.rows[key])
    for column in [column for column in after if column in before and before[column] != after[column]]:
        aspect = now.columns[column] if now.columns[column].zh else Text(column.removeprefix("?"))
        seen = was.shown(was.rows[key])[column], now.shown(now.rows[key])[column]
        old, new = seen if seen[0] != seen[1] else (before[column], after[column])
        yield replace(one, effect=EXECUTION, aspect=aspect, old=told(old or "-"), new=told(new or "-"))
    if was.rows[key].note != now.rows[key].note:
        yield changed(replace(one, effect=WORDS, aspect=BASIS), told(was.rows[key].note), told(now.rows[key].note))


def _value(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _row_keys(table: DecisionTable) -> list[str]:
    """A row is known by its id; without one, by its tests."""
    return [rule.id or " | ".join(rule.tests) for rule in table.rules]


def _apart(keys: list[str]) -> list[str]:
    """The same keys, those that come again with their turn."""
    seen: Counter[str] = Counter()
    apart = []
    for key in keys:
        seen[key] += 1
        apart.append(key if seen[key] == 1 else f"{key} #{seen[key]}")
    return apart


def _column(key: str, columns: Mapping[str, Text]) -> Text:
    said, label = key.removeprefix("?"), columns[key]
    return Text(*(f"{words}（{said}）" if words else said for words in (label.zh, label.en)))
