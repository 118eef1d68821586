"""Rules about the picture: can it be read, and does it say of each step who does it what the file says (warnings, but for that)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from lxml import etree

from workflows.checks.context import Context, called, called_flow
from workflows.contracts import Finding
from workflows.engine.diagram import BPMN, Diagram, Element, Lane
from workflows.picture.reading import BPMNDI, Drawing, Edge, Segment, Shape, around, touching

SLACK = 2.0
"""Pixels that count as touching, not as covering."""
MAX_SEGMENTS = 3_000
"""Straight parts of all flows together that are compared; 400 nodes of a readable diagram have about 1,500."""
NAMED = 3
"""So many of what a flow or a step meets are called by their names; of further ones the number is said."""


def everything_is_drawn(context: Context) -> Iterator[Finding]:
    """What is executed is drawn, and what is drawn is there."""
    drawing, diagram = context.drawing, context.diagram
    if not drawing.shapes and not drawing.edges:
        if diagram.elements:
            yield context.warning(
                "no_picture", diagram.process, "文件中没有图形，看不到流程图。", "The file holds no picture of the process."
            )
        return
    for element in diagram.elements.values():
        if element.id not in drawing.shape_of:
            zh, en = called(element)
            yield context.warning("not_drawn", element.id, f"{zh}会执行，但图上没有画。", f"{en} is executed, but not drawn.")
    for flow in diagram.flows:
        if flow.id not in drawing.edge_of:
            zh, en = called_flow(diagram, flow)
            yield context.warning("not_drawn", flow.id, f"连线{zh}起作用，但图上没有画。", f"Flow {en} has effect, but is not drawn.")
    there = {node.get("id", "") for node in diagram.root.iter("*") if not str(node.tag).startswith(BPMNDI)}
    for name in sorted({*(shape.element for shape in drawing.shapes), *(edge.element for edge in drawing.edges)} - there):
        said_en = f"The picture shows {name or 'something'}, which is not in the process: it has no effect."
        yield context.warning("drawn_without_element", name, f"图上画有 {name or '无编号的图形'}，流程中却没有，不起作用。", said_en)


def nothing_covers_anything(context: Context) -> Iterator[Finding]:
    """No step lies upon another of its scope."""
    drawing = context.drawing
    for scope in context.diagram.scopes().values():
        steps = {element.id: element for element in scope if element.kind != "boundaryEvent"}
        drawn = [drawing.shape_of[name] for name in steps if name in drawing.shape_of]
        upon: dict[str, list[Element]] = {}
        for one, other in _overlapping(drawn):
            upon.setdefault(other.element, []).append(steps[one.element])
        for name, covered in upon.items():
            zh, en = called(steps[name])
            said_zh = f"{zh}与{_listed([called(one)[0] for one in covered], '、', '等')}画得重叠，请移开。"
            said_en = f"{en} lies upon {_listed([called(one)[1] for one in covered], ', ', ' and more')}: move it."
            yield context.warning("overlapping", name, said_zh, said_en)


def _overlapping(shapes: list[Shape]) -> Iterator[tuple[Shape, Shape]]:
    for first, second in touching([shape.box for shape in shapes]):
        one, other = shapes[first], shapes[second]
        if one.plane == other.plane and min(one.box.common(other.box)) > SLACK:
            yield one, other


def notes_stand_aside(context: Context) -> Iterator[Finding]:
    """No note lies upon a step, and no flow runs through a note."""
    drawing, diagram = context.drawing, context.diagram
    holders = diagram.scopes()
    for note in diagram.root.iter(f"{BPMN}textAnnotation"):
        shape = drawing.shape_of.get(note.get("id", ""))
        if shape is None:
            continue
        steps = (drawing.shape_of[name] for name in diagram.elements if name in drawing.shape_of and name not in holders)
        covers = any(one.plane == shape.plane and min(one.box.common(shape.box)) > SLACK for one in steps)
        edges = (drawing.edge_of[flow.id] for flow in diagram.flows if flow.id in drawing.edge_of)
        if covers or any(edge.plane == shape.plane and any(map(shape.box.shrunk(SLACK).cut_by, edge.segments)) for edge in edges):
            words = " ".join((note.findtext(f"{BPMN}text") or "").split())[:20]
            said_zh = f"批注「{words}」压在步骤或连线上，请移开。"
            yield context.warning("note_in_the_way", shape.element, said_zh, "A note lies upon a step or a flow: move it.")


def flows_can_be_followed(context: Context) -> Iterator[Finding]:
    """No flow crosses another, runs along upon another or through a step that it does not belong to."""
    diagram, drawing = context.diagram, context.drawing
    edges = [drawing.edge_of[flow.id] for flow in diagram.flows if flow.id in drawing.edge_of]
    if sum(len(edge.segments) for edge in edges) > MAX_SEGMENTS:
        said_zh = f"连线的折点过多（超过 {MAX_SEGMENTS} 段），未检查交叉。"
        yield context.warning("too_many_bends", diagram.process, said_zh, f"More than {MAX_SEGMENTS} bends: crossings were not looked for.")
        return
    yield from _meeting(context, edges)
    yield from _through(context, edges)


def _meeting(context: Context, edges: list[Edge]) -> Iterator[Finding]:
    flows = {flow.id: flow for flow in context.diagram.flows}
    order = {flow.id: at for at, flow in enumerate(context.diagram.flows)}
    crossed: dict[str, set[str]] = {}
    along: dict[str, set[str]] = {}
    parts = [(edge, segment) for edge in edges for segment in edge.segments]
    for at, there in touching([around(segment) for _, segment in parts], slack=SLACK):
        (one, first), (other, second) = sorted((parts[at], parts[there]), key=lambda part: order[part[0].element])
        if one is other or one.plane != other.plane:
            continue
        ends = flows[one.element], flows[other.element]
        if _cross(first, second):
            crossed.setdefault(other.element, set()).add(one.element)
        elif ends[0].source != ends[1].source and ends[0].target != ends[1].target and _along(first, second):
            along.setdefault(other.element, set()).add(one.element)
    for rule, found, said_zh, said_en in (
        ("crossing_flows", crossed, "连线{}与{}交叉，不易看清走向。", "Flow {} crosses {}: it is hard to follow."),
        ("flows_upon_each_other", along, "连线{}与{}画在同一条线上，分不清走向。", "Flow {} runs upon {}: nobody can tell them apart."),
    ):
        for name, others in found.items():
            names = [called_flow(context.diagram, flows[other]) for other in sorted(others)]
            (zh, en), lists = called_flow(context.diagram, flows[name]), list(zip(*names, strict=True))
            yield context.warning(
                rule, name, said_zh.format(zh, _listed(lists[0], "、", "等")), said_en.format(en, _listed(lists[1], ", ", " and more"))
            )


def _cross(one: Segment, other: Segment) -> bool:
    return _sides(one, other) < 0 and _sides(other, one) < 0


def _sides(one: Segment, other: Segment) -> int:
    """-1 where the ends of `other` lie on two sides of the line through `one`, each off it by more than the slack."""
    (x, y), (to_x, to_y) = one
    length = math.hypot(to_x - x, to_y - y)
    first, second = (((to_x - x) * (py - y) - (to_y - y) * (px - x)) / length for px, py in other)
    return -1 if min(abs(first), abs(second)) > SLACK and (first < 0) != (second < 0) else 1


def _along(one: Segment, other: Segment) -> bool:
    (x, y), (to_x, to_y) = one
    length = math.hypot(to_x - x, to_y - y)
    if any(abs((to_x - x) * (py - y) - (to_y - y) * (px - x)) / length > SLACK for px, py in other):
        return False
    first, second = sorted(((to_x - x) * (px - x) + (to_y - y) * (py - y)) / length for px, py in other)
    return min(length, second) - max(0.0, first) > SLACK


def _through(context: Context, edges: list[Edge]) -> Iterator[Finding]:
    elements, flows = context.diagram.elements, {flow.id: flow for flow in context.diagram.flows}
    shapes = [shape for name, shape in context.drawing.shape_of.items() if name in elements]
    inner = [shape.box.shrunk(SLACK) for shape in shapes]
    parts = [(edge, segment) for edge in edges for segment in edge.segments]
    met: dict[str, dict[str, None]] = {}
    for at, there in touching([around(segment) for _, segment in parts], inner):
        (edge, segment), shape = parts[at], shapes[there]
        if edge.plane == shape.plane and inner[there].cut_by(segment):
            met.setdefault(edge.element, {})[shape.element] = None
    for name, names in met.items():
        flow = flows[name]
        own = _belonging(context.diagram, flow.source) | _belonging(context.diagram, flow.target)
        foreign = [called(elements[one]) for one in names if one not in own]
        if foreign:
            zh, en = called_flow(context.diagram, flow)
            said_zh = f"连线{zh}穿过{_listed([one for one, _ in foreign], '、', '等')}，看上去像经过该步骤。"
            said_en = f"Flow {en} runs through {_listed([one for _, one in foreign], ', ', ' and more')}, as if it went there."
            yield context.warning("flow_through_step", flow.id, said_zh, said_en)


def _belonging(diagram: Diagram, name: str) -> set[str]:
    """The element with what encloses it, the activity on whose edge it sits, and the events on its own edge."""
    own: set[str] = {event.id for event in diagram.boundary(name)}
    while name in diagram.elements and name not in own:
        own |= {name, diagram.elements[name].attached}
        name = diagram.elements[name].within
    return own


def the_picture_says_who(context: Context) -> Iterator[Finding]:
    """A step is drawn in the lane whose agency does it. Another lane is a lie about who does it, and an error."""
    drawing = context.drawing
    lanes = _drawn_lanes(context.diagram, drawing)
    if not lanes:
        return
    for element in context.diagram.elements.values():
        shape = drawing.shape_of.get(element.id)
        if shape is None or element.within or element.kind == "boundaryEvent":
            continue
        own = element.lane
        around = [lane for lane, box in lanes if box.plane == shape.plane and box.box.holds(shape.box.centre)]
        if own is None or not own.id or own.id not in {lane.id for lane, _ in lanes}:
            yield from _in_no_lane(context, element, around)
        elif own.id not in {lane.id for lane in around}:
            yield from _elsewhere(context, element, own, around)
        elif not next(box for lane, box in lanes if lane.id == own.id).box.encloses(shape.box, SLACK):
            zh, en = called(element)
            said_zh = f"{zh}画得超出泳道「{own.name.zh or own.id}」。"
            yield context.warning("across_lanes", element.id, said_zh, f"{en} sticks out of lane “{own.name.local('en') or own.id}”.")


def _drawn_lanes(diagram: Diagram, drawing: Drawing) -> list[tuple[Lane, Shape]]:
    """Lanes with their boxes; of nested ones those that hold no other."""
    nests = {node.getparent().getparent().get("id") for node in diagram.root.iter(f"{BPMN}lane") if _nested(node)}  # type: ignore[union-attr]
    return [(lane, drawing.shape_of[lane.id]) for lane in diagram.lanes if lane.id in drawing.shape_of and lane.id not in nests]


def _nested(lane: etree._Element) -> bool:
    around = lane.getparent()
    return bool(around is not None and around.tag == f"{BPMN}childLaneSet")


def _in_no_lane(context: Context, element: Element, around: list[Lane]) -> Iterator[Finding]:
    if around and element.lane is None:
        zh, en = called(element)
        name = around[0].name
        said_zh = f"{zh}画在泳道「{name.zh or around[0].id}」中，文件却没有把它归入该泳道。"
        said_en = f"{en} is drawn in lane “{name.local('en') or around[0].id}”, but the file does not put it there."
        yield context.error("drawn_in_another_lane", element.id, said_zh, said_en)


def _elsewhere(context: Context, element: Element, own: Lane, around: list[Lane]) -> Iterator[Finding]:
    zh, en = called(element)
    mine = own.name.zh or own.id, own.name.local("en") or own.id
    if around:
        drawn = around[0].name.zh or around[0].id, around[0].name.local("en") or around[0].id
        said_zh = f"{zh}画在泳道「{drawn[0]}」中，执行时却归泳道「{mine[0]}」：图上看错了由谁办理。"
        said_en = f"{en} is drawn in lane “{drawn[1]}”, but belongs to lane “{mine[1]}”: the picture lies about who does it."
        yield context.error("drawn_in_another_lane", element.id, said_zh, said_en)
    else:
        said_zh = f"{zh}画在所有泳道之外，执行时归泳道「{mine[0]}」：图上看不出由谁办理。"
        said_en = f"{en} is drawn outside all lanes and belongs to lane “{mine[1]}”: the picture does not say who does it."
        yield context.error("drawn_outside_lanes", element.id, said_zh, said_en)


def lanes_lie_side_by_side(context: Context) -> Iterator[Finding]:
    """No place in the picture belongs to two lanes."""
    lanes = _drawn_lanes(context.diagram, context.drawing)
    for (one, first), (other, second) in combinations(lanes, 2):
        if first.plane == second.plane and min(first.box.common(second.box)) > SLACK:
            names = one.name.zh or one.id, other.name.zh or other.id, one.name.local("en") or one.id, other.name.local("en") or other.id
            said_en = f"Lanes “{names[2]}” and “{names[3]}” overlap in the picture."
            yield context.warning("lanes_overlap", other.id, f"泳道「{names[0]}」与「{names[1]}」画得重叠。", said_en)


def _listed(names: Iterable[str], between: str, more: str) -> str:
    every = list(names)
    return between.join(every[:NAMED]) + (more if len(every) > NAMED else "")


RULES: tuple[Callable[[Context], Iterator[Finding]], ...] = (
    everything_is_drawn,
    nothing_covers_anything,
    notes_stand_aside,
    flows_can_be_followed,
    the_picture_says_who,
    lanes_lie_side_by_side,
)
