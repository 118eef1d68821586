"""Foreign events: how a process begins and ends, what it waits for, what it says to others."""

from __future__ import annotations

from lxml import etree

from workflows.contracts import Text
from workflows.engine.diagram import BPMN, ONECASE, local
from workflows.importing.outcome import called, words_of
from workflows.importing.workshop import Workshop, rename, titled
from workflows.picture.writing import take_out
from workflows.repairs.beside import end_apart
from workflows.repairs.elements import DEFINITIONS, wait_for_news

HOSTS = frozenset({"userTask", "callActivity", "subProcess"})
NEWS = {
    "message": ("消息", "message"), "signal": ("信号", "signal"), "escalation": ("升级", "escalation"), "error": ("错误", "error"),
    "conditional": ("条件", "condition"), "cancel": ("取消", "cancellation"),
}  # fmt: skip
REFERENCES = {"message": "messageRef", "signal": "signalRef", "escalation": "escalationRef", "error": "errorRef"}


def bring(work: Workshop) -> None:
    """Make every event one of ours."""
    _links(work)
    for node in work.steps("boundaryEvent", "intermediateThrowEvent"):
        _without_compensation(work, node)
    for node in work.steps("startEvent"):
        _start(work, node)
    for node in work.steps("endEvent"):
        _end(work, node)
    for node in work.steps("intermediateThrowEvent"):
        _throw(work, node)
    for node in work.steps("intermediateCatchEvent", "boundaryEvent"):
        _catch(work, node)
    for node in work.steps("boundaryEvent"):
        if node.get("cancelActivity") == "false":
            _apart(work, node)


def _apart(work: Workshop, node: etree._Element) -> None:
    """A road beside the main one that shares its end gets its own; where it shares more, the check says why that cannot be."""
    try:
        end_apart(work.sheet, node.get("id", ""))
    except LookupError:
        return
    zh, en = called(node)
    said_en = f"The road of event {en}, which does not interrupt, has an end of its own now."
    work.notes.changed(node.get("id", ""), f"不中断事件{zh}的路线已有单独的结束事件。", said_en)


def _definitions(node: etree._Element) -> list[etree._Element]:
    return [child for child in node if local(child).endswith(DEFINITIONS)]


def _kind(definition: etree._Element) -> str:
    return local(definition).removesuffix(DEFINITIONS)


def _reference(definition: etree._Element) -> str:
    """What an event definition refers to: a message, a signal, an error, an escalation."""
    return next((definition.get(name, "") for name in REFERENCES.values() if definition.get(name)), "")


def _plain(node: etree._Element) -> list[str]:
    """Take what an event waits for or throws out of it; gives the kinds."""
    kinds = [_kind(one) for one in _definitions(node)]
    for child in list(node):
        if local(child) not in {"documentation", "incoming", "outgoing"}:
            take_out(child)
    node.attrib.pop("parallelMultiple", "")
    return kinds


def _links(work: Workshop) -> None:
    """A link is a flow that was not drawn: from each throw to the catch of the same name."""
    catches = {_link_name(node): node for node in work.steps("intermediateCatchEvent") if _has(node, "link")}
    for node in work.steps("intermediateThrowEvent"):
        target = catches.get(_link_name(node)) if _has(node, "link") else None
        if target is not None and target.getparent() is node.getparent():
            for flow in work.sheet.entering(node.get("id", "")):
                name = flow.get("id", "")
                for onward in work.sheet.leaving(target.get("id", "")):
                    work.sheet.lead(name, target=onward.get("targetRef", ""))
                    work.sheet.route(name)
            work.remove(node)
            zh, en = called(target)
            work.notes.changed(target.get("id", ""), f"链接事件{zh}改为直接的连线。", f"The link {en} is now a flow.")
    for node in catches.values():
        work.remove(node)


def _link_name(node: etree._Element) -> str:
    told = node.find(f"{BPMN}linkEventDefinition")
    return ((told.get("name") if told is not None else "") or node.get("name") or "").strip()


def _has(node: etree._Element, kind: str) -> bool:
    return node.find(f"{BPMN}{kind}{DEFINITIONS}") is not None


def _without_compensation(work: Workshop, node: etree._Element) -> None:
    if not _has(node, "compensate"):
        return
    zh, en = called(node)
    work.notes.refused(
        node.get("id", ""),
        f"补偿事件{zh}未导入：撤销已办的事项须单独画出路线。",
        f"Compensation event {en} was left out: draw a road for what is undone.",
    )
    if local(node) == "boundaryEvent" or not work.lead_past(node):
        work.remove(node)


def _start(work: Workshop, node: etree._Element) -> None:
    node.attrib.pop("isInterrupting", "")
    around = node.getparent()
    if around is not None and around.get("triggeredByEvent") == "true":
        return
    zh, en = called(node)
    said = [work.named(_reference(one)) for one in _definitions(node)]
    kinds = _plain(node)
    rename(node, Text(next(filter(None, said), "") or "开始", "" if any(said) else "Start"))
    if kinds:
        zh_en = NEWS.get(kinds[0], ("定时器", "timer"))
        said_en = f"Start {en} waited for a {zh_en[1]}: here a person or a program opens the case."
        work.notes.changed(node.get("id", ""), f"开始事件{zh}原由{zh_en[0]}触发：本系统由人或程序开立案件。", said_en)


def _end(work: Workshop, node: etree._Element) -> None:
    zh, en = called(node)
    kinds = {_kind(one) for one in _definitions(node)}
    if kinds & {"cancel", "compensate"} or ("error" in kinds and _awaited(work, node)):
        said_en = f"End {en} leaves its subprocess by another way: let it end normally, and decide in a gateway behind the subprocess."
        work.refuse(node, f"结束事件{zh}以另一方式离开子流程：请正常结束，并在子流程之后用网关判断。", said_en)
        return
    if "terminate" in kinds and _others_go_on(node):
        said_en = f"End {en} breaks off what others still do: let every road come to its own end."
        work.refuse(node, f"终止事件{zh}会中断其他仍在办理的步骤：请让每条路线各自结束。", said_en)
        return
    _plain(node)
    rename(node, Text("结束", "End"))
    for kind in sorted(kinds - {"terminate"}):
        names = NEWS.get(kind, (kind, kind))
        said_en = f"End {en} threw a {names[1]}: where another agency must be told, put a service task before it."
        work.notes.changed(node.get("id", ""), f"结束事件{zh}原发出{names[0]}：如须告知其他单位，请在其前加服务任务。", said_en)
    if "terminate" in kinds:
        work.notes.changed(
            node.get("id", ""),
            f"终止事件{zh}改为普通结束事件。",
            f"The terminating end {en} is a plain one now: nothing else was under way.",
        )


def _awaited(work: Workshop, node: etree._Element) -> bool:
    """Whether an error on the edge of the subprocess waits for this end."""
    around = node.getparent()
    host = around.get("id", "") if around is not None else ""
    return any(event.get("attachedToRef") == host and _has(event, "error") for event in work.process.iter(f"{BPMN}boundaryEvent"))


def _others_go_on(node: etree._Element) -> bool:
    """Whether anything in the scope of an end may be under way beside it."""
    around = node.getparent()
    held = list(around) if around is not None else []
    leaving: dict[str, int] = {}
    for flow in (child for child in held if local(child) == "sequenceFlow"):
        leaving[flow.get("sourceRef", "")] = leaving.get(flow.get("sourceRef", ""), 0) + 1
    return any(
        (local(one) in {"parallelGateway", "inclusiveGateway", "complexGateway"} and leaving.get(one.get("id", ""), 0) > 1)
        or (local(one) == "boundaryEvent" and one.get("cancelActivity") == "false")
        or (local(one).endswith(("Task", "Activity", "task")) and leaving.get(one.get("id", ""), 0) > 1)
        for one in held
    )


def _throw(work: Workshop, node: etree._Element) -> None:
    zh, en = called(node)
    kinds = [_kind(one) for one in _definitions(node)]
    if not kinds and work.lead_past(node):
        work.notes.changed(node.get("id", ""), f"仅作标记的事件{zh}已去掉。", f"Event {en}, which only marked a place, was taken away.")
        return
    names = NEWS.get(kinds[0] if kinds else "", ("信息", "message"))
    _plain(node)
    work.become(node, "userTask" if work.options.people else "serviceTask")
    if work.options.people:
        work.form_of(node)
    rename(node, Text(f"发出{names[0]}", f"Send the {names[1]}"))
    said_en = f"Event {en} threw a {names[1]}: it is a task now; choose the service that tells the other agency."
    work.notes.changed(node.get("id", ""), f"抛出事件{zh}（{names[0]}）改为任务：请选择告知对方的服务。", said_en)


def _catch(work: Workshop, node: etree._Element) -> None:
    found = _definitions(node)
    (zh, en), host = called(node), node.get("attachedToRef", "")
    if host and local(work.sheet.node(host)) not in HOSTS:
        said_en = (
            f"Event {en} sits on a step that is done at once, so it can never happen: let people do that step, or take the event away."
        )
        work.refuse(node, f"边界事件{zh}所在步骤即时完成，事件不会发生：请改为用户任务，或去掉事件。", said_en)
    elif len(found) > 1:
        said_en = f"Event {en} waits for several things at once: draw one event for each."
        work.refuse(node, f"事件{zh}同时等待多项：请分别画出。", said_en)
    elif found and _kind(found[0]) == "timer":
        _timer(work, node, found[0])
    elif not found or _kind(found[0]) in NEWS:
        _news(work, node, found[0] if found else None)
    else:
        work.refuse(node, f"事件{zh}等待的内容无法导入。", f"What event {en} waits for cannot be imported.")


def _timer(work: Workshop, node: etree._Element, definition: etree._Element) -> None:
    zh, en = called(node)
    told = words_of(definition)
    for child in list(definition):
        take_out(child)
    if node.get(f"{ONECASE}clock"):
        return
    rename(node, Text(f"到期（{told}）" if told else "到期", f"Time is up ({told})" if told else "Time is up"))
    said_zh = f"定时器{zh}原定“{told}”：时间来自期限规则，请选择规则。" if told else f"定时器{zh}没有时间：请选择期限规则。"
    said_en = (
        f"Timer {en} said “{told}”: its time comes from a clock rule; choose one."
        if told
        else f"Timer {en} has no time: choose a clock rule."
    )
    work.notes.changed(node.get("id", ""), said_zh, said_en)


def _news(work: Workshop, node: etree._Element, definition: etree._Element | None) -> None:
    zh, en = called(node)
    kind = _kind(definition) if definition is not None else "message"
    reference = _reference(definition) if definition is not None else ""
    name = titled(node).zh or work.named(reference)
    name = work.named(reference) if kind == "message" and work.named(reference) else name
    if not name:
        name = f"{NEWS[kind][0]}（{called(work.sheet.node(str(node.get('attachedToRef') or node.get('id'))))[0].strip('「」')}）"
    for child in list(node):
        if local(child) not in {"documentation", "incoming", "outgoing"}:
            take_out(child)
    node.attrib.pop("parallelMultiple", "")
    if kind in {"error", "cancel"}:
        node.set("cancelActivity", "true")
    wait_for_news(work.sheet, node, Text(name, titled(node).en))
    rename(node, Text(name))
    if kind != "message":
        names = NEWS[kind]
        said_en = f"Event {en} waited for a {names[1]}: here it is news that an officer reports."
        work.notes.changed(node.get("id", ""), f"事件{zh}原等待{names[0]}：改为由办理人报告的消息。", said_en)
