"""Writing BPMN DI: single shapes and edges, and the whole picture of a process that has none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from workflows.contracts import Text
from workflows.engine.diagram import BPMN, CONTAINERS, ONECASE, Diagram, Element
from workflows.picture.laying_out import MARGIN, Arrow, Layout, Step, lay_out
from workflows.picture.reading import BPMNDI, DC, DI, Box, Point

TASK, EVENT, GATEWAY = (120.0, 80.0), (36.0, 36.0), (50.0, 50.0)
EMPTY = (160.0, 120.0)
"""A subprocess without content."""
NAME_STRIP = 30.0
"""What the name of a pool or a lane takes at its left."""
NAMESPACES = {"bpmndi": BPMNDI[1:-1], "dc": DC[1:-1], "di": DI[1:-1]}


def size_of(kind: str) -> tuple[float, float]:
    """Width and height of a step of this kind."""
    if kind.endswith("Event"):
        return EVENT
    return GATEWAY if kind.endswith("Gateway") else TASK


def write_shape(plane: etree._Element, element: str, box: Box, **attributes: str) -> etree._Element:
    """A new shape on a plane."""
    shape = etree.SubElement(plane, f"{BPMNDI}BPMNShape", {"id": _free(plane, element), "bpmnElement": element, **attributes}, NAMESPACES)
    etree.SubElement(shape, f"{DC}Bounds")
    write_box(shape, box)
    return shape


def write_box(shape: etree._Element, box: Box) -> None:
    """Give a shape this box; its name goes where the tools put it."""
    told = shape.find(f"{DC}Bounds")
    if told is None:
        told = etree.SubElement(shape, f"{DC}Bounds")
    for name, value in (("x", box.x), ("y", box.y), ("width", box.width), ("height", box.height)):
        told.set(name, _plain(value))


def write_edge(plane: etree._Element, element: str, points: Iterable[Point]) -> etree._Element:
    """A new edge on a plane."""
    edge = etree.SubElement(plane, f"{BPMNDI}BPMNEdge", {"id": _free(plane, element), "bpmnElement": element}, NAMESPACES)
    write_points(edge, points)
    return edge


def write_points(edge: etree._Element, points: Iterable[Point]) -> None:
    """Give an edge these bends; they come before its label."""
    for old in edge.findall(f"{DI}waypoint"):
        edge.remove(old)
    for place, (x, y) in enumerate(points):
        edge.insert(place, edge.makeelement(f"{DI}waypoint", {"x": _plain(x), "y": _plain(y)}))


def way(source: Box, target: Box) -> tuple[Point, ...]:
    """A readable way from box to box."""
    begins, ends = (source.right, source.centre[1]), (target.x, target.centre[1])
    if begins[0] < ends[0]:
        if abs(begins[1] - ends[1]) < 1:
            return (begins, (ends[0], begins[1]))
        half = (begins[0] + ends[0]) / 2
        return (begins, (half, begins[1]), (half, ends[1]), ends)
    below = max(source.bottom, target.bottom) + 30
    return ((source.centre[0], source.bottom), (source.centre[0], below), (target.centre[0], below), (target.centre[0], target.bottom))


def beside(box: Box | None, kind: str, gap: float) -> Box | None:
    """Where a step of this kind goes `gap` to the right of a box, on its level (to the left with a negative gap)."""
    if box is None:
        return None
    width, height = size_of(kind)
    return Box(box.right + gap if gap >= 0 else box.x + gap - width, box.centre[1] - height / 2, width, height)


def give_name(node: etree._Element, name: Text) -> None:
    """Name an element in both languages."""
    if name.zh:
        node.set("name", name.zh)
    if name.en:
        node.set(f"{ONECASE}nameEn", name.en)


def take_out(node: etree._Element) -> None:
    """Take an element out of the tree and leave the space around it tidy."""
    parent = node.getparent()
    if parent is None:
        return
    before = node.getprevious()
    if node.getnext() is None and node.tail is not None:  # the last child: what closes the parent stands behind it
        if before is not None:
            before.tail = node.tail
        else:
            parent.text = node.tail if (parent.text or "").strip() == "" else parent.text
    parent.remove(node)


def draw(root: etree._Element, diagram: Diagram) -> None:
    """Draw the process of a file anew, whatever was drawn: a pool around the lanes where there are lanes."""
    for old in root.findall(f"{BPMNDI}BPMNDiagram"):
        root.remove(old)
    pool = _pool(root, diagram) if diagram.lanes else None
    home = etree.SubElement(root, f"{BPMNDI}BPMNDiagram", {"id": unused(root, "picture")}, NAMESPACES)
    drawn_for = pool.getparent().get("id", "") if pool is not None else diagram.process  # type: ignore[union-attr]
    plane = etree.SubElement(home, f"{BPMNDI}BPMNPlane", {"id": unused(root, "plane"), "bpmnElement": drawn_for})
    sketch = _Sketch(diagram)
    layout = sketch.of("").moved(100 + 2 * NAME_STRIP, 100)
    if pool is not None:
        _write_lanes(plane, pool, diagram, layout)
    sketch.write(plane, layout)


def unused(root: etree._Element, wanted: str) -> str:
    """`wanted`, or with a number behind where something in the file is called that."""
    taken = {node.get("id") for node in root.iter("*")}
    return next(name for number in range(len(taken) + 2) if (name := f"{wanted}_{number}" if number else wanted) not in taken)


def _pool(root: etree._Element, diagram: Diagram) -> etree._Element:
    """The participant of the process: lanes are only drawn inside one."""
    found = next((node for node in root.iter(f"{BPMN}participant") if node.get("processRef") == diagram.process), None)
    if found is not None:
        return found
    around = root.makeelement(f"{BPMN}collaboration", {"id": unused(root, "collaboration")})
    root.insert(0, around)
    return etree.SubElement(
        around, f"{BPMN}participant", {"id": unused(root, "participant"), "name": diagram.name.zh, "processRef": diagram.process}
    )


def _write_lanes(plane: etree._Element, pool: etree._Element, diagram: Diagram, layout: Layout) -> None:
    left, width = 100.0, layout.width + 2 * NAME_STRIP
    top, bottom = min(top for top, _ in layout.bands.values()), max(bottom for _, bottom in layout.bands.values())
    write_shape(plane, pool.get("id", ""), Box(left, top, width, bottom - top), isHorizontal="true")
    for lane in _leaves(diagram):
        above, below = layout.bands[lane]
        write_shape(plane, lane, Box(left + NAME_STRIP, above, width - NAME_STRIP, below - above), isHorizontal="true")


def _leaves(diagram: Diagram) -> list[str]:
    """Lanes that hold no others: the others are not drawn."""
    nests = {node.get("id") for node in diagram.root.iter(f"{BPMN}lane") if node.find(f"{BPMN}childLaneSet") is not None}
    return [lane.id for lane in diagram.lanes if lane.id not in nests]


@dataclass
class _Sketch:
    """The layouts of a diagram's scopes, the inner ones first, since they say how large a subprocess is."""

    diagram: Diagram
    inner: dict[str, Layout] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.scopes: Mapping[str, tuple[Element, ...]] = self.diagram.scopes()
        self.lanes = _leaves(self.diagram)

    def of(self, scope: str, around: frozenset[str] = frozenset()) -> Layout:
        """The layout of a scope; '' is the process. `around`: the scopes that hold it, since an id that stands twice may hold itself."""
        members = self.scopes.get(scope, ())
        for member in members:
            if member.id in self.scopes and member.id not in {*around, scope}:
                self.inner[member.id] = self.of(member.id, around | {scope})
        steps = [Step(one.id, *self._size(one), self._lane(one), one.attached) for one in members]
        arrows = [Arrow(flow.id, flow.source, flow.target) for flow in self.diagram.flows]
        return lay_out(steps, arrows, () if scope else self.lanes)

    def _size(self, element: Element) -> tuple[float, float]:
        if element.id in self.inner:
            held = self.inner[element.id]
            return held.width + MARGIN, held.height + MARGIN
        return EMPTY if element.kind in CONTAINERS else size_of(element.kind)

    @staticmethod
    def _lane(element: Element) -> str:
        return element.lane.id if element.lane else ""

    def write(self, plane: etree._Element, layout: Layout) -> None:
        """Write a layout's shapes and edges, with those inside its subprocesses."""
        for name, box in layout.boxes.items():
            element = self.diagram.elements[name]
            said = {"isMarkerVisible": "true"} if element.kind == "exclusiveGateway" else {}
            said |= {"isExpanded": "true"} if element.kind in CONTAINERS else {}
            write_shape(plane, name, box, **said)
            if name in self.inner:
                self.write(plane, self.inner[name].moved(box.x + MARGIN / 2, box.y + MARGIN / 2))
        for name, points in layout.bends.items():
            write_edge(plane, name, points)


def _free(plane: etree._Element, element: str) -> str:
    wanted = f"{element}_di"
    taken = {node.get("id") for node in plane}
    return next(name for number in range(len(taken) + 2) if (name := f"{wanted}{number or ''}") not in taken)


def _plain(value: float) -> str:
    rounded = round(value, 1)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)
