"""The page of mechanisms names every one of them, and names nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.factories.routing import files_of
from workflows.gates import GATES
from workflows.rulebook import load_rulebook, shipped_bundles

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/mechanisms.md").read_text(encoding="utf-8")
IDS = {
    *(f"SD-{part}" for part in ("1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.1", "2.2", "2.3", "2.4", "2.5", "3.1", "3.2", "3.3", "3.4", "4")),
    *(f"SH-{number}" for number in range(1, 14)),
    *(f"ZB-1.{number}" for number in range(1, 7)), *(f"ZB-2.{number}" for number in range(1, 12)),
    *(f"ZB-3.{number}" for number in range(1, 7)), *(f"ZB-4.{number}" for number in range(1, 5)), "ZB-5.1", "ZB-5.2",
    *(f"LC-{number}" for number in range(1, 12)), *(f"ZJ-{number}" for number in range(1, 11)), "ZJ-A1", "ZJ-A2",
}  # fmt: skip
ROWS = re.findall(r"^\| ([A-Z]{2}-[\w.]+) \|(.*)\|(.*)\|(.*)\|$", PAGE, re.MULTILINE)


def test_every_mechanism_has_its_row():
    assert {row[0] for row in ROWS} == IDS
    assert len(ROWS) == len(IDS)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:bpmn|handlers|workflows)/[\w/.]+\.\w+)`", PAGE))))
def test_every_file_that_the_page_names_is_there(path):
    assert (ROOT / path).is_file()


def test_every_table_and_gate_that_the_page_names_is_there():
    tables = {Path(path).stem for name in shipped_bundles() for path in files_of(name) if path.endswith(".dmn")}
    named = set(re.findall(r"tables? `(\w+)`(?: and `(\w+)`)?", PAGE))
    assert {name for pair in named for name in pair if name} <= tables
    gates = {name for found in re.findall(r"gates? ((?:`\w+`(?:, )?)+)", PAGE) for name in re.findall(r"`(\w+)`", found)}
    assert gates <= set(GATES)
    assert gates


def test_every_kind_of_clock_that_the_page_names_has_rules():
    for prefix in re.findall(r"`(\w+)\.\*`", PAGE):
        assert any(rule.startswith(f"{prefix}.") for rule in load_rulebook().rules)


def test_what_is_built_names_where():
    for name, _, carried, state in ROWS:
        assert ("built" not in state.replace("not built yet", "")) or carried.strip() != "–", name
