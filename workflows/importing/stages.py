"""Foreign parallel stages: each gets a scope of its own; an inclusive one becomes a parallel one whose branches may be passed over."""

from __future__ import annotations

import copy

from lxml import etree

from workflows.contracts import Text
from workflows.engine.diagram import BPMN, local
from workflows.importing.outcome import called
from workflows.importing.workshop import Workshop, titled
from workflows.picture.redrawing import Sheet
from workflows.picture.writing import give_name, take_out, unused
from workflows.repairs.enclosing import Block, Graph, NotABlock, alone, close, enclose
from workflows.repairs.flows import add_end, add_start

NEEDED, PASSED = Text("是否需要？", "Is it needed?"), Text("不需要", "No")
STAGE = Text("同时办理", "At the same time")


def bring(work: Workshop) -> None:
    """Give every parallel stage a scope of its own, the inner ones first."""
    for scope in work.scopes():
        _inclusive(work, scope)
    for scope in work.scopes():
        if scope.get("id") not in work.refused:
            _enclose(work, scope)


def _enclose(work: Workshop, scope: etree._Element) -> None:
    while (block := _innermost(work, scope)) is not None and not alone(Graph(scope), block):
        zh, en = called(work.sheet.node(block.split))
        if len(_lanes(work, block)) > 1:
            callee = _taken_out(work, scope, block)
            said_en = f"The parallel stage at {en} is a process of its own now ({callee}), since several lanes work in it."
            work.notes.changed(callee, f"{zh}处的并行阶段涉及多条泳道，已单独成为流程 {callee}。", said_en)
        else:
            stage = enclose(work.sheet, block)
            said_en = f"The parallel stage at {en} is a subprocess of its own now."
            work.notes.changed(stage, f"{zh}处的并行阶段已放进自己的子流程。", said_en)


def _innermost(work: Workshop, scope: etree._Element) -> Block | None:
    """The smallest stage of a scope, with its ways meeting; what is none is refused."""
    blocks = []
    graph = Graph(scope)
    for split in [one for one in graph.splits if one not in work.refused]:
        try:
            blocks.append(graph.block(split))
        except NotABlock as reason:
            _refuse(work, split, reason)
    for block in sorted(blocks, key=lambda one: len(one.inside)):
        try:
            if block.inside & work.refused:
                _refuse(work, block.split, NotABlock("其中有无法导入的步骤", "it holds a step that cannot be imported"))
                continue
            return block if block.join else _closed(work, graph, block)
        except NotABlock as reason:
            _refuse(work, block.split, reason)
    return None


def _refuse(work: Workshop, split: str, reason: NotABlock) -> None:
    node = work.sheet.node(split)
    zh, en = called(node)
    work.refuse(node, f"并行网关{zh}无法导入：{reason.zh}。", f"Parallel gateway {en} cannot be imported: {reason.en}.")


def _closed(work: Workshop, graph: Graph, block: Block) -> Block:
    zh, en = called(work.sheet.node(block.split))
    closed = close(work.sheet, graph, block)
    work.redraw = True
    said_en = f"The branches behind {en} each ended by themselves: they meet now before one end, which is reached when all are done."
    work.notes.changed(block.split, f"{zh}之后的分支各自结束：现在汇合后再结束，全部办完才算结束。", said_en)
    return closed


def _lanes(work: Workshop, block: Block) -> set[str]:
    """The lanes in which somebody works in a stage."""
    working = [name for name in block.inside if not local(work.sheet.node(name)).endswith("Gateway")]
    found = {lane.get("id", "") for name in working if (lane := work.sheet.lane_of(name)) is not None}
    return found or {""}


def _taken_out(work: Workshop, scope: etree._Element, block: Block) -> str:
    """Make a process of a stage, with the lanes of its steps, and a call of it where it was; gives the process's id."""
    sheet = work.sheet
    callee = unused(sheet.root, f"{work.process.get('id')}_{block.split}")
    within = block.inside | {block.split, block.join}
    entering = [flow for flow in sheet.entering(block.split) if flow.get("sourceRef") not in within]
    leaving = [flow for flow in sheet.leaving(block.join) if flow.get("targetRef") not in within]
    call = sheet.add_step(
        "callActivity",
        block.split,
        titled(sheet.node(block.split)) if titled(sheet.node(block.split)).zh else STAGE,
        wanted=f"call_{block.split}",
    )
    sheet.node(call).set("calledElement", callee)
    for flow in entering:
        sheet.lead(flow.get("id", ""), target=call)
    for flow in leaving:
        sheet.lead(flow.get("id", ""), source=call)
    work.more[callee] = _process_of(sheet, scope, callee, within, titled(sheet.node(call)))
    for name in sorted(within):
        if name in {one.get("id") for one in scope}:
            sheet.remove_step(name)
    work.redraw = True
    return callee


def _process_of(sheet: Sheet, scope: etree._Element, callee: str, within: frozenset[str], name: Text) -> Sheet:
    root = copy.deepcopy(sheet.root)
    for child in [one for one in root if local(one) not in {"process", "message"}]:
        root.remove(child)
    process = next(root.iterchildren(f"{BPMN}process"))
    held = next((one for one in process.iter("*") if one.get("id") == scope.get("id")), process)
    steps = [
        one
        for one in held
        if one.get("id") in within or (local(one) == "sequenceFlow" and {one.get("sourceRef"), one.get("targetRef")} <= within)
    ]
    for child in [one for one in process if local(one) not in {"laneSet", "property"}]:
        process.remove(child)
    for step in steps:
        step.tail = None
        process.append(step)
    process.set("id", callee)
    give_name(process, name)
    there = {one.get("id") for one in process.iter("*")}
    for reference in [one for one in process.iter(f"{BPMN}flowNodeRef") if (one.text or "").strip() not in there]:
        take_out(reference)
    for lane in [one for one in process.iter(f"{BPMN}lane") if one.find(f"{BPMN}flowNodeRef") is None]:
        take_out(lane)
    own = Sheet(root)
    graph = Graph(process)
    first = next(one for one in graph.kinds if not graph.flows_in[one] and graph.kinds[one] != "boundaryEvent")
    last = next(one for one in graph.kinds if not graph.flows_out[one] and graph.kinds[one] != "endEvent")
    add_start(own, first)
    add_end(own, last)
    return own


def _inclusive(work: Workshop, scope: etree._Element) -> None:
    for node in [one for one in scope if local(one) == "inclusiveGateway" and one.get("id") not in work.refused]:
        graph, name = Graph(scope), node.get("id", "")
        if len(graph.flows_out.get(name, ())) < 2:  # noqa: PLR2004 - it joins
            continue
        zh, en = called(node)
        try:
            block = graph.block(name, "inclusiveGateway")
        except NotABlock as reason:
            work.refuse(node, f"包容网关{zh}无法导入：{reason.zh}。", f"Inclusive gateway {en} cannot be imported: {reason.en}.")
            continue
        if block.join:
            _some_of_all(work, graph, block)
        else:
            said_en = (
                f"Inclusive gateway {en} cannot be imported: no gateway of its kind joins its branches, so nobody knows which to wait for."
            )
            work.refuse(node, f"包容网关{zh}无法导入：没有同类网关汇合其分支，不知道要等哪些分支。", said_en)
    for node in [one for one in scope if local(one) == "inclusiveGateway" and one.get("id") not in work.refused]:
        zh, en = called(node)
        said_en = f"The inclusive gateway {en} joins ways that did not part in a gateway of its kind."
        work.refuse(node, f"包容网关{zh}汇合的路线不是由同类网关分出的。", said_en)


def _some_of_all(work: Workshop, graph: Graph, block: Block) -> None:
    """All branches begin, and each is passed over where its condition does not hold."""
    sheet, flows = work.sheet, work.sheet.diagram.outgoing(block.split)
    split, join = sheet.node(block.split), sheet.node(block.join)
    default = split.attrib.pop("default", "")
    join.attrib.pop("default", "")
    told = [flow.condition for flow in flows if flow.condition]
    always = [flow for flow in flows if not flow.condition and flow.id not in work.conditional and flow.id != default and told]
    for flow in [one for one in flows if one not in always and one.target != block.join]:
        branch = graph.reached([flow.target], block.join)
        last = next(one for one in sheet.entering(block.join) if one.get("sourceRef") in branch)
        condition = flow.condition
        if flow.id == default and len(told) == len(flows) - 1:
            condition = f"not ({' or '.join(f'({one})' for one in told)})"
        _may_be_passed(work, block, flow.id, last.get("id", ""), condition)
    split.tag = join.tag = f"{BPMN}parallelGateway"
    zh, en = called(split)
    said_en = f"The inclusive gateway {en} is a parallel one now: each branch is passed over where its condition does not hold."
    work.notes.changed(block.split, f"包容网关{zh}改为并行网关：条件不成立的分支直接跳过。", said_en)
    work.redraw = True


def _may_be_passed(work: Workshop, block: Block, flow: str, last: str, condition: str) -> None:
    sheet, first = work.sheet, work.sheet.node(flow)
    target, name = first.get("targetRef", ""), Text(first.get("name") or "", "")
    question = sheet.add_step("exclusiveGateway", target, NEEDED, wanted=f"needed_{flow}")
    merge = sheet.add_step("exclusiveGateway", target, STAGE, wanted=f"done_{flow}")
    sheet.lead(flow, target=question)
    sheet.set_condition(first, "")
    work.conditional.discard(flow)
    chosen = sheet.add_flow(question, target, name=name, condition=condition)
    passed = sheet.add_flow(question, merge, name=PASSED)
    sheet.node(question).set("default", passed)
    if not condition:
        work.conditional.add(chosen)
    sheet.lead(last, target=merge)
    sheet.add_flow(merge, block.join)
