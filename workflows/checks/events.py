"""Rules about events: what they wait for, where they may stand, what a clock that runs out may do (decision 0009)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from workflows.checks.context import Context, called
from workflows.contracts import Finding
from workflows.engine.diagram import BPMN, CATCHING, Element, local

HOSTS = frozenset({"userTask", "callActivity", "subProcess"})
"""Activities that take long enough for something to happen meanwhile."""
AWAITED = frozenset({"messageEventDefinition", "timerEventDefinition"})
IGNORED = ("form", "startsClock", "stopsClock", "gate", "documents", "officers", "service", "decision")
"""Attributes of the dialect that nothing reads on an event."""


def events_wait_for_one_thing(context: Context) -> Iterator[Finding]:
    """An event waits for one message with a name, or for one clock."""
    for node in context.diagram.root.iter("*"):
        element = context.diagram.elements.get(node.get("id", ""))
        if local(node) not in CATCHING or element is None:
            continue
        zh, en = called(element)
        awaited = [child for child in node if local(child) in AWAITED]
        if not awaited:
            said_zh, said_en = (
                f"事件{zh}没有说明等待什么：请选消息或定时器。",
                f"Event {en} waits for nothing: make it a message or a timer.",
            )
            yield context.error("event_without_definition", element.id, said_zh, said_en)
        elif len(awaited) > 1:
            said_zh, said_en = f"事件{zh}等待多项，请拆成几个事件。", f"Event {en} waits for several things; draw one event for each."
            yield context.error("several_definitions", element.id, said_zh, said_en)
        elif element.event == "message":
            yield from _message(context, element)
        else:
            yield from _timer(context, element, awaited[0])
        for name in IGNORED:
            if node.get(f"{{urn:onecase:bpmn:1}}{name}"):
                said_zh, said_en = f"事件{zh}上的 {name} 不起作用。", f"{name} on event {en} would be ignored; set it on a task."
                yield context.error("ignored_on_event", element.id, said_zh, said_en)


def _message(context: Context, element: Element) -> Iterator[Finding]:
    zh, en = called(element)
    if not element.message.zh:
        said_zh = f"消息事件{zh}没有指向有名称的消息（bpmn:message），无人知道该报告什么。"
        said_en = f"Message event {en} points to no message (bpmn:message) with a name, so nobody knows what to report."
        yield context.error("message_without_name", element.id, said_zh, said_en)
    if element.clock:
        said_zh, said_en = f"消息事件{zh}上的 clock 不起作用。", f"The clock on message event {en} would be ignored; draw a timer event."
        yield context.error("clock_on_message", element.id, said_zh, said_en)


def _timer(context: Context, element: Element, definition: etree._Element) -> Iterator[Finding]:
    zh, en = called(element)
    if definition.find(f"{BPMN}timeCycle") is not None:
        said_zh = f"定时器{zh}写有周期：期限只届满一次，提醒由期限规则负责。"
        said_en = f"Timer {en} has a cycle: a clock runs out once, and reminding is the clock rule's."
        yield context.error("timer_cycle", element.id, said_zh, said_en)
    elif len(definition):
        said_zh = f"定时器{zh}在图中写了时间：时间只能来自期限规则（clock）。"
        said_en = f"Timer {en} has a time in the diagram: its time comes from a clock rule (clock) only."
        yield context.error("timer_with_time", element.id, said_zh, said_en)
    if not element.clock:
        said_zh, said_en = f"定时器{zh}没有期限规则（clock）。", f"Timer {en} names no clock rule (clock)."
        yield context.error("timer_without_clock", element.id, said_zh, said_en)
    elif element.clock in context.known.clocks - context.known.settings and _decides(context, element):
        said_zh = f"定时器{zh}的期限 {element.clock} 是法定期限：届满不替人作决定，只能用不中断的事件。"
        said_en = f"The clock {element.clock!r} of timer {en} is statutory: when it runs out it decides nothing. Use an event that does not interrupt."
        yield context.error("statutory_timer_decides", element.id, said_zh, said_en)


def _decides(context: Context, timer: Element) -> bool:
    """Whether a timer ends an activity or chooses the road."""
    if timer.kind == "boundaryEvent":
        return timer.interrupts
    elements = context.diagram.elements
    sources = (elements.get(flow.source) for flow in context.diagram.incoming(timer.id))
    return any(source is not None and source.kind == "eventBasedGateway" for source in sources)


def boundary_events_sit_on_something_that_lasts(context: Context) -> Iterator[Finding]:
    """A boundary event sits on a user task, a call or a subprocess beside it, and is entered from there only."""
    for event in context.diagram.elements.values():
        if event.kind != "boundaryEvent":
            continue
        zh, en = called(event)
        host = context.diagram.elements.get(event.attached)
        if host is None or host.within != event.within:
            said_zh, said_en = f"边界事件{zh}没有附在同层的活动上。", f"Boundary event {en} sits on no activity of its own level."
            yield context.error("boundary_elsewhere", event.id, said_zh, said_en)
        elif host.kind not in HOSTS:
            said_zh = f"边界事件{zh}须附在用户任务、调用活动或子流程上：{called(host)[0]}即时完成或不是活动。"
            said_en = (
                f"Boundary event {en} must sit on a user task, a call or a subprocess: {called(host)[1]} is done at once or is no activity."
            )
            yield context.error("boundary_host", event.id, said_zh, said_en)
        elif host.collection and event.agency == "member":
            said_zh = f"边界事件{zh}附在多实例上，属于整个多实例，不在任何一个分支内，泳道单位不能是 member。"
            said_en = (
                f"Boundary event {en} belongs to all branches together: its lane cannot be that of the member; put it into another lane."
            )
            yield context.error("member_outside_branch", event.id, said_zh, said_en)
        if context.diagram.incoming(event.id):
            said_zh, said_en = f"边界事件{zh}不能有入线。", f"Boundary event {en} cannot have an incoming flow."
            yield context.error("boundary_entered", event.id, said_zh, said_en)


def events_belong_to_somebody(context: Context) -> Iterator[Finding]:
    """Somebody reports the news, and somebody is told that a clock ran out."""
    for event in context.diagram.elements.values():
        if event.kind in CATCHING and event.lane is None:
            zh, en = called(event)
            said_zh, said_en = (
                f"事件{zh}不在任何泳道中，无人可报告或接收提醒。",
                f"Event {en} stands in no lane: nobody reports it or is told.",
            )
            yield context.error("event_without_lane", event.id, said_zh, said_en)


def roads_beside_do_not_come_back(context: Context) -> Iterator[Finding]:
    """The road of an event that does not interrupt ends by itself: where it met the main road, all that follows would be done twice."""
    for scope in context.diagram.scopes().values():
        starts = [element for element in scope if element.kind == "startEvent"]
        main = set().union(*(context.reachable(start.id) for start in starts))
        for event in scope:
            if event.kind != "boundaryEvent" or event.interrupts:
                continue
            shared = sorted(context.reachable(event.id, beside=True) & main & set(context.diagram.elements))
            if shared:
                zh, en = called(event)
                met_zh, met_en = called(context.diagram.elements[shared[0]])
                said_zh = f"不中断事件{zh}的路线回到主路（{met_zh}），其后各步会办两遍；请让它自行结束。"
                said_en = f"The road of event {en}, which does not interrupt, comes back to {met_en}: what follows would be done twice. Let it end."
                yield context.error("road_beside_comes_back", event.id, said_zh, said_en)


def event_gateways_choose_between_events(context: Context) -> Iterator[Finding]:
    """Behind an event-based gateway stand at least two catching events, each reached from there only, one timer at most."""
    for gateway in context.diagram.elements.values():
        if gateway.kind == "eventBasedGateway":
            yield from _gateway(context, gateway)


def _gateway(context: Context, gateway: Element) -> Iterator[Finding]:
    zh, en = called(gateway)
    behind = [context.diagram.elements.get(flow.target) for flow in context.diagram.outgoing(gateway.id)]
    events = [element for element in behind if element is not None and element.kind == "intermediateCatchEvent"]
    if len(behind) < 2:  # noqa: PLR2004 - a choice is between two
        said_zh, said_en = f"事件网关{zh}须有两个以上去向。", f"Event gateway {en} needs at least two ways out."
        yield context.error("event_gateway_one_way", gateway.id, said_zh, said_en)
    if len(events) < len(behind):
        said_zh, said_en = f"事件网关{zh}之后只能是中间捕获事件。", f"Only intermediate catch events may follow event gateway {en}."
        yield context.error("event_gateway_targets", gateway.id, said_zh, said_en)
    if sum(event.event == "timer" for event in events) > 1:
        said_zh, said_en = f"事件网关{zh}之后有两个定时器。", f"Two timers follow event gateway {en}; one decides, so draw one."
        yield context.error("two_timers", gateway.id, said_zh, said_en)
    for event in events:
        if len(context.diagram.incoming(event.id)) > 1:
            said_zh, said_en = (
                f"事件{called(event)[0]}只能从事件网关进入。",
                f"Event {called(event)[1]} may be entered from its gateway only.",
            )
            yield context.error("event_entered_twice", event.id, said_zh, said_en)


def the_same_news_has_one_answer(context: Context) -> Iterator[Finding]:
    """One report cannot mean two things to one activity or gateway."""
    for holder in context.diagram.elements.values():
        behind = (context.diagram.elements.get(flow.target) for flow in context.diagram.outgoing(holder.id))
        follow = [event for event in behind if event is not None] if holder.kind == "eventBasedGateway" else []
        news = [event.message.zh for event in (*context.diagram.boundary(holder.id), *follow) if event.message.zh]
        for name in sorted({name for name in news if news.count(name) > 1}):
            zh, en = called(holder)
            said_zh = f"{zh}有两个事件等待同一消息「{name}」。"
            yield context.error("same_message_twice", holder.id, said_zh, f"Two events of {en} wait for the same message.")


RULES: tuple[Callable[[Context], Iterator[Finding]], ...] = (
    events_wait_for_one_thing,
    boundary_events_sit_on_something_that_lasts,
    events_belong_to_somebody,
    roads_beside_do_not_come_back,
    event_gateways_choose_between_events,
    the_same_news_has_one_answer,
)
