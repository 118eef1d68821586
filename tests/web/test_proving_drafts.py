"""Every path of a draft is gone before it is published; a diagram that lets a fine stand instead of prosecution is refused, with the path."""

from __future__ import annotations

import dataclasses
import json
from threading import BoundedSemaphore
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories.routing import files_of
from tests.web.designers import Designer
from tests.web.visitors import Visitor
from web import assemble, proving
from web.app import create_app
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


class TestWhereAServerProves:
    """A server answers others meanwhile: before it publishes, the paths are gone in a process of its own."""

    @pytest.fixture
    def server(self, desk: Desk) -> APIFlask:
        settings = desk.settings
        return create_app(dataclasses.replace(desk, prover=proving.apart), settings)

    def test_a_server_that_is_started_does_so(self, desk: Desk) -> None:
        made: Any = assemble.application(desk.settings)
        assert made.extensions["onecase_desk"].prover is proving.apart

    def test_what_is_wrong_is_found_there_too(self, server: APIFlask) -> None:
        refused = published(server, changed(Designer(server), "administrative_penalty", DECISION, GATE, ""))
        assert (refused.status_code, refused.json["code"]) == (422, "diagram_refused"), refused.text

    def test_who_has_to_wait_for_others_is_told_so_and_the_draft_stays(self, server: APIFlask, monkeypatch: pytest.MonkeyPatch) -> None:
        draft = changed(Designer(server), "administrative_penalty", DECISION, 'name="作出决定"', 'name="作出处罚决定"')
        with monkeypatch.context() as busy:
            busy.setattr(proving, "AT_ONCE", BoundedSemaphore(1))
            with proving.AT_ONCE:
                waits = published(server, draft)
        assert (waits.status_code, waits.json["code"]) == (503, "prover_busy")
        assert Designer(server, "designer2").send("POST", f"{draft}/publish", REASON).status_code == 200


def test_a_draft_with_an_error_is_not_gone_through(app: APIFlask) -> None:
    draft = changed(Designer(app), "supervision", "supervision.bpmn", "onecase:form=", "onecase:nothing=")
    answer = Designer(app).send("POST", f"{draft}/prove")
    assert (answer.status_code, answer.json["code"]) == (422, "diagram_refused")


def test_who_does_not_design_proves_nothing(app: APIFlask) -> None:
    draft = Designer(app).begin(process="supervision")
    client: FlaskClient = Designer(app, "health.officer").client
    assert client.post(f"{draft}/prove").status_code in {400, 403, 404}
    assert Visitor(app, "health.officer").get(f"{draft}/files").status_code in {403, 404}
