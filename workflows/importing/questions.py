"""What a foreign diagram decides and does not say how: asked on the form of the task before, or in a task of its own."""

from __future__ import annotations

from typing import Any

from lxml import etree

from workflows.contracts import Text
from workflows.engine.diagram import BPMN, local
from workflows.engine.expressions import ExpressionError
from workflows.importing.conditions import fact_name, literals
from workflows.importing.outcome import called
from workflows.importing.workshop import Workshop, rename, titled
from workflows.repairs.elements import OTHERWISE
from workflows.repairs.enclosing import Graph
from workflows.repairs.flows import meet_before

DECIDE, TELL, LIST = Text("决定走向", "Decide the way"), Text("填写信息", "Give the facts"), Text("确定单位", "Name the agencies")
REPEATED = f"{BPMN}multiInstanceLoopCharacteristics"


def bring(work: Workshop) -> None:
    """Decide every exclusive gateway, and let some form ask for every fact that a condition or a list needs."""
    for node in work.steps("exclusiveGateway"):
        if len(work.sheet.leaving(node.get("id", ""))) > 1:
            _decide(work, node)
    for name, listed in work.lists.items():
        if name in {node.get("id") for node in work.steps()}:
            task = _asked_before(work, name) or _new_task(work, name, LIST)
            label = {"zh": "参加单位", "en": "Agencies that take part"}
            work.asks(
                task,
                type="checklist",
                key=listed,
                label=label["zh"],
                valuesKey="member_options",
                validate={"required": True},
                properties={"en": label["en"]},
            )
    _facts(work)


def _decide(work: Workshop, gateway: etree._Element) -> None:
    name, flows = gateway.get("id", ""), work.sheet.diagram.outgoing(gateway.get("id", ""))
    default = gateway.get("default", "") if gateway.get("default") in {flow.id for flow in flows} else ""
    open_ = [flow for flow in flows if not flow.condition and flow.id != default]
    guessed = [flow for flow in open_ if flow.id not in work.conditional]
    zh, en = called(gateway)
    if name not in work.questions and not open_ and not default:
        last = flows[-1]
        gateway.set("default", last.id)
        work.sheet.set_condition(work.sheet.node(last.id), "")
        said_en = f"Gateway {en} has no default: its last way, “{last.name.zh or last.target}”, is taken when no condition holds."
        work.notes.changed(name, f"网关{zh}没有默认连线：条件都不成立时走最后一条「{last.name.zh or last.target}」。", said_en)
    elif name not in work.questions and len(open_) == 1 and guessed and not default:
        gateway.set("default", open_[0].id)
    elif name in work.questions or open_:
        _ask(work, gateway, default)
    _answers(work, name)


def _answers(work: Workshop, gateway: str) -> None:
    """Each way says when it is taken."""
    default = work.sheet.node(gateway).get("default", "")
    for flow in work.sheet.diagram.outgoing(gateway):
        rename(work.sheet.node(flow.id), OTHERWISE if flow.id == default else Text(flow.condition))


def _ask(work: Workshop, gateway: etree._Element, default: str) -> None:
    """A person says which way it is: one option for each flow, the last one is the default."""
    name, flows = gateway.get("id", ""), work.sheet.diagram.outgoing(gateway.get("id", ""))
    fact, rest = f"way_{fact_name(name)}", default or flows[-1].id
    values, words = [], {}
    for number, flow in enumerate(flows, 1):
        label = flow.name.zh or titled(work.sheet.node(flow.target)).zh or f"{number}"
        rename(work.sheet.node(flow.id), Text(label))
        values.append({"value": f"way_{number}", "label": label})
        words[f"en.way_{number}"] = flow.name.en or label
        work.sheet.set_condition(work.sheet.node(flow.id), "" if flow.id == rest else f'{fact} == "way_{number}"')
        work.conditional.discard(flow.id)
    gateway.set("default", rest)
    before = work.sheet.entering(name)
    source = work.sheet.node(before[0].get("sourceRef", "")) if len(before) == 1 else None
    own = source is not None and local(source) == "userTask" and source.find(REPEATED) is None and source.get("id") not in work.refused
    task = source.get("id", "") if own and source is not None else _new_task(work, name, DECIDE)
    question = titled(gateway).zh or DECIDE.zh
    work.asks(
        task,
        type="radio",
        key=fact,
        label=question,
        values=values,
        validate={"required": True},
        properties={"en": titled(gateway).en or question, **words},
    )
    (zh, en), (task_zh, task_en) = called(gateway), called(work.sheet.node(task))
    said_en = f"Gateway {en} does not say when which way is taken: whoever does {task_en} is asked."
    work.notes.changed(name, f"网关{zh}没有说明何时走哪条路：由办理{task_zh}的人选择。", said_en)


def _new_task(work: Workshop, before: str, name: Text) -> str:
    """A task of a person before a step, in the lane of the step; gives its id."""
    title = titled(work.sheet.node(before))
    task = meet_before(
        work.sheet, before, "userTask", Text(f"{name.zh}：{title.zh}", f"{name.en}: {title.local('en')}") if title.zh else name
    )
    work.form_of(work.sheet.node(task))
    return task


def _facts(work: Workshop) -> None:
    wanted: dict[str, dict[str, set[object]]] = {}
    for node in work.steps("exclusiveGateway"):
        for flow in work.sheet.diagram.outgoing(node.get("id", "")):
            try:
                told = literals(flow.condition) if flow.condition else {}
            except ExpressionError:
                continue
            for fact, values in told.items():
                wanted.setdefault(fact, {}).setdefault(node.get("id", ""), set()).update(values)
    foreign = work.told_facts() | set(work.lists.values())
    for fact, places in wanted.items():
        for place in places if fact not in foreign else ():
            if _asked_before(work, place, fact):
                continue
            task = _asked_before(work, place) or _new_task(work, place, TELL)
            work.asks(task, **_field(fact, set().union(*places.values())))
            zh, en = called(work.sheet.node(task))
            said_en = f"Nothing said where {fact} comes from: the form of {en} asks for it now."
            work.notes.changed(task, f"图中没有说明 {fact} 从何而来：由{zh}的表单填写。", said_en)


def _field(fact: str, values: set[object]) -> dict[str, Any]:
    """A field for a fact, of the kind of what it is compared with."""
    texts = sorted(value for value in values if isinstance(value, str))
    common: dict[str, Any] = {"key": fact, "label": fact, "properties": {"en": fact}}
    if texts:
        words = {f"en.{value}": value for value in texts} | {"en.other": "Something else"}
        options = [*({"value": value, "label": value} for value in texts), {"value": "other", "label": "其他"}]
        return {**common, "type": "radio", "values": options, "properties": {"en": fact, **words}}
    if any(isinstance(value, bool) for value in values) or not values:
        return {**common, "type": "checkbox"}
    return {**common, "type": "number"}


def _asked_before(work: Workshop, place: str, fact: str = "") -> str:
    """The nearest task of one person that every way to a step goes through, and that asks for `fact`; '' where there is none."""
    at = work.sheet.node(place)
    while (scope := at.getparent()) is not None and at is not work.process:
        graph, name = Graph(scope), at.get("id", "")
        starts = [one for one, kind in graph.kinds.items() if kind == "startEvent"]
        for one in _backwards(graph, name):
            node = work.sheet.node(one)
            alone = local(node) == "userTask" and node.find(REPEATED) is None and one not in work.refused
            asks = not fact or any(field["key"] == fact for field in work.fields.get(one, ()))
            if alone and asks and name not in _without(graph, starts, one):
                return one
        at = scope
    return ""


def _without(graph: Graph, starts: list[str], task: str) -> set[str]:
    """What is come to before a task is done; what happens on the edge of an activity happens before it is done."""
    found: set[str] = set()
    frontier = list(starts)
    while frontier:
        at = frontier.pop()
        if at not in found:
            found.add(at)
            frontier += [*graph.edged.get(at, ()), *graph.beside.get(at, ()), *(graph.flows_out[at] if at != task else ())]
    return found


def _backwards(graph: Graph, place: str) -> list[str]:
    """The steps before one, the nearest first."""
    found, seen = [place], {place}
    for at in found:
        before = [*graph.flows_in.get(at, ()), *filter(None, [graph.hosts.get(at)])]
        fresh = [one for one in dict.fromkeys(before) if one not in seen]
        seen.update(fresh)
        found += fresh
    return found[1:]
