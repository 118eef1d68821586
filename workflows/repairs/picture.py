"""Repairs between the picture and what it stands for: lanes, shapes, flows that nobody drew."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.contracts import Text
from workflows.engine.diagram import BPMN
from workflows.picture.reading import Box, bounds
from workflows.picture.writing import draw, take_out, write_box
from workflows.repairs.repair import Repair, Ward, must


def put_where_drawn(ward: Ward) -> None:
    """The step belongs to the lane in which it is drawn; without a picture to the only lane that there is."""
    leaves = [lane.get("id", "") for lane in ward.sheet.root.iter(f"{BPMN}lane") if lane.find(f"{BPMN}childLaneSet") is None]
    box = ward.sheet.box(ward.element)
    around = [lane for lane in leaves if box is not None and (drawn := ward.sheet.box(lane)) is not None and drawn.holds(box.centre)]
    chosen = around or (leaves if box is None else [])
    must(len(chosen) == 1 and not ward.step.within)
    ward.sheet.put_in_lane(ward.element, chosen[0])


def remove_lane(ward: Ward) -> None:
    """A lane without work goes; a neighbour takes its place in the picture."""
    lane, own = ward.node, ward.sheet.box(ward.element)
    others = [one for one in ward.sheet.root.iter(f"{BPMN}lane") if one is not lane and one.getparent() is lane.getparent()]
    must(others)
    for other in others:
        shape = ward.sheet.drawn(other.get("id", ""))
        beside = bounds(shape) if shape is not None else None
        if (
            own is not None
            and shape is not None
            and beside is not None
            and (abs(beside.bottom - own.y) < 1 or abs(beside.y - own.bottom) < 1)
        ):
            write_box(shape, Box(beside.x, min(beside.y, own.y), beside.width, beside.height + own.height))
            break
    ward.sheet.forget(ward.element)
    take_out(lane)


def draw_all(ward: Ward) -> None:
    """Draw the whole process."""
    draw(ward.sheet.root, ward.sheet.diagram)


def draw_flow(ward: Ward) -> None:
    """Draw a flow between its drawn ends, once."""
    flow = ward.flow
    must(ward.sheet.box(flow.source) is not None and ward.sheet.box(flow.target) is not None)
    ward.sheet.forget(flow.id)
    ward.sheet.route(flow.id)


def erase(ward: Ward) -> None:
    """What is drawn and does not exist is drawn no more."""
    drawn = ward.sheet.drawn(ward.element)
    must(drawn is not None)
    while drawn is not None:
        take_out(drawn)
        drawn = ward.sheet.drawn(ward.element)


_BY_DRAWING = Repair(Text("归入所画的泳道", "Put it in the lane where it is drawn"), put_where_drawn)
PICTURE_FIXES: Mapping[str, Repair] = {
    "task_without_lane": _BY_DRAWING,
    "event_without_lane": _BY_DRAWING,
    "drawn_in_another_lane": _BY_DRAWING,
    "in_two_lanes": Repair(Text("只留所画的泳道", "Keep the lane where it is drawn"), put_where_drawn),
    "empty_lane": Repair(Text("删除泳道", "Remove the lane"), remove_lane),
    "no_picture": Repair(Text("自动绘制", "Draw it"), draw_all),
    "not_drawn": Repair(Text("画出连线", "Draw the flow"), draw_flow),
    "drawn_without_element": Repair(Text("删除图形", "Remove the shape"), erase),
}
