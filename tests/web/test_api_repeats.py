"""Requests that are sent twice under one Idempotency-Key."""

from __future__ import annotations

import io

import pytest
from apiflask import APIFlask

from tests.web.callers import Caller
from workflows import cases, idempotency, officers
from workflows.desk import Desk

NEW = {"process": "joint_case", "title": "重复提交", "facts": {}}


def _count(caller: Caller) -> None:
    return caller.read("/cases?q=重复提交")["total"]


def test_the_same_request_opens_one_case_and_gets_one_answer(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    first = intake.post("/cases", NEW, Idempotency_Key="k1")
    second = intake.post("/cases", {**dict(reversed(NEW.items()))}, Idempotency_Key="k1")
    assert first.status_code == second.status_code == 201
    assert first.json == second.json
    assert second.headers["Idempotent-Replayed"] == "true"
    assert _count(intake) == 1


def test_another_body_under_the_same_key_is_refused(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    intake.post("/cases", NEW, Idempotency_Key="k2")
    other = intake.post("/cases", {**NEW, "title": "重复提交之二"}, Idempotency_Key="k2")
    assert other.status_code == 409
    assert other.json["code"] == "idempotency_mismatch"
    assert _count(intake) == 1


def test_another_officer_has_keys_of_their_own(app: APIFlask) -> None:
    intake, officer = Caller(app, "health.intake"), Caller(app, "health.officer")
    first = intake.post("/cases", NEW, Idempotency_Key="k3")
    second = officer.post("/cases", NEW, Idempotency_Key="k3")
    assert first.status_code == second.status_code == 201
    assert first.json["id"] != second.json["id"]


def test_another_route_has_keys_of_its_own(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    case = intake.post("/cases", NEW, Idempotency_Key="k4").json
    said = intake.post(f"/cases/{case['id']}/comments", {"text": "同一标识"}, Idempotency_Key="k4")
    assert said.status_code == 204
    again = intake.post(f"/cases/{case['id']}/comments", {"text": "同一标识"}, Idempotency_Key="k4")
    assert again.status_code == 204
    assert len(intake.read(f"/cases/{case['id']}/comments")["items"]) == 1


def test_a_refusal_is_repeated_too(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    first = intake.post("/cases", {"title": "没有流程"}, Idempotency_Key="k5")
    second = intake.post("/cases", {"title": "没有流程"}, Idempotency_Key="k5")
    assert first.status_code == second.status_code == 422
    assert first.json == second.json
    assert second.mimetype == "application/problem+json"


def test_a_failure_of_ours_is_not_kept(app: APIFlask, monkeypatch: pytest.MonkeyPatch) -> None:
    intake = Caller(app, "health.intake")
    with monkeypatch.context() as patched:
        patched.setattr(cases, "open_case", lambda *_args, **_kwargs: 1 / 0)
        assert intake.post("/cases", NEW, Idempotency_Key="k6").status_code == 500
    assert intake.post("/cases", NEW, Idempotency_Key="k6").status_code == 201


def test_a_second_copy_that_arrives_too_soon_is_told_to_wait(app: APIFlask, desk: Desk) -> None:
    intake = Caller(app, "health.intake")
    _, me = officers.sign_in(desk, "health.intake", "onecase-demo", kind="api", address="127.0.0.1")
    assert idempotency.remembered(desk, me, "k7", "POST /api/v1/cases", "h") is None
    answer = intake.post("/cases", NEW, Idempotency_Key="k7")
    assert answer.status_code == 409
    assert _count(intake) == 0


def test_a_key_that_cannot_be_kept_is_refused(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    assert intake.post("/cases", NEW, Idempotency_Key="k" * 121).status_code == 400
    assert intake.post("/cases", NEW, Idempotency_Key="").status_code == 400


def test_a_file_that_is_sent_twice_is_the_same_whatever_its_boundary(app: APIFlask) -> None:
    designer = Caller(app, "designer")
    headers = {**designer.headers, "Idempotency-Key": "k8"}
    answers = [
        designer.client.post("/api/v1/processes/new/check", data={"file": (io.BytesIO(b"<x/>"), "x.bpmn")}, headers=headers)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[1].headers["Idempotent-Replayed"] == "true"
