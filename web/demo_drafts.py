"""The designers' desk of the demonstration: a draft that is being written, one of another tool's diagram, one that waits for a second person."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.designing import drafts, exchange, reviewing
from workflows.desk import Desk
from workflows.views import Officer

WRITTEN = "self_inspection"
"""The key of the new process that `designer` writes."""
REVIEWED = "supervision"
"""The process of which `designer2` has submitted a change."""
FORM = "forms/close_order.form"
BROUGHT = "equipment_check"
"""The key of the process that `designer` brought from another tool."""
FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
             xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="urn:equipment">
  <process id="equipment_check" name="大型医用设备配置核查" isExecutable="true">
    <startEvent id="start" name="收到核查任务" />
    <userTask id="inspect" name="现场核查" camunda:assignee="${inspector}" camunda:formKey="inspect" />
    <exclusiveGateway id="licensed" name="有配置许可证？" />
    <serviceTask id="notify" name="推送核查结果" camunda:delegateExpression="${notifier}" />
    <userTask id="correct" name="责令改正" />
    <intermediateCatchEvent id="wait" name="整改期满">
      <timerEventDefinition><timeDuration xsi:type="tFormalExpression">P15D</timeDuration></timerEventDefinition>
    </intermediateCatchEvent>
    <endEvent id="end" name="核查办结" />
    <sequenceFlow id="f1" sourceRef="start" targetRef="inspect" />
    <sequenceFlow id="f2" sourceRef="inspect" targetRef="licensed" />
    <sequenceFlow id="f3" name="有" sourceRef="licensed" targetRef="notify"><conditionExpression xsi:type="tFormalExpression">${licence == "yes"}</conditionExpression></sequenceFlow>
    <sequenceFlow id="f4" name="没有" sourceRef="licensed" targetRef="correct"><conditionExpression xsi:type="tFormalExpression">${licence != "yes"}</conditionExpression></sequenceFlow>
    <sequenceFlow id="f5" sourceRef="correct" targetRef="wait" />
    <sequenceFlow id="f6" sourceRef="wait" targetRef="inspect" />
    <sequenceFlow id="f7" sourceRef="notify" targetRef="end" />
  </process>
</definitions>
"""
"""As an engineer draws it in Camunda: an assignee, a delegate, a duration, and a condition over a variable that no form asks for."""


def fill(desk: Desk, people: Mapping[str, Officer]) -> None:
    """Begin the one, submit the other. The processes must be published."""
    drafts.begin_new(desk, people["designer"], key=WRITTEN, name="医疗机构自查抽查", name_en="Checks of self-inspection reports")
    exchange.bring(desk, people["designer"], {f"{BROUGHT}.bpmn": FOREIGN.encode()})
    author = people["designer2"]
    draft = drafts.begin(desk, author, process=REVIEWED)
    form = next(file for file in drafts.opened(desk, author, draft.id).files if file.path == FORM)
    text = (form.text or "").replace('"督办结果"', '"督办结果（写明整改情况和复查结论）"')
    drafts.write(desk, author, draft.id, FORM, text=text, revision=form.revision)
    reviewing.submit(desk, author, draft.id, reason="销号前写明整改情况，便于复查")
