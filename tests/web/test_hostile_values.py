"""Values that somebody sends to break something: taken, or refused with a clear 4xx; either way the case still loads and goes on."""

from __future__ import annotations

import itertools
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
FIELDS = ("subject_name", "found_on", "other_matters", "typename")
"""A text, a day, a list, and a field that no form has."""


@pytest.fixture
def intake(app: APIFlask) -> Caller:
    return Caller(app, "health.intake")


@pytest.fixture
def visitor(app: APIFlask) -> Visitor:
    return Visitor(app, "health.intake")


def send(caller: Caller, path: str, content: str) -> TestResponse:
    """Post the JSON text as it is, so that it may hold what no encoder would write."""
    return caller.client.post("/api/v1" + path, data=content.encode(), headers={**caller.headers, "Content-Type": "application/json"})


def assert_taken_or_refused(answer: TestResponse, name: str) -> None:
    if answer.status_code >= 300:
        assert 400 <= answer.status_code < 500, (name, answer.text[:500])
        assert answer.mimetype == "application/problem+json", name
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


def test_hostile_answers_are_taken_or_refused_and_the_case_goes_on(
    desk: Desk, people: Mapping[str, Officer], intake: Caller, visitor: Visitor
) -> None:
    case = Play.open(desk, people)
    good = filled(case.page("register_clue"), case.answers)
    for (name, value), field in itertools.product(VALUES.items(), FIELDS):
        task = case.task("register_clue")
        rest = json.dumps({key: given for key, given in good.items() if key != field})[1:-1]
        for answers in (f'{{"{field}": {value}}}', f'{{"{field}": {value}, {rest}}}'):
            assert_taken_or_refused(send(intake, f"/tasks/{task.id}/save", f'{{"answers": {answers}}}'), name)
            done = send(intake, f"/tasks/{task.id}/complete", f'{{"revision": {task.revision}, "answers": {answers}}}')
            assert_taken_or_refused(done, name)
        assert visitor.get(f"/tasks/{task.id}").status_code == 200, name
        if done.status_code == 200:
            assert_goes_on(desk, case, intake, visitor)
            case = Play.open(desk, people)
    assert_goes_on(desk, case, intake, visitor)


def test_hostile_values_on_the_page_are_taken_or_refused_and_the_case_goes_on(
    desk: Desk, people: Mapping[str, Officer], intake: Caller, visitor: Visitor
) -> None:
    case = Play.open(desk, people)
    here = f"/tasks/{case.task('register_clue').id}"
    for (name, value), field in itertools.product(VALUES.items(), ("subject_name", "typename")):
        for verb in ("draft", "complete"):
            answer = visitor.post(f"{here}/{verb}", answers=f'{{"{field}": {value}}}', revision="1")
            assert answer.status_code < 500, (verb, field, name)
        assert intake.get(here).status_code == 200, name
    assert_goes_on(desk, case, intake, visitor)


def test_hostile_facts_given_in_advance_are_taken_or_refused_and_the_case_goes_on(
    desk: Desk, people: Mapping[str, Officer], intake: Caller, visitor: Visitor
) -> None:
    opened = []
    for (name, value), field in itertools.product(VALUES.items(), (*FIELDS, "source_agency", "clue_source")):
        answer = send(intake, "/cases", f'{{"process": "joint_case", "title": "虚构", "facts": {{"{field}": {value}}}}}')
        assert_taken_or_refused(answer, name)
        if answer.status_code == 201:
            assert answer.json is not None
            opened.append(answer.json["id"])
    for case in opened:
        assert_goes_on(desk, Play(desk, people, UUID(case), {**SMALL, "source_agency": "qinglan-amr"}), intake, visitor)


def test_hostile_titles_and_remarks_are_taken_or_refused_and_the_case_goes_on(
    desk: Desk, people: Mapping[str, Officer], intake: Caller, visitor: Visitor
) -> None:
    case = Play.open(desk, people)
    task = f"/tasks/{case.task('register_clue').id}"
    for name, value in VALUES.items():
        for path, sent in {
            "/cases": f'{{"process": "joint_case", "title": {value}, "facts": {{}}}}',
            f"/cases/{case.case}/comments": f'{{"text": {value}}}',
            f"{task}/comment": f'{{"text": {value}}}',
            f"{task}/complete": f'{{"revision": {value}, "answers": {{}}}}',
            f"{task}/transfer": f'{{"to": {value}, "reason": {value}}}',
        }.items():
            assert_taken_or_refused(send(intake, path, sent), name)
    assert_goes_on(desk, case, intake, visitor)


def test_a_fact_in_advance_is_checked_like_the_answer_that_it_stands_for(intake: Caller) -> None:
    answer = intake.post("/cases", {"process": "joint_case", "title": "虚构", "facts": {"subject_name": ["虚构"], "clue_source": "天上"}})
    assert answer.status_code == 422
    assert answer.json is not None
    assert set(answer.json["errors"]) == {"subject_name", "clue_source"}


@pytest.mark.parametrize(
    "address", ["/cases?q=%00", "/inbox?q=a%00b", "/cases?cursor=%00", "/diagrams/a%00b", "/diagrams/joint_case/99999999999999999999"]
)
def test_an_address_that_holds_what_no_database_can_is_refused(visitor: Visitor, address: str) -> None:
    assert 400 <= visitor.get(address).status_code < 500


def test_a_sign_in_that_holds_what_no_database_can_is_refused(app: APIFlask) -> None:
    answer = Visitor(app).post("/sign-in", before="/sign-in", username="a\x00b", password="x\x00y")
    assert 400 <= answer.status_code < 500
