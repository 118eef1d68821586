"""Repairs of flows and gateways."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.contracts import Text
from workflows.engine.diagram import Flow, local
from workflows.engine.expressions import ExpressionError, parse
from workflows.picture.reading import Box, Point
from workflows.picture.redrawing import ROOM, Sheet
from workflows.picture.writing import EVENT, GATEWAY, beside, size_of
from workflows.repairs.repair import Repair, Ward, must

QUESTION, MET = Text("如何继续？", "How does it go on?"), Text("汇合", "Roads meet")
END, START = Text("结束", "End"), Text("开始", "Start")


def make_default(ward: Ward) -> None:
    """The flow without a condition is the default, else the last one without its condition."""
    flows = ward.diagram.outgoing(ward.element)
    must(ward.step.kind == "exclusiveGateway" and flows)
    _let_default(ward.sheet, ward.element, flows)


def _let_default(sheet: Sheet, gateway: str, flows: tuple[Flow, ...]) -> None:
    plain = [flow for flow in flows if not flow.condition]
    must(len(plain) <= 1)
    chosen = (plain or list(flows))[-1]
    sheet.node(gateway).set("default", chosen.id)
    sheet.set_condition(sheet.node(chosen.id), "")


def drop_condition(ward: Ward) -> None:
    """The condition has no effect, so it goes."""
    must(ward.flow.condition)
    ward.sheet.set_condition(ward.node, "")


def decide_in_gateway(ward: Ward) -> None:
    """A gateway behind the source decides; where there is nothing to decide, the condition goes."""
    source = ward.diagram.elements[ward.flow.source]
    flows = ward.diagram.outgoing(source.id)
    if len(flows) == 1 or source.kind in {"parallelGateway", "eventBasedGateway"}:
        drop_condition(ward)
    else:
        split_behind(ward.sheet, source.id, "exclusiveGateway", flows)


def split_by_gateway(ward: Ward) -> None:
    """Conditions decide in an exclusive gateway; without conditions all ways are taken, so a parallel one begins them."""
    flows = ward.diagram.outgoing(ward.element)
    must(len(flows) > 1)
    kind = "exclusiveGateway" if any(flow.condition for flow in flows) else "parallelGateway"
    split_behind(ward.sheet, ward.element, kind, flows)


def split_behind(sheet: Sheet, source: str, kind: str, flows: tuple[Flow, ...]) -> str:
    """A gateway behind `source` from which its flows leave; gives the gateway's id."""
    box = sheet.box(source)
    sheet.make_room(source, box.right if box else 0)
    name = QUESTION if kind == "exclusiveGateway" else Text("同时办理", "At the same time")
    gateway = sheet.add_step(kind, source, name, beside(box, kind, ROOM / 4))
    for flow in flows:
        sheet.lead(flow.id, source=gateway)
        begin_at(sheet, flow.id, gateway)
    sheet.add_flow(source, gateway)
    if kind == "exclusiveGateway" and flows:
        _let_default(sheet, gateway, flows)
    return gateway


def meet_before(sheet: Sheet, target: str, kind: str = "exclusiveGateway", name: Text = MET) -> str:
    """A gateway, or a step of another kind, before `target` into which the flows lead that led there; gives its id."""
    box = sheet.box(target)
    sheet.make_room(target, box.x if box else 0, size_of(kind)[0] + ROOM / 2)
    entering = sheet.entering(target)
    gateway = sheet.add_step(
        kind, target, name, beside(sheet.box(target), kind, -ROOM / 4), wanted=f"{'ask' if kind == 'userTask' else 'meet'}_{target}"
    )
    for flow in entering:
        sheet.lead(flow.get("id", ""), target=gateway)
        end_at(sheet, flow.get("id", ""), gateway)
    sheet.add_flow(gateway, target)
    return gateway


def meet_in_gateway(ward: Ward) -> None:
    """The roads meet in a gateway before the step."""
    must(len(ward.diagram.incoming(ward.step.id)) > 1)
    meet_before(ward.sheet, ward.element)


def join_before_split(ward: Ward) -> None:
    """A gateway that only joins stands before the one that then only splits."""
    must(ward.step.kind == "exclusiveGateway")
    meet_before(ward.sheet, ward.element)


def lead_past(ward: Ward) -> None:
    """A gateway with one way in and one out goes, the way stays."""
    bypass_step(ward.sheet, ward.step.id)


def bypass_step(sheet: Sheet, step: str) -> None:
    """Lead the only flow into a step on to where its only flow leads, and take the step away. Raises LookupError with more ways."""
    ways_in, ways_out = sheet.entering(step), sheet.leaving(step)
    must(len(ways_in) == len(ways_out) == 1 and ways_in[0] is not ways_out[0])
    entering, leaving = ways_in[0], ways_out[0]
    flow, target = entering.get("id", ""), leaving.get("targetRef", "")
    points = (*sheet.bends(flow)[:-1], *sheet.bends(leaving.get("id", ""))[1:])
    if not entering.get("name") and leaving.get("name"):
        entering.set("name", leaving.get("name", ""))
    sheet.lead(flow, target=target)
    sheet.remove_step(step)
    if len(points) > 1:
        sheet.bend(flow, points)
    else:
        sheet.route(flow)


def take_one_of_two(ward: Ward) -> None:
    """Of two flows between the same two one goes; where each had a condition, the other has both."""
    flow = ward.flow
    twin = next(one for one in ward.diagram.outgoing(flow.source) if one.target == flow.target and one.id != flow.id)
    default = ward.sheet.node(flow.source).get("default", "")
    kept, gone = (flow, twin) if flow.id == default else (twin, flow)
    if kept.condition and gone.condition and kept.id != default and kept.condition != gone.condition:
        both = f"({kept.condition}) or ({gone.condition})"
        try:
            parse(both)
        except ExpressionError as error:
            raise LookupError(flow.id) from error
        ward.sheet.set_condition(ward.sheet.node(kept.id), both)
    ward.sheet.remove_flow(gone.id)


def end_or_remove(ward: Ward) -> None:
    """A flow into nothing goes; where its source has no other, an end event stands there instead."""
    flow, elements = ward.flow, ward.diagram.elements
    if flow.source not in elements or len(ward.diagram.outgoing(flow.source)) > 1:
        ward.sheet.remove_flow(flow.id)
    else:
        ward.sheet.remove_flow(flow.id)
        add_end(ward.sheet, flow.source)


def end_there(ward: Ward) -> None:
    """An end event behind a step that leads nowhere."""
    must(ward.step.kind != "endEvent" and not ward.diagram.outgoing(ward.element))
    add_end(ward.sheet, ward.element)


def add_end(sheet: Sheet, step: str) -> str:
    """An end event behind a step; gives its id."""
    box = sheet.box(step)
    place = beside(box, "endEvent", 50)
    if box is not None and local(sheet.node(step)) == "boundaryEvent":
        place = Box(box.x, box.bottom + 40, *EVENT)
    elif box is not None:
        sheet.make_room(step, box.right)
    end = sheet.add_step("endEvent", step, END, place, wanted=f"end_{step}")
    sheet.add_flow(step, end)
    return end


def end_the_scope(ward: Ward) -> None:
    """The step of a scope that leads nowhere, where it is one, gets its end."""
    scope = "" if ward.element == ward.diagram.process else ward.element
    members = ward.diagram.scopes().get(scope, ())
    loose = [one.id for one in members if not ward.diagram.outgoing(one.id)]
    must(len(loose) == 1)
    add_end(ward.sheet, loose[0])


def begin_the_scope(ward: Ward) -> None:
    """A start before the step that nothing leads to, where it is one; of several starts with one way on the first stays."""
    scope = "" if ward.element == ward.diagram.process else ward.element
    members = ward.diagram.scopes().get(scope, ())
    starts = [one for one in members if one.kind == "startEvent"]
    if starts:
        targets = {tuple(flow.target for flow in ward.diagram.outgoing(one.id)) for one in starts}
        must(len(targets) == 1)
        for one in starts[1:]:
            ward.sheet.remove_step(one.id)
        return
    first = [one.id for one in members if not ward.diagram.incoming(one.id) and not one.attached]
    must(len(first) == 1)
    add_start(ward.sheet, first[0])


def add_start(sheet: Sheet, step: str) -> str:
    """A start event before a step; gives its id."""
    box = sheet.box(step)
    if box is not None:
        sheet.make_room(step, box.x)
    start = sheet.add_step("startEvent", step, START, beside(sheet.box(step), "startEvent", -50), wanted=f"start_{step}")
    sheet.add_flow(start, step)
    return start


def remove_unreached(ward: Ward) -> None:
    """A step that is never reached goes, with those that lead to it: none of them is reached either."""
    gone, frontier = {ward.step.id}, [ward.element]
    while frontier:
        at = frontier.pop()
        before = {flow.source for flow in ward.diagram.incoming(at)} - gone
        before |= {ward.diagram.elements[one].attached for one in before if one in ward.diagram.elements} - gone - {""}
        gone |= before
        frontier += before
    must(not any(ward.diagram.elements[one].kind == "startEvent" for one in gone if one in ward.diagram.elements))
    for one in [name for name in ward.diagram.elements if name in gone]:
        _remove_if_there(ward.sheet, one)


def _remove_if_there(sheet: Sheet, step: str) -> None:
    try:
        sheet.node(step)
    except LookupError:  # it went with what held it
        return
    sheet.remove_step(step)


def begin_at(sheet: Sheet, flow: str, step: str) -> None:
    """Draw the beginning of a flow at another step, the rest as it was."""
    box, points = sheet.box(step), sheet.bends(flow)
    if box is None or len(points) < 2:  # noqa: PLR2004 - a way has two ends
        sheet.route(flow)
    else:
        sheet.bend(flow, [*_docked(box, points[1]), *points[1:]])


def end_at(sheet: Sheet, flow: str, step: str) -> None:
    """Draw the end of a flow at another step, the rest as it was."""
    box, points = sheet.box(step), sheet.bends(flow)
    if box is None or len(points) < 2:  # noqa: PLR2004 - a way has two ends
        sheet.route(flow)
    else:
        sheet.bend(flow, [*points[:-1], *reversed(_docked(box, points[-2]))])


def _docked(box: Box, towards: Point) -> list[Point]:
    """From the edge of a step along the axes to where `towards` is straight ahead; a large one is left where it lies on its level."""
    (x, y), (middle, level) = towards, box.centre
    if box.height > GATEWAY[1] and box.y < y < box.bottom and not box.x < x < box.right:
        return [(box.right if x > middle else box.x, y)]
    if abs(y - level) <= 1:
        return [(box.right if x > middle else box.x, level)]
    if abs(x - middle) <= 1:
        return [(middle, box.bottom if y > level else box.y)]
    return [(middle, box.bottom if y > level else box.y), (middle, y)]


FLOW_FIXES: Mapping[str, Repair] = {
    "no_default": Repair(Text("把无条件的（或最后一条）连线设为默认", "Make the flow without a condition, or the last one, the default"), make_default),
    "default_elsewhere": Repair(Text("把无条件的（或最后一条）连线设为默认", "Make the flow without a condition, or the last one, the default"), make_default),
    "default_with_condition": Repair(Text("去掉默认连线的条件", "Take the condition off the default flow"), drop_condition),
    "condition_ignored": Repair(Text("加一个排他网关来判断（无可判断时去掉条件）", "Let an exclusive gateway decide, or take the condition off"), decide_in_gateway),
    "several_outgoing": Repair(Text("在后面加一个网关", "Put a gateway behind it"), split_by_gateway),
    "fake_join": Repair(Text("在前面加一个汇合网关", "Let the roads meet in a gateway"), meet_in_gateway),
    "joins_and_splits": Repair(Text("拆成一个汇合、一个分支", "Make it two gateways"), join_before_split),
    "superfluous_gateway": Repair(Text("去掉网关", "Take the gateway away"), lead_past),
    "duplicate_flow": Repair(Text("只留一条", "Keep one of them"), take_one_of_two),
    "dangling_flow": Repair(Text("去掉这条连线（必要时补一个结束事件）", "Take the flow away, with an end event where one is needed"), end_or_remove),
    "leads_nowhere": Repair(Text("在后面加结束事件", "Put an end event behind it"), end_there),
    "no_end": Repair(Text("加结束事件", "Add an end event"), end_the_scope),
    "one_start": Repair(Text("补上或合并开始事件", "Add the start event, or keep one of them"), begin_the_scope),
    "unreachable": Repair(Text("删除到不了的步骤", "Remove what is never reached"), remove_unreached),
}  # fmt: skip
