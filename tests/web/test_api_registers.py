"""Registers for programs: the same rows, the same limits."""

from __future__ import annotations

import base64

import pytest

from tests.factories.registers import CLINIC, CODE, enter, penalty, subject
from tests.web.callers import Caller
from tests.web.test_register_screens import FILE


@pytest.fixture
def filled(play):
    return enter(play(subject_name=CLINIC), subject(), penalty("一号"))


def file(text=FILE):
    return {"file_name": "处罚.csv", "content": base64.b64encode(text.encode()).decode()}


def test_subjects_and_penalties_are_listed_and_read(app, filled):
    caller = Caller(app, "amr.officer")
    [line] = caller.get(f"/registers/subjects?q={CODE}").json["items"]
    assert (line["name"], line["penalties"]) == (CLINIC, 1)
    found = caller.get(f"/registers/subjects/{line['id']}").json
    assert (found["penalties"][0]["fine"], found["penalties"][0]["matched_by"], found["cases"]) == ("20000.50", "code", [])
    [row] = caller.get("/registers/penalties?source=other_region").json["items"]
    assert row["subject"] == line["id"]
    assert caller.get("/registers/penalties?source=own").json["items"] == []
    assert caller.get("/registers/penalties?source=nonsense").status_code == 422


def test_matters_and_training_are_read_by_everybody_who_may(app):
    caller = Caller(app, "designer")
    assert caller.get("/registers/matters").json["version"] == 0
    assert caller.get("/registers/matters?version=7").status_code == 404
    assert caller.get("/registers/training/designer").json["hours"] == "0.0"
    assert caller.get("/registers/training/health.officer").status_code == 404
    assert Caller(app, "health.head").get("/registers/training/health.officer").status_code == 200


def test_a_file_is_read_and_entered_once(app):
    caller = Caller(app, "health.officer")
    read = caller.post("/registers/imports", file())
    assert (read.status_code, read.json["new"], read.json["faults"]) == (201, 1, [])
    address = f"/registers/imports/{read.json['id']}"
    assert caller.get("/registers/penalties").json["total"] == 0
    first = caller.post(f"{address}/enter").json
    assert first["entered_at"]
    assert caller.post(f"{address}/enter").json == first == caller.get(address).json
    assert caller.get("/registers/penalties").json["total"] == 1


def test_a_file_with_faults_is_not_entered(app):
    caller = Caller(app, "health.officer")
    read = caller.post("/registers/imports", file(FILE.replace("警告", "打手心"))).json
    assert [(fault["line"], fault["column"]) for fault in read["faults"]] == [(2, "处罚种类")]
    assert caller.post(f"/registers/imports/{read['id']}/enter").status_code == 400
    assert caller.post("/registers/imports", {"file_name": "x", "content": "不是"}).status_code == 422
    assert (
        caller.post("/registers/imports", {"file_name": "x", "content": base64.b64encode(b"PK\x03\x04").decode()}).json["code"]
        == "unreadable_file"
    )


@pytest.mark.parametrize(("username", "status"), [("health.officer", 200), ("admin", 200), ("auditor", 403), ("designer", 403)])
def test_the_door_is_the_same_as_on_the_screens(app, filled, username, status):
    for address in ("/registers/subjects", "/registers/penalties", "/registers/advertisements", "/registers/refusals"):
        assert Caller(app, username).get(address).status_code == status, address


@pytest.mark.parametrize("username", ["amr.officer", "auditor", "health.legal"])
def test_only_who_keeps_the_register_brings_files_in(app, username):
    assert Caller(app, username).post("/registers/imports", file()).status_code == 403
