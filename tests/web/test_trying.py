"""A case of a draft is played from the workbench: each move is sent with the run so far, and the real engine says where it stands."""

from __future__ import annotations

import json
import time
from threading import Timer
from typing import Any

import pytest
import yaml
from apiflask import APIFlask
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.factories.diagrams import bundle, diagram, form, pictured
from tests.factories.routing import files_of
from tests.factories.worklist import WorkList, moment
from tests.web.designers import Designer
from web import trial
from workflows import diagrams
from workflows.desk import Desk
from workflows.records import Case

PARTS = {"receiving": "HEALTH", "issuer": "GOV", "addressee": "HEALTH"}
BEGINS = "2026-03-02"
REASON = {"reason": "试验"}
RECEIVED = {"do": "receive_order", "answers": {"order_received_on": BEGINS}}
TALK = "scenarios/talk.yaml"
LIMIT = 5.0
"""Seconds in which whatever is sent has its answer."""


@pytest.fixture(autouse=True)
def supervision_is_published(desk: Desk) -> None:
    diagrams.publish(desk, "试验", files_of("supervision"), reason="试验")


@pytest.fixture
def designer(app: APIFlask) -> Designer:
    return Designer(app)


@pytest.fixture
def draft(designer: Designer) -> str:
    return designer.begin(process="supervision")


def run(*steps: Any, **more: Any) -> dict[str, Any]:
    return {"begins": BEGINS, "parts": PARTS, "steps": list(steps), **more}


def tried(designer: Designer, draft: str, *steps: Any, **more: Any) -> dict[str, Any]:
    answer = designer.send("POST", f"{draft}/try", run(*steps, **more))
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def waits(told: dict[str, Any]) -> list[str]:
    return [task["element"] for task in told["standing"]["tasks"]]


def changed(designer: Designer, draft: str, path: str, old: str, new: str) -> TestResponse:
    file = designer.files(draft)[path]
    assert old in file["text"]
    return designer.write(draft, path, file["text"].replace(old, new), file["revision"])


def test_a_play_begins_at_the_first_task_with_its_form_its_agency_and_its_clock(designer: Designer, draft: str) -> None:
    told = tried(designer, draft)
    (task,) = told["standing"]["tasks"]
    assert (task["element"], task["agency"], task["role"]) == ("receive_order", "青岚区卫生健康局", "承办人")
    assert task["form"]["components"]
    (clock,) = told["standing"]["clocks"]
    assert (clock["rule"], clock["due"], clock["late"]) == ("supervision.receipt", "2026-03-03T23:59+08:00", False)
    assert told["standing"]["tokens"] == {"supervision": {"receive_order": 1}}


def test_a_move_goes_on_and_a_step_back_is_the_run_without_it(designer: Designer, draft: str) -> None:
    begun = tried(designer, draft)
    there = tried(designer, draft, move=RECEIVED)
    assert there["taken"] == RECEIVED
    assert waits(there) == ["reply_order"]
    assert waits(tried(designer, draft, there["taken"])) == ["reply_order"]
    assert tried(designer, draft) == begun


def test_answers_are_refused_by_the_form_as_an_officers_are(designer: Designer, draft: str) -> None:
    told = tried(designer, draft, RECEIVED, move={"do": "reply_order", "answers": {"reply_kind": "nonsense"}})
    assert told["taken"] is None
    assert set(told["refused"]["fields"]) >= {"reply_kind", "reply_text"}
    assert waits(told) == ["reply_order"]
    good = {"reply_kind": "reply", "reply_text": "已立案查处"}
    assert tried(designer, draft, RECEIVED, move={"do": "reply_order", "answers": good})["taken"]["answers"]["reply_kind"] == "reply"


def test_days_pass_and_a_clock_runs_out(designer: Designer, draft: str) -> None:
    told = tried(designer, draft, RECEIVED, move={"wait": 10})
    assert told["standing"]["now"].startswith("2026-03-12")
    assert [clock["rule"] for clock in told["standing"]["breached"]] == ["supervision.reply"]
    assert tried(designer, draft, RECEIVED, move={"wait": 1})["standing"]["breached"] == []


def test_a_run_that_no_longer_fits_is_played_as_far_as_it_does(designer: Designer, draft: str) -> None:
    told = tried(designer, draft, RECEIVED, {"do": "nobody"}, RECEIVED)
    assert told["broken"]["at"] == 2
    assert "nobody" in told["broken"]["message"]
    assert waits(told) == ["reply_order"]


def test_what_is_played_is_the_draft_as_it_is_stored(designer: Designer, draft: str) -> None:
    assert changed(designer, draft, "supervision.bpmn", 'name="签收督办单"', 'name="签收"').status_code == 200
    assert tried(designer, draft)["standing"]["tasks"][0]["name"] == "签收"


def test_a_draft_with_an_error_is_not_played(designer: Designer, draft: str) -> None:
    changed(designer, draft, "supervision.bpmn", "onecase:form=", "onecase:nothing=")
    answer = designer.send("POST", f"{draft}/try", run())
    assert (answer.status_code, answer.json["code"]) == (422, "diagram_refused")


def test_the_answer_is_in_the_language_of_the_page(designer: Designer, draft: str) -> None:
    designer.post("/language", language="en")
    assert tried(designer, draft)["standing"]["tasks"][0]["role"] == "case officer"


def test_a_run_that_was_saved_as_a_scenario_is_the_same_run_again(designer: Designer, draft: str) -> None:
    steps: list[Any] = []
    for move in (RECEIVED, {"wait": 3}, {"do": "reply_order", "answers": {"reply_kind": "reply", "reply_text": "已查处：含“冒号”"}}):
        steps.append(tried(designer, draft, *steps, move=move)["taken"])
    there = tried(designer, draft, *steps)
    text = yaml.safe_dump(
        {"name": "试办", "begins": BEGINS, "parts": PARTS, "steps": steps, "then": {"waits": waits(there)}}, allow_unicode=True
    )
    assert designer.write(draft, "scenarios/saved.yaml", text, 0).status_code == 200
    assert designer.send("POST", f"{draft}/check").json["findings"] == []
    read = yaml.safe_load(designer.files(draft)["scenarios/saved.yaml"]["text"])
    assert tried(designer, draft, *read["steps"])["standing"] == there["standing"]


def test_coverage_counts_the_scenarios_that_pass_each_element_and_flow(designer: Designer, draft: str) -> None:
    told = designer.send("POST", f"{draft}/coverage").json
    counts = told["counts"]["supervision"]
    assert (counts["receive_order"], counts["hold_talk"]) == (2, 1)
    assert 0 in counts.values()
    assert [one["failed"] for one in told["scenarios"]] == [None, None]


def test_a_scenario_that_fails_says_so_in_the_coverage(designer: Designer, draft: str) -> None:
    changed(designer, draft, TALK, "hold_talk", "hold_nothing")
    assert [bool(one["failed"]) for one in designer.send("POST", f"{draft}/coverage").json["scenarios"]] == [False, True]


def published(app: APIFlask, draft: str) -> TestResponse:
    submitted = Designer(app).send("POST", f"{draft}/submit", REASON)
    if submitted.status_code != 200:
        return submitted
    return Designer(app, "designer2").send("POST", f"{draft}/publish", REASON)


def test_a_draft_with_a_scenario_that_fails_is_not_published(app: APIFlask, designer: Designer, draft: str) -> None:
    changed(designer, draft, TALK, "closed: false", "closed: true")
    answer = published(app, draft)
    assert (answer.status_code, answer.json["code"]) == (422, "diagram_refused")
    assert [found["rule"] for found in answer.json["findings"]] == ["scenario_failed"]
    assert designer.get(f"{draft}/files").json["state"] == "open"


def test_its_twin_with_a_scenario_that_holds_is_published(app: APIFlask, designer: Designer, draft: str) -> None:
    changed(designer, draft, TALK, "name: 办理不力", "name: 虚构·办理不力")
    assert published(app, draft).status_code == 200


VERBS = ["try", "coverage", "courses"]


@pytest.mark.parametrize("verb", VERBS)
def test_who_does_not_design_plays_nothing(app: APIFlask, draft: str, verb: str) -> None:
    assert Designer(app, "health.officer").send("POST", f"{draft}/{verb}", {}).status_code in {403, 404}
    assert Designer(app, "designer2").send("POST", f"{draft}/{verb}", {}).status_code == 200
    assert Designer(app, "admin").send("POST", f"{draft}/{verb}", {}).status_code == 200


@pytest.mark.parametrize("verb", VERBS)
def test_a_draft_that_there_is_not_is_not_found(designer: Designer, verb: str) -> None:
    assert designer.send("POST", f"/designs/00000000-0000-4000-8000-000000000000/{verb}", {}).status_code == 404


def test_a_play_needs_the_token_of_the_page(designer: Designer, draft: str) -> None:
    assert designer.client.post(f"{draft}/try", json=run()).status_code == 400


def told_courses(designer: Designer, draft: str, **wanted: Any) -> TestResponse:
    return designer.send("POST", f"{draft}/courses", {"begins": BEGINS, "parts": PARTS, "courses": 20, **wanted})


def test_random_courses_say_how_long_a_case_takes_and_how_often_each_clock_runs_out(designer: Designer, draft: str) -> None:
    told = told_courses(designer, draft, seed=3).json
    assert (told["courses"], told["ended"]) == (20, 20)
    assert sum(one["courses"] for one in told["bins"]) == 20
    assert told["quantiles"]["0.1"] <= told["quantiles"]["0.5"] <= told["quantiles"]["0.9"]
    assert {clock["rule"] for clock in told["clocks"]} >= {"supervision.receipt"}
    assert told_courses(designer, draft, seed=3).json == told
    assert told_courses(designer, draft, seed=4).json != told


def test_guesses_are_a_file_beside_the_diagram(designer: Designer, draft: str) -> None:
    said = "days: {receive_order: 0, reply_order: 0, decide_extension: 0, assess_reply: 0, hold_talk: 0, close_order: 0}"
    assert designer.write(draft, "guesses.yaml", said, 0).status_code == 200
    assert told_courses(designer, draft).json["quantiles"]["0.9"] == 0
    assert (
        designer.write(
            draft, "guesses.yaml", "days: {receive_order: for ever}", designer.files(draft)["guesses.yaml"]["revision"]
        ).status_code
        == 200
    )
    refused = told_courses(designer, draft)
    assert (refused.status_code, refused.json["code"]) == (422, "wrong_run")
    assert "receive_order" in refused.json["detail"]


@pytest.mark.parametrize(("times", "status", "known"), [(5, "closed", 1), (4, "closed", 0), (5, "open", 0)])
def test_what_the_steps_of_closed_cases_took_is_what_random_courses_suppose(
    designer: Designer, draft: str, desk: Desk, times: int, status: str, known: int
) -> None:
    begun, day = moment(0), 86_400
    rows = [
        {"process": "supervision", "element": "receive_order", "opened_at": begun, "completed_at": moment(100 * day), "state": "completed"}
    ]
    works = WorkList(desk)
    works.add(*rows * times)
    with desk.database.transaction() as session:
        session.execute(update(Case).where(Case.id == works.case).values(status=status))
    told = told_courses(designer, draft, courses=5).json
    assert told["history"] == known
    assert (told["quantiles"]["0.1"] > 60) is bool(known)


@pytest.mark.parametrize("wanted", [{"courses": 0}, {"courses": 501}, {"courses": "many"}, {"seed": -1}, {"exec": "x"}])
def test_more_courses_than_there_may_be_are_refused(designer: Designer, draft: str, wanted: dict[str, Any]) -> None:
    assert told_courses(designer, draft, **wanted).status_code == 422


HOSTILE = {
    "no object": [],
    "an unknown key": {"exec": "x"},
    "steps that are none": {"steps": [1]},
    "too many steps": {"steps": [{"wait": 1}] * 301},
    "a step of two kinds": {"steps": [{"do": "x", "wait": 1}]},
    "a step of no kind": {"steps": [{"open": "x"}]},
    "a move of no kind": {"move": {"exec": "import os"}},
    "a part that nobody has": {"parts": {"receiving": "__import__('os')"}},
    "a part that is a list": {"parts": {"receiving": ["HEALTH"]}},
    "a day that is none": {"begins": "2026-13-40"},
    "2 MB": {"facts": {"x": "y" * 2_000_000}},
    "deep": {"facts": {"x": json.loads("[" * 90 + "]" * 90)}},
    "a NUL": {"facts": {"x": "\x00"}},
}


@pytest.mark.parametrize("sent", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_run_is_refused(designer: Designer, draft: str, sent: Any) -> None:
    began = time.monotonic()
    answer = designer.send("POST", f"{draft}/try", sent)
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.json["detail"] or answer.json["title"]
    assert time.monotonic() - began < LIMIT


MOVES = {
    "wait for ever": {"wait": 10**12},
    "wait for nothing": {"wait": True},
    "a report of nobody's": {"report": "x" * 1000},
    "an element with markup": {"do": "<img src=x onerror=alert(1)>"},
    "answers that are none": {"do": "receive_order", "answers": "rm -rf"},
    "answers that are deep": {"do": "receive_order", "answers": {"order_received_on": json.loads("[" * 20 + "]" * 20)}},
    "a branch that is a list": {"do": "receive_order", "branch": []},
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES.keys())
def test_a_move_that_cannot_be_is_refused_and_the_run_stands(designer: Designer, draft: str, move: Any) -> None:
    told = tried(designer, draft, move=move)
    assert told["taken"] is None or move.get("answers") == "rm -rf"
    assert told["taken"] or told["refused"]["message"]
    assert told["taken"] or waits(told) == ["receive_order"]


def test_a_draft_that_goes_round_in_circles_is_played_and_checked_in_no_time(designer: Designer, draft: str) -> None:
    text = 'start s\nuser a form=plain\nxor back\nxor g\ncall c =empty\nend e\ns > a > back > g\ng > e : answer == "yes"\ng > c\nc > back'
    files = pictured(
        bundle(
            "supervision",
            {"supervision": diagram("supervision", text), "empty": diagram("empty", "start i\nend j\ni > j")},
            forms={"plain": form("answer")},
        )
    )
    for path, file in designer.files(draft).items():
        if path not in files:
            assert designer.send("DELETE", f"{draft}/files/{path}?revision={file['revision']}").status_code == 200
    kept = designer.files(draft)
    for path, content in {**files, "scenarios/round.yaml": b"name: round\nsteps: [{do: a}]\n"}.items():
        assert designer.write(draft, path, content.decode(), kept.get(path, {}).get("revision", 0)).status_code == 200
    began = time.monotonic()
    assert "round in circles" in tried(designer, draft, move={"do": "a", "answers": {"answer": "no"}})["refused"]["message"]
    assert tried(designer, draft, move={"do": "a", "answers": {"answer": "yes"}})["standing"]["closed"]
    found = designer.send("POST", f"{draft}/check").json["findings"]
    assert [one["rule"] for one in found if one["severity"] == "error"] == ["scenario_failed"]
    assert time.monotonic() - began < LIMIT


class PromptTimer(Timer):
    """No time at all is over before anything else is done: a busy machine may let the play answer first."""

    def start(self) -> None:
        if self.interval:
            super().start()
        else:
            self.function()


def test_a_pattern_without_end_is_refused_a_play_without_end_is_stopped_and_others_play_on(
    designer: Designer, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "forms/reply_order.form"
    told = json.loads(designer.files(draft)[path]["text"])
    asked = next(one for one in told["components"] if one.get("key") == "reply_text")
    asked["validate"] = {"required": True, "pattern": "^(a+)+$"}
    designer.write(draft, path, json.dumps(told, ensure_ascii=False), designer.files(draft)[path]["revision"])
    began = time.monotonic()
    move = {"do": "reply_order", "answers": {"reply_kind": "reply", "reply_text": "a" * 60 + "!"}}
    answer = designer.send("POST", f"{draft}/try", run(RECEIVED, move=move))
    assert (answer.status_code, answer.json["code"]) == (422, "diagram_refused")
    other = designer.begin(process="supervision")
    with monkeypatch.context() as short:  # no pattern that the check lets in takes long: the wall behind it is tried with less time
        short.setattr(trial, "LONGEST", 0)
        short.setattr(trial, "Timer", PromptTimer)
        stopped = designer.send("POST", f"{other}/try", run(RECEIVED))
    assert (stopped.status_code, stopped.json["code"]) == (422, "play_stopped")
    assert time.monotonic() - began < LIMIT
    assert waits(tried(designer, other, RECEIVED)) == ["reply_order"]
