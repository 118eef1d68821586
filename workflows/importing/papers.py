"""The files beside an imported diagram: a form for each task, and the manifest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from workflows import forms
from workflows.contracts import Text
from workflows.engine.diagram import BPMN, ONECASE
from workflows.engine.file_shapes import ShapeRefused, read_form
from workflows.importing.conditions import fact_name, translated
from workflows.importing.workshop import Workshop, titled

VERSION = 17
"""The schema version of form-js 1.x that forms of ours say."""


def forms_of(works: Iterable[Workshop]) -> dict[str, bytes]:
    """The forms of all tasks, by path: what another tool's form asked, what the diagram needs, else how it was done."""
    titles: dict[str, Text] = {}
    asked: dict[str, list[Mapping[str, Any]]] = {}
    embedded: dict[str, bytes] = {}
    for work in works:
        for node in work.process.iter(f"{BPMN}userTask"):
            name = node.get(f"{ONECASE}form", "")
            titles.setdefault(name, titled(node))
            known = asked.setdefault(name, [])
            known += [one for one in work.fields.get(node.get("id", ""), []) if one["key"] not in {other["key"] for other in known}]
            embedded.setdefault(name, work.of(node).embedded)
    return {f"forms/{name}.form": _form(name, titles[name], asked[name], embedded[name]) for name in titles if name}


def _form(name: str, title: Text, asked: list[Mapping[str, Any]], embedded: bytes) -> bytes:
    own = _ours(json.loads(embedded)["components"]) if embedded else []
    keys = {one.get("key") for one in own}
    components = [*own, *(dict(one) for one in asked if one["key"] not in keys)]
    if not any(one.get("key") or one.get("path") for one in components):
        components.append({"type": "textarea", "key": f"{name}_note", "label": "办理情况", "properties": {"en": "What was done"}})
    shown = {"type": "text", "text": title.zh or name, "properties": {"en": title.local("en") or name}}
    form = {"type": "default", "id": name, "schemaVersion": VERSION, "components": [shown, *components]}
    content = json.dumps(form, ensure_ascii=False, indent=2).encode()
    try:
        read_form(content)
    except ShapeRefused:
        return (
            _form(name, title, asked, b"")
            if embedded
            else json.dumps({**form, "components": [shown]}, ensure_ascii=False, indent=2).encode()
        )
    return content


def _ours(components: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Of a foreign form the components that ours may have, by names that facts may have; conditions that cannot be read are left out."""
    kept = []
    for foreign in components:
        one = dict(foreign)
        if one.get("type") not in forms.COMPONENTS:
            continue
        for name in ("key", "path"):
            if one.get(name):
                one[name] = fact_name(str(one[name]))
        if one.get("components"):
            one["components"] = _ours(one["components"])
        if (one.get("conditional") or {}).get("hide") and translated(str(one["conditional"]["hide"])) is None:
            del one["conditional"]
        kept.append(one)
    return kept


def manifest(process: str, name: Text) -> bytes:
    """The manifest of the bundle."""
    told = {"process": process, "name": name.zh or process, "name_en": name.local("en") or process, "starters": ["officer"]}
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False).encode()
