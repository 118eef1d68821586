"""Foreign flows and gateways: what parts and meets without a gateway gets one, as BPMN means it."""

from __future__ import annotations

from lxml import etree

from workflows.contracts import Text
from workflows.engine.diagram import ACTIVITIES, BPMN, CATCHING, FLOW_NODES, local
from workflows.importing.conditions import exclude_each_other, translated
from workflows.importing.outcome import called, words_of
from workflows.importing.workshop import Workshop
from workflows.repairs.enclosing import Graph
from workflows.repairs.flows import add_end, add_start, meet_before, split_behind

BEGUN = Text("因何开始？", "What began it?")
PARTS_ONCE = ACTIVITIES | CATCHING | {"startEvent"}


def bring(work: Workshop) -> None:
    """Read the conditions, connect what is loose, and let ways part and meet in gateways only."""
    _flows_within_scopes(work)
    for flow in list(work.process.iter(f"{BPMN}sequenceFlow")):
        _condition(work, flow)
    for node in work.steps("inclusiveGateway", "complexGateway"):
        _inclusive(work, node)
    for scope in [one for one in work.scopes() if one.get("id") not in work.refused]:
        _begin(work, scope)
        _end(work, scope)
    for kinds, make in (
        (PARTS_ONCE, _parts), (ACTIVITIES | CATCHING, _meets), *((frozenset({kind}), _gateway) for kind in ("exclusiveGateway", "parallelGateway", "eventBasedGateway")),
    ):  # fmt: skip
        for node in work.steps(*kinds):
            make(work, node)


def _flows_within_scopes(work: Workshop) -> None:
    """A flow that hangs, or that leaves its subprocess, has no meaning."""
    homes = {node.get("id", ""): node.getparent() for node in work.process.iter("*") if local(node) in FLOW_NODES}
    for flow in list(work.process.iter(f"{BPMN}sequenceFlow")):
        ends = [homes.get(flow.get(end, "")) for end in ("sourceRef", "targetRef")]
        if ends[0] is None or ends[0] is not ends[1]:
            work.sheet.remove_flow(flow.get("id", ""))
            zh, en = called(flow)
            said_en = f"Flow {en} hangs in the air or leaves its subprocess, and was left out."
            work.notes.changed(flow.get("id", ""), f"连线{zh}一端悬空或跨越子流程，未导入。", said_en)
        elif flow.getparent() is not ends[0]:
            flow.tail = None
            ends[0].append(flow)


def _condition(work: Workshop, flow: etree._Element) -> None:
    told = flow.find(f"{BPMN}conditionExpression")
    flow.attrib.pop("isImmediate", "")
    if told is None:
        return
    name, text = flow.get("id", ""), words_of(told)
    read = translated(text)
    work.sheet.set_condition(flow, read or "")
    zh, en = called(flow)
    if read is None:
        work.conditional.add(name)
        if text:
            said_en = f"The condition of flow {en} cannot be read here: {text[:120]}"
            work.notes.changed(name, f"连线{zh}的条件无法读取：{text[:120]}", said_en)
    elif read != text:
        work.notes.changed(name, f"连线{zh}的条件改写为 {read}。", f"The condition of flow {en} is now {read}.")


def _inclusive(work: Workshop, node: etree._Element) -> None:
    """An inclusive gateway that only joins exclusive ways, or has one way out, is an exclusive one; stages are seen to later."""
    name = node.get("id", "")
    around = node.getparent()
    parted = [
        one.get("id", "") for one in (around if around is not None else ())
        if len(work.sheet.leaving(one.get("id", ""))) > 1 and local(one) not in {"exclusiveGateway", "eventBasedGateway"}
    ]  # fmt: skip
    if len(work.sheet.leaving(name)) <= 1 and not parted:
        zh, en = called(node)
        node.tag = f"{BPMN}exclusiveGateway"
        work.notes.changed(
            name, f"网关{zh}只汇合排他的路线，改为排他网关。", f"Gateway {en} only joins ways of which one is taken: it is exclusive now."
        )
    elif local(node) == "complexGateway":
        zh, en = called(node)
        said_en = f"The complex gateway {en} has a rule of its own: say in exclusive gateways which way is taken."
        work.refuse(node, f"复杂网关{zh}有自己的规则：请改用排他网关说明走向。", said_en)


def _begin(work: Workshop, scope: etree._Element) -> None:
    """What nothing leads to begins with the process: one such step gets a start, several begin at the same time."""
    graph = Graph(scope)
    starts = [name for name, kind in graph.kinds.items() if kind == "startEvent"]
    loose = [
        name
        for name, kind in graph.kinds.items()
        if not graph.flows_in[name] and kind not in {"startEvent", "boundaryEvent"} and not _apart(work, name)
    ]
    if starts and loose:
        for name in loose:
            node = work.sheet.node(name)
            if graph.flows_out[name] or local(node) != "endEvent":
                zh, en = called(node)
                work.refuse(node, f"{zh}没有入线，开始后到不了：请连线或删除。", f"Nothing leads to {en}: connect it or remove it.")
            else:
                work.remove(node)
        _one_start(work, graph, starts)
    elif loose:
        first = loose[0]
        start = add_start(work.sheet, first)
        for other in loose[1:]:
            work.sheet.add_flow(start, other)
        zh, en = called(work.sheet.node(first))
        said_en = f"A start event was put before {en}" + (" and the other steps that begin with it." if loose[1:] else ".")
        work.notes.changed(start, f"在{zh}{'等同时开始的步骤' if loose[1:] else ''}之前补上开始事件。", said_en)
    else:
        _one_start(work, graph, starts)


def _apart(work: Workshop, name: str) -> bool:
    return work.sheet.node(name).get("triggeredByEvent") == "true"


def _one_start(work: Workshop, graph: Graph, starts: list[str]) -> None:
    """Of several starts each begins the process in its own way: one start, and somebody says which way it is."""
    if len(starts) < 2:  # noqa: PLR2004 - one is as it should be
        return
    first = starts[0]
    ways: dict[str, str] = {}
    for one in starts:
        name = " ".join((work.sheet.node(one).get("name") or one).split())
        if len(graph.flows_out[one]) > 1:
            split_behind(work.sheet, one, "parallelGateway", work.sheet.diagram.outgoing(one))
        for flow in work.sheet.leaving(one):
            ways.setdefault(flow.get("targetRef", ""), name)
            work.sheet.remove_flow(flow.get("id", ""))
        if one != first:
            work.remove(work.sheet.node(one))
    begins = first
    if len(ways) > 1:
        begins = work.sheet.add_step("exclusiveGateway", first, BEGUN, wanted=f"begun_{first}")
        work.sheet.add_flow(first, begins)
        work.questions.add(begins)
        work.redraw = True
    for target, name in ways.items():
        work.sheet.add_flow(begins, target, name=Text(name) if len(ways) > 1 else None)
    names = list(dict.fromkeys(ways.values()))
    said_en = f"One start stands for “{', '.join(names)}”."
    work.notes.changed(first, f"多个开始事件（{'、'.join(names)}）合并为一个。", said_en)


def _end(work: Workshop, scope: etree._Element) -> None:
    graph = Graph(scope)
    for name, kind in graph.kinds.items():
        if kind != "endEvent" and not graph.flows_out[name] and not _apart(work, name) and name not in work.refused:
            add_end(work.sheet, name)
            zh, en = called(work.sheet.node(name))
            work.notes.changed(name, f"在{zh}之后补上结束事件。", f"An end event was put behind {en}.")


def _parts(work: Workshop, node: etree._Element) -> None:
    """Several flows out of a step: all of them at once, unless their conditions leave one."""
    name, flows = node.get("id", ""), work.sheet.diagram.outgoing(node.get("id", ""))
    default = node.attrib.pop("default", "")
    zh, en = called(node)
    if len(flows) == 1 and (flows[0].condition or flows[0].id in work.conditional):
        work.sheet.set_condition(work.sheet.node(flows[0].id), "")
        work.conditional.discard(flows[0].id)
        said_en = f"The condition behind {en} was taken off: with one way on there is nothing to decide."
        work.notes.changed(flows[0].id, f"{zh}之后只有一条路，条件已去掉。", said_en)
    if len(flows) < 2:  # noqa: PLR2004 - nothing parts
        return
    read = [flow.condition for flow in flows if flow.condition]
    unread = [flow for flow in flows if flow.id in work.conditional]
    plain = [flow for flow in flows if not flow.condition and flow.id not in work.conditional and flow.id != default]
    if not read and not unread:
        split_behind(work.sheet, name, "parallelGateway", flows)
        said_en = f"Several ways leave {en} without a condition: all are taken, so a parallel gateway was put behind it."
        work.notes.changed(name, f"{zh}有多条无条件出线，同时进行：已加并行网关。", said_en)
    elif not plain and (len(flows) - bool(default) == 1 or (not unread and exclude_each_other(read))):
        gateway = split_behind(work.sheet, name, "exclusiveGateway", () if unread else flows)
        for flow in flows if unread else ():
            work.sheet.lead(flow.id, source=gateway)
            work.sheet.route(flow.id)
        if default:
            work.sheet.node(gateway).set("default", default)
        said_en = f"The conditions behind {en} leave one way: an exclusive gateway was put behind it."
        work.notes.changed(name, f"{zh}之后的条件只有一个成立：已加排他网关。", said_en)
    else:
        said_en = f"More than one of the conditions behind {en} may hold at once: draw a gateway and say which way is taken."
        work.refuse(node, f"{zh}之后可能有多个条件同时成立：请画网关并说明走向。", said_en)


def _meets(work: Workshop, node: etree._Element) -> None:
    name = node.get("id", "")
    if len(work.sheet.entering(name)) > 1:
        meet_before(work.sheet, name)
        zh, en = called(node)
        said_en = f"Several ways lead to {en}: an exclusive gateway lets each of them go on."
        work.notes.changed(name, f"{zh}有多条入线：已加排他网关，来一次办一次。", said_en)


def _drawn_once(work: Workshop, node: etree._Element) -> None:
    """Where all ways are taken, two flows to the same step are one."""
    seen: set[str | None] = set()
    for flow in work.sheet.leaving(node.get("id", "")) if local(node) == "parallelGateway" else ():
        if flow.get("targetRef") in seen:
            zh, en = called(node)
            work.sheet.remove_flow(flow.get("id", ""))
            work.notes.changed(flow.get("id", ""), f"网关{zh}的两条相同连线合为一条。", f"Two equal flows of gateway {en} are one now.")
        seen.add(flow.get("targetRef"))


def _gateway(work: Workshop, node: etree._Element) -> None:
    _drawn_once(work, node)
    name, kind = node.get("id", ""), local(node)
    ways_in, ways_out = len(work.sheet.entering(name)), len(work.sheet.leaving(name))
    if kind != "exclusiveGateway":
        node.attrib.pop("default", "")
        for flow in work.sheet.leaving(name):
            work.sheet.set_condition(flow, "")
            work.conditional.discard(flow.get("id", ""))
    for extra in ("instantiate", "eventGatewayType"):
        node.attrib.pop(extra, "")
    zh, en = called(node)
    if work.lead_past(node):
        work.notes.changed(name, f"网关{zh}只有一进一出，已去掉。", f"Gateway {en} had one way in and one out, and was taken away.")
    elif ways_in > 1 and ways_out > 1:
        meet_before(work.sheet, name, "exclusiveGateway" if kind == "eventBasedGateway" else kind)
        work.notes.changed(name, f"网关{zh}既汇合又分支，已拆成两个。", f"Gateway {en} joined and split, and is two gateways now.")
