"""The smallest process that passes the check: a pool, one lane, a start, one task with a small form, an end. A new draft begins with it."""

from __future__ import annotations

import json
import re
from xml.sax.saxutils import quoteattr

import yaml

from workflows.designing.draft_files import CONTROL, LONGEST_NAME, LONGEST_NAME_EN
from workflows.engine.bundle import MANIFEST
from workflows.errors import WrongAnswers

KEY = re.compile(r"[a-z][a-z0-9_]{1,39}")
TAKEN = frozenset({"check", "source"})
"""Addresses beside those of the processes."""
FORM = "first_step"


def blank(key: str, name: str, name_en: str = "") -> dict[str, bytes]:
    """The files of a new process. Raises WrongAnswers by `key` and `name`."""
    name, name_en = " ".join(name.split()), " ".join(name_en.split())
    wrong: dict[str, tuple[str, str]] = {}
    if not KEY.fullmatch(key) or key in TAKEN:
        wrong["key"] = (
            "标识以小写字母开头，只用小写字母、数字和下划线，2 到 40 字。",
            "The key begins with a small letter and has small letters, digits and underscores, 2 to 40 of them.",
        )
    if not 1 <= len(name) <= LONGEST_NAME or len(name_en) > LONGEST_NAME_EN or CONTROL.search(name + name_en):
        wrong["name"] = ("请填写名称，100 字以内。", "Give a name of at most 100 characters.")
    if wrong:
        raise WrongAnswers(wrong)
    return {
        MANIFEST: manifest(key, name, name_en),
        f"{key}.bpmn": _DIAGRAM.format(
            key=key, name=quoteattr(name), name_en=quoteattr(name_en or name), space=quoteattr(f"urn:onecase:{key}")
        ).encode(),
        f"forms/{FORM}.form": json.dumps(_FORM, ensure_ascii=False, indent=2).encode(),
    }


def manifest(key: str, name: str, name_en: str = "") -> bytes:
    """A manifest for a process that any case officer may open."""
    told = {"process": key, "name": name, "name_en": name_en or name, "starters": ["officer"]}
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False).encode()


_FORM = {
    "type": "default",
    "id": FORM,
    "schemaVersion": 18,
    "components": [
        {
            "type": "textarea",
            "id": "Field_result_text",
            "key": "result_text",
            "label": "办理结果",
            "validate": {"required": True, "maxLength": 4000},
            "properties": {"en": "Result"},
        }
    ],
}
_DIAGRAM = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:onecase="urn:onecase:bpmn:1"
  id="definitions" targetNamespace={space}>
  <bpmn:collaboration id="collaboration">
    <bpmn:participant id="participant" name={name} onecase:nameEn={name_en} processRef="{key}" />
  </bpmn:collaboration>
  <bpmn:process id="{key}" name={name} onecase:nameEn={name_en} isExecutable="true">
    <bpmn:laneSet id="lanes">
      <bpmn:lane id="lane_receiving" name="受理机关承办人" onecase:nameEn="Receiving agency" onecase:agency="receiving" onecase:role="officer">
        <bpmn:flowNodeRef>start</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>first_step</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>end</bpmn:flowNodeRef>
      </bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="start" name="开始" onecase:nameEn="Begin">
      <bpmn:outgoing>flow_start_first_step</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:userTask id="first_step" name="办理" onecase:nameEn="Handle the matter" onecase:form="first_step">
      <bpmn:incoming>flow_start_first_step</bpmn:incoming>
      <bpmn:outgoing>flow_first_step_end</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:endEvent id="end" name="结束" onecase:nameEn="Done">
      <bpmn:incoming>flow_first_step_end</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="flow_start_first_step" sourceRef="start" targetRef="first_step" />
    <bpmn:sequenceFlow id="flow_first_step_end" sourceRef="first_step" targetRef="end" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement="collaboration">
      <bpmndi:BPMNShape id="participant_di" bpmnElement="participant" isHorizontal="true">
        <dc:Bounds x="160" y="80" width="640" height="180" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="lane_receiving_di" bpmnElement="lane_receiving" isHorizontal="true">
        <dc:Bounds x="190" y="80" width="610" height="180" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="start_di" bpmnElement="start">
        <dc:Bounds x="252" y="152" width="36" height="36" />
        <bpmndi:BPMNLabel>
          <dc:Bounds x="258" y="195" width="24" height="14" />
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="first_step_di" bpmnElement="first_step">
        <dc:Bounds x="400" y="130" width="120" height="80" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="end_di" bpmnElement="end">
        <dc:Bounds x="632" y="152" width="36" height="36" />
        <bpmndi:BPMNLabel>
          <dc:Bounds x="638" y="195" width="24" height="14" />
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="flow_start_first_step_di" bpmnElement="flow_start_first_step">
        <di:waypoint x="288" y="170" />
        <di:waypoint x="400" y="170" />
      </bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="flow_first_step_end_di" bpmnElement="flow_first_step_end">
        <di:waypoint x="520" y="170" />
        <di:waypoint x="632" y="170" />
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
"""
