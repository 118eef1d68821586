"""Rules about how a diagram is drawn up, after bpmnlint's recommended set as far as our dialect has its cases (warnings)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from workflows.checks.context import Context, called, called_flow
from workflows.contracts import Finding
from workflows.engine.diagram import ACTIVITIES, CATCHING

GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "eventBasedGateway"})


def roads_meet_in_gateways(context: Context) -> Iterator[Finding]:
    """An activity or a waiting event has one flow in: several look as if they were waited for, and are not (fake-join)."""
    for element in context.diagram.elements.values():
        entering = len(context.diagram.incoming(element.id))
        if entering > 1 and element.kind in ACTIVITIES | CATCHING:
            zh, en = called(element)
            said_zh = f"{zh}有 {entering} 条入线，看上去像要等齐，其实每来一次就办一次；请在前面加排他网关汇合。"
            said_en = f"{entering} flows enter {en}: it looks as if it waited for all of them, but each begins it anew. Let them meet in a gateway."
            yield context.warning("fake_join", element.id, said_zh, said_en)


def gateways_do_one_thing(context: Context) -> Iterator[Finding]:
    """A gateway splits or joins: not both, not neither."""
    for element in context.diagram.elements.values():
        if element.kind not in GATEWAYS:
            continue
        entering, leaving = len(context.diagram.incoming(element.id)), len(context.diagram.outgoing(element.id))
        zh, en = called(element)
        if entering == leaving == 1 and element.kind == "exclusiveGateway":
            yield context.warning(
                "superfluous_gateway",
                element.id,
                f"网关{zh}只有一进一出，可以去掉。",
                f"Gateway {en} has one way in and one out: it can go.",
            )
        if entering > 1 and leaving > 1:
            said_en = f"Gateway {en} joins and splits at once: draw two gateways."
            yield context.warning("joins_and_splits", element.id, f"网关{zh}既汇合又分支，请拆成两个网关。", said_en)


def flows_are_drawn_once(context: Context) -> Iterator[Finding]:
    """No two flows lead from the same element to the same element."""
    drawn: dict[tuple[str, str], str] = {}
    for flow in context.diagram.flows:
        first = drawn.setdefault((flow.source, flow.target), flow.id)
        if first != flow.id and flow.source and flow.target:
            zh, en = called_flow(context.diagram, flow)
            yield context.warning(
                "duplicate_flow", flow.id, f"连线{zh}与另一条起止相同。", f"Flow {en} connects the same two as another flow."
            )


def events_and_answers_are_named(context: Context) -> Iterator[Finding]:
    """A start says what begins, an end how it ended, an event what happened, a flow out of a question what the answer is."""
    for element in context.diagram.elements.values():
        if element.kind in {"startEvent", "endEvent"} | CATCHING and not element.name.zh:
            yield context.warning("unnamed", element.id, f"{element.id} 没有名称。", f"{element.id} has no name.")
        outgoing = context.diagram.outgoing(element.id)
        if element.kind == "exclusiveGateway" and len(outgoing) > 1:
            for flow in outgoing:
                if not flow.name.zh:
                    zh, en = called_flow(context.diagram, flow)
                    said_zh = f"连线{zh}没有名称：请写上对网关问题的回答。"
                    yield context.warning("flow_unnamed", flow.id, said_zh, f"Flow {en} has no name: write which answer it stands for.")


RULES: tuple[Callable[[Context], Iterator[Finding]], ...] = (
    roads_meet_in_gateways,
    gateways_do_one_thing,
    flows_are_drawn_once,
    events_and_answers_are_named,
)
