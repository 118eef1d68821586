"""One fault put into the files of a bundle: each word below takes files and gives changed ones, and says so when nothing was there to change."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import yaml
from lxml import etree

from workflows.engine.diagram import BPMN

Files = Mapping[str, bytes]
Mutation = Callable[[Files], dict[str, bytes]]
OURS = "{urn:onecase:bpmn:1}"
PLAIN = frozenset({"default", "sourceRef", "targetRef", "calledElement", "cancelActivity", "id", "name"})
"""Attributes of BPMN itself; all others are the dialect's."""


def named(files: Files, name: str) -> str:
    """The path of the file `name` in the bundle, whichever folder it was included from."""
    found = [path for path in files if path == name or path.endswith(f"/{name}")]
    assert len(found) == 1, f"{name}: {found}"
    return found[0]


def drawn(process: str, change: Callable[[etree._Element], None]) -> Mutation:
    """A change of the XML of one process."""

    def mutate(files: Files) -> dict[str, bytes]:
        path = named(files, f"{process}.bpmn")
        root = etree.fromstring(files[path])
        change(root)
        return {**files, path: etree.tostring(root, xml_declaration=True, encoding="UTF-8")}

    return mutate


def element(root: etree._Element, name: str) -> etree._Element:
    found = root.xpath(f"//*[@id='{name}']")
    assert len(found) == 1, f"{name}: {len(found)} elements"
    return found[0]


def attribute(process: str, name: str, **values: str | None) -> Mutation:
    """Attributes of an element (or a lane, or a flow) set, or taken away with None."""

    def change(root: etree._Element) -> None:
        node = element(root, name)
        for key, value in values.items():
            full = key if key in PLAIN else f"{OURS}{key}"
            assert node.get(full) != value, f"{name} has {key}={value} already"
            node.attrib.pop(full, None) if value is None else node.set(full, value)

    return drawn(process, change)


def condition(process: str, flow: str, text: str) -> Mutation:
    """Another condition on a flow."""

    def change(root: etree._Element) -> None:
        node = element(root, flow)
        for old in node.findall(f"{BPMN}conditionExpression"):
            assert old.text != text, f"{flow} says so already"
            node.remove(old)
        said = etree.SubElement(node, f"{BPMN}conditionExpression")
        said.set("{http://www.w3.org/2001/XMLSchema-instance}type", "bpmn:tFormalExpression")
        said.text = text

    return drawn(process, change)


def reroute(process: str, flow: str, target: str) -> Mutation:
    """A flow that goes elsewhere."""
    return attribute(process, flow, targetRef=target)


def kind(process: str, name: str, tag: str) -> Mutation:
    """An element made another kind of element."""

    def change(root: etree._Element) -> None:
        node = element(root, name)
        assert node.tag != f"{BPMN}{tag}"
        node.tag = f"{BPMN}{tag}"

    return drawn(process, change)


def without(process: str, name: str) -> Mutation:
    """An element or a flow taken out, and what is said of it in lanes and shapes."""

    def change(root: etree._Element) -> None:
        node = element(root, name)
        node.getparent().remove(node)
        for about in root.xpath(f"//*[text()='{name}' or @bpmnElement='{name}']"):
            about.getparent().remove(about)

    return drawn(process, change)


def out_of_lane(process: str, name: str) -> Mutation:
    """An element that stands in no lane."""

    def change(root: etree._Element) -> None:
        references = [node for node in root.iter(f"{BPMN}flowNodeRef") if node.text == name]
        assert references, name
        for node in references:
            node.getparent().remove(node)

    return drawn(process, change)


def without_row(table: str, row: str) -> Mutation:
    """A decision table without the row that answers `row`: the text of one of its output cells; the tests beside the table go with it."""

    def mutate(files: Files) -> dict[str, bytes]:
        path = named(files, f"{table}.dmn")
        root = etree.fromstring(files[path])
        rules = [rule for rule in root.iter("{*}rule") if row in [text.text for text in rule.iterfind("{*}outputEntry/{*}text")]]
        assert rules, f"no row of {table} says {row}"
        for rule in rules:
            rule.getparent().remove(rule)
        left = {name: content for name, content in files.items() if name.rsplit("/", 1)[-1] != f"{table}.tests.yaml"}
        return {**left, path: etree.tostring(root, xml_declaration=True, encoding="UTF-8")}

    return mutate


def field(form: str, called: str, *, gone: bool = False, **values: Any) -> Mutation:
    """A field of a form changed; with `gone` it is taken out."""

    def mutate(files: Files) -> dict[str, bytes]:
        path = named(files, f"{form}.form")
        told = json.loads(files[path])
        fields = [one for one in told["components"] if one.get("key") == called]
        assert fields, f"{form} has no field {called}"
        if gone:
            told["components"].remove(fields[0])
        fields[0].update(values)
        return {**files, path: json.dumps(told, ensure_ascii=False).encode()}

    return mutate


def manifest(**values: Any) -> Mutation:
    """The manifest says something else."""

    def mutate(files: Files) -> dict[str, bytes]:
        told = yaml.safe_load(files["bundle.yaml"])
        return {**files, "bundle.yaml": yaml.safe_dump({**told, **values}, allow_unicode=True).encode()}

    return mutate


def text(path: str, old: str, new: str) -> Mutation:
    """Words of a file replaced."""

    def mutate(files: Files) -> dict[str, bytes]:
        there = named(files, path)
        assert old.encode() in files[there], f"{path} does not say {old}"
        return {**files, there: files[there].replace(old.encode(), new.encode())}

    return mutate


def both(*mutations: Mutation) -> Mutation:
    """One change after the other: where one fault needs two edits."""

    def mutate(files: Files) -> dict[str, bytes]:
        for mutation in mutations:
            files = mutation(files)
        return dict(files)

    return mutate
