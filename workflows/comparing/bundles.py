"""Two sets of a bundle's files: every change, the weightiest first. The same files give none; other bytes give at least one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from workflows.comparing import diagrams, forms, tables
from workflows.comparing.changes import EFFECTS, EXECUTION, LAYOUT, NOTHING, PROOF, WHOLE, WORDS, Change, Names, changed, told
from workflows.comparing.entries import Difference, differences
from workflows.contracts import Text
from workflows.engine.bundle import MANIFEST
from workflows.engine.decision_table import TableError
from workflows.engine.file_shapes import ShapeRefused, read_yaml
from workflows.engine.secure_xml import XmlRefused
from workflows.oracle.rules import RULES_FILE

PARTS = ("manifest", "diagram", "form", "table", "rules", "scenario", "document", "other")
"""Of what a bundle is made, in the order in which its changes are told."""
UNREADABLE = Text("无法读取，只知内容不同", "cannot be read; its content differs")
WRITING = Text("文件写法（内容相同）", "way of writing (same content)")
CONTENT = Text("内容", "content")
ENTRY = Text("条目", "entry")
KEYS = {
    "process": Text("流程标识", "id of the process"),
    "name": Text("名称", "Chinese name"),
    "name_en": Text("英文名称", "English name"),
    "starters": Text("可开立案件的岗位", "roles that may open a case"),
    "includes": Text("包含的流程包", "bundles that it includes"),
    "options": Text("选项名单", "lists of options"),
    "under": Text("在案件之下开立", "how it is opened under a case"),
    "label": Text("选项文字", "words of an option"),
    "label_en": Text("选项英文", "English words of an option"),
    "basis": Text("依据", "basis"),
    "when": Text("条件", "condition"),
    "requires": Text("必须完成", "what must be done"),
    "forbids": Text("不得进行", "what must not be done"),
    "given": Text("情形", "what is given"),
    "then": Text("应得结果", "what must be decided"),
}
"""What the keys of a bundle's entries are called."""
MOST = 5000
"""Changes that are told one by one."""


def compare(old: Mapping[str, bytes], new: Mapping[str, bytes], names: Names | None = None) -> tuple[Change, ...]:
    """What differs between two bundles' files, told with the `names` that people have for clocks, services and the like."""
    paths = [path for path in sorted({*old, *new}) if old.get(path) != new.get(path)]
    found = [change for path in paths for change in _file(path, old.get(path), new.get(path), names or {})]
    order = {effect: number for number, effect in enumerate(EFFECTS)}
    return tuple(sorted(found, key=lambda one: (PARTS.index(one.part), one.file, order[one.effect])))[:MOST]


def part_of(path: str) -> str:
    """What a file of a bundle is."""
    name = PurePosixPath(path).name
    by_suffix = {".bpmn": "diagram", ".form": "form", ".dmn": "table", ".docx": "document"}
    if name == MANIFEST:
        return "manifest"
    if name == RULES_FILE:
        return "rules"
    if name.endswith(".tests.yaml") or "scenarios" in PurePosixPath(path).parts[:-1]:
        return "scenario"
    return by_suffix.get(PurePosixPath(path).suffix, "other")


def _file(path: str, old: bytes | None, new: bytes | None, names: Names) -> list[Change]:
    part = part_of(path)
    effect = {"rules": PROOF, "scenario": PROOF, "document": WORDS}.get(part, EXECUTION)
    shared = Change(effect, "changed", part, path, WHOLE, process=PurePosixPath(path).stem if part == "diagram" else "")
    if old is None or new is None:
        return [replace(shared, kind="added" if old is None else "removed")]
    try:
        found = _contents(shared, old, new, names)
    except (XmlRefused, TableError, ShapeRefused, RecursionError):
        return [replace(shared, aspect=UNREADABLE)]
    return found or [replace(shared, effect=LAYOUT, aspect=WRITING)]


def _contents(shared: Change, old: bytes, new: bytes, names: Names) -> list[Change]:
    match shared.part:
        case "diagram":
            return diagrams.compare(shared.file, old, new, names)
        case "form":
            return forms.compare(shared.file, old, new)
        case "table":
            return tables.compare(shared.file, old, new)
        case "document":
            return [replace(shared, aspect=CONTENT)]
        case _:
            return list(_entries(shared, old, new))


def _entries(shared: Change, old: bytes, new: bytes) -> Iterator[Change]:
    for found in differences(read_yaml(old), read_yaml(new)):
        aspect = KEYS.get(found.way[-1], ENTRY) if found.way else ENTRY
        around = " › ".join(found.way[:-1] if aspect is not ENTRY else found.way)
        one = replace(shared, effect=_effect(shared, found), place=" › ".join(found.way), subject=Text(around, around), aspect=aspect)
        sides = [NOTHING if value is None else told(value or "“”") for value in (found.old, found.new)]
        yield replace(changed(one, *sides), kind="moved") if found.order else changed(one, *sides)


def _effect(shared: Change, found: Difference) -> str:
    """Names, labels and grounds are read by people; the order of options is what people see first."""
    last = found.way[-1] if found.way else ""
    named = last in {"name_en", "label", "label_en", "basis", "description"} or (last == "name" and shared.part in {"manifest", "rules"})
    return WORDS if named or (found.order and shared.part == "manifest") else shared.effect
