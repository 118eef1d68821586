"""Working through the inbox over the public interface."""

from __future__ import annotations

import re

from apiflask import APIFlask

from tests.web.callers import Caller, filled

OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$")


def test_a_new_case_waits_for_somebody(app: APIFlask) -> None:
    case = Caller(app, "health.intake").open_case("某诊所超范围执业")
    assert case["status"] == "open"
    assert case["process"] == "joint_case"
    assert case["tasks"]
    assert case["tasks"][0]["case"]["id"] == case["id"]


def test_a_row_of_the_inbox_says_what_who_and_until_when(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    row = intake.open_case()["tasks"][0]
    promised = {"id", "name", "name_en", "element", "case", "agency", "role", "assignee", "state", "due", "light"}
    assert set(row) >= promised
    assert row["state"] == "open"
    assert OFFSET.match(row["opened_at"])
    assert row["due"] is None or OFFSET.match(row["due"])


def test_a_task_comes_with_its_form_its_revision_and_what_may_be_done(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    task = intake.first_task(intake.open_case()["id"])
    assert task["form"]["components"]
    assert "complete" in task["actions"]
    assert isinstance(task["revision"], int)


def test_a_completion_moves_the_case_on(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    case = intake.open_case()
    task = intake.first_task(case["id"])
    answer = intake.send(f"/tasks/{task['id']}/complete", {"revision": task["revision"], "answers": filled(task)})
    assert answer["case"]["id"] == case["id"]
    assert intake.read(f"/tasks/{task['id']}")["state"] == "completed"
    assert task["element"] not in [row["element"] for row in intake.read(f"/cases/{case['id']}")["tasks"]]


def test_a_completion_sent_twice_gets_the_first_answer(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    task = intake.first_task(intake.open_case()["id"])
    body = {"revision": task["revision"], "answers": filled(task)}
    first, second = intake.post(f"/tasks/{task['id']}/complete", body), intake.post(f"/tasks/{task['id']}/complete", body)
    assert first.status_code == second.status_code == 200
    assert first.json == second.json


def test_a_completion_with_an_old_revision_is_refused(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    task = intake.first_task(intake.open_case()["id"])
    answer = intake.post(f"/tasks/{task['id']}/complete", {"revision": task["revision"] + 1, "answers": filled(task)})
    assert answer.status_code == 409
    assert answer.json["code"] == "stale"


def test_what_is_saved_comes_back_in_the_form(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    task = intake.first_task(intake.open_case()["id"])
    answers = filled(task)
    saved = intake.send(f"/tasks/{task['id']}/save", {"answers": answers})
    assert OFFSET.match(saved["draft_at"])
    data = intake.read(f"/tasks/{task['id']}")["data"]
    assert {key: data[key] for key in answers} == answers


def test_a_claimed_task_can_be_given_back(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    case = intake.open_case()
    task = intake.first_task(case["id"])
    row = intake.send(f"/tasks/{task['id']}/unclaim")
    assert row["assignee"] is None
    assert task["id"] in [found["id"] for found in intake.read(f"/tasks?view=pool&case={case['id']}")["items"]]


def test_the_one_who_claims_is_the_one_of_the_token(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    task = intake.first_task(intake.open_case()["id"])
    assert task["assignee"] == intake.read("/me")["id"]


def test_a_remark_is_read_by_the_others_of_the_case(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    case = intake.open_case()
    assert intake.post(f"/tasks/{case['tasks'][0]['id']}/comment", {"text": "请核对地址"}).status_code == 204
    assert [one["text"] for one in intake.read(f"/cases/{case['id']}/comments")["items"]] == ["请核对地址"]


def test_every_part_of_a_case_can_be_read(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    case = intake.open_case()
    for part in ("facts", "participants", "documents", "clocks", "record", "diagram", "comments"):
        page = intake.read(f"/cases/{case['id']}/{part}")
        assert set(page) == {"items", "next", "total"}, part
    assert intake.read(f"/cases/{case['id']}/participants")["items"]
    assert intake.read(f"/cases/{case['id']}/record")["items"]


def test_the_diagram_of_a_case_shows_where_its_tokens_are(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    drawings = intake.read(f"/cases/{intake.open_case()['id']}/diagram")["items"]
    assert drawings[0]["process"] == "joint_case"
    assert any(drawing["tokens"] for drawing in drawings)
    assert all("<" in drawing["bpmn"] for drawing in drawings)


def test_the_diagram_can_be_asked_for_without_its_source(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    drawings = intake.read(f"/cases/{intake.open_case()['id']}/diagram?bpmn=false")["items"]
    assert all("bpmn" not in drawing for drawing in drawings)
