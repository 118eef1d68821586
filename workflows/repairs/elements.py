"""Repairs of steps, events, names and what hangs on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from workflows import forms
from workflows.checks.elements import DATA_ELEMENTS
from workflows.checks.events import IGNORED
from workflows.contracts import Text
from workflows.engine.diagram import BPMN, CATCHING, ONECASE, local, message_of
from workflows.engine.expressions import equality
from workflows.engine.file_shapes import ShapeRefused, read_form
from workflows.picture.redrawing import Sheet
from workflows.picture.writing import give_name, take_out, unused
from workflows.repairs.flows import END, START, bypass_step
from workflows.repairs.repair import Repair, Ward, must

OTHERWISE = Text("其他情况", "Otherwise")
PEOPLE_NEED = frozenset({"task_without_form"})
LIKE_NEWS = ("signalEventDefinition", "errorEventDefinition", "escalationEventDefinition", "conditionalEventDefinition")
"""What a catching event may wait for elsewhere, and here is news that somebody reports."""
KEPT_IN_TASKS = frozenset({"documentation", "extensionElements", "incoming", "outgoing", "multiInstanceLoopCharacteristics"})
DEFINITIONS = "EventDefinition"


def name_it(ward: Ward) -> None:
    """Starts and ends are called so, an event what it waits for."""
    usual = {"startEvent": START, "endEvent": END}.get(ward.step.kind) or ward.step.message
    must(usual.zh and not ward.step.name.zh)
    node = ward.node
    give_name(node, Text(usual.zh, "" if node.get(f"{ONECASE}nameEn") else usual.en))


def name_answer(ward: Ward) -> None:
    """A flow is called by the option that its condition asks for, the default by that it is the rest."""
    flow = ward.flow
    must(not flow.name.zh)
    if ward.diagram.elements[flow.source].default == flow.id:
        give_name(ward.node, OTHERWISE)
        return
    asked = equality(flow.condition)
    must(asked)
    for form in _forms(ward.files):
        for component in forms.inputs(form):
            if asked and forms.key_of(component) == asked[0]:
                words = component.get("properties") or {}
                label = next((one["label"] for one in component.get("values") or [] if one["value"] == asked[1]), "")
                must(label)
                give_name(ward.node, Text(str(label), str(words.get(f"en.{asked[1]}", ""))))
                return
    raise LookupError(flow.id)


def _forms(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    read = []
    for content in (content for path, content in files.items() if path.endswith(".form")):
        try:
            read.append(read_form(content))
        except ShapeRefused:
            continue
    return read


def give_to_people(ward: Ward) -> None:
    """A task of another kind becomes one that a person does; its code is gone."""
    retyped(ward.node, "userTask")


def retyped(node: etree._Element, kind: str) -> None:
    """Make an activity one of another kind; what only the former kind has is gone."""
    node.tag = f"{BPMN}{kind}"
    for child in [one for one in node if local(one) not in KEPT_IN_TASKS]:
        take_out(child)
    for name in [one for one in node.attrib if one not in {"id", "name", "default"} and not str(one).startswith(ONECASE)]:
        del node.attrib[name]


def make_executable(ward: Ward) -> None:
    """The process may run."""
    ward.node.set("isExecutable", "true")


def plain_event(ward: Ward) -> None:
    """A start or end is a plain one; a waiting event waits for news that is called like it."""
    node, step = ward.node, ward.step
    found = [child for child in node if local(child).endswith(DEFINITIONS)]
    if step.kind in {"startEvent", "endEvent"}:
        for child in found:
            take_out(child)
        return
    must(step.kind in CATCHING and len(found) == 1 and local(found[0]) in LIKE_NEWS)
    wait_for_news(ward.sheet, node, step.name)


def wait_for_news(sheet: Sheet, node: etree._Element, name: Text) -> None:
    """Let an event wait for a message of this name, which is made where there is none yet. Raises LookupError without a name."""
    must(name.zh)
    for child in [child for child in node if local(child).endswith(DEFINITIONS)]:
        take_out(child)
    message = next((one for one in sheet.root.iterchildren(f"{BPMN}message") if (one.get("name") or "").strip() == name.zh), None)
    if message is None:
        message = sheet.root.makeelement(f"{BPMN}message", {"id": unused(sheet.root, f"news_{node.get('id')}")})
        give_name(message, name)
        process = sheet.root.find(f"{BPMN}process")
        must(process is not None)
        if process is not None:
            process.addprevious(message)
            message.tail = "\n  "
    told = {"id": unused(sheet.root, f"{node.get('id')}_news"), "messageRef": message.get("id", "")}
    node.append(node.makeelement(f"{BPMN}messageEventDefinition", told))


def name_the_news(ward: Ward) -> None:
    """A message event without a message waits for one that is called like it."""
    must(not message_of(ward.node).zh)
    wait_for_news(ward.sheet, ward.node, ward.step.name)


def without_time(ward: Ward) -> None:
    """The timer has no time in the diagram: a clock rule says it."""
    timer = ward.node.find(f"{BPMN}timerEventDefinition")
    must(timer is not None)
    for child in list(timer if timer is not None else ()):
        take_out(child)


def without(*names: str) -> Callable[[Ward], None]:
    """Take attributes of the dialect away that nothing reads here."""

    def mend(ward: Ward) -> None:
        node = ward.node
        found = [name for name in names if f"{ONECASE}{name}" in node.attrib]
        must(found)
        for name in found:
            del node.attrib[f"{ONECASE}{name}"]

    return mend


def without_ignored_branch_parts(ward: Ward) -> None:
    """What nothing reads of a multi-instance marker goes."""
    repeated = ward.node.find(f"{BPMN}multiInstanceLoopCharacteristics")
    must(repeated is not None)
    for child in list(repeated if repeated is not None else ()):
        if local(child) in {"completionCondition", "loopDataOutputRef", "outputDataItem"}:
            take_out(child)


def without_data(ward: Ward) -> None:
    """Every data object of the file goes, with what ties it to steps."""
    remove_data(ward.sheet)


def remove_data(sheet: Sheet) -> list[str]:
    """Take every data object and its ties out of the file; gives the names of those that had one."""
    named = []
    for node in [one for one in sheet.root.iter("*") if local(one) in DATA_ELEMENTS | {"dataObject", "dataStore"}]:
        own = node.get("id", "")
        named += [node.get("name", "")] if node.get("name") else []
        for tie in [one for one in sheet.root.iter(f"{BPMN}association") if own and own in {one.get("sourceRef"), one.get("targetRef")}]:
            sheet.forget(tie.get("id", ""))
            take_out(tie)
        if own:
            sheet.forget(own)
        take_out(node)
    return named


def past_the_event(ward: Ward) -> None:
    """An intermediate event that throws nothing only marks a place: the way leads past it."""
    must(not any(local(child).endswith(DEFINITIONS) for child in ward.node))
    bypass_step(ward.sheet, ward.element)


def merge_message(ward: Ward) -> None:
    """Events wait for the first of two messages that are called alike; the second goes."""
    node = ward.node
    first = next(one for one in ward.sheet.root.iterchildren(f"{BPMN}message") if one.get("name") == node.get("name"))
    must(first is not node)
    for waiting in ward.sheet.root.iter(f"{BPMN}messageEventDefinition"):
        if waiting.get("messageRef") == ward.element:
            waiting.set("messageRef", first.get("id", ""))
    take_out(node)


def remove_message(ward: Ward) -> None:
    """A message that nobody waits for goes."""
    must(local(ward.node) == "message")
    ward.sheet.forget(ward.element)
    take_out(ward.node)


_PEOPLE = Repair(Text("改为用户任务", "Make it a user task"), give_to_people, PEOPLE_NEED)
ELEMENT_FIXES: Mapping[str, Repair] = {
    "unnamed": Repair(Text("取通用名称", "Give it the usual name"), name_it),
    "flow_unnamed": Repair(Text("按条件的选项取名", "Name it after the option"), name_answer),
    **{f"unsupported_{kind}": _PEOPLE for kind in ("scriptTask", "sendTask", "receiveTask", "manualTask", "task")},
    "unsupported_intermediateThrowEvent": Repair(Text("去掉只作标记的事件", "Take the event away, which marks a place only"), past_the_event),
    "not_executable": Repair(Text("标为可执行", "Mark it executable"), make_executable),
    "unsupported_event": Repair(Text("改为普通事件（等待的改为等待消息）", "Make it a plain event, or one that waits for a message"), plain_event),
    "message_without_name": Repair(Text("以事件名称作为消息", "Let the message be called like the event"), name_the_news),
    "timer_with_time": Repair(Text("去掉图中的时间", "Take the time out of the diagram"), without_time),
    "timer_cycle": Repair(Text("去掉图中的周期", "Take the cycle out of the diagram"), without_time),
    "clock_on_message": Repair(Text("去掉不起作用的期限", "Take the clock off"), without("clock")),
    "ignored_on_event": Repair(Text("去掉不起作用的属性", "Take off what has no effect"), without(*IGNORED)),
    "ignored_on_branches": Repair(Text("去掉不起作用的部分", "Take off what has no effect"), without_ignored_branch_parts),
    "unsupported_data": Repair(Text("去掉所有数据对象", "Take all data objects away"), without_data),
    "message_twice": Repair(Text("合并为一个消息", "Make them one message"), merge_message),
    "unused_message": Repair(Text("删除消息", "Remove the message"), remove_message),
}  # fmt: skip
