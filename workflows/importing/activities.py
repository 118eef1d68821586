"""Foreign activities: what a person does, what a machine did, what is only a box."""

from __future__ import annotations

from lxml import etree

from workflows.engine.diagram import BPMN, CONTAINERS, FLOW_NODES, ONECASE, local
from workflows.importing.conditions import fact_name, translated
from workflows.importing.outcome import called
from workflows.importing.workshop import Workshop
from workflows.picture.redrawing import BEFORE_FLOWS
from workflows.picture.writing import take_out
from workflows.repairs.elements import retyped

KINDS = {
    "serviceTask": ("服务任务", "service task"), "sendTask": ("发送任务", "send task"), "scriptTask": ("脚本任务", "script task"),
    "businessRuleTask": ("规则任务", "rule task"), "manualTask": ("手工任务", "manual task"), "task": ("未定类型的任务", "untyped task"),
}  # fmt: skip
MACHINES = ("serviceTask", "sendTask", "scriptTask", "businessRuleTask")
REPEATED = "multiInstanceLoopCharacteristics"


def bring(work: Workshop) -> None:
    """Make every activity one of ours, and tell what the designer has to say of it."""
    for kinds, make in (
        (FLOW_NODES, _compensation), (("task", "manualTask"), _to_people), (MACHINES, _machine), (("receiveTask",), _receive), (("callActivity",), _call),
        (CONTAINERS, _subprocess), (("userTask",), _person), (FLOW_NODES, _repeated),
    ):  # fmt: skip
        for node in work.steps(*kinds):
            make(work, node)


def _compensation(work: Workshop, node: etree._Element) -> None:
    if node.get("isForCompensation") == "true" and node.getparent() is not None:
        zh, en = called(node)
        said_zh = f"补偿步骤{zh}未导入：撤销已办的事项须单独画出路线。"
        work.notes.refused(
            node.get("id", ""), said_zh, f"Compensation {en} was left out: what undoes a step must be drawn as a road of its own."
        )
        work.remove(node)
    elif "isForCompensation" in node.attrib:
        del node.attrib["isForCompensation"]


def _to_people(work: Workshop, node: etree._Element) -> None:
    (zh, en), (kind_zh, kind_en) = called(node), KINDS[local(node)]
    retyped(node, "userTask")
    work.notes.changed(node.get("id", ""), f"{kind_zh}{zh}改为用户任务。", f"The {kind_en} {en} is now a user task.")


def _machine(work: Workshop, node: etree._Element) -> None:
    (zh, en), (kind_zh, kind_en), said = called(node), KINDS[local(node)], work.of(node)
    name = node.get("id", "")
    if node.get(f"{ONECASE}service") or node.get(f"{ONECASE}decision"):
        return  # it is one of ours already
    if said.decision and local(node) in {"businessRuleTask", "serviceTask"}:
        retyped(node, "businessRuleTask")
        node.set(f"{ONECASE}decision", fact_name(said.decision))
        said_en = f"The rule task {en} decides by the table {fact_name(said.decision)}: put that table into the bundle."
        work.notes.changed(name, f"规则任务{zh}使用决策表 {fact_name(said.decision)}，请把该表放入流程包。", said_en)
        return
    did = (f"（原为 {said.work}）", f" (it was {said.work})") if said.work else ("", "")
    if work.options.people or node.find(f"{BPMN}{REPEATED}") is not None or _edged(work, name):
        retyped(node, "userTask")
        said_en = f"The {kind_en} {en}{did[1]} is now a user task; where a service of ours does it, make it a service task."
        work.notes.changed(name, f"{kind_zh}{zh}{did[0]}改为用户任务；如有服务可代办，请改为服务任务。", said_en)
    else:
        retyped(node, "serviceTask")
        said_en = f"The {kind_en} {en}{did[1]} does nothing yet: choose a service from the table of services."
        work.notes.changed(name, f"{kind_zh}{zh}{did[0]}尚无服务：请从服务目录中选择。", said_en)
    if "script" in said.more:
        work.notes.changed(
            name, f"{zh}中的代码未导入：流程图中的代码不会被执行。", f"The code in {en} was left out: code in a diagram is never executed."
        )


def _edged(work: Workshop, name: str) -> bool:
    """Whether something may happen while a step lasts: then it is not done at once."""
    return any(event.get("attachedToRef") == name for event in work.process.iter(f"{BPMN}boundaryEvent"))


def _receive(work: Workshop, node: etree._Element) -> None:
    zh, en = called(node)
    if (
        node.find(f"{BPMN}{REPEATED}") is not None
        or node.find(f"{BPMN}standardLoopCharacteristics") is not None
        or _edged(work, node.get("id", ""))
    ):
        retyped(node, "userTask")
        work.notes.changed(node.get("id", ""), f"接收任务{zh}改为用户任务。", f"The receive task {en} is now a user task.")
        return
    message = node.get("messageRef", "")
    retyped(node, "userTask")
    work.become(node, "intermediateCatchEvent")
    node.append(node.makeelement(f"{BPMN}messageEventDefinition", {"messageRef": message} if message else {}))
    said_en = f"The receive task {en} is now an event that waits for the news: an officer reports it."
    work.notes.changed(node.get("id", ""), f"接收任务{zh}改为等待消息的事件：由办理人报告。", said_en)


def _call(work: Workshop, node: etree._Element) -> None:
    zh, en = called(node)
    callee = node.get("calledElement") or work.of(node).called
    if callee in work.known:
        node.set("calledElement", callee)
    elif callee in work.shared:
        machine = work.shared[callee] in {"globalScriptTask", "globalBusinessRuleTask"}
        retyped(node, "serviceTask" if machine else "userTask")
        work.notes.changed(
            node.get("id", ""), f"{zh}调用的公共任务改为普通任务。", f"The shared task that {en} called is a task of its own now."
        )
        if machine:
            _machine(work, node)
    elif callee and not work.options.people and "{" not in callee:
        node.set("calledElement", callee)
        said_en = f"{en} calls the process {callee}, which is not in this file: import that one too."
        work.notes.changed(node.get("id", ""), f"{zh}调用的流程 {callee} 不在本文件中，请一并导入。", said_en)
    else:
        retyped(node, "userTask")
        said_en = f"{en} calls a process that is not in this file: it is a user task now, until that process is drawn."
        work.notes.changed(node.get("id", ""), f"{zh}调用的流程不在本文件中，暂改为用户任务。", said_en)


def _subprocess(work: Workshop, node: etree._Element) -> None:
    zh, en = called(node)
    if local(node) == "adHocSubProcess":
        work.refuse(
            node,
            f"特别子流程{zh}没有规定顺序：请画出各步骤的顺序。",
            f"The ad hoc subprocess {en} has no order: draw the order of its steps.",
        )
    elif node.get("triggeredByEvent") == "true":
        said_en = f"The event subprocess {en} may begin at any time: put an event on the edge of the subprocess that it stands in."
        work.refuse(node, f"事件子流程{zh}可在任何时候开始：请改为所在子流程上的边界事件。", said_en)
    elif not any(
        local(child) not in {"documentation", "incoming", "outgoing", "laneSet", REPEATED, "standardLoopCharacteristics"} for child in node
    ):
        retyped(node, "userTask")
        work.notes.changed(
            node.get("id", ""),
            f"子流程{zh}没有内容，暂改为用户任务。",
            f"The subprocess {en} is empty: it is a user task now, until it is drawn.",
        )
    elif local(node) == "transaction":
        node.tag = f"{BPMN}subProcess"
        work.notes.changed(node.get("id", ""), f"事务{zh}改为普通子流程。", f"The transaction {en} is now a plain subprocess.")
        node.attrib.pop("method", "")


def _person(work: Workshop, node: etree._Element) -> None:
    (zh, en), said, name = called(node), work.of(node), node.get("id", "")
    work.form_of(node, said.form)
    for one in said.fields:
        work.asks(name, **{**one, "key": fact_name(str(one["key"]))})
    if said.due:
        said_en = f"{en} was due at “{said.due}”: choose a clock rule."
        work.notes.changed(name, f"{zh}原定期限“{said.due}”：请选择期限规则。", said_en)
    if said.groups:
        who = ", ".join(said.groups)
        said_en = f"{en} was for “{who}”: here the lane says which agency and which role does it."
        work.notes.changed(name, f"{zh}原由“{who}”办理：本系统由泳道指明单位和角色。", said_en)
    if set(said.more) - {"script"}:
        gone = ", ".join(sorted(set(said.more) - {"script"}))
        work.notes.changed(name, f"{zh}中其他工具的设置（{gone}）未导入。", f"Settings of another tool on {en} were left out ({gone}).")
    for attribute in [one for one in node.attrib if one not in {"id", "name", "default"} and not str(one).startswith(ONECASE)]:
        del node.attrib[attribute]


def _repeated(work: Workshop, node: etree._Element) -> None:
    repeated = node.find(f"{BPMN}{REPEATED}")
    if repeated is None:
        return
    (zh, en), name = called(node), node.get("id", "")
    told = work.of(node).collection
    read = translated(told) or ""
    listed = fact_name(read or told.removeprefix("=").strip("${} ")) if told else f"{fact_name(name)}_agencies"
    sequential = repeated.get("isSequential") == "true"
    for child in list(repeated):
        take_out(child)
    for attribute in list(repeated.attrib):
        del repeated.attrib[attribute]
    repeated.set("isSequential", "true" if sequential else "false")
    over = repeated.makeelement(f"{BPMN}loopDataInputRef", {})
    over.text = listed
    repeated.append(over)
    repeated.append(repeated.makeelement(f"{BPMN}inputDataItem", {"id": f"{name}_member", "name": "member"}))
    if all(one.get("id") != listed for one in work.sheet.root.iter("*")):
        place = sum(local(child) in BEFORE_FLOWS for child in work.process)
        work.process.insert(place, work.process.makeelement(f"{BPMN}property", {"id": listed, "name": listed}))
    work.lists[name] = listed
    said_en = f"{en} is done once for each agency of the list {listed}; all of them must be done before it goes on."
    work.notes.changed(name, f"{zh}按列表 {listed} 逐个单位办理，全部办结才继续。", said_en)
