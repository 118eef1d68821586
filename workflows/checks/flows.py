"""Rules about flows: conditions, what is reached, parallel blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from workflows.checks.context import Context, called
from workflows.contracts import Finding
from workflows.engine.diagram import ACTIVITIES, CATCHING, Element, Flow
from workflows.engine.expressions import ExpressionError, names, parse

MAX_BRANCHES = 50
LEAVES_ONCE = ACTIVITIES | CATCHING | {"startEvent"}


def exclusive_splits_are_decided(context: Context) -> Iterator[Finding]:
    """An exclusive split has a condition on every flow but one default."""
    for element in context.diagram.elements.values():
        outgoing = context.diagram.outgoing(element.id)
        if element.kind == "exclusiveGateway" and len(outgoing) > 1:
            yield from _split(context, element, outgoing)


def _split(context: Context, element: Element, outgoing: tuple[Flow, ...]) -> Iterator[Finding]:
    zh, en = called(element)
    if not element.default:
        said_en = f"{en} has no default flow: when no condition holds the case stops."
        yield context.error("no_default", element.id, f"网关{zh}没有默认连线：条件都不满足时案件会停住。", said_en)
    elif element.default not in {flow.id for flow in outgoing}:
        said_zh = f"网关{zh}的默认连线 {element.default} 不从它出发。"
        yield context.error("default_elsewhere", element.id, said_zh, f"{en}: its default flow leaves another element.")
    for flow in outgoing:
        if not flow.condition and flow.id != element.default:
            said_zh = f"网关{zh}的连线「{flow.name.zh or flow.id}」没有条件，也不是默认连线。"
            said_en = f"The flow “{flow.name.local('en') or flow.id}” of {en} has no condition and is not the default."
            yield context.error("flow_without_condition", flow.id, said_zh, said_en)
        if flow.condition and flow.id == element.default:
            said_zh = f"默认连线 {flow.id} 的条件不起作用。"
            yield context.warning("default_with_condition", flow.id, said_zh, f"The condition of the default flow {flow.id} has no effect.")


def only_gateways_decide(context: Context) -> Iterator[Finding]:
    """Conditions elsewhere would be ignored; activities have one way out."""
    for element in context.diagram.elements.values():
        outgoing = context.diagram.outgoing(element.id)
        zh, en = called(element)
        if element.kind != "exclusiveGateway":
            for flow in outgoing:
                if flow.condition:
                    said_en = f"The condition on a flow of {en} would be ignored; use an exclusive gateway."
                    yield context.error("condition_ignored", flow.id, f"{zh}的出线条件会被忽略，请加排他网关。", said_en)
        if element.kind in LEAVES_ONCE and len(outgoing) > 1:
            yield context.error(
                "several_outgoing", element.id, f"{zh}有多条出线，请加网关。", f"{en} has several outgoing flows; use a gateway."
            )


def conditions_can_be_read(context: Context) -> Iterator[Finding]:
    """Conditions are in the expression language and read facts that something sets."""
    for flow in context.diagram.flows:
        if not flow.condition:
            continue
        title = flow.name.zh or flow.id
        try:
            parse(flow.condition)
        except ExpressionError as error:
            said_en = f"The condition of flow {flow.id} cannot be read: {error}."
            yield context.error("condition_unreadable", flow.id, f"连线「{title}」的条件无法读取：{error}。", said_en)
            continue
        missing = ", ".join(sorted(names(flow.condition) - context.facts))
        if missing and not context.alone:
            said_zh = f"连线「{title}」用到的 {missing} 没有任何表单、决策表或服务写入。"
            yield context.error(
                "condition_unknown_fact", flow.id, said_zh, f"Flow {flow.id} reads {missing}, which no form, table or service sets."
            )


def scopes_begin_and_end(context: Context) -> Iterator[Finding]:
    """One start per scope, at least one end, flows between elements that exist."""
    for scope, members in context.diagram.scopes().items():
        where = scope or context.diagram.process
        starts = [element for element in members if element.kind == "startEvent"]
        if len(starts) != 1:
            said_zh = f"{where} 须有且只有一个开始事件，现有 {len(starts)} 个。"
            yield context.error("one_start", where, said_zh, f"{where} needs exactly one start event, it has {len(starts)}.")
        if not any(element.kind == "endEvent" for element in members):
            yield context.error("no_end", where, f"{where} 没有结束事件。", f"{where} has no end event.")
    for flow in context.diagram.flows:
        if flow.source not in context.diagram.elements or flow.target not in context.diagram.elements:
            yield context.error("dangling_flow", flow.id, f"连线 {flow.id} 的一端不存在。", f"One end of flow {flow.id} does not exist.")


def loops_ask_somebody(context: Context) -> Iterator[Finding]:
    """No loop goes round through gateways alone: it would never rest."""
    elements = context.diagram.elements
    through = {name for name, element in elements.items() if _passes(element, elements.values())}
    for name in sorted(through):
        if elements[name].kind not in {"exclusiveGateway", "parallelGateway"}:
            continue
        reached: set[str] = set()
        frontier = [name]
        while frontier:
            new = {flow.target for flow in context.diagram.outgoing(frontier.pop())} & through - reached
            reached |= new
            frontier += new
        if name in reached:
            zh, en = called(elements[name])
            said_en = f"The loop through {en} holds no step that waits: it would go round for ever. Put a task into it."
            yield context.error(
                "loop_without_rest", name, f"经过{zh}的回路中没有需要等待的步骤，会无休止地循环；请在回路中加任务。", said_en
            )
            return


def _passes(element: Element, every: Iterable[Element]) -> bool:
    """Whether a token goes through an element without a rest, as far as can be seen here."""
    if element.kind == "subProcess":
        return all(_passes(inner, every) for inner in every if inner.within == element.id)
    return element.kind in {"exclusiveGateway", "parallelGateway", "startEvent", "endEvent"}


def everything_is_reached(context: Context) -> Iterator[Finding]:
    """No orphan (SpiffWorkflow drops them in silence), nothing that leads nowhere."""
    for members in context.diagram.scopes().values():
        starts = [element for element in members if element.kind == "startEvent"]
        reached = context.reachable(starts[0].id, beside=True) if starts else set()
        for element in members:
            zh, en = called(element)
            if starts and element.id not in reached and not element.attached:
                yield context.error("unreachable", element.id, f"{zh}从开始事件无法到达。", f"{en} cannot be reached from the start.")
            if element.kind != "endEvent" and not context.diagram.outgoing(element.id):
                yield context.error("leads_nowhere", element.id, f"{zh}没有出线。", f"{en} has no outgoing flow.")


def parallel_blocks_stand_alone(context: Context) -> Iterator[Finding]:
    """A parallel block has a scope of its own: one split, one join, no loop (engine-facts §0.1, §3.5)."""
    for scope, members in context.diagram.scopes().items():
        gateways = [element for element in members if element.kind == "parallelGateway"]
        splits = [element for element in gateways if len(context.diagram.outgoing(element.id)) > 1]
        joins = [element for element in gateways if len(context.diagram.incoming(element.id)) > 1]
        where = scope or context.diagram.process
        if gateways and not (len(splits) == len(joins) == 1 and set(gateways) == {splits[0], joins[0]}):
            said_zh = f"{where} 中的并行网关须恰为一个分支、一个汇合；每个并行阶段请放进自己的子流程。"
            said_en = f"{where}: a parallel stage is one split and one join in a subprocess of its own."
            yield context.error("parallel_block", gateways[0].id, said_zh, said_en)
        for gateway in gateways:
            if any(gateway.id in context.reachable(flow.target) for flow in context.diagram.outgoing(gateway.id)):
                said_zh = f"并行网关 {gateway.id} 在回路中，会丢失或重复分支；请把并行阶段放进子流程。"
                said_en = f"Parallel gateway {gateway.id} is inside a loop; put the parallel stage into a subprocess."
                yield context.error("parallel_in_loop", gateway.id, said_zh, said_en)


def parallel_branches_meet(context: Context) -> Iterator[Finding]:
    """Every branch of a split reaches the join of its scope, once, and cannot end beside it."""
    for members in context.diagram.scopes().values():
        gateways = [element for element in members if element.kind == "parallelGateway"]
        for split in gateways:
            for join in gateways:
                if len(context.diagram.outgoing(split.id)) > 1 and len(context.diagram.incoming(join.id)) > 1:
                    yield from _block(context, split, join)


def _block(context: Context, split: Element, join: Element) -> Iterator[Finding]:
    outgoing = context.diagram.outgoing(split.id)
    behind = context.reachable(join.id)
    for flow in outgoing:
        reached = context.reachable(flow.target)
        if join.id not in reached:
            said_en = f"Branch {flow.id} never reaches the join; the case would wait for ever."
            yield context.error("branch_misses_join", flow.id, f"并行分支 {flow.id} 到不了汇合网关，案件会一直等待。", said_en)
        ends = {name for name in reached if name in context.diagram.elements and context.diagram.elements[name].kind == "endEvent"}
        if ends - behind:
            said_en = f"Branch {flow.id} can end without passing the join."
            yield context.error("branch_leaves_block", flow.id, f"并行分支 {flow.id} 可绕过汇合网关结束。", said_en)
    if len(context.diagram.incoming(join.id)) != len(outgoing):
        said_en = "The join has another number of incoming flows than the split has branches."
        yield context.error("join_unbalanced", join.id, "汇合网关的入线数与分支数不一致。", said_en)
    if len(outgoing) > MAX_BRANCHES:
        yield context.error("too_many_branches", split.id, f"并行分支超过 {MAX_BRANCHES} 条。", f"More than {MAX_BRANCHES} branches.")


RULES: tuple[Callable[[Context], Iterator[Finding]], ...] = (
    exclusive_splits_are_decided,
    only_gateways_decide,
    conditions_can_be_read,
    scopes_begin_and_end,
    loops_ask_somebody,
    everything_is_reached,
    parallel_blocks_stand_alone,
    parallel_branches_meet,
)
