"""Checking a diagram before it is published."""

from __future__ import annotations

import io
from typing import Any

import pytest
from apiflask import APIFlask

from tests.web.callers import Caller
from workflows.rulebook import shipped_bundles

BROKEN = b"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
  <bpmn:process id="p" isExecutable="true"><bpmn:startEvent id="start"/><bpmn:scriptTask id="s"><bpmn:script>import os</bpmn:script>
  </bpmn:scriptTask><bpmn:sequenceFlow id="f" sourceRef="start" targetRef="s"/></bpmn:process></bpmn:definitions>"""


def test_findings_name_the_rule_the_element_and_what_is_wrong(app: APIFlask) -> None:
    answer = Caller(app, "designer").post("/processes/p/check", {"files": {"p.bpmn": BROKEN.decode()}})
    assert answer.status_code == 200
    findings = answer.json["findings"]
    assert any(finding["severity"] == "error" for finding in findings)
    assert all(finding["rule"] and finding["message"] and finding["message_en"] for finding in findings)


def test_a_finding_with_a_one_click_repair_names_it_and_one_without_does_not(app: APIFlask) -> None:
    found = Caller(app, "designer").post("/processes/p/check", {"files": {"p.bpmn": BROKEN.decode()}}).json["findings"]
    told = {one["rule"]: (one["fix"], one["fix_en"]) for one in found}
    assert told["unsupported_scriptTask"] == (None, None), "in no lane, nobody could do it"
    assert told["leads_nowhere"] == ("在后面加结束事件", "Put an end event behind it")


def test_files_may_come_as_parts_of_a_form(app: APIFlask) -> None:
    designer = Caller(app, "designer")
    as_json = designer.post("/processes/p/check", {"files": {"p.bpmn": BROKEN.decode()}}).json
    parts = {"file": (io.BytesIO(BROKEN), "p.bpmn")}
    as_form = designer.client.post("/api/v1/processes/p/check", data=parts, headers=designer.headers).json
    assert as_form == as_json


def test_the_bundles_that_ship_have_no_errors(app: APIFlask) -> None:
    designer = Caller(app, "designer")
    for name, files in shipped_bundles().items():
        body = {"files": {path: content.decode() for path, content in files.items()}}
        found = designer.post(f"/processes/{name}/check", body).json["findings"]
        assert [finding for finding in found if finding["severity"] == "error"] == []


@pytest.mark.parametrize("body", [{}, {"files": {}}, {"files": []}, {"files": {"a.bpmn": 1}}])
def test_a_check_without_files_says_so(app: APIFlask, body: Any) -> None:
    answer = Caller(app, "designer").post("/processes/p/check", body)
    assert answer.status_code == 422
    assert any(key.startswith("files") for key in answer.json["errors"])


@pytest.mark.parametrize("text", ["", "not xml", "<a", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"])
def test_a_file_that_is_no_diagram_is_a_finding_and_not_a_failure(app: APIFlask, text: str) -> None:
    answer = Caller(app, "designer").post("/processes/p/check", {"files": {"p.bpmn": text}})
    assert answer.status_code == 200
    assert any(finding["severity"] == "error" for finding in answer.json["findings"])
    assert "root:" not in answer.text


def test_an_officer_of_cases_does_not_design(app: APIFlask) -> None:
    assert Caller(app, "health.officer").post("/processes/p/check", {"files": {"p.bpmn": "<a/>"}}).status_code == 403
