"""A foreign file taken apart: one tree for each process, with the pool, the picture and the messages that belong to it."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

from lxml import etree

from workflows.engine.diagram import BPMN, FLOW_NODES, ONECASE, local
from workflows.importing.outcome import Notes, called
from workflows.picture.reading import BPMNDI, DC, DI
from workflows.picture.writing import take_out, unused

XSI = "http://www.w3.org/2001/XMLSchema-instance"
NAMESPACES = {"bpmn": BPMN[1:-1], "bpmndi": BPMNDI[1:-1], "dc": DC[1:-1], "di": DI[1:-1], "xsi": XSI, "onecase": ONECASE[1:-1]}
KEPT_AT_TOP = frozenset({"collaboration", "process", "message", "BPMNDiagram"})
IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,79}")
PARTS = frozenset({"ioSpecification", "resourceRole", "performer", "humanPerformer", "potentialOwner", "auditing", "monitoring", "rendering", "supportedInterfaceRef",
                   "correlationSubscription", "supports", "group", "partitionElement", "property", "dataState", "relationship"})  # fmt: skip
"""What has no effect here, wherever it stands."""
IGNORED = (
    "gatewayDirection",
    "startQuantity",
    "completionQuantity",
    "implementation",
    "definitionalCollaborationRef",
    "isClosed",
    "processType",
)


def processes_of(root: etree._Element, notes: Notes) -> Iterator[etree._Element]:
    """A tree of its own for each process that has a step; pools without steps and messages between pools are told of."""
    for pool in root.iter(f"{BPMN}participant"):
        held = [process for process in root.iterchildren(f"{BPMN}process") if process.get("id") == pool.get("processRef")]
        if not any(_steps(process) for process in held):
            zh, en = called(pool)
            notes.changed(pool.get("id", ""), f"泳池{zh}没有步骤，未导入。", f"Pool {en} has no steps and was left out.")
    between = sum(1 for _ in root.iter(f"{BPMN}messageFlow"))
    if between:
        said_en = f"{between} message flows between pools were left out: a service tells the other agency, or an officer reports the news."
        notes.changed("", f"泳池之间的 {between} 条消息流未导入：由服务通知对方，或由办理人报告消息。", said_en)
    for place, process in enumerate(root.iterchildren(f"{BPMN}process")):
        if _steps(process):
            yield _alone(root, place)


def _steps(process: etree._Element) -> bool:
    return any(local(node) in FLOW_NODES for node in process.iter("*"))


def _alone(root: etree._Element, place: int) -> etree._Element:
    """The tree with the process at `place` alone, in namespaces with the usual prefixes."""
    own = etree.Element(f"{BPMN}definitions", {name: root.get(name, "") for name in ("id", "name") if root.get(name)}, nsmap=NAMESPACES)
    own.set("targetNamespace", root.get("targetNamespace") or "urn:onecase:imported")
    for child in copy.deepcopy(root):
        if local(child) in KEPT_AT_TOP:
            child.tail = None
            own.append(child)
    for number, process in enumerate(list(own.iterchildren(f"{BPMN}process"))):
        if number != place:
            own.remove(process)
    process = next(own.iterchildren(f"{BPMN}process"))
    _only_pool(own, process)
    _without_parts(own)
    _only_drawn(own)
    etree.cleanup_namespaces(own, keep_ns_prefixes=list(NAMESPACES))
    return own


def _only_pool(own: etree._Element, process: etree._Element) -> None:
    for around in list(own.iterchildren(f"{BPMN}collaboration")):
        for child in list(around):
            if local(child) != "participant" or child.get("processRef") != process.get("id"):
                around.remove(child)
            else:
                for inner in list(child):
                    child.remove(inner)
        if not len(around):
            own.remove(around)


def _without_parts(own: etree._Element) -> None:
    for node in [one for one in own.iter("*") if local(one) in PARTS and str(one.tag).startswith(BPMN)]:
        take_out(node)
    for node in own.iter("*"):
        for name in IGNORED:
            if name in node.attrib:
                del node.attrib[name]


def _only_drawn(own: etree._Element) -> None:
    """Of the picture only what draws something that is there; planes of what is gone draw the process, where they hold any of it."""
    there = {node.get("id") for node in own.iter("*") if not str(node.tag).startswith(BPMNDI)}
    for drawn in [
        one for one in own.iter(f"{BPMNDI}BPMNShape", f"{BPMNDI}BPMNEdge") if one.get("bpmnElement", "").rpartition(":")[2] not in there
    ]:
        take_out(drawn)
    around = own.find(f"{BPMN}collaboration")
    process = own.find(f"{BPMN}process")
    main = around if around is not None else process
    for home in list(own.iterchildren(f"{BPMNDI}BPMNDiagram")):
        plane = home.find(f"{BPMNDI}BPMNPlane")
        if plane is None or not len(plane):
            own.remove(home)
        elif main is not None and plane.get("bpmnElement") not in there:
            plane.set("bpmnElement", main.get("id", ""))
    for node in own.iter(f"{BPMNDI}BPMNShape", f"{BPMNDI}BPMNEdge", f"{BPMNDI}BPMNPlane"):
        node.set("bpmnElement", node.get("bpmnElement", "").rpartition(":")[2])


def give_plain_ids(trees: list[etree._Element], notes: Notes) -> dict[str, str]:
    """Processes are called by ids that can be file names; gives the new id by the old one."""
    new: dict[str, str] = {}
    for tree in trees:
        process = next(tree.iterchildren(f"{BPMN}process"))
        old = process.get("id", "")
        if not IDENTIFIER.fullmatch(old) or old in new.values():
            new[old] = unused(tree, f"process_{len(new) + 1}")
            _rename(tree, old, new[old])
            zh, en = called(process)
            notes.changed(new[old], f"流程{zh}的编号改为 {new[old]}。", f"The id of process {en} is now {new[old]}.")
        else:
            new[old] = old
    return new


def _rename(tree: etree._Element, old: str, new: str) -> None:
    for node in tree.iter("*"):
        for name in ("id", "processRef", "bpmnElement"):
            if node.get(name) == old:
                node.set(name, new)
