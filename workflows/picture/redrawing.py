"""Changing a BPMN file: steps and flows come and go, and the picture, the lanes and everything else in the file stay in step.

A picture is made wider where room is needed, as a person would with the space tool: what lies to the right moves as one.
A file without a picture is changed all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import cast

from lxml import etree

from workflows.contracts import Text
from workflows.engine.diagram import BPMN, CONTAINERS, FLOW_NODES, Diagram, diagram_of, local
from workflows.engine.secure_xml import read_xml
from workflows.picture.reading import BPMNDI, Box, Point, bounds, waypoints
from workflows.picture.writing import give_name, take_out, unused, way, write_box, write_edge, write_points, write_shape

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
ROOM = 100.0
"""What an inserted gateway or event takes from left to right, with the flow before it."""
NAMED = etree.XPath("//*[@id=$name]")
LEAVING, ENTERING = (etree.XPath(f"//*[local-name()='sequenceFlow'][@{end}=$name]") for end in ("sourceRef", "targetRef"))
DRAWN = etree.XPath("//*[@bpmnElement=$name][local-name()='BPMNShape' or local-name()='BPMNEdge']")
REFERRED = etree.XPath("//*[local-name()='flowNodeRef'][normalize-space()=$name]")
BEFORE_FLOWS = frozenset({"documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef"})
"""What stands before `incoming` and `outgoing` in an element."""


class Sheet:
    """A file that is being changed. Names of what is not in it raise LookupError."""

    def __init__(self, content: bytes | etree._Element) -> None:
        """Read the file (XmlRefused as `read_xml`), or take a tree that is read already."""
        self.root = read_xml(content) if isinstance(content, bytes) else content
        self._listed = next(self.root.iter(f"{BPMN}incoming", f"{BPMN}outgoing"), None) is not None

    def content(self) -> bytes:
        """The file as it is now, in UTF-8."""
        return HEAD + etree.tostring(self.root.getroottree(), encoding="UTF-8", xml_declaration=False) + b"\n"

    @property
    def diagram(self) -> Diagram:
        """What the file says now."""
        return diagram_of(self.root)

    # What is there

    def node(self, name: str) -> etree._Element:
        """The element of the process with this id."""
        found = [one for one in _found(NAMED, self.root, name) if not one.tag.startswith(BPMNDI)] if name else []
        if len(found) != 1:  # an id that stands twice means nothing
            raise LookupError(name)
        return found[0]

    def drawn(self, name: str) -> etree._Element | None:
        """What draws an element, if anything does."""
        return next(iter(_found(DRAWN, self.root, name)), None)

    def box(self, name: str) -> Box | None:
        """Where an element is drawn."""
        shape = self.drawn(name)
        return bounds(shape) if shape is not None else None

    def bends(self, flow: str) -> tuple[Point, ...]:
        """How a flow is drawn; () where it is not."""
        edge = self.drawn(flow)
        return waypoints(edge) if edge is not None else ()

    def leaving(self, name: str) -> list[etree._Element]:
        """The flows that leave an element."""
        return _found(LEAVING, self.root, name)

    def entering(self, name: str) -> list[etree._Element]:
        """The flows that enter an element."""
        return _found(ENTERING, self.root, name)

    # Steps

    def add_step(self, kind: str, beside: str, name: Text, box: Box | None = None, *, wanted: str = "") -> str:
        """A new step in the scope and the lane of another, drawn in `box`; gives its id."""
        neighbour = self.node(beside)
        own = unused(self.root, wanted or f"{kind}_{beside}")
        step = neighbour.makeelement(f"{BPMN}{kind}", {"id": own})
        give_name(step, name)
        neighbour.addnext(step)
        step.tail = neighbour.tail
        lane = self.lane_of(beside)
        if lane is not None:
            self._refer(lane, own)
        shape = self.drawn(beside)
        if shape is not None and box is not None and (plane := shape.getparent()) is not None:
            write_shape(plane, own, box, **({"isMarkerVisible": "true"} if kind == "exclusiveGateway" else {}))
        return own

    def remove_step(self, name: str) -> None:
        """A step goes with its flows, the events on its edge, what it holds and what is tied to it."""
        step = self.node(name)
        inner = [one.get("id", "") for one in step.iter("*") if local(one) in FLOW_NODES]
        edged = [one.get("id", "") for one in self.root.iter(f"{BPMN}boundaryEvent") if one.get("attachedToRef") in inner]
        for event in edged:
            if event not in inner:
                self.remove_step(event)
        for one in inner:
            for flow in (*self.leaving(one), *self.entering(one)):
                self.remove_flow(flow.get("id", ""))
            self.forget(one)
        for tie in [one for one in self.root.iter(f"{BPMN}association") if {one.get("sourceRef"), one.get("targetRef")} & set(inner)]:
            self.forget(tie.get("id", ""))
            take_out(tie)
        take_out(step)

    def lane_of(self, name: str) -> etree._Element | None:
        """The lane that names an element, the innermost where they are nested."""
        found = _found(REFERRED, self.root, name)
        return found[-1].getparent() if found else None

    def references(self, name: str) -> list[etree._Element]:
        """Where lanes name an element."""
        return _found(REFERRED, self.root, name)

    def unrefer(self, reference: etree._Element) -> None:
        """Let a lane no longer name an element."""
        take_out(reference)

    def put_in_lane(self, name: str, lane: str) -> None:
        """Let one lane alone name the element."""
        home = self.node(lane)
        for reference in _found(REFERRED, self.root, name):
            take_out(reference)
        self._refer(home, name)

    # Flows

    def add_flow(self, source: str, target: str, *, name: Text | None = None, condition: str = "") -> str:
        """A new flow between two steps of one scope; gives its id."""
        own = unused(self.root, f"flow_{source}_{target}")
        neighbour = self.node(source)
        flow = neighbour.makeelement(f"{BPMN}sequenceFlow", {"id": own, "sourceRef": source, "targetRef": target})
        if name is not None:
            give_name(flow, name)
        neighbour.addnext(flow)
        flow.tail = neighbour.tail
        self.set_condition(flow, condition)
        self._list("outgoing", source, own)
        self._list("incoming", target, own)
        self.route(own)
        return own

    def lead(self, flow: str, *, source: str = "", target: str = "") -> None:
        """Let a flow begin or end elsewhere; it is drawn anew by `route` or by who knows better."""
        node = self.node(flow)
        for attribute, kind, there in (("sourceRef", "outgoing", source), ("targetRef", "incoming", target)):
            if there:
                self._unlist(kind, node.get(attribute, ""), flow)
                node.set(attribute, there)
                self._list(kind, there, flow)

    def remove_flow(self, flow: str) -> None:
        """A flow goes; a gateway with one way left has nothing to decide any more."""
        node = self.node(flow)
        source = node.get("sourceRef", "")
        self._unlist("outgoing", source, flow)
        self._unlist("incoming", node.get("targetRef", ""), flow)
        self.forget(flow)
        take_out(node)
        for step in self.root.iter("*"):
            if step.get("default") == flow:
                del step.attrib["default"]
        left = self.leaving(source)
        if len(left) == 1 and local(self._node_or(source, node)) == "exclusiveGateway":
            self.node(source).attrib.pop("default", "")
            self.set_condition(left[0], "")

    def set_condition(self, flow: etree._Element, condition: str) -> None:
        """Give a flow its condition, or take it away."""
        for old in flow.findall(f"{BPMN}conditionExpression"):
            take_out(old)
        if condition:
            told = etree.SubElement(flow, f"{BPMN}conditionExpression")
            told.set(XSI_TYPE, f"{flow.prefix}:tFormalExpression" if flow.prefix else "tFormalExpression")
            told.text = condition

    def route(self, flow: str) -> None:
        """Draw a flow between where its ends are drawn: straight, with a step between them, or back below."""
        node = self.node(flow)
        source, target = self.box(node.get("sourceRef", "")), self.box(node.get("targetRef", ""))
        if source is None or target is None:
            return
        self.bend(flow, way(source, target))

    def bend(self, flow: str, points: Iterable[Point]) -> None:
        """Draw a flow with these bends, on the plane of its source."""
        edge = self.drawn(flow)
        if edge is not None:
            write_points(edge, points)
            return
        shape = self.drawn(self.node(flow).get("sourceRef", ""))
        if shape is not None and (plane := shape.getparent()) is not None:
            write_edge(plane, flow, points)

    # Room

    def make_room(self, beside: str, cut: float, room: float = ROOM) -> None:
        """Move everything right of `cut` on the plane of an element by `room`; pools, lanes and subprocesses across it grow."""
        shape = self.drawn(beside)
        plane = shape.getparent() if shape is not None else None
        if plane is None:
            return
        moved = set()
        for one in plane.findall(f"{BPMNDI}BPMNShape"):
            box, name = bounds(one), one.get("bpmnElement", "")
            if box is None:
                continue
            holds = local(self._node_or(name, one)) in CONTAINERS | {"participant", "lane"}
            if box.x >= cut or (not holds and box.centre[0] >= cut):
                write_box(one, Box(box.x + room, box.y, box.width, box.height))
                moved.add(name)
                _shift_label(one, room)
            elif holds and box.right > cut:
                write_box(one, Box(box.x, box.y, box.width + room, box.height))
        for edge in plane.findall(f"{BPMNDI}BPMNEdge"):
            self._stretch(edge, moved, cut, room)

    def _stretch(self, edge: etree._Element, moved: Collection[str], cut: float, room: float) -> None:
        points, label = waypoints(edge), _label(edge)
        if label is not None and (box := bounds(label)) is not None and box.x >= cut:
            _shift_label(edge, room)
        if len(points) < 2:  # noqa: PLR2004 - a line has two ends
            return
        node = self._node_or(edge.get("bpmnElement", ""), edge)
        ends = [node.get("sourceRef", "") in moved, node.get("targetRef", "") in moved]
        inner = [x >= cut for x, _ in points[1:-1]]
        write_points(edge, [(x + room * moves, y) for (x, y), moves in zip(points, [ends[0], *inner, ends[1]], strict=True)])

    # What belongs to it

    def _node_or(self, name: str, otherwise: etree._Element) -> etree._Element:
        try:
            return self.node(name)
        except LookupError:
            return otherwise

    def forget(self, name: str) -> None:
        """Nothing draws, lists or explains an element any more."""
        for drawn in (*_found(DRAWN, self.root, name), *_found(REFERRED, self.root, name)):
            take_out(drawn)

    def _refer(self, lane: etree._Element, name: str) -> None:
        last = lane.findall(f"{BPMN}flowNodeRef")
        reference = lane.makeelement(f"{BPMN}flowNodeRef", {})
        reference.text = name
        if last:
            last[-1].addnext(reference)
            reference.tail = last[-1].tail
        else:
            lane.insert(sum(local(child) in {"documentation", "extensionElements", "partitionElement"} for child in lane), reference)

    def _list(self, kind: str, name: str, flow: str) -> None:
        """`incoming` and `outgoing` are said once more in the elements, where the file does so."""
        if not self._listed:
            return
        node = self.node(name)
        if local(node) not in FLOW_NODES:
            return
        told = node.makeelement(f"{BPMN}{kind}", {})
        told.text = flow
        before = BEFORE_FLOWS | ({"incoming", "outgoing"} if kind == "outgoing" else {"incoming"})
        place = sum(local(child) in before for child in node)
        node.insert(place, told)
        told.tail = node.text if place or not len(node) else told.tail

    def _unlist(self, kind: str, name: str, flow: str) -> None:
        for step in _found(NAMED, self.root, name):
            for told in [one for one in step.findall(f"{BPMN}{kind}") if (one.text or "").strip() == flow]:
                take_out(told)


def _found(path: etree.XPath, root: etree._Element, name: str) -> list[etree._Element]:
    return cast("list[etree._Element]", path(root, name=name))  # noqa: SLF001 - the only name that lxml has for its type


def _label(drawn: etree._Element) -> etree._Element | None:
    return drawn.find(f"{BPMNDI}BPMNLabel")


def _shift_label(drawn: etree._Element, room: float) -> None:
    label = _label(drawn)
    box = bounds(label) if label is not None else None
    if label is not None and box is not None:
        write_box(label, Box(box.x + room, box.y, box.width, box.height))
