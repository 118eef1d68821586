"""The tests that stand beside a decision table (`NAME.tests.yaml`), run at each check: what a table decides is part of what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
            outcome = run_test(tables[name], row)
            if not outcome.passed:
                got = outcome.refusal or dict(outcome.decided)
                zh = f"用例「{row['name']}」：应为 {row['then']}，得到 {got}。"
                en = f"Test “{row['name']}”: wanted {row['then']}, got {got}."
                yield Finding("error", "table_test", name, zh, en, path)


@dataclass(frozen=True)
class Outcome:
    """What a table said in one of its tests."""

    decided: Mapping[str, Any]
    """Empty where it has no answer."""
    refusal: str
    """Why it has none."""
    passed: bool
    """Whether it decided everything that the test wants, as the test wants it."""


def run_test(table: DecisionTable, row: Mapping[str, Any]) -> Outcome:
    """One test of a table, run: `given` the facts, `then` what must be decided."""
    try:
        decided = table.decide(row["given"])
    except (TableError, ExpressionError) as error:
        return Outcome({}, str(error), passed=False)
    return Outcome(decided, "", passed=all(key in decided and decided[key] == value for key, value in row["then"].items()))
