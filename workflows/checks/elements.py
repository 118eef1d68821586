"""Rules about elements: what kinds there may be, who does them, what they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from workflows.checks.context import Context, called, meant
from workflows.contracts import Finding
from workflows.engine.diagram import ACTIVITIES, BPMN, CATCHING, ONECASE, Element, Lane, local
from workflows.vocabulary import AGENCY_WORDS, CASE_ROLES

UNSUPPORTED = {
    "scriptTask": ("脚本任务", "script task", "流程图中的代码不会被执行，请改用服务任务或决策表", "code in a diagram is never executed; use a service or a decision table"),
    "sendTask": ("发送任务", "send task", "请改用服务任务", "use a service task"),
    "receiveTask": ("接收任务", "receive task", "请改用接收单位泳道中的用户任务", "use a user task in the receiver's lane"),
    "manualTask": ("手工任务", "manual task", "请改用用户任务", "use a user task"),
    "task": ("未定类型的任务", "untyped task", "请指定为用户任务、服务任务或决策任务", "make it a user, service or decision task"),
    "inclusiveGateway": ("包容网关", "inclusive gateway", "请改用并行子流程与排他网关", "use a parallel subprocess with exclusive gateways"),
    "complexGateway": ("复杂网关", "complex gateway", "请改用排他网关", "use an exclusive gateway"),
    "intermediateThrowEvent": ("中间抛出事件", "intermediate throw event", "请改用服务任务", "use a service task"),
    "transaction": ("事务子流程", "transaction", "请改用普通子流程", "use a plain subprocess"),
    "adHocSubProcess": ("特别子流程", "ad hoc subprocess", "请画出顺序", "draw the order"),
}  # fmt: skip
EVENT_DEFINITIONS = frozenset({
    "messageEventDefinition", "timerEventDefinition", "signalEventDefinition", "errorEventDefinition", "escalationEventDefinition",
    "compensateEventDefinition", "linkEventDefinition", "conditionalEventDefinition", "cancelEventDefinition", "terminateEventDefinition",
})  # fmt: skip
FOREIGN_ELEMENTS = frozenset({
    "preScript", "postScript", "serviceTaskOperator", "executionListener", "taskListener", "connector", "ioMapping", "taskDefinition",
    "correlationPropertyRetrievalExpression", "correlationPropertyBinding", "unitTests", "instructionsForEndUser",
})  # fmt: skip
FOREIGN_ATTRIBUTES = frozenset({
    "class", "expression", "delegateExpression", "resultVariable", "formKey", "assignee", "candidateUsers", "candidateGroups", "dueDate",
    "topic", "decisionRef", "jobPriority", "onEntry-script", "onExit-script",
})  # fmt: skip
"""What Camunda, Flowable and others execute or evaluate."""
DATA_ELEMENTS = frozenset({
    "dataObject", "dataObjectReference", "dataStoreReference", "dataInputAssociation", "dataOutputAssociation", "ioSpecification",
})  # fmt: skip


def process_is_there(context: Context) -> Iterator[Finding]:
    """There is one executable process."""
    diagram = context.diagram
    if not diagram.process:
        yield context.error("no_process", "", "文件中没有流程（process）。", "The file holds no process.")
    elif not diagram.executable:
        yield context.error(
            "not_executable", diagram.process, "流程未标为可执行（isExecutable）。", "The process is not marked executable."
        )
    if len(diagram.root.findall(f"{BPMN}process")) > 1:
        yield context.error("one_process", "", "一个文件只画一个流程。", "A file holds one process.")


def ids_are_unique(context: Context) -> Iterator[Finding]:
    """No id stands twice in a file."""
    seen: set[str] = set()
    for node in context.diagram.root.iter("*"):
        own = node.get("id")
        if own and own in seen:
            yield context.error("duplicate_id", own, f"编号 {own} 重复。", f"The id {own} is used twice.")
        seen.add(own or "")


def only_supported_elements(context: Context) -> Iterator[Finding]:
    """Nothing that the engine does not execute."""
    for element in context.diagram.elements.values():
        if element.kind in UNSUPPORTED:
            kind_zh, kind_en, why_zh, why_en = UNSUPPORTED[element.kind]
            zh, en = called(element)
            yield context.error(
                f"unsupported_{element.kind}", element.id, f"{zh}是{kind_zh}：{why_zh}。", f"{en} is a {kind_en}: {why_en}."
            )


def nothing_that_is_mis_executed(context: Context) -> Iterator[Finding]:
    """Nothing inside an element that the engine would ignore, or do differently, in silence."""
    for node in context.diagram.root.iter("*"):
        refused = REFUSED.get(local(node))
        if refused is not None:
            yield from refused(context, node)


def _event(context: Context, node: etree._Element) -> Iterator[Finding]:
    owner, kind = node.getparent(), local(node)
    if owner is not None and local(owner) in CATCHING and kind in {"messageEventDefinition", "timerEventDefinition"}:
        return
    zh = f"事件 {_owner(node)} 带有 {kind}：只支持普通开始与结束事件，以及等待消息或定时器的中间事件与边界事件。"
    en = f"Event {_owner(node)} has a {kind}: there are plain starts and ends, and catching events that wait for a message or a timer."
    yield context.error("unsupported_event", _owner(node), zh, en)


def _data(context: Context, node: etree._Element) -> Iterator[Finding]:
    zh, en = "不支持数据对象：案件事实由表单与服务写入。", "Data objects are not supported: forms and services write the facts."
    yield context.error("unsupported_data", node.get("id", ""), zh, en)


def _subprocess(context: Context, node: etree._Element) -> Iterator[Finding]:
    if node.get("triggeredByEvent") == "true":
        yield context.error(
            "unsupported_event_subprocess", node.get("id", ""), "不支持事件子流程。", "Event subprocesses are not supported."
        )


def _loop(context: Context, node: etree._Element) -> Iterator[Finding]:
    owner = _owner(node)
    zh, en = f"{owner} 的循环标记请改画为排他网关回路。", f"{owner}: draw the loop with an exclusive gateway."
    yield context.error("unsupported_loop", owner, zh, en)


def _branches(context: Context, node: etree._Element) -> Iterator[Finding]:
    owner = _owner(node)
    element = context.diagram.elements.get(owner)
    if element is None or not element.collection:
        zh = f"{owner} 的多实例没有指明列表（loopDataInputRef）。"
        yield context.error("branches_without_list", owner, zh, f"{owner}: say which list the branches run over (loopDataInputRef).")
    elif not context.alone and element.collection not in context.facts:
        zh = f"{owner} 的列表 {element.collection} 没有任何表单、决策表或服务写入。"
        yield context.error("unknown_list", owner, zh, f"{owner}: no form, table or service sets the list {element.collection}.")
    ignored = ", ".join(local(child) for child in node if local(child) in {"completionCondition", "loopDataOutputRef", "outputDataItem"})
    if ignored:
        zh = f"{owner} 的多实例中 {ignored} 不起作用：各分支全部办结才继续，结果是各分支的事实。"
        en = (
            f"{owner}: {ignored} would be ignored; the case goes on when every branch is done, and what they say are facts of the branches."
        )
        yield context.error("ignored_on_branches", owner, zh, en)


def _code(context: Context, node: etree._Element) -> Iterator[Finding]:
    holder = next((one for one in node.iterancestors() if one.get("id")), node)
    own, kind = holder.get("id", ""), local(node)
    zh, en = f"{own} 中的 {kind} 不会被执行，请删除。", f"{kind} in {own} is never executed: remove it."
    yield context.error("foreign_code", own, zh, en)


def no_code_of_other_engines(context: Context) -> Iterator[Finding]:
    """No attribute that another engine would execute: whoever reads the file would think that it counts here."""
    for node in context.diagram.root.iter("*"):
        for name in node.attrib:
            vendor, _, short = str(name).rpartition("}")
            if vendor and short in FOREIGN_ATTRIBUTES and vendor[1:] != ONECASE[1:-1]:
                own = node.get("id", "")
                zh, en = (
                    f"{own} 的属性 {short} 属于其他流程引擎，不起作用，请删除。",
                    f"The attribute {short} of {own} belongs to another engine and has no effect: remove it.",
                )
                yield context.error("foreign_code", own, zh, en)


def _owner(node: etree._Element) -> str:
    parent = node.getparent()
    return parent.get("id", "") if parent is not None else ""


REFUSED: dict[str, Callable[[Context, etree._Element], Iterator[Finding]]] = {
    **dict.fromkeys(EVENT_DEFINITIONS, _event),
    **dict.fromkeys(DATA_ELEMENTS, _data),
    **dict.fromkeys(FOREIGN_ELEMENTS, _code),
    "subProcess": _subprocess,
    "standardLoopCharacteristics": _loop,
    "multiInstanceLoopCharacteristics": _branches,
}


def lanes_name_agencies(context: Context) -> Iterator[Finding]:
    """Every lane says which agency and which role; every task of a person stands in one."""
    for lane in context.diagram.lanes:
        yield from _lane(context, lane)
    for element in context.diagram.elements.values():
        if element.kind == "userTask" and element.lane is None:
            zh, en = called(element)
            yield context.error(
                "task_without_lane", element.id, f"{zh}不在任何泳道中，无人可办。", f"{en} stands in no lane, so nobody can do it."
            )


def _lane(context: Context, lane: Lane) -> Iterator[Finding]:
    zh, en = f"泳道「{lane.name.zh or lane.id}」", f"Lane “{lane.name.local('en') or lane.id}”"
    if not lane.agency:
        yield context.error("lane_without_agency", lane.id, f"{zh}没有指明单位（agency）。", f"{en} names no agency.")
    elif lane.agency not in AGENCY_WORDS:
        near_zh, near_en = meant(lane.agency, AGENCY_WORDS)
        said_en = f"{en}: there is no agency {lane.agency!r}{near_en}."
        yield context.error("lane_unknown_agency", lane.id, f"{zh}的单位 {lane.agency} 不存在{near_zh}。", said_en)
    if lane.role not in CASE_ROLES:
        roles = ", ".join(sorted(CASE_ROLES))
        yield context.error(
            "lane_unknown_role", lane.id, f"{zh}没有指明有效的角色（role），可用：{roles}。", f"{en} names no role of: {roles}."
        )


def services_are_in_the_table(context: Context) -> Iterator[Finding]:
    """A service task calls what the handlers offer, and nothing else."""
    for element in context.diagram.elements.values():
        if element.kind != "serviceTask" or element.service in context.known.services:
            continue
        zh, en = called(element)
        if not element.service:
            yield context.error("unknown_service", element.id, f"{zh}没有指明服务（service）。", f"{en} names no service.")
            continue
        near_zh, near_en = meant(element.service, context.known.services)
        said_en = f"{en}: the service {element.service!r} is not in the table of services{near_en}."
        yield context.error("unknown_service", element.id, f"{zh}的服务 {element.service} 不在服务目录中{near_zh}。", said_en)


def forms_and_tables_are_there(context: Context) -> Iterator[Finding]:
    """A user task has a form, a decision task a table, a call activity a process."""
    for element in context.diagram.elements.values():
        zh, en = called(element)
        if element.kind == "userTask" and not element.form:
            yield context.error("task_without_form", element.id, f"{zh}没有表单（form）。", f"{en} has no form.")
        if element.kind == "businessRuleTask" and not element.decision:
            yield context.error("task_without_table", element.id, f"{zh}没有指明决策表（decision）。", f"{en} names no decision table.")
        if not context.alone:
            yield from _named_elsewhere(context, element, zh, en)


def _named_elsewhere(context: Context, element: Element, zh: str, en: str) -> Iterator[Finding]:
    if element.form and element.form not in context.forms:
        yield context.error("unknown_form", element.id, f"{zh}的表单 {element.form} 不存在。", f"{en}: there is no form {element.form!r}.")
    if element.decision and element.decision not in context.tables:
        yield context.error(
            "unknown_table", element.id, f"{zh}的决策表 {element.decision} 不存在。", f"{en}: there is no table {element.decision!r}."
        )
    if element.kind == "callActivity" and element.called not in context.processes:
        named = element.called or "（空）"
        said_en = f"{en} calls {element.called!r}, which is not in the bundle."
        yield context.error("unknown_call", element.id, f"{zh}调用的流程 {named} 不在本组文件中。", said_en)


def clocks_and_gates_exist(context: Context) -> Iterator[Finding]:
    """Clock rules and gates are those of this release."""
    for element in context.diagram.elements.values():
        zh, en = called(element)
        for clock in filter(None, (element.clock, element.starts_clock, *element.ends)):
            if clock not in context.known.clocks:
                yield context.error(
                    "unknown_clock", element.id, f"{zh}的期限规则 {clock} 不存在。", f"{en}: there is no clock rule {clock!r}."
                )
        if element.gate and element.gate not in context.known.gates:
            yield context.error(
                "unknown_gate", element.id, f"{zh}的法定关口 {element.gate} 不存在。", f"{en}: there is no gate {element.gate!r}."
            )


def everything_is_named(context: Context) -> Iterator[Finding]:
    """People read names: of tasks, and of gateways that split."""
    for element in context.diagram.elements.values():
        splits = element.kind == "exclusiveGateway" and len(context.diagram.outgoing(element.id)) > 1
        if (element.kind in ACTIVITIES or splits) and not element.name.zh:
            yield context.warning("unnamed", element.id, f"{element.id} 没有名称。", f"{element.id} has no name.")


RULES: tuple[Callable[[Context], Iterator[Finding]], ...] = (
    process_is_there,
    ids_are_unique,
    only_supported_elements,
    nothing_that_is_mis_executed,
    no_code_of_other_engines,
    lanes_name_agencies,
    services_are_in_the_table,
    forms_and_tables_are_there,
    clocks_and_gates_exist,
    everything_is_named,
)
