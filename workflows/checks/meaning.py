"""Rules about what a bundle carries and nothing uses, and what it asks and nobody can answer (warnings, but for the latter)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from workflows import forms
from workflows.checks.context import Context, Known, called
from workflows.contracts import Finding
from workflows.engine.bundle import MANIFEST
from workflows.engine.diagram import BPMN, Diagram
from workflows.engine.file_shapes import ShapeRefused, read_manifest

Forms = Mapping[str, Mapping[str, Any]]
"""Path → form."""


def lanes_have_work(context: Context) -> Iterator[Finding]:
    """A lane holds a step; no step is named by two lanes side by side."""
    named = Counter(
        reference for lane in context.diagram.root.iter(f"{BPMN}lane") if lane.find(f"{BPMN}childLaneSet") is None
        for reference in {(node.text or "").strip() for node in lane.findall(f"{BPMN}flowNodeRef")}
    )  # fmt: skip
    for element in context.diagram.elements.values():
        if named[element.id] > 1:
            zh, en = called(element)
            said_zh = f"{zh}同时列在 {named[element.id]} 条泳道中：只有一条起作用。"
            yield context.error(
                "in_two_lanes", element.id, said_zh, f"{en} is listed in {named[element.id]} lanes: only one of them counts."
            )
    for node in context.diagram.root.iter(f"{BPMN}lane"):
        if node.find(f"{BPMN}flowNodeRef") is None and node.find(f"{BPMN}childLaneSet") is None:
            name, name_en = (
                node.get("name") or node.get("id", ""),
                node.get("{urn:onecase:bpmn:1}nameEn") or node.get("name") or node.get("id", ""),
            )
            yield context.warning("empty_lane", node.get("id", ""), f"泳道「{name}」中没有任何步骤。", f"Lane “{name_en}” holds no step.")


def news_is_told_apart(context: Context) -> Iterator[Finding]:
    """Each message of a file has a name of its own, and an event that waits for it."""
    messages = list(context.diagram.root.iterchildren(f"{BPMN}message"))
    names = Counter((node.get("name") or "").strip() for node in messages)
    awaited = {node.get("messageRef") for node in context.diagram.root.iter(f"{BPMN}messageEventDefinition")}
    for node in messages:
        own, name = node.get("id", ""), (node.get("name") or "").strip()
        if name and names[name] > 1:
            said_en = f"Two messages of the file are called alike ({own}): whoever reports one reports the other."
            yield context.warning("message_twice", own, f"消息「{name}」在文件中定义了 {names[name]} 次，报告时分不清。", said_en)
        elif own not in awaited:
            said_en = f"No event waits for the message {own}."
            yield context.warning("unused_message", own, f"没有事件等待消息「{name or own}」。", said_en)


def bundle_findings(
    files: Mapping[str, bytes], read: Forms, diagrams: Mapping[str, Diagram], known: Known, facts: frozenset[str]
) -> Iterator[Finding]:
    """What the whole bundle has to say: unused files, forms that ask nothing, fields that offer nothing or the wrong thing."""
    elements = [element for diagram in diagrams.values() for element in diagram.elements.values()]
    yield from _unused(files, "表单", "form", ".form", {element.form for element in elements})
    yield from _unused(files, "决策表", "decision table", ".dmn", {element.decision for element in elements})
    lists, said = set(known.options), _manifests(files)
    for path, manifest in said.items():
        lists |= (manifest.get("options") or {}).keys()
        yield from _options_called_like_facts(path, manifest, facts)
    for path, form in read.items():
        if not any(True for _ in forms.inputs(form)) and Path(path).stem in {element.form for element in elements}:
            zh, en = "表单没有可填写的内容：办理人只能点完成。", "The form asks for nothing: the officer can only finish it."
            yield Finding("warning", "form_without_input", Path(path).stem, zh, en, path)
        for name in sorted(forms.options_named(form) - lists if known.options else ()):
            said_zh = f"选项表 {name} 不存在，该字段没有可选的内容。"
            yield Finding("error", "unknown_options", name, said_zh, f"There is no option list {name!r}: the field offers nothing.", path)


def _unused(files: Mapping[str, bytes], kind_zh: str, kind_en: str, suffix: str, used: set[str]) -> Iterator[Finding]:
    for path in files:
        stem = Path(path).stem
        if path.endswith(suffix) and stem not in used:
            yield Finding(
                "warning", f"unused_{suffix[1:]}", stem, f"没有步骤使用{kind_zh} {stem}。", f"No step uses the {kind_en} {stem}.", path
            )


def _options_called_like_facts(path: str, manifest: Mapping[str, Any], facts: frozenset[str]) -> Iterator[Finding]:
    """A form reads facts and option lists from one sheet: where both have one name, the field would be filled with the list."""
    for name in sorted(facts & (manifest.get("options") or {}).keys()):
        zh = f"选项表 {name} 与事实 {name} 同名，表单字段会读到选项表；请给选项表换个名称，如 {name}_words。"
        en = f"The option list {name} is called like a fact, and a field would read the list: call it {name}_words, for example."
        yield Finding("error", "options_name", name, zh, en, path)


def _manifests(files: Mapping[str, bytes]) -> dict[str, Mapping[str, Any]]:
    read: dict[str, Mapping[str, Any]] = {}
    for path in (path for path in files if path.rsplit("/", 1)[-1] == MANIFEST):
        try:
            read[path] = read_manifest(files[path])
        except ShapeRefused:  # said where the manifest is read for its process
            continue
    return read


RULES: tuple[Callable[[Context], Iterator[Finding]], ...] = (lanes_have_work, news_is_told_apart)
