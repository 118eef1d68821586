"""What a diagram's XML says beyond the dialect, as hashes: so that nothing the engine reads changes unseen."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from lxml import etree

from workflows.engine.diagram import BPMN, FLOW_NODES, ONECASE, local

UNREAD = frozenset({"documentation", "textAnnotation", "association", "group", "category", "incoming", "outgoing", "BPMNDiagram"})
"""What the engine passes over: words, and the picture."""
WORDED = FLOW_NODES | {"lane", "laneSet", "process", "sequenceFlow", "participant", "collaboration", "definitions"}
"""Elements whose name is only read by people; of all others it may be a variable's or a message's."""
WRITTEN_BY = frozenset({"exporter", "exporterVersion", "targetNamespace", "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"})
USUAL = {"cancelActivity": "true", "isSequential": "false", f"{ONECASE}officers": "1", "isClosed": "false", "processType": "None"}
"""Attributes that say no more than their absence."""
DIALECT = frozenset({
    "id", "calledElement", "default", "attachedToRef", "cancelActivity", "sourceRef", "targetRef",
    *(f"{ONECASE}{name}" for name in (
        "form", "clock", "startsClock", "stopsClock", "gate", "service", "decision", "officers", "documents", "agency", "role",
    )),
})  # fmt: skip
"""Attributes that the dialect's own records have (`workflows.engine.diagram`)."""
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


def of_file(root: etree._Element) -> str:
    """The hash of everything in the file that may be executed, whatever its order."""
    return _hash(root)


def of_element(node: etree._Element) -> str:
    """The hash of what a flow node or flow says itself beyond the dialect: not of what it holds, nor of its kind."""
    parts = [part for child in node if (part := _own_child(child))]
    return "\n".join([_attributes(node, DIALECT), *sorted(parts)])


def places(root: etree._Element) -> dict[str, etree._Element]:
    """Flow nodes and flows by id."""
    return {node.get("id", ""): node for node in root.iter(etree.Element) if local(node) in FLOW_NODES or local(node) == "sequenceFlow"}


def _own_child(child: etree._Element) -> str:
    kind = local(child)
    if kind in FLOW_NODES | UNREAD | {"sequenceFlow", "laneSet", ""}:
        return ""
    if kind == "conditionExpression":  # its text is compared as the flow's condition
        return "".join(_attributes(child, frozenset({TYPE, "id"})))
    return _hash(child)


def _hash(node: etree._Element) -> str:
    children = sorted(_hash(child) for child in _read(node))
    said = "\n".join([node.tag if isinstance(node.tag, str) else "", _attributes(node), (node.text or "").strip(), *children])
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _read(node: etree._Element) -> Iterator[etree._Element]:
    return (child for child in node if local(child) and local(child) not in UNREAD)


def _attributes(node: etree._Element, without: frozenset[str] = frozenset()) -> str:
    kind = local(node)
    own = {str(key): str(value) for key, value in node.attrib.items()}
    kept = {
        key: value
        for key, value in own.items()
        if key not in without
        and key not in WRITTEN_BY
        and key != f"{ONECASE}nameEn"
        and not (key == "name" and kind in WORDED)
        and not (key == "id" and kind in {"definitions", "laneSet", "conditionExpression"} | EVENTS)
        and USUAL.get(key) != value
    }
    if documents := kept.get(f"{ONECASE}documents"):
        kept[f"{ONECASE}documents"] = ";".join(part.strip() for part in documents.split(";") if part.strip())
    return repr(sorted(kept.items()))


EVENTS = frozenset({"timerEventDefinition", "messageEventDefinition", "multiInstanceLoopCharacteristics"})
ANNOTATION = f"{BPMN}textAnnotation"
DOCUMENTATION = f"{BPMN}documentation"
