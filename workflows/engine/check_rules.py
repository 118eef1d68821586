"""The rules that one diagram must keep. Each takes the context and yields findings; the table at the foot lists them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from workflows.contracts import Finding
from workflows.vocabulary import AGENCY_WORDS, CASE_ROLES
from workflows.engine.diagram import ACTIVITIES, BPMN, Element, local
from workflows.engine.expressions import ExpressionError, names, parse

if TYPE_CHECKING:
    from workflows.engine.check import Context

MAX_NODES = 400
MAX_BRANCHES = 50
UNSUPPORTED = {
    "scriptTask": ("脚本任务", "script task", "流程图中的代码不会被执行，请改用服务任务或决策表", "code in a diagram is never executed; use a service or a decision table"),
    "sendTask": ("发送任务", "send task", "请改用服务任务", "use a service task"),
    "receiveTask": ("接收任务", "receive task", "请改用接收单位泳道中的用户任务", "use a user task in the receiver's lane"),
    "manualTask": ("手工任务", "manual task", "请改用用户任务", "use a user task"),
    "task": ("未定类型的任务", "untyped task", "请指定为用户任务、服务任务或决策任务", "make it a user, service or decision task"),
    "inclusiveGateway": ("包容网关", "inclusive gateway", "请改用并行子流程与排他网关", "use a parallel subprocess with exclusive gateways"),
    "complexGateway": ("复杂网关", "complex gateway", "请改用排他网关", "use an exclusive gateway"),
    "eventBasedGateway": ("事件网关", "event-based gateway", "请改用用户任务登记结果", "use a user task that records what came"),
    "intermediateCatchEvent": ("中间捕获事件", "intermediate catch event", "期限请在任务上设置 clock，不由定时器推动流程", "set a clock on the task; a timer never moves a case"),
    "intermediateThrowEvent": ("中间抛出事件", "intermediate throw event", "请改用服务任务", "use a service task"),
    "boundaryEvent": ("边界事件", "boundary event", "期限请在任务上设置 clock；届满只提醒和升级，不作决定", "set a clock on the task; when it runs out it tells and escalates, and decides nothing"),
    "transaction": ("事务子流程", "transaction", "请改用普通子流程", "use a plain subprocess"),
    "adHocSubProcess": ("特别子流程", "ad hoc subprocess", "请画出顺序", "draw the order"),
}  # fmt: skip
EVENT_DEFINITIONS = frozenset({
    "messageEventDefinition", "timerEventDefinition", "signalEventDefinition", "errorEventDefinition", "escalationEventDefinition",
    "compensateEventDefinition", "linkEventDefinition", "conditionalEventDefinition", "cancelEventDefinition", "terminateEventDefinition",
})  # fmt: skip
DATA_ELEMENTS = frozenset({"dataObject", "dataObjectReference", "dataStoreReference", "dataInputAssociation", "dataOutputAssociation", "ioSpecification"})


def _error(context: Context, rule: str, element: str, zh: str, en: str) -> Finding:
    return Finding("error", rule, element, zh, en, context.file)


def _warning(context: Context, rule: str, element: str, zh: str, en: str) -> Finding:
    return Finding("warning", rule, element, zh, en, context.file)


def _called(element: Element) -> tuple[str, str]:
    return (f"「{element.name.zh or element.id}」", f"“{element.name.local('en') or element.id}”")


def process_is_there(context: Context) -> Iterator[Finding]:
    """There is one executable process."""
    if not context.diagram.process:
        yield _error(context, "no_process", "", "文件中没有流程（process）。", "The file holds no process.")
    elif not context.diagram.executable:
        yield _error(context, "not_executable", context.diagram.process, "流程未标为可执行（isExecutable）。", "The process is not marked executable.")
    elif len(context.diagram.root.findall(f"{BPMN}process")) > 1:
        yield _error(context, "one_process", "", "一个文件只画一个流程。", "A file holds one process.")
    if len(context.diagram.elements) > MAX_NODES:
        yield _error(context, "too_many_nodes", "", f"节点超过 {MAX_NODES} 个，请拆分。", f"More than {MAX_NODES} nodes; split it.")


def ids_are_unique(context: Context) -> Iterator[Finding]:
    """No id stands twice in a file."""
    seen: set[str] = set()
    for node in context.diagram.root.iter():
        own = node.get("id") if isinstance(node.tag, str) else None
        if own and own in seen:
            yield _error(context, "duplicate_id", own, f"编号 {own} 重复。", f"The id {own} is used twice.")
        seen.add(own or "")


def only_supported_elements(context: Context) -> Iterator[Finding]:
    """Nothing that the engine does not execute, or would mis-execute in silence."""
    for element in context.diagram.elements.values():
        if element.kind in UNSUPPORTED:
            kind_zh, kind_en, why_zh, why_en = UNSUPPORTED[element.kind]
            zh, en = _called(element)
            yield _error(context, f"unsupported_{element.kind}", element.id, f"{zh}是{kind_zh}：{why_zh}。", f"{en} is a {kind_en}: {why_en}.")
    for node in context.diagram.root.iter():
        if local(node) in EVENT_DEFINITIONS:
            owner = node.getparent().get("id", "")
            yield _error(
                context, "unsupported_event", owner, f"事件 {owner} 带有 {local(node)}：只支持普通开始与结束事件。",
                f"Event {owner} has a {local(node)}: only plain start and end events are supported.",
            )  # fmt: skip
        if local(node) in DATA_ELEMENTS:
            yield _error(
                context, "unsupported_data", node.get("id", ""), "不支持数据对象：案件事实由表单与服务写入。",
                "Data objects are not supported: forms and services write the facts.",
            )  # fmt: skip
        if local(node) == "subProcess" and node.get("triggeredByEvent") == "true":
            yield _error(context, "unsupported_event_subprocess", node.get("id", ""), "不支持事件子流程。", "Event subprocesses are not supported.")
        if local(node) == "standardLoopCharacteristics":
            owner = node.getparent().get("id", "")
            yield _error(context, "unsupported_loop", owner, f"{owner} 的循环标记请改画为排他网关回路。", f"{owner}: draw the loop with an exclusive gateway.")
        if local(node) == "multiInstanceLoopCharacteristics":
            yield from _branches(context, node.getparent().get("id", ""), node)


def _branches(context: Context, owner: str, node: object) -> Iterator[Finding]:
    element = context.diagram.elements.get(owner)
    if node.get("isSequential") == "true":  # type: ignore[attr-defined]
        yield _error(context, "sequential_branches", owner, f"{owner} 的多实例须为并行。", f"{owner}: branches are parallel only.")
    if element is None or not element.collection:
        yield _error(context, "branches_without_list", owner, f"{owner} 的多实例没有指明列表（loopDataInputRef）。", f"{owner}: say which list the branches run over (loopDataInputRef).")
    elif not context.alone and element.collection not in context.facts:
        yield _error(
            context, "unknown_list", owner, f"{owner} 的列表 {element.collection} 没有任何表单、决策表或服务写入。",
            f"{owner}: no form, table or service sets the list {element.collection}.",
        )  # fmt: skip


def lanes_name_agencies(context: Context) -> Iterator[Finding]:
    """Every lane says which agency and which role; every task stands in one."""
    for lane in context.diagram.lanes:
        title_zh, title_en = f"泳道「{lane.name.zh or lane.id}」", f"Lane “{lane.name.local('en') or lane.id}”"
        if not lane.agency:
            yield _error(context, "lane_without_agency", lane.id, f"{title_zh}没有指明单位（agency）。", f"{title_en} names no agency.")
        elif lane.agency not in AGENCY_WORDS:
            known = "、".join(sorted(AGENCY_WORDS))
            yield _error(context, "lane_unknown_agency", lane.id, f"{title_zh}的单位 {lane.agency} 不存在，可用：{known}。", f"{title_en}: there is no agency {lane.agency!r}; use one of {', '.join(sorted(AGENCY_WORDS))}.")
        if lane.role not in CASE_ROLES:
            yield _error(context, "lane_unknown_role", lane.id, f"{title_zh}没有指明有效的角色（role）。", f"{title_en} names no role of: {', '.join(sorted(CASE_ROLES))}.")
    for element in context.diagram.elements.values():
        if element.kind == "userTask" and element.lane is None:
            zh, en = _called(element)
            yield _error(context, "task_without_lane", element.id, f"{zh}不在任何泳道中，无人可办。", f"{en} stands in no lane, so nobody can do it.")


def tasks_name_what_is_there(context: Context) -> Iterator[Finding]:
    """Services, forms, tables, clocks, gates and called processes exist."""
    for element in context.diagram.elements.values():
        zh, en = _called(element)
        if element.kind == "serviceTask" and element.service not in context.known.services:
            what_zh, what_en = (f"服务 {element.service} 不在服务目录中", f"the service {element.service!r} is not in the table of services") if element.service else ("没有指明服务", "it names no service")
            known = "、".join(sorted(context.known.services))
            yield _error(context, "unknown_service", element.id, f"{zh}：{what_zh}。可用：{known}。", f"{en}: {what_en}.")
        if element.kind == "userTask" and not element.form:
            yield _error(context, "task_without_form", element.id, f"{zh}没有表单（form）。", f"{en} has no form.")
        if element.kind == "userTask" and element.form and element.form not in context.forms and not context.alone:
            yield _error(context, "unknown_form", element.id, f"{zh}的表单 {element.form} 不存在。", f"{en}: there is no form {element.form!r}.")
        if element.kind == "businessRuleTask" and not element.decision:
            yield _error(context, "task_without_table", element.id, f"{zh}没有指明决策表（decision）。", f"{en} names no decision table.")
        if element.decision and element.decision not in context.tables and not context.alone:
            yield _error(context, "unknown_table", element.id, f"{zh}的决策表 {element.decision} 不存在。", f"{en}: there is no table {element.decision!r}.")
        for clock in filter(None, (element.clock, element.starts_clock, element.stops_clock)):
            if clock not in context.known.clocks:
                yield _error(context, "unknown_clock", element.id, f"{zh}的期限规则 {clock} 不存在。", f"{en}: there is no clock rule {clock!r}.")
        if element.gate and element.gate not in context.known.gates:
            yield _error(context, "unknown_gate", element.id, f"{zh}的法定关口 {element.gate} 不存在。", f"{en}: there is no gate {element.gate!r}.")
        if element.kind == "callActivity" and element.called not in context.processes and not context.alone:
            yield _error(context, "unknown_call", element.id, f"{zh}调用的流程 {element.called or '（空）'} 不在本组文件中。", f"{en} calls {element.called!r}, which is not in the bundle.")


def flows_are_conditioned(context: Context) -> Iterator[Finding]:
    """Exclusive splits have a condition on every flow but one default; nothing else has conditions."""
    for element in context.diagram.elements.values():
        outgoing = context.diagram.outgoing(element.id)
        zh, en = _called(element)
        if element.kind == "exclusiveGateway" and len(outgoing) > 1:
            if element.default and element.default not in {flow.id for flow in outgoing}:
                yield _error(context, "default_elsewhere", element.id, f"网关{zh}的默认连线 {element.default} 不从它出发。", f"{en}: its default flow leaves another element.")
            for flow in outgoing:
                if not flow.condition and flow.id != element.default:
                    yield _error(
                        context, "flow_without_condition", flow.id, f"网关{zh}的连线「{flow.name.zh or flow.id}」没有条件，也不是默认连线。",
                        f"The flow “{flow.name.local('en') or flow.id}” of {en} has no condition and is not the default.",
                    )  # fmt: skip
                if flow.condition and flow.id == element.default:
                    yield _warning(context, "default_with_condition", flow.id, f"默认连线 {flow.id} 的条件不起作用。", f"The condition of the default flow {flow.id} has no effect.")
            if not element.default:
                yield _error(context, "no_default", element.id, f"网关{zh}没有默认连线：条件都不满足时案件会停住。", f"{en} has no default flow: when no condition holds the case stops.")
        elif element.kind != "exclusiveGateway":
            for flow in outgoing:
                if flow.condition:
                    yield _error(context, "condition_ignored", flow.id, f"{zh}的出线条件会被忽略，请加排他网关。", f"The condition on a flow of {en} would be ignored; use an exclusive gateway.")
        if element.kind in ACTIVITIES | {"startEvent"} and len(outgoing) > 1:
            yield _error(context, "several_outgoing", element.id, f"{zh}有多条出线，请加网关。", f"{en} has several outgoing flows; use a gateway.")


def conditions_can_be_read(context: Context) -> Iterator[Finding]:
    """Conditions are in the expression language and read facts that something sets."""
    for flow in context.diagram.flows:
        if not flow.condition:
            continue
        title = flow.name.zh or flow.id
        try:
            parse(flow.condition)
        except ExpressionError as error:
            yield _error(context, "condition_unreadable", flow.id, f"连线「{title}」的条件无法读取：{error}。", f"The condition of flow {flow.id} cannot be read: {error}.")
            continue
        missing = sorted(names(flow.condition) - context.facts)
        if missing and not context.alone:
            listed = "、".join(missing)
            yield _error(context, "condition_unknown_fact", flow.id, f"连线「{title}」用到的 {listed} 没有任何表单、决策表或服务写入。", f"Flow {flow.id} reads {', '.join(missing)}, which no form, table or service sets.")


def everything_is_reached(context: Context) -> Iterator[Finding]:
    """One start per scope, ends, no orphan, nothing that leads nowhere."""
    for scope, members in context.diagram.scopes().items():
        starts = [element for element in members if element.kind == "startEvent"]
        where = scope or context.diagram.process
        if len(starts) != 1:
            yield _error(context, "one_start", where, f"{where} 须有且只有一个开始事件，现有 {len(starts)} 个。", f"{where} needs exactly one start event, it has {len(starts)}.")
            continue
        if not any(element.kind == "endEvent" for element in members):
            yield _error(context, "no_end", where, f"{where} 没有结束事件。", f"{where} has no end event.")
        reached = _reachable(context, starts[0].id)
        for element in members:
            zh, en = _called(element)
            if element.id not in reached and element.kind != "boundaryEvent":
                yield _error(context, "unreachable", element.id, f"{zh}从开始事件无法到达。", f"{en} cannot be reached from the start.")
            if element.kind != "endEvent" and not context.diagram.outgoing(element.id):
                yield _error(context, "leads_nowhere", element.id, f"{zh}没有出线。", f"{en} has no outgoing flow.")
    for flow in context.diagram.flows:
        if flow.source not in context.diagram.elements or flow.target not in context.diagram.elements:
            yield _error(context, "dangling_flow", flow.id, f"连线 {flow.id} 的一端不存在。", f"One end of flow {flow.id} does not exist.")


def _reachable(context: Context, start: str) -> set[str]:
    reached, frontier = {start}, [start]
    while frontier:
        for flow in context.diagram.outgoing(frontier.pop()):
            if flow.target not in reached:
                reached.add(flow.target)
                frontier.append(flow.target)
    return reached


def parallel_blocks_stand_alone(context: Context) -> Iterator[Finding]:
    """A parallel block has a scope of its own: one split, one join, no loop (engine-facts §0.1, §3.5)."""
    for scope, members in context.diagram.scopes().items():
        gateways = [element for element in members if element.kind == "parallelGateway"]
        if not gateways:
            continue
        splits = [element for element in gateways if len(context.diagram.outgoing(element.id)) > 1]
        joins = [element for element in gateways if len(context.diagram.incoming(element.id)) > 1]
        where = scope or context.diagram.process
        if len(splits) != 1 or len(joins) != 1 or len(gateways) != 2:  # noqa: PLR2004 - one split and one join
            yield _error(
                context, "parallel_block", gateways[0].id, f"{where} 中的并行网关须恰为一个分支、一个汇合；每个并行阶段请放进自己的子流程。",
                f"{where}: a parallel stage is one split and one join in a subprocess of its own.",
            )  # fmt: skip
        for gateway in gateways:
            if any(gateway.id in _reachable(context, flow.target) for flow in context.diagram.outgoing(gateway.id)):
                yield _error(
                    context, "parallel_in_loop", gateway.id, f"并行网关 {gateway.id} 在回路中，会丢失或重复分支；请把并行阶段放进子流程。",
                    f"Parallel gateway {gateway.id} is inside a loop; put the parallel stage into a subprocess.",
                )  # fmt: skip
        for split in splits:
            if len(context.diagram.outgoing(split.id)) > MAX_BRANCHES:
                yield _error(context, "too_many_branches", split.id, f"并行分支超过 {MAX_BRANCHES} 条。", f"More than {MAX_BRANCHES} branches.")
            yield from _balanced(context, split, joins)


def _balanced(context: Context, split: Element, joins: list[Element]) -> Iterator[Finding]:
    for join in joins:
        for flow in context.diagram.outgoing(split.id):
            reached = _reachable(context, flow.target) | {flow.target}
            if join.id not in reached:
                yield _error(context, "branch_misses_join", flow.id, f"并行分支 {flow.id} 到不了汇合网关，案件会一直等待。", f"Branch {flow.id} never reaches the join; the case would wait for ever.")
            ends = [element for element in reached if context.diagram.elements.get(element) and context.diagram.elements[element].kind == "endEvent"]
            if any(end not in _reachable(context, join.id) for end in ends):
                yield _error(context, "branch_leaves_block", flow.id, f"并行分支 {flow.id} 可绕过汇合网关结束。", f"Branch {flow.id} can end without passing the join.")
        if len(context.diagram.incoming(join.id)) != len(context.diagram.outgoing(split.id)):
            yield _error(context, "join_unbalanced", join.id, "汇合网关的入线数与分支数不一致。", "The join has another number of incoming flows than the split has branches.")


def everything_is_named(context: Context) -> Iterator[Finding]:
    """People read names: tasks, gateways that split, ends."""
    for element in context.diagram.elements.values():
        splits = element.kind == "exclusiveGateway" and len(context.diagram.outgoing(element.id)) > 1
        if (element.kind in ACTIVITIES or splits) and not element.name.zh:
            yield _warning(context, "unnamed", element.id, f"{element.id} 没有名称。", f"{element.id} has no name.")


RULES: tuple[Callable[[Context], Iterator[Finding]], ...] = (
    process_is_there,
    ids_are_unique,
    only_supported_elements,
    lanes_name_agencies,
    tasks_name_what_is_there,
    flows_are_conditioned,
    conditions_can_be_read,
    everything_is_reached,
    parallel_blocks_stand_alone,
    everything_is_named,
)
