"""Putting a parallel stage into a subprocess of its own: from the gateway where the ways part to the one where they meet.

Only what has one way in and one way out can be enclosed without another meaning: each branch comes to the join once, nothing enters
a branch from outside, nothing leaves it but through the join.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from workflows.contracts import Text
from workflows.engine.diagram import BPMN, FLOW_NODES, local
from workflows.picture.reading import Box
from workflows.picture.redrawing import Sheet
from workflows.picture.writing import write_shape
from workflows.repairs.flows import END, MET, START, begin_at, end_at

STAGE = Text("同时办理", "At the same time")
BORDER, BESIDE = 20.0, 90.0
"""From the content of a stage to its edge; what its start, or its end, takes beside it."""


class NotABlock(LookupError):
    """Ways that part and do not meet as they should; `zh` and `en` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


@dataclass(frozen=True)
class Block:
    """A parallel stage: where the ways part, where they meet ('' where each ends by itself), and what lies between."""

    split: str
    join: str
    inside: frozenset[str]


class Graph:
    """The steps of one scope and how one leads to the other; an event that ends its activity follows it, others begin a road beside."""

    def __init__(self, scope: etree._Element) -> None:
        """Read the process or subprocess `scope`, without what its subprocesses hold."""
        self.kinds = {node.get("id", ""): local(node) for node in scope if local(node) in FLOW_NODES}
        self.flows = [
            (node.get("sourceRef", ""), node.get("targetRef", "")) for node in scope
            if local(node) == "sequenceFlow" and {node.get("sourceRef"), node.get("targetRef")} <= self.kinds.keys()
        ]  # fmt: skip
        self.flows_in: dict[str, list[str]] = {name: [] for name in self.kinds}
        self.flows_out: dict[str, list[str]] = {name: [] for name in self.kinds}
        for source, target in self.flows:
            self.flows_out[source].append(target)
            self.flows_in[target].append(source)
        self.edged: dict[str, list[str]] = {}
        self.beside: dict[str, list[str]] = {}
        self.hosts = {node.get("id", ""): node.get("attachedToRef", "") for node in scope if node.get("attachedToRef")}
        for node in (node for node in scope if node.get("attachedToRef")):
            kind = self.beside if node.get("cancelActivity") == "false" else self.edged
            kind.setdefault(node.get("attachedToRef", ""), []).append(node.get("id", ""))

    @cached_property
    def splits(self) -> list[str]:
        """Parallel gateways where ways part."""
        return [name for name, kind in self.kinds.items() if kind == "parallelGateway" and len(self.flows_out[name]) > 1]

    def reached(self, start: Iterable[str], until: str = "") -> set[str]:
        """What is reached from these, themselves included, without going through `until`."""
        found, frontier = set(start) - {until}, [one for one in start if one != until]
        while frontier:
            at = frontier.pop()
            new = {*self.flows_out.get(at, ()), *self.edged.get(at, ())} - found - {until}
            found |= new
            frontier += new
        return found

    def block(self, split: str, kind: str = "parallelGateway") -> Block:
        """The stage that begins at `split` and ends in a gateway of the same kind. Raises NotABlock."""
        joins = [name for name, own in self.kinds.items() if own == kind and len(self.flows_in[name]) > 1 and name != split]
        every = [Block(split, join, frozenset(self.reached(self.flows_out[split], join))) for join in joins]
        fitting = [block for block in every if self._closed(block)]
        meant = [block for block in every if sum(block.join in self.reached([first]) for first in self.flows_out[split]) > 1]
        if meant and not fitting:
            raise self._fault(min(meant, key=lambda one: len(one.inside)))
        found = min(fitting, key=lambda one: len(one.inside)) if fitting else self._open_ended(split)
        return Block(split, found.join, found.inside | self._beside(found))

    def _beside(self, block: Block) -> set[str]:
        """The roads that events begin within a stage beside it; they end by themselves."""
        roads: set[str] = set()
        while fresh := {event for host in block.inside | roads for event in self.beside.get(host, ())} - roads:
            roads |= self.reached(fresh)
        outside = any(set(self.flows_in[name]) - roads for name in roads) or roads & (block.inside | {block.split, block.join})
        if outside:
            raise NotABlock("边界事件开始的路线离开了并行阶段", "the road of an event on the edge of a step leads out of the stage")
        return roads

    def _closed(self, block: Block) -> bool:
        within = block.inside | {block.split}
        ends = {name for name in block.inside if self.kinds[name] == "endEvent" or not self.flows_out[name]}
        return (
            block.split not in block.inside
            and not ends
            and all(set(self.flows_in[name]) <= within and self.hosts.get(name, block.split) in within for name in block.inside)
            and set(self.flows_in[block.join]) <= within
            and len(self.flows_in[block.join]) == len(self.flows_out[block.split])
            and all(self._meets_once(block, first) for first in self.flows_out[block.split])
        )

    def _fault(self, block: Block) -> NotABlock:
        """Why the ways that part do not meet rightly where they should."""
        within = block.inside | {block.split}
        if block.split in block.inside:
            return NotABlock(
                "并行分支又回到分支处，会重复展开", "a branch leads back to where the ways part, and would begin all of them again"
            )
        if any(self.kinds[name] == "endEvent" or not self.flows_out[name] for name in block.inside):
            return NotABlock(
                "有分支可以不到汇合网关就结束，其他分支会一直等",
                "a branch can end before the joining gateway, where the others would wait for ever",
            )
        if any(set(self.flows_in[name]) - within for name in (*block.inside, block.join)):
            return NotABlock("有连线从外面进入并行分支", "a flow enters a branch from outside")
        return NotABlock("到达汇合网关的连线与分支不是一一对应", "the joining gateway does not have one flow from each branch")

    def _meets_once(self, block: Block, first: str) -> bool:
        branch = self.reached([first], block.join) if first != block.join else {block.split}
        return sum(source in branch for source in self.flows_in[block.join]) == 1 or first == block.join

    def _open_ended(self, split: str) -> Block:
        """Ways that never meet: each ends by itself, and the stage is over when all have."""
        branches = [self.reached([first]) for first in self.flows_out[split]]
        inside = frozenset().union(*branches)
        steps = [{name for name in branch if self.kinds[name] != "endEvent"} for branch in branches]
        if split in inside:
            raise NotABlock(
                "并行分支又回到分支处，会重复展开", "a branch leads back to where the ways part, and would begin all of them again"
            )
        if sum(map(len, steps)) > len(frozenset().union(*steps)):
            raise NotABlock(
                "并行分支在网关之外相遇，其后各步会办多遍",
                "branches meet without a joining gateway, so what follows would be done more than once",
            )
        if any(set(self.flows_in[name]) - inside - {split} for name in inside):
            raise NotABlock("有连线从外面进入并行分支", "a flow enters a branch from outside")
        return Block(split, "", inside)


def alone(graph: Graph, block: Block) -> bool:
    """Whether a stage has its scope for itself already: no other parallel gateway, and no way back to it."""
    others = [name for name, kind in graph.kinds.items() if kind == "parallelGateway" and name not in {block.split, block.join}]
    return not others and block.split not in graph.reached(graph.flows_out[block.join])


def close(sheet: Sheet, graph: Graph, block: Block) -> Block:
    """Let the ways of a stage that each end by themselves meet before one end; gives the stage as it is now."""
    endings: list[list[str]] = []
    ends: dict[str, None] = {}
    for first in graph.flows_out[block.split]:
        branch = graph.reached([first])
        own = [name for name in graph.kinds if name in branch and graph.kinds[name] == "endEvent"]
        before = {first: {block.split}} if first in own else {}
        endings.append(
            [flow.get("id", "") for end in own for flow in sheet.entering(end) if flow.get("sourceRef") in branch | before.get(end, set())]
        )
        ends |= dict.fromkeys(own)
        if not endings[-1]:
            raise NotABlock("有并行分支没有结束", "a branch has no end")
    kept = next(iter(ends))
    join = sheet.add_step("parallelGateway", kept, MET, wanted=f"meet_{kept}")
    for flows in endings:
        target = join
        if len(flows) > 1:
            target = sheet.add_step("exclusiveGateway", kept, MET, wanted=f"ended_{flows[0]}")
            sheet.add_flow(target, join)
        for flow in flows:
            sheet.lead(flow, target=target)
    for end in [one for one in ends if one != kept]:
        sheet.remove_step(end)
    sheet.add_flow(join, kept)
    scope = sheet.node(block.split).getparent()
    inside = Graph(scope).reached([flow.get("targetRef", "") for flow in sheet.leaving(block.split)], join) if scope is not None else set()
    return Block(block.split, join, frozenset(inside))


def enclose(sheet: Sheet, block: Block) -> str:
    """Put a stage into a subprocess of its own, in the lane and at the place of its beginning; gives the subprocess's id."""
    parent = sheet.node(block.split).getparent()
    if parent is None:
        raise NotABlock("找不到所在流程", "it is in no process")
    frame = _room(sheet, block)
    stage = sheet.add_step("subProcess", block.split, STAGE, wanted=f"stage_{block.split}")
    home = sheet.node(stage)
    entering = [flow for flow in sheet.entering(block.split) if flow.get("sourceRef") not in block.inside]
    leaving = sheet.leaving(block.join)
    for flow in list(_flows(parent, block)):
        _move(flow, home)
    for name in (block.split, *sorted(block.inside), block.join):
        _move(sheet.node(name), home)
        for reference in sheet.references(name):
            sheet.unrefer(reference)
    shape = sheet.drawn(block.split)
    plane = shape.getparent() if shape is not None else None
    if shape is not None and plane is not None and frame is not None:
        plane.insert(plane.index(shape), write_shape(plane, stage, frame, isExpanded="true"))
    _lead_to(sheet, stage, entering, leaving)
    _begin_and_end(sheet, block, frame)
    return stage


def _lead_to(sheet: Sheet, stage: str, entering: list[etree._Element], leaving: list[etree._Element]) -> None:
    for flow in entering:
        sheet.lead(flow.get("id", ""), target=stage)
        end_at(sheet, flow.get("id", ""), stage)
    for flow in leaving:
        sheet.lead(flow.get("id", ""), source=stage)
        begin_at(sheet, flow.get("id", ""), stage)


def _begin_and_end(sheet: Sheet, block: Block, frame: Box | None) -> None:
    for gateway, kind, name in ((block.split, "startEvent", START), (block.join, "endEvent", END)):
        box, beside = sheet.box(gateway), None
        if box is not None and frame is not None:
            x = frame.x + BORDER if kind == "startEvent" else frame.right - BORDER - 36
            beside = Box(x, box.centre[1] - 18, 36, 36)
        event = sheet.add_step(kind, gateway, name, beside, wanted=f"{kind.removesuffix('Event')}_{gateway}")
        if kind == "startEvent":
            sheet.add_flow(event, gateway)
        else:
            sheet.add_flow(gateway, event)


def _room(sheet: Sheet, block: Block) -> Box | None:
    """Make room for the frame of a stage, and say where it goes; None where nothing is drawn."""
    split, join = sheet.box(block.split), sheet.box(block.join)
    if split is None or join is None:
        return None
    parts = [box for name in (block.split, block.join, *block.inside) if (box := sheet.box(name))]
    left = min(box.x for box in parts)
    sheet.make_room(block.split, left, BESIDE)
    right = max(box.right for name in (block.split, block.join, *block.inside) if (box := sheet.box(name)))
    sheet.make_room(block.split, right, BESIDE)
    parts = [box for name in (block.split, block.join, *block.inside) if (box := sheet.box(name))]
    top, bottom = min(box.y for box in parts), max(box.bottom for box in parts)
    return Box(left + BORDER, top - BORDER, right - left + 2 * BESIDE - 2 * BORDER, bottom - top + 2 * BORDER)


def _flows(parent: etree._Element, block: Block) -> Iterator[etree._Element]:
    """The flows between the steps of a stage."""
    within = block.inside | {block.split, block.join}
    for node in parent:
        if (
            local(node) == "sequenceFlow"
            and node.get("sourceRef") in within - {block.join}
            and node.get("targetRef") in within - {block.split}
        ):
            yield node


def _move(node: etree._Element, home: etree._Element) -> None:
    node.tail = None
    home.append(node)


def enclosed(sheet: Sheet, scope: str = "") -> list[str]:
    """Put every parallel stage of a scope ('' is the process) that is not alone into a subprocess; gives the subprocesses.

    Raises NotABlock for the first one that cannot be enclosed as it is drawn.
    """
    made: list[str] = []
    while True:
        home = sheet.node(scope) if scope else next(sheet.root.iterchildren(f"{BPMN}process"))
        graph = Graph(home)
        blocks = sorted((graph.block(split) for split in graph.splits), key=lambda one: len(one.inside))
        if not blocks:
            return made
        if not blocks[0].join:
            raise NotABlock("并行分支没有汇合", "its branches do not meet")
        if alone(graph, blocks[0]):
            return made
        made.append(enclose(sheet, blocks[0]))
