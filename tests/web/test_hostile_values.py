"""Values that somebody sends to break something: taken, or refused with a clear 4xx; either way the case still loads and goes on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

import pytest
from apiflask import APIFlask
from werkzeug.test import TestResponse

from tests.factories.play import SMALL, Play, filled
from tests.web.callers import Caller
from tests.web.visitors import Visitor
from workflows import doctor, history
from workflows.desk import Desk
from workflows.views import Officer


def nested(levels: int) -> str:
    return "[" * levels + "]" * levels


VALUES = {
    "a key named typename": '{"typename": "datetime", "value": "x"}',
    "a key named __builtins__": '{"__builtins__": {"open": 1}}',
    "a key named __class__": '{"__class__": "x", "__reduce__": ["os.system", "x"]}',
    "not a number": "NaN",
    "without end": "-Infinity",
    "a number that becomes one": "1e999",
    "a number of 400 digits": "9" * 400,
    "a number of 5000 digits": "9" * 5000,
    "a number as text": '"١٢٣"',
    "a long text": '"' + "长" * 200_000 + '"',
    "5 MB of text": '"' + "x" * 5_000_000 + '"',
    "10,000 items": json.dumps(["x"] * 10_000),
    "10,000 rows": json.dumps([{"name": "x"}] * 10_000),
    "10,000 keys": json.dumps({f"k{number}": number for number in range(10_000)}),
    "half a surrogate pair": r'"\ud800"',
    "half a surrogate pair in a key": r'{"\udfff": 1}',
    "NUL": r'"a\u0000b"',
    "nested 50 deep": nested(50),
    "nested 900 deep": nested(900),
    "nested 100,000 deep": nested(100_000),
    "nothing": "null",
    "a yes": "true",
    "markup": '"<script>alert(1)</script>{{ 7*7 }}"',
    "a text that turns round": '"\u202e\u200b\ufeff"',
    "the last character there is": '"\U0010ffff"',
}
FIELDS = ("subject_name", "received_at", "typename")
"""A text, a moment, and a field that no form has."""


@pytest.fixture
def case(desk: Desk, people: Mapping[str, Officer]) -> Play:
    """A case whose first task, the clue's registration, waits."""
    return Play.open(desk, people)


@pytest.fixture
def intake(app: APIFlask) -> Caller:
    return Caller(app, "health.intake")


@pytest.fixture
def visitor(app: APIFlask) -> Visitor:
    return Visitor(app, "health.intake")


def send(caller: Caller, path: str, content: str) -> TestResponse:
    """Post the JSON text as it is, so that it may hold what no encoder would write."""
    return caller.client.post("/api/v1" + path, data=content.encode(), headers={**caller.headers, "Content-Type": "application/json"})


def assert_taken_or_refused(answer: TestResponse) -> None:
    if answer.status_code >= 300:
        assert 400 <= answer.status_code < 500, answer.text[:500]
        assert answer.mimetype == "application/problem+json"
        assert answer.json is not None
        assert answer.json["detail"]


def assert_goes_on(desk: Desk, case: Play, caller: Caller, visitor: Visitor) -> None:
    """The case is read, its pages are drawn, it moves, and nothing about it is broken."""
    for part in ("", "/record", "/diagram", "/clocks"):
        assert caller.get(f"/cases/{case.case}{part}").status_code == 200
    for part in ("", "/facts", "/record"):
        assert visitor.get(f"/cases/{case.case}{part}").status_code == 200
    case.reach("triage")
    assert doctor.examine(desk) == ()
    assert history.verify(desk) == ()


@pytest.mark.parametrize("name", VALUES)
def test_a_hostile_answer_is_taken_or_refused_and_the_case_goes_on(
    desk: Desk, case: Play, intake: Caller, visitor: Visitor, name: str
) -> None:
    task = case.task("register_clue").id
    good = filled(case.page("register_clue"), case.answers)
    for field in FIELDS:
        rest = json.dumps({key: value for key, value in good.items() if key != field})[1:-1]
        for answers in (f'{{"{field}": {VALUES[name]}}}', f'{{"{field}": {VALUES[name]}, {rest}}}'):
            assert_taken_or_refused(send(intake, f"/tasks/{task}/save", f'{{"answers": {answers}}}'))
            assert intake.get(f"/tasks/{task}").status_code == 200
            assert visitor.get(f"/tasks/{task}").status_code == 200
            revision = intake.get(f"/tasks/{task}").json["revision"]
            answer = send(intake, f"/tasks/{task}/complete", f'{{"revision": {revision}, "answers": {answers}}}')
            assert_taken_or_refused(answer)
            if answer.status_code == 200:
                break
        if case.elements() != ["register_clue"]:
            break
    assert_goes_on(desk, case, intake, visitor)


@pytest.mark.parametrize("name", VALUES)
def test_a_hostile_value_on_the_page_is_taken_or_refused_and_the_case_goes_on(
    desk: Desk, case: Play, intake: Caller, visitor: Visitor, name: str
) -> None:
    task = case.task("register_clue").id
    here = f"/tasks/{task}"
    for field in FIELDS:
        answers = f'{{"{field}": {VALUES[name]}}}'
        for verb in ("draft", "complete"):
            answer = visitor.post(f"{here}/{verb}", before=here, answers=answers, revision="1")
            assert answer.status_code < 500, (verb, field, answer.status_code)
            assert visitor.get(here).status_code == 200
            assert intake.get(f"/tasks/{task}").status_code == 200
    assert_goes_on(desk, case, intake, visitor)


@pytest.mark.parametrize("name", VALUES)
def test_a_hostile_fact_given_in_advance_is_taken_or_refused_and_the_case_goes_on(
    desk: Desk, people: Mapping[str, Officer], intake: Caller, visitor: Visitor, name: str
) -> None:
    for field in FIELDS:
        answer = send(intake, "/cases", f'{{"process": "joint_case", "title": "虚构", "facts": {{"{field}": {VALUES[name]}}}}}')
        assert_taken_or_refused(answer)
        if answer.status_code == 201:
            assert answer.json is not None
            assert_goes_on(desk, Play(desk, people, UUID(answer.json["id"]), dict(SMALL)), intake, visitor)


@pytest.mark.parametrize("name", VALUES)
def test_a_hostile_title_or_remark_is_taken_or_refused_and_the_case_goes_on(
    desk: Desk, case: Play, intake: Caller, visitor: Visitor, name: str
) -> None:
    assert_taken_or_refused(send(intake, "/cases", f'{{"process": "joint_case", "title": {VALUES[name]}, "facts": {{}}}}'))
    assert_taken_or_refused(send(intake, f"/cases/{case.case}/comments", f'{{"text": {VALUES[name]}}}'))
    task = case.task("register_clue").id
    assert_taken_or_refused(send(intake, f"/tasks/{task}/comment", f'{{"text": {VALUES[name]}}}'))
    assert_taken_or_refused(send(intake, f"/tasks/{task}/complete", f'{{"revision": {VALUES[name]}, "answers": {{}}}}'))
    assert_taken_or_refused(send(intake, f"/tasks/{task}/transfer", f'{{"to": {VALUES[name]}, "reason": {VALUES[name]}}}'))
    assert_goes_on(desk, case, intake, visitor)


@pytest.mark.parametrize(
    "address", ["/cases?q=%00", "/inbox?q=a%00b", "/cases?cursor=%00", "/diagrams/a%00b", "/diagrams/joint_case/99999999999999999999"]
)
def test_an_address_that_holds_what_no_database_can_is_refused(visitor: Visitor, address: str) -> None:
    assert 400 <= visitor.get(address).status_code < 500


def test_a_sign_in_that_holds_what_no_database_can_is_refused(app: APIFlask) -> None:
    answer = Visitor(app).post("/sign-in", before="/sign-in", username="a\x00b", password="x\x00y")
    assert 400 <= answer.status_code < 500
