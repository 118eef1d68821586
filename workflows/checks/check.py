"""What must hold before a diagram may be published, said in the designer's words on the element.

Refuses what SpiffWorkflow 3.2.0 would mis-execute in silence (engine-facts §1.2), what our dialect does not have, and what names
something that is not there. `check_files` is the one function behind `onecase check`, the API, the screen and `publish`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from workflows import forms
from workflows.checks import elements, events, flows, layout, limits, meaning, sizes, style
from workflows.checks.context import Context, Known
from workflows.checks.tables import table_findings
from workflows.contracts import Finding
from workflows.engine.bundle import MANIFEST
from workflows.engine.decision_table import DecisionTable, TableError, read_table
from workflows.engine.diagram import Diagram, read_diagram
from workflows.engine.expressions import ExpressionError, parse
from workflows.engine.file_shapes import ShapeRefused, read_form, read_manifest
from workflows.engine.schema import schema_fault
from workflows.engine.secure_xml import XmlRefused

NOTHING = Known(frozenset(), frozenset(), frozenset())
Rule = Callable[[Context], Iterator[Finding]]
COURSE: tuple[Rule, ...] = (
    *elements.RULES,
    *flows.RULES,
    *events.RULES,
    *sizes.RULES,
    layout.the_picture_says_who,
    meaning.lanes_have_work,
)
"""The rules that can forbid publishing: what the process does and who does it."""
RULES: tuple[Rule, ...] = elements.RULES + flows.RULES + events.RULES + sizes.RULES + layout.RULES + meaning.RULES + style.RULES


def check_files(files: Mapping[str, bytes], known: Known) -> tuple[Finding, ...]:
    """Every finding on a bundle's files, or on a diagram alone; empty when it may be published."""
    findings = [*limits.of_the_files(files)]
    if findings:
        return tuple(findings)
    alone = MANIFEST not in files
    diagrams = _read(files, ".bpmn", read_diagram, findings)
    read_forms = _read(files, ".form", read_form, findings)
    tables = _read(files, ".dmn", lambda content: read_table("table", content), findings)
    if not any(path.endswith(".bpmn") for path in files):
        findings.append(Finding("error", "no_diagram", "", "没有 .bpmn 流程图文件。", "There is no .bpmn file."))
    findings += _form_findings(read_forms)
    by_stem = {Path(path).stem: form for path, form in read_forms.items()}
    by_name = {Path(path).stem: table for path, table in tables.items()}
    too_much = [*limits.of_the_diagrams(diagrams), *limits.of_the_tables(files, by_name)]
    if too_much:
        return _sorted([*findings, *too_much])
    facts = _facts(by_stem, by_name, diagrams, known)
    for path, diagram in diagrams.items():
        context = Context(path, diagram, known, by_stem, by_name, frozenset(one.process for one in diagrams.values()), facts, alone)
        findings += [*limits.of_one_diagram(context)] or _of_diagram(context, files[path], RULES)
    findings += table_findings(files, by_name)
    findings += [*_bundle(files, diagrams, alone), *sizes.facts_fit(read_forms, by_name), *sizes.ways_fit(diagrams)]
    if not alone:
        findings += meaning.bundle_findings(files, read_forms, diagrams, known, facts)
    return _sorted(findings)


def _of_diagram(context: Context, content: bytes, rules: Iterable[Rule]) -> list[Finding]:
    return [*_schema(context.file, content), *(finding for rule in rules for finding in rule(context))]


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(dict.fromkeys(findings), key=lambda found: (found.severity != "error", found.file, found.element, found.rule)))


def errors_alone(path: str, content: bytes) -> frozenset[tuple[str, str]]:
    """Rule and element of every error of one diagram, looked at without the files and the names around it. Raises XmlRefused."""
    diagram = read_diagram(content)
    context = Context(path, diagram, NOTHING, {}, {}, frozenset({diagram.process}), frozenset(), alone=True)
    findings = [*limits.of_one_diagram(context)] or _of_diagram(context, content, COURSE)
    return frozenset((finding.rule, finding.element) for finding in findings if finding.severity == "error")


def _read(files: Mapping[str, bytes], suffix: str, reader: Callable[[bytes], Any], findings: list[Finding]) -> dict[str, Any]:
    read = {}
    for path, content in files.items():
        if not path.endswith(suffix):
            continue
        try:
            read[path] = reader(content)
        except XmlRefused as refusal:
            findings.append(Finding("error", refusal.rule, "", refusal.zh, refusal.en, path))
        except TableError as error:
            findings.append(
                Finding("error", "decision_table", "", f"决策表无法读取：{error}。", f"The decision table cannot be read: {error}.", path)
            )
        except ValueError as error:
            findings.append(Finding("error", "form_json", "", f"表单无法读取：{error}。", f"The form cannot be read: {error}.", path))
    return read


def _schema(path: str, content: bytes) -> Iterator[Finding]:
    fault = schema_fault(path, content)
    if fault is not None:
        line = f"第 {fault.line} 行" if fault.line else ""
        yield Finding("error", "schema", "", f"不符合 BPMN 2.0 规范（{line}）：{fault.told}", f"Not valid BPMN 2.0: {fault.told}", path)


def _form_findings(read: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
    for path, form in read.items():
        for component in _components(form["components"]):
            kind, key = str(component.get("type")), str(component.get("key") or component.get("path") or component.get("id") or "")
            if kind not in forms.COMPONENTS:
                yield Finding(
                    "error", "form_component", key, f"表单不支持组件类型 {kind}。", f"Forms have no component of type {kind}.", path
                )
            if key in {"typename", "__proto__", "constructor"} or key.startswith("_"):
                yield Finding("error", "form_key", key, f"字段名 {key} 不可使用。", f"A field may not be called {key}.", path)
            if kind in forms.INPUTS | {"dynamiclist"} and not component.get("path" if kind == "dynamiclist" else "key"):
                yield Finding("error", "form_key", key, f"组件 {key} 没有字段名。", f"The component {key} has no key.", path)
            hide = (component.get("conditional") or {}).get("hide")
            if hide:
                try:
                    parse(forms.from_feel(hide))
                except ExpressionError as error:
                    yield Finding(
                        "error", "form_condition", key, f"显示条件无法读取：{error}。", f"The condition cannot be read: {error}.", path
                    )


def _components(components: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        yield component
        yield from _components(component.get("components") or [])


def _facts(
    read: Mapping[str, Mapping[str, Any]], tables: Mapping[str, DecisionTable], diagrams: Mapping[str, Diagram], known: Known
) -> frozenset[str]:
    """Every fact that something in the bundle can set."""
    asked = {forms.key_of(component) for form in read.values() for component in forms.inputs(form)}
    decided = {name for table in tables.values() for name in table.outputs}
    called = {element.service for diagram in diagrams.values() for element in diagram.elements.values() if element.service}
    served = {name for service in called for name in known.provided.get(service, frozenset())}
    return frozenset(asked | decided | served)


def _bundle(files: Mapping[str, bytes], diagrams: Mapping[str, Diagram], alone: bool) -> Iterator[Finding]:
    if alone:
        return
    processes = [diagram.process for diagram in diagrams.values()]
    try:
        named = read_manifest(files[MANIFEST])["process"]
        if named not in processes:
            yield Finding(
                "error", "manifest", "", f"清单所列主流程 {named} 不在流程图中。", f"The manifest's process {named} is not drawn.", MANIFEST
            )
    except ShapeRefused as refusal:
        yield Finding("error", "manifest", "", f"清单无法读取：{refusal}。", f"The manifest cannot be read: {refusal}.", MANIFEST)
    for kind, suffix in (("表单", ".form"), ("决策表", ".dmn")):
        stems = [Path(path).stem for path in files if path.endswith(suffix)]
        for stem in {one for one in stems if stems.count(one) > 1}:
            zh, en = f"{kind} {stem} 在本流程包中出现两次。", f"{stem}{suffix} is in this bundle twice."
            yield Finding("error", "duplicate_file", stem, zh, en)
    for process in {one for one in processes if processes.count(one) > 1}:
        yield Finding("error", "duplicate_process", process, f"流程 {process} 出现两次。", f"Process {process} is drawn twice.")
    scopes = [element.id for diagram in diagrams.values() for element in diagram.elements.values() if element.kind == "subProcess"]
    for scope in {one for one in scopes if scopes.count(one) > 1 or one in processes}:
        yield Finding("error", "duplicate_subprocess", scope, f"子流程编号 {scope} 重复。", f"The subprocess id {scope} is used twice.")
    yield from _recursion(diagrams)


def _recursion(diagrams: Mapping[str, Diagram]) -> Iterator[Finding]:
    calls = {diagram.process: {element.called for element in diagram.elements.values() if element.called} for diagram in diagrams.values()}

    def reached(start: str) -> set[str]:
        found: set[str] = set()
        frontier = [start]
        while frontier:
            further = calls.get(frontier.pop(), set()) - found
            found |= further
            frontier += further
        return found

    for process in calls:
        if process in reached(process):
            yield Finding("error", "recursive_call", process, f"流程 {process} 直接或间接调用自身。", f"Process {process} calls itself.")
