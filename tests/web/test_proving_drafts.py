"""Every path of a draft is gone before it is published; a diagram that lets a fine stand instead of prosecution is refused, with the path."""

from __future__ import annotations

import json
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories.routing import files_of
from tests.web.designers import Designer
from tests.web.visitors import Visitor
from workflows import diagrams
from workflows.desk import Desk

GATE = ' onecase:gate="penalty_decision"'
DECISION = "administrative_penalty.bpmn"
REASON = {"reason": "试验"}


@pytest.fixture(autouse=True)
def penalty_is_published(desk: Desk) -> None:
    diagrams.publish(desk, "试验", files_of("penalty"), reason="试验")


def lines(answer: TestResponse) -> list[dict[str, Any]]:
    assert (answer.status_code, answer.mimetype) == (200, "application/x-ndjson"), answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def changed(designer: Designer, process: str, path: str, old: str, new: str) -> str:
    draft = designer.begin(process=process)
    file = designer.files(draft)[path]
    assert old in file["text"]
    answer = designer.write(draft, path, file["text"].replace(old, new), file["revision"])
    assert answer.status_code == 200, answer.text
    return draft


def published(app: APIFlask, draft: str) -> TestResponse:
    assert Designer(app).send("POST", f"{draft}/submit", REASON).status_code == 200
    return Designer(app, "designer2").send("POST", f"{draft}/publish", REASON)


def test_a_sound_draft_is_proved_and_the_proof_is_kept(app: APIFlask) -> None:
    designer = Designer(app)
    draft = designer.begin(process="administrative_penalty")
    first, second = (lines(designer.send("POST", f"{draft}/prove")) for _ in range(2))
    assert first[0]["states"] > 0
    assert first[-1] == {"findings": []}
    assert second == [{"findings": []}], "the same files are not gone through a second time"


def test_a_draft_that_lets_a_fine_stand_instead_of_prosecution_is_found_out_and_refused(app: APIFlask) -> None:
    draft = changed(Designer(app), "administrative_penalty", DECISION, GATE, "")
    found = lines(Designer(app).send("POST", f"{draft}/prove"))[-1]["findings"]
    (finding,) = (one for one in found if one["rule"] == "path_rule")
    assert "不得以罚代刑" in finding["message"]
    assert finding["element"] == "decide_penalty"
    assert finding["path"][-1] == "administrative_penalty/decide_penalty"
    assert len(finding["steps"]) == len(finding["path"])
    assert "罚款" in finding["steps"][-1]
    refused = published(app, draft)
    assert (refused.status_code, refused.json["code"]) == (422, "diagram_refused"), refused.text
    assert Designer(app).get(f"{draft}/files").json["state"] == "in_review"


def test_a_draft_that_keeps_the_gate_is_published(app: APIFlask) -> None:
    draft = changed(Designer(app), "administrative_penalty", DECISION, 'name="作出决定"', 'name="作出处罚决定"')
    answer = published(app, draft)
    assert answer.status_code == 200, answer.text
    assert answer.json["state"] == "published"


def test_a_draft_with_an_error_is_not_gone_through(app: APIFlask) -> None:
    draft = changed(Designer(app), "supervision", "supervision.bpmn", "onecase:form=", "onecase:nothing=")
    answer = Designer(app).send("POST", f"{draft}/prove")
    assert (answer.status_code, answer.json["code"]) == (422, "diagram_refused")


def test_who_does_not_design_proves_nothing(app: APIFlask) -> None:
    draft = Designer(app).begin(process="supervision")
    client: FlaskClient = Designer(app, "health.officer").client
    assert client.post(f"{draft}/prove").status_code in {400, 403, 404}
    assert Visitor(app, "health.officer").get(f"{draft}/files").status_code in {403, 404}
