"""Drafts through the public interface: begun of files, checked, submitted, published by a second person."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import pytest
from apiflask import APIFlask

from tests.web.callers import Caller
from workflows.designing.archive import unpacked, zipped
from workflows.designing.blank import blank
from workflows.rulebook import shipped_bundles

FILES = blank("home_visits", "上门巡查", "Home visits")
BODY = {"files": {path: content.decode() for path, content in FILES.items()}}
DRAFTS = "/processes/home_visits/drafts"


def begun(caller: Caller, body: Any = None, process: str = "home_visits") -> Any:
    return caller.send(f"/processes/{process}/drafts", body or BODY)


def put(caller: Caller, draft: Any, path: str, text: str, revision: int) -> Any:
    place = f"/api/v1/processes/{draft['process']}/drafts/{draft['id']}/files"
    return caller.client.put(place, json={"path": path, "text": text, "revision": revision}, headers=caller.headers)


class TestFromFilesToVersion:
    def test_a_program_brings_checks_submits_and_another_person_publishes(self, app: APIFlask) -> None:
        one, two = Caller(app, "designer"), Caller(app, "designer2")
        draft = begun(one)
        place = f"{DRAFTS}/{draft['id']}"
        assert (draft["state"], draft["process"], draft["name"], draft["begun_by"], draft["writers"]) == (
            "open", "home_visits", "上门巡查", "图甲·流程设计", ["图甲·流程设计"],
        )  # fmt: skip
        assert one.send(f"{place}/check") == {"findings": []}
        assert one.send(f"{place}/submit", {"reason": "新流程"})["state"] == "in_review"
        refused = one.post(f"{place}/publish", {"reason": "同意"})
        assert (refused.status_code, refused.json["code"]) == (403, "own_work")
        assert two.send(f"{place}/return", {"comment": "请再看"})["comment"] == "请再看"
        assert one.send(f"{place}/submit", {"reason": "看过"})["state"] == "in_review"
        done = two.send(f"{place}/publish", {"reason": "同意"})
        assert (done["state"], done["published"]) == ("published", 1)
        version = one.read("/processes/home_visits")["latest"]
        assert (version["author"], version["reviewer"], version["reason"]) == ("图甲·流程设计", "图乙·流程设计", "同意")
        assert [row["id"] for row in two.read(f"{DRAFTS}?state=closed")["items"]] == [draft["id"]]
        assert two.read(DRAFTS)["items"] == []

    def test_files_come_in_parts_or_as_one_zip_too(self, app: APIFlask) -> None:
        designer = Caller(app, "designer")
        address = "/api/v1/processes/home_visits/drafts"
        in_parts = {f"part{number}": (io.BytesIO(content), path) for number, (path, content) in enumerate(FILES.items())}
        in_zip = {"file": (io.BytesIO(zipped(FILES)), "bundle.zip")}
        for data in (in_parts, in_zip):
            answer = designer.client.post(address, data=data, headers=designer.headers)
            assert answer.status_code == 201, answer.text
            out = designer.get(f"{DRAFTS}/{answer.json['id']}/bundle")
            assert out.mimetype == "application/zip"
            assert unpacked("x.zip", out.data) == FILES

    def test_a_version_alone_is_copied_and_files_may_name_the_one_they_were_drawn_from(self, app: APIFlask) -> None:
        designer = Caller(app, "designer")
        draft = begun(designer, {"base": 1}, "supervision")
        told = designer.read(f"/processes/supervision/drafts/{draft['id']}/files")
        assert {file["path"]: file["text"].encode() for file in told["files"]} == shipped_bundles()["supervision"]
        files = {path: content.decode() for path, content in shipped_bundles()["supervision"].items()}
        assert begun(designer, {"files": files, "base": 1}, "supervision")["base"] == 1

    def test_a_diagram_alone_gets_a_manifest(self, app: APIFlask) -> None:
        designer = Caller(app, "designer")
        draft = begun(designer, {"files": {"drawn.bpmn": FILES["home_visits.bpmn"].decode()}})
        assert {file["path"] for file in designer.read(f"{DRAFTS}/{draft['id']}/files")["files"]} == {"bundle.yaml", "home_visits.bpmn"}

    def test_the_same_key_begins_one_draft_and_publishes_once(self, app: APIFlask) -> None:
        one, two = Caller(app, "designer"), Caller(app, "designer2")
        first = one.post(DRAFTS, BODY, Idempotency_Key="k1")
        again = one.post(DRAFTS, BODY, Idempotency_Key="k1")
        assert first.json == again.json
        assert again.headers["Idempotent-Replayed"] == "true"
        assert len(one.read(DRAFTS)["items"]) == 1
        place = f"{DRAFTS}/{first.json['id']}"
        one.send(f"{place}/submit", {"reason": "新流程"})
        answers = [two.post(f"{place}/publish", {"reason": "同意"}, Idempotency_Key="k2") for _ in range(2)]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert len(one.read("/processes/home_visits")["versions"]) == 1


class TestFiles:
    def test_a_file_is_saved_and_who_comes_second_gets_theirs(self, app: APIFlask) -> None:
        one, two = Caller(app, "designer"), Caller(app, "designer2")
        draft = begun(one)
        saved = put(one, draft, "forms/a.form", "{}", 0)
        assert saved.status_code == 200, saved.text
        refused = put(two, draft, "forms/a.form", "[]", 0)
        assert (refused.status_code, refused.json["code"]) == (409, "changed_elsewhere")
        assert refused.json["theirs"]["text"] == "{}"
        place = f"/api/v1{DRAFTS}/{draft['id']}/files?path=forms/a.form&revision={saved.json['revision']}"
        assert two.client.delete(place, headers=two.headers).status_code == 200
        assert two.send(f"{DRAFTS}/{draft['id']}/presence")["here"][0]["name"] == "图甲·流程设计"

    @pytest.mark.parametrize("body", [
        {"path": "../x.form", "text": "{}", "revision": 0}, {"path": "a.exe", "text": "", "revision": 0}, {"path": "a.form", "text": "a\u0007", "revision": 0},
        {"path": "a.form", "text": "{}"}, {"path": "a.form", "text": "{}", "revision": "new"}, {"path": "", "text": "{}", "revision": 0}, {},
    ])  # fmt: skip
    def test_what_is_no_file_is_refused(self, app: APIFlask, body: Any) -> None:
        designer = Caller(app, "designer")
        draft = begun(designer)
        answer = designer.client.put(f"/api/v1{DRAFTS}/{draft['id']}/files", json=body, headers=designer.headers)
        assert answer.status_code == 422
        assert len(designer.read(f"{DRAFTS}/{draft['id']}/files")["files"]) == len(FILES)


class TestRefusals:
    @pytest.mark.parametrize("body", [
        {}, {"files": {}}, {"files": []}, {"files": {"a.bpmn": 1}}, {"files": {"../a.bpmn": "x"}}, {"files": {"a.bpmn": "<broken"}}, {"files": {"a.form": "{}"}},
        {"files": {"bundle.yaml": "process: supervision\nname: x"}}, {"files": {f"f{n}.form": "{}" for n in range(201)}}, {"base": "one"}, {"base": -1},
        {"base": 1.5}, {"files": {"bundle.yaml": "process: home_visits\nname: x", "a.form": "a\u0007"}}, {"more": 1},
    ])  # fmt: skip
    def test_what_is_no_bundle_of_the_process_is_refused_and_nothing_is_stored(self, app: APIFlask, body: Any) -> None:
        designer = Caller(app, "designer")
        answer = designer.post(DRAFTS, body)
        assert answer.status_code == 422, answer.text
        assert answer.json["detail"]
        assert designer.read(DRAFTS)["items"] == []

    def test_a_base_that_there_is_none_is_not_found(self, app: APIFlask) -> None:
        designer = Caller(app, "designer")
        assert designer.post(DRAFTS, {"base": 1}).status_code == 404
        assert designer.post("/processes/supervision/drafts", {"base": 9}).status_code == 404

    def test_bytes_that_are_no_text_are_refused(self, app: APIFlask) -> None:
        designer = Caller(app, "designer")
        data = {"a": (io.BytesIO(FILES["bundle.yaml"]), "bundle.yaml"), "b": (io.BytesIO(b"\xff\xfe"), "forms/a.form")}
        answer = designer.client.post(f"/api/v1{DRAFTS}", data=data, headers=designer.headers)
        assert (answer.status_code, answer.json["code"]) == (422, "file_refused")

    def test_a_draft_of_another_process_is_not_found_under_this_one(self, app: APIFlask) -> None:
        designer = Caller(app, "designer")
        draft = begun(designer)
        assert designer.get(f"/processes/supervision/drafts/{draft['id']}").status_code == 404
        assert designer.get(f"{DRAFTS}/{draft['id']}").status_code == 200
        assert designer.get(f"{DRAFTS}/{uuid4()}").status_code == 404
        assert designer.get(f"{DRAFTS}/never-an-id/files").status_code == 404

    def test_errors_forbid_submitting_and_are_named(self, app: APIFlask) -> None:
        designer = Caller(app, "designer")
        body = {"files": {**BODY["files"], "home_visits.bpmn": "<broken"}}
        draft = begun(designer, body)
        answer = designer.post(f"{DRAFTS}/{draft['id']}/submit", {"reason": "x"})
        assert (answer.status_code, answer.json["code"]) == (422, "diagram_refused")
        assert "not_xml" in {one["rule"] for one in answer.json["findings"]}

    @pytest.mark.parametrize("username", ["health.officer", "supervisor", "auditor", "security"])
    def test_drafts_are_for_designers(self, app: APIFlask, username: str) -> None:
        draft, caller = begun(Caller(app, "designer")), Caller(app, username)
        place = f"{DRAFTS}/{draft['id']}"
        for path in (DRAFTS, place, f"{place}/files", f"{place}/bundle"):
            assert caller.get(path).status_code == 403
        for path in (DRAFTS, f"{place}/check", f"{place}/submit", f"{place}/publish", f"{place}/discard", f"{place}/presence"):
            assert caller.post(path, {"reason": "x"}).status_code == 403

    def test_an_administrator_reads(self, app: APIFlask) -> None:
        draft, admin = begun(Caller(app, "designer")), Caller(app, "admin")
        place = f"{DRAFTS}/{draft['id']}"
        for path in (DRAFTS, place, f"{place}/files", f"{place}/bundle"):
            assert admin.get(path).status_code == 200
        assert admin.send(f"{place}/check") == {"findings": []}
        assert admin.post(DRAFTS, BODY).status_code == 403
        assert put(admin, draft, "forms/a.form", "{}", 0).status_code == 403
