"""The repair of a road beside the main one that comes to the main one's end: it gets an end of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workflows.contracts import Text
from workflows.engine.diagram import Diagram
from workflows.picture.reading import Box
from workflows.picture.redrawing import Sheet
from workflows.picture.writing import EVENT, beside
from workflows.repairs.repair import Repair, Ward, must

BELOW = 40
"""Pixels from an event on an edge to the end that stands beneath it."""


def end_apart(sheet: Sheet, event: str) -> int:
    """Give the road of an event that does not interrupt ends of its own; gives how many. Raises LookupError where more is shared."""
    diagram = sheet.diagram
    within = diagram.elements[event].within
    starts = [one.id for one in diagram.elements.values() if one.kind == "startEvent" and one.within == within]
    road, main = _reached(diagram, [event]), _reached(diagram, starts)
    shared = road & main
    must(shared)
    must(all(diagram.elements[one].kind == "endEvent" for one in shared))
    flows = [flow for flow in diagram.flows if flow.target in shared and flow.source in road - shared]
    for flow in flows:
        box, on_an_edge = sheet.box(flow.source), diagram.elements[flow.source].kind == "boundaryEvent"
        beneath = Box(box.x, box.bottom + BELOW, *EVENT) if box else None
        place = beneath if on_an_edge else beside(box, "endEvent", BELOW)
        end = sheet.add_step("endEvent", flow.source, diagram.elements[flow.target].name, place)
        sheet.lead(flow.id, target=end)
        sheet.route(flow.id)
    return len(flows)


def _reached(diagram: Diagram, sources: Iterable[str]) -> set[str]:
    """What a token comes to from these; what does not interrupt begins a road of its own, and is no part of it."""
    found: set[str] = set()
    frontier = list(sources)
    while frontier:
        here = frontier.pop()
        if here in found or here not in diagram.elements:
            continue
        found.add(here)
        frontier += [flow.target for flow in diagram.outgoing(here)]
        frontier += [event.id for event in diagram.boundary(here) if event.interrupts]
    return found


def _apart(ward: Ward) -> None:
    must(ward.step.kind == "boundaryEvent" and not ward.step.interrupts)
    end_apart(ward.sheet, ward.element)


BESIDE_FIXES: Mapping[str, Repair] = {
    "road_beside_comes_back": Repair(Text("给这条路线单独的结束事件", "Give this road an end of its own"), _apart)
}
