"""Shipped bundles damaged at random: the check, the repairs and the importer say what is wrong, and never raise or hang."""

from __future__ import annotations

import json
import time
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.engine.test_check import KNOWN
from tests.factories.routing import files_of
from tests.hostile.carrier import sound
from tests.hostile.python_everywhere import SYSTEM
from workflows.checks.check import check_files
from workflows.engine.bundle import read_bundle
from workflows.engine.secure_xml import XmlRefused
from workflows.importing import Options, import_diagram
from workflows.repairs.fixes import FIXES, fixed, offered

BUNDLES = ("supervision", "violent_resistance", "publication", "summary_penalty")
QUICK, LONG = 25, 600
SECONDS = 5
VALUES = st.sampled_from(
    [
        "",
        "a",
        "s",
        "p",
        "g",
        "lane",
        "true",
        "false",
        "0",
        "-1",
        "1e999",
        "NaN",
        "x" * 3000,
        "\u202e",
        "<b>",
        "'; --",
        SYSTEM,
        "receiving",
        "  ",
    ]
)
TAGS = st.sampled_from([
    "task", "userTask", "serviceTask", "scriptTask", "subProcess", "exclusiveGateway", "parallelGateway", "eventBasedGateway", "boundaryEvent", "endEvent", "startEvent",
    "intermediateCatchEvent", "callActivity", "lane", "sequenceFlow", "timerEventDefinition", "messageEventDefinition", "multiInstanceLoopCharacteristics", "process", "laneSet",
    "participant", "incoming", "flowNodeRef", "textAnnotation", "association", "dataObject", "inclusiveGateway", "conditionExpression", "adHocSubProcess", "transaction",
])  # fmt: skip
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
PLAIN = st.none() | st.booleans() | st.integers(-2, 10**18) | st.floats() | VALUES
JSON = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(VALUES, inner, max_size=3), max_leaves=6)


@cache
def bundles() -> list[dict[str, bytes]]:
    return [sound(), *(files_of(name) for name in BUNDLES)]


def hurt_bytes(draw: Any, content: bytes) -> bytes:
    """Bytes cut out, put in, doubled."""
    found = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(found) - 1, 0)))
        found[at : at + draw(st.integers(0, 40))] = draw(st.binary(max_size=8)) if draw(st.booleans()) else found[at : at + 30] * 2
    return bytes(found)


def hurt_attribute(draw: Any, node: etree._Element, other: etree._Element, act: int) -> None:
    """One attribute taken away, or with the id of another element or a hostile text in it."""
    name = sorted(node.attrib)[draw(st.integers(0, len(node.attrib) - 1))]
    if act == 4:
        del node.attrib[name]
    else:
        taken = other.get("id") if act == 5 else None
        node.set(name, taken or draw(VALUES))


def hurt_xml(draw: Any, content: bytes) -> bytes:
    """Elements moved, doubled, removed, called otherwise; attributes removed, changed, taken from another element."""
    root = etree.fromstring(content)
    for _ in range(draw(st.integers(1, 4))):
        nodes = [node for node in root.iter("*") if node is not root]
        if not nodes:
            break
        node, other = (nodes[draw(st.integers(0, len(nodes) - 1))] for _ in range(2))
        act = draw(st.integers(0, 6))
        if act == 0:
            node.getparent().remove(node)
        elif act == 1 and node not in other.iterancestors() and node is not other:
            other.append(node)
        elif act == 2:
            other.append(etree.fromstring(etree.tostring(node)))
        elif act == 3:
            node.tag = f"{{{BPMN}}}{draw(TAGS)}"
        elif node.attrib:
            hurt_attribute(draw, node, other, act)
    return etree.tostring(root)


def hurt_data(draw: Any, told: Any) -> Any:
    """A part of a JSON or YAML document in another shape."""
    if isinstance(told, dict) and told and draw(st.integers(0, 3)):
        key = sorted(told, key=str)[draw(st.integers(0, len(told) - 1))]
        return {**told, key: hurt_data(draw, told[key])}
    if isinstance(told, list) and told and draw(st.integers(0, 3)):
        at = draw(st.integers(0, len(told) - 1))
        return [*told[:at], hurt_data(draw, told[at]), *told[at + 1 :]]
    return draw(JSON)


def hurt(draw: Any, path: str, content: bytes) -> bytes:
    if draw(st.integers(0, 3)) == 0:
        return hurt_bytes(draw, content)
    if path.endswith((".bpmn", ".dmn")):
        return hurt_xml(draw, content)
    if path.endswith(".form"):
        return json.dumps(hurt_data(draw, json.loads(content))).encode()
    if path.endswith(".yaml"):
        return yaml.safe_dump(hurt_data(draw, yaml.safe_load(content)), allow_unicode=True).encode()
    return hurt_bytes(draw, content)


class Damaged:
    """A bundle with one file hurt; it is shown by that file, since the whole would be too long to print."""

    def __init__(self, files: dict[str, bytes], path: str) -> None:
        self.files, self.path = files, path

    def __repr__(self) -> str:
        return f"{self.path}: {self.files[self.path][:3000]!r}"


@st.composite
def damaged(draw: Any) -> Damaged:
    files = dict(draw(st.sampled_from(bundles())))
    path = draw(st.sampled_from(sorted(files)))
    return Damaged({**files, path: hurt(draw, path, files[path])}, path)


def looked_at(case: Damaged) -> None:
    """Everything that reads a bundle before it is published."""
    files, path = case.files, case.path
    began = time.process_time()
    findings = offered(files, check_files(files, KNOWN))
    assert all(one.message and one.message_en for one in findings)
    for finding in [one for one in findings if one.rule in FIXES][:5]:
        try:
            mended = fixed(files, finding.file, finding.rule, finding.element)
        except LookupError:
            assert finding.fix is None
            continue
        check_files({**files, finding.file: mended}, KNOWN)
    if not any(one.severity == "error" for one in findings):
        read_bundle(files)  # what the check accepts can be read
    if path.endswith(".bpmn"):
        imported = import_diagram(files[path], Options())
        assert imported.files or imported.refusals
        check_files(imported.files, KNOWN)
    assert time.process_time() - began < SECONDS


@given(damaged())
@settings(max_examples=QUICK)
def test_a_damaged_bundle_is_judged(case):
    looked_at(case)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@given(damaged())
@settings(max_examples=LONG)
def test_many_damaged_bundles_are_judged(case):
    looked_at(case)


def test_what_is_not_damaged_is_judged_sound():
    for files in bundles():
        assert not [one for one in check_files(files, KNOWN) if one.severity == "error"]
        assert not isinstance(import_diagram(next(content for path, content in files.items() if path.endswith(".bpmn"))), XmlRefused)
