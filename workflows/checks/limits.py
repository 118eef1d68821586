"""How much a bundle may hold and still be looked at: what holds more is refused before any rule reads it, so that every check ends soon.

The figures are several times those of the largest bundle that ships (160 files, 0.9 MB, 428 steps).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workflows.checks.context import Context
from workflows.contracts import Finding
from workflows.engine.decision_table import DecisionTable
from workflows.engine.diagram import Diagram
from workflows.engine.file_shapes import ShapeRefused, read_table_tests, read_yaml

FILE_LIMIT = 2 * 1024 * 1024
"""Bytes of one file; the longest diagram of ours has a tenth of it."""
TOTAL_LIMIT = 8 * 1024 * 1024
"""Bytes of all files together."""
COUNT_LIMIT = 200
"""Files."""
MAX_NODES = 400
"""Steps of one diagram."""
MAX_FLOWS = 1_000
"""Flows of one diagram."""
MAX_STEPS = 1_500
"""Steps of all diagrams together."""
LONGEST_VALUE = 2_000
"""Characters of an attribute, and of a condition or reference."""
MAX_FORM_MARKS = 40_000
"""Values in all forms together, counted by the marks that JSON sets before them."""
MAX_YAML = 256 * 1024
"""Bytes of all YAML files together."""
MAX_CELLS = 60_000
"""Cells that are looked at when every test of every table runs."""
MAX_PLAYED = 500
"""Steps of all scenarios together."""
LONGEST_LIST = 200
"""Items of a list that a scenario begins with; a form takes as many."""
SCENARIOS = "scenarios/"


def of_the_files(files: Mapping[str, bytes]) -> Iterator[Finding]:
    """What is too much before anything is read."""
    if len(files) > COUNT_LIMIT or sum(map(len, files.values())) > TOTAL_LIMIT:
        zh = f"流程包过大：合计不得超过 {TOTAL_LIMIT >> 20} MB、{COUNT_LIMIT} 个文件。"
        yield _too_much("bundle_too_large", zh, f"The bundle is too large: {TOTAL_LIMIT >> 20} MB and {COUNT_LIMIT} files in all.")
    marks = sum(content.count(mark) for path, content in files.items() if path.endswith(".form") for mark in (b"{", b"[", b","))
    if marks > MAX_FORM_MARKS:
        yield _too_much("forms_too_large", "各表单内容合计过多，请拆分流程包。", "The forms together hold too much: split the bundle.")
    if sum(len(content) for path, content in files.items() if path.endswith(".yaml")) > MAX_YAML:
        yield _too_much(
            "yaml_too_large", f"YAML 文件合计不得超过 {MAX_YAML >> 10} KB。", f"The YAML files have {MAX_YAML >> 10} KB together at most."
        )


def of_the_diagrams(diagrams: Mapping[str, Diagram]) -> Iterator[Finding]:
    """What is too much in all diagrams together."""
    if sum(len(diagram.elements) for diagram in diagrams.values()) > MAX_STEPS:
        yield _too_much(
            "too_many_steps",
            f"各流程图合计超过 {MAX_STEPS} 个节点，请拆分流程包。",
            f"More than {MAX_STEPS} nodes in all diagrams: split the bundle.",
        )


def of_one_diagram(context: Context) -> Iterator[Finding]:
    """What is too much in one diagram; the other rules do not read it then."""
    diagram = context.diagram
    if len(diagram.elements) > MAX_NODES:
        yield context.error("too_many_nodes", "", f"节点超过 {MAX_NODES} 个，请拆分。", f"More than {MAX_NODES} nodes; split it.")
    if len(diagram.flows) > MAX_FLOWS:
        yield context.error("too_many_flows", "", f"连线超过 {MAX_FLOWS} 条，请拆分。", f"More than {MAX_FLOWS} flows; split it.")
    for node in diagram.root.iter("*"):
        for name, value in node.attrib.items():
            if len(value) > LONGEST_VALUE:
                own, short = (node.get("id") or "")[:40], str(name).rpartition("}")[2][:40]
                zh, en = f"{own} 的 {short} 超过 {LONGEST_VALUE} 字。", f"{short} of {own} has more than {LONGEST_VALUE} characters."
                yield context.error("value_too_long", own, zh, en)
                return
    if any(len(flow.condition) > LONGEST_VALUE for flow in diagram.flows):
        zh, en = f"有条件超过 {LONGEST_VALUE} 字。", f"A condition has more than {LONGEST_VALUE} characters."
        yield context.error("value_too_long", "", zh, en)


def of_the_tables(files: Mapping[str, bytes], tables: Mapping[str, DecisionTable]) -> Iterator[Finding]:
    """What is too much in the tables with their tests, and in the scenarios: both are run at each check."""
    cells = 0
    for path, content in files.items():
        table = tables.get(path.rsplit("/", 1)[-1].removesuffix(".tests.yaml"))
        if path.endswith(".tests.yaml") and table is not None:
            try:
                cells += len(read_table_tests(content)) * len(table.rules) * max(len(table.inputs), 1)
            except ShapeRefused:  # said where the tests are run
                continue
    if cells > MAX_CELLS:
        yield _too_much("tables_too_large", "决策表及其用例过多，请拆分。", "The decision tables and their tests are too many: split them.")
    yield from _scenarios(files)


def _scenarios(files: Mapping[str, bytes]) -> Iterator[Finding]:
    played = 0
    for path, content in files.items():
        if not (path.startswith(SCENARIOS) and path.endswith(".yaml")):
            continue
        try:
            told = read_yaml(content)
        except ShapeRefused:  # said where the scenario is run
            continue
        steps, facts = (told.get("steps"), told.get("facts")) if isinstance(told, dict) else ([], {})
        played += 10 + len(steps) if isinstance(steps, list) else 0
        lists = (value for value in facts.values() if isinstance(value, list)) if isinstance(facts, dict) else ()
        if any(len(value) > LONGEST_LIST for value in lists):
            zh, en = f"场景开头的列表超过 {LONGEST_LIST} 项。", f"A list that the scenario begins with has more than {LONGEST_LIST} items."
            yield Finding("error", "scenario_too_large", "", zh, en, path)
        if played > MAX_PLAYED:
            zh, en = (
                f"场景合计超过 {MAX_PLAYED} 步（每个场景另计 10 步）。",
                f"The scenarios have more than {MAX_PLAYED} steps together (and 10 for each).",
            )
            yield Finding("error", "scenario_too_large", "", zh, en)
            return


def _too_much(rule: str, zh: str, en: str) -> Finding:
    return Finding("error", rule, "", zh, en)
