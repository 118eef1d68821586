"""What a program is told when something is refused."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from apiflask import APIFlask

from tests.web.callers import Caller
from workflows import inbox

MEMBERS = {"type", "title", "status", "code", "detail"}
BY_TITLE = '{"process": "joint_case", "title": "%s"}'
BY_FACT = '{"process": "joint_case", "title": "x", "facts": {"%s": [1]}}'


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/tasks/00000000-0000-4000-8000-000000000000", 404, "not_found"),
        ("/tasks/not-an-id", 404, "not_found"),
        ("/cases/not-an-id", 404, "not_found"),
        ("/processes/no_such_process", 404, "not_found"),
        ("/nothing/here", 404, "not_found"),
        ("/tasks?limit=0", 422, "wrong_request"),
        ("/tasks?view=everything", 422, "wrong_request"),
        ("/record/verify", 403, "not_allowed"),
    ],
)
def test_a_refusal_is_a_problem_document_with_a_stable_code(app: APIFlask, path: str, status: int, code: str) -> None:
    answer = Caller(app, "health.officer").get(path)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert set(answer.json) >= MEMBERS
    assert (answer.json["status"], answer.json["code"]) == (status, code)


def test_a_method_that_an_address_does_not_have_is_named(app: APIFlask) -> None:
    answer = Caller(app, "health.officer").client.put("/api/v1/tasks")
    assert answer.status_code == 405
    assert answer.mimetype == "application/problem+json"
    assert answer.json["code"] == "method_not_allowed"


def test_a_task_of_another_agency_is_answered_like_a_task_that_does_not_exist(app: APIFlask) -> None:
    case = Caller(app, "health.intake").open_case()
    stranger = Caller(app, "cac.officer")
    theirs = stranger.get(f"/tasks/{case['tasks'][0]['id']}")
    nobodys = stranger.get(f"/tasks/{uuid4()}")
    assert (theirs.status_code, theirs.json) == (nobodys.status_code, nobodys.json) == (404, nobodys.json)


def test_the_same_task_is_shown_to_the_agency_that_has_it(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    case = intake.open_case()
    assert intake.get(f"/tasks/{case['tasks'][0]['id']}").status_code == 200


def test_every_field_that_does_not_fit_is_named(app: APIFlask) -> None:
    answer = Caller(app, "health.intake").post("/cases", {"title": "", "colour": "red", "facts": []})
    assert answer.status_code == 422
    assert set(answer.json["errors"]) == {"process", "title", "colour", "facts"}


def test_what_is_wrong_with_an_answer_is_said_at_its_field(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    task = intake.first_task(intake.open_case()["id"])
    answer = intake.post(f"/tasks/{task['id']}/complete", {"revision": task["revision"], "answers": {}})
    assert answer.status_code == 422
    assert answer.json["code"] == "wrong_answers"
    assert answer.json["errors"]
    assert all(sentences for sentences in answer.json["errors"].values())


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("", "必填。"), ("zh-CN,zh;q=0.9", "必填。"), ("en-GB,en;q=0.9", "Missing data for required field."), ("fr", "必填。")],
)
def test_sentences_are_chinese_unless_english_is_asked_for(app: APIFlask, asked: str, expected: str) -> None:
    answer = Caller(app, "health.intake").post("/cases", {"title": "x"}, Accept_Language=asked)
    assert answer.json["errors"]["process"] == [expected]


@pytest.mark.parametrize("body", [b"{", b"[]", b'"text"', b"\xff"])
def test_a_body_that_is_not_a_json_object_is_refused(app: APIFlask, body: Any) -> None:
    intake = Caller(app, "health.intake")
    answer = intake.client.post("/api/v1/cases", data=body, headers={**intake.headers, "Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("text", [r"a\u0000b", r"a\ud800b"])
@pytest.mark.parametrize(
    "body", ['{"process": "joint_case", "title": "%s"}', '{"process": "joint_case", "title": "x", "facts": {"%s": [1]}}']
)
def test_a_character_that_no_database_holds_is_refused_before_it_gets_there(app: APIFlask, body: str, text: str) -> None:
    intake = Caller(app, "health.intake")
    answer = intake.client.post("/api/v1/cases", data=body % text, headers={**intake.headers, "Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["code"] == "wrong_request"


def test_a_backslash_in_a_text_is_a_text(app: APIFlask) -> None:
    title = "文件夹 C:\\u0000 的线索"
    assert Caller(app, "health.intake").open_case(title)["title"] == title


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_a_number_that_is_not_one_is_refused(app: APIFlask, number: Any) -> None:
    intake = Caller(app, "health.intake")
    body = f'{{"process": "joint_case", "title": "x", "facts": {{"amount": {number}}}}}'
    answer = intake.client.post("/api/v1/cases", data=body, headers={**intake.headers, "Content-Type": "application/json"})
    assert answer.status_code in (400, 422)


def test_an_error_that_nobody_foresaw_shows_a_reference_and_nothing_else(app: APIFlask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("the secret of the house")

    officer = Caller(app, "health.officer")
    monkeypatch.setattr(inbox, "list_tasks", broken)
    answer = officer.get("/tasks")
    assert answer.status_code == 500
    assert answer.json["code"] == "internal"
    assert answer.json["reference"] in answer.json["detail"]
    assert "secret" not in answer.text
