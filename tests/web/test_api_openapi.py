"""The specification says what the interface does, and the interface does what it says."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from apiflask import APIFlask
from werkzeug.test import TestResponse

from tests.web.callers import PREFIX, Caller

Json = dict[str, Any]
KINDS: dict[str, Any] = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float)}
PEOPLE = ("health.intake", "designer", "auditor", "supervisor")


@pytest.fixture
def spec(app: APIFlask) -> None:
    return app.test_client().get("/openapi.json").json


def _operations(spec: Json) -> None:
    return [(path, method, operation) for path, operations in spec["paths"].items() for method, operation in operations.items()]


def test_every_route_of_the_api_is_documented(app: APIFlask, spec: Json) -> None:
    documented = {(path, method.upper()) for path, method, _ in _operations(spec)}
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(PREFIX):
            path = rule.rule.replace("<int:", "<").replace("<", "{").replace(">", "}")
            assert {(path, method) for method in rule.methods - {"HEAD", "OPTIONS"}} <= documented, path


def test_every_operation_has_a_summary_and_refers_only_to_shapes_that_exist(spec: Json) -> None:
    for path, method, operation in _operations(spec):
        assert operation["summary"], (method, path)
        assert operation["responses"], (method, path)
        assert len({(one["in"], one["name"]) for one in operation["parameters"]}) == len(operation["parameters"])
    text = str(spec)
    for name in {part.split("'")[0] for part in text.split("#/components/schemas/")[1:]}:
        assert name in spec["components"]["schemas"]


def test_every_operation_but_signing_in_wants_a_token(app: APIFlask, spec: Json) -> None:
    assert spec["security"] == [{"bearer": []}]
    for path, method, operation in _operations(spec):
        answer = app.test_client().open(_address(path), method=method.upper(), json={} if method == "post" else None)
        if path == f"{PREFIX}/tokens":
            assert operation["security"] == []
        else:
            assert answer.status_code == 401, (method, path)
            assert "401" in operation["responses"]


@pytest.mark.parametrize("username", PEOPLE)
def test_every_operation_answers_as_documented(app: APIFlask, spec: Json, username: str) -> None:
    caller = Caller(app, username)
    for path, method, operation in _operations(spec):
        if path.endswith("/tokens/current"):
            continue
        for address in (_address(path), _address(path, "never-an-id")):
            answer = caller.client.open(address, method=method.upper(), headers=caller.headers, json={} if method == "post" else None)
            _as_documented(spec, operation, answer, f"{username} {method} {address}")


def test_every_operation_on_a_case_that_is_there_answers_as_documented(app: APIFlask, spec: Json) -> None:
    intake = Caller(app, "health.intake")
    case = intake.open_case()
    task = intake.first_task(case["id"])
    ids = {
        "case_id": case["id"],
        "task_id": task["id"],
        "key": "joint_case",
        "number": 1,
        "document_id": uuid4(),
        "draft_id": uuid4(),
        "import_id": uuid4(),
        "subject_id": uuid4(),
        "username": "health.intake",
        "name": "penalty_decision",
    }
    for path, method, operation in _operations(spec):
        if method == "get":
            answer = intake.get(path.removeprefix(PREFIX).format(**ids))
            _as_documented(spec, operation, answer, f"get {path}")


def test_every_operation_on_a_draft_answers_as_documented(app: APIFlask, spec: Json) -> None:
    designer = Caller(app, "designer")
    draft = designer.send("/processes/supervision/drafts", {"base": 1})
    of_drafts = [(path, method, operation) for path, method, operation in _operations(spec) if "/drafts" in path]
    assert len(of_drafts) > 10
    for path, method, operation in of_drafts:
        address = path.format(key="supervision", draft_id=draft["id"])
        answer = designer.client.open(address, method=method.upper(), headers=designer.headers, json={} if method == "post" else None)
        _as_documented(spec, operation, answer, f"{method} {address}")


def test_the_page_for_readers_lists_every_operation_without_a_script_of_others(app: APIFlask, spec: Json) -> None:
    answer = app.test_client().get("/api")
    assert answer.status_code == 200
    for path, _, _ in _operations(spec):
        assert path.removeprefix(PREFIX) in answer.text
    assert "//cdn" not in answer.text


def _address(path: str, identifier: str | None = None) -> None:
    names = [part.split("}")[0] for part in path.split("{")[1:]]
    return path.format(**{name: 1 if name == "number" else identifier or uuid4() for name in names})


def _as_documented(spec: Json, operation: Json, answer: TestResponse, where: str) -> None:
    status = str(answer.status_code)
    assert status in operation["responses"], f"{where}: {status} {answer.text[:300]}"
    content = operation["responses"][status].get("content", {})
    if not content:
        assert answer.data == b"", where
        return
    assert answer.mimetype in content, where
    if answer.mimetype.endswith("json"):
        _fits(spec, content[answer.mimetype]["schema"], answer.json, where)


def _fits(spec: Json, schema: Json, value: Any, where: str) -> None:
    """The part of JSON Schema that the specification uses."""
    if "$ref" in schema:
        schema = spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if value is None:
        assert schema.get("nullable") or "type" not in schema, f"{where}: null"
        return
    for part in schema.get("allOf", []):
        _fits(spec, part, value, where)
    if "type" in schema:
        assert isinstance(value, KINDS[schema["type"]]), f"{where}: {value!r} is not {schema['type']}"
    if isinstance(value, dict):
        _object_fits(spec, schema, value, where)
    if isinstance(value, list):
        for number, inner in enumerate(value):
            _fits(spec, schema.get("items", {}), inner, f"{where}[{number}]")


def _object_fits(spec: Json, schema: Json, value: Json, where: str) -> None:
    members = schema.get("properties", {})
    assert set(schema.get("required", ())) <= set(value), where
    if members and not schema.get("additionalProperties"):
        assert set(value) <= set(members), f"{where}: {set(value) - set(members)}"
    for key, inner in value.items():
        _fits(spec, members.get(key, {}), inner, f"{where}.{key}")
