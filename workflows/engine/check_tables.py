"""The tests that stand beside a decision table (`NAME.tests.yaml`), run at each check: what a table decides is part of what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from workflows.contracts import Finding
from workflows.engine.decision_table import DecisionTable, TableError
from workflows.engine.expressions import ExpressionError
from workflows.engine.file_shapes import ShapeRefused, read_table_tests

SUFFIX = ".tests.yaml"


def table_findings(files: Mapping[str, bytes], tables: Mapping[str, DecisionTable]) -> Iterator[Finding]:
    """A finding for each test that a table of the bundle does not pass, and for tests that cannot be read or have no table."""
    for path, content in files.items():
        if not path.endswith(SUFFIX):
            continue
        name = Path(path).name.removesuffix(SUFFIX)
        if name not in tables:
            zh, en = f"没有名为 {name} 的决策表，这些用例无从运行。", f"There is no decision table {name!r} for these tests."
            yield Finding("error", "table_test", name, zh, en, path)
            continue
        try:
            rows = read_table_tests(content)
        except ShapeRefused as refusal:
            yield Finding("error", "table_test", name, f"用例无法读取：{refusal}。", f"The tests cannot be read: {refusal}.", path)
            continue
        for row in rows:
            yield from _run(path, tables[name], name, row)


def _run(path: str, table: DecisionTable, name: str, row: Mapping[str, Any]) -> Iterator[Finding]:
    try:
        decided: Any = table.decide(row["given"])
    except (TableError, ExpressionError) as error:
        decided = str(error)
    if not isinstance(decided, dict) or any(decided.get(key, row) != value for key, value in row["then"].items()):
        zh = f"用例「{row['name']}」：应为 {row['then']}，得到 {decided}。"
        yield Finding("error", "table_test", name, zh, f"Test “{row['name']}”: wanted {row['then']}, got {decided}.", path)
