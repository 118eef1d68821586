"""What the editor's script gets and sends: files under revisions, who else is here, findings; and every refusal is a problem document."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from apiflask import APIFlask

from tests.web.designers import Designer
from tests.web.visitors import Visitor
from workflows.checks.limits import FILE_LIMIT
from workflows.desk import Desk
from workflows.gates import GATES
from workflows.gates.names import NAMES


def problem(answer: Any, status: int, code: str) -> Any:
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), answer.text
    assert answer.json["code"] == code
    assert answer.json["detail"]
    return answer.json


def said(designer: Designer, draft: str) -> Any:
    """What the check says of XML that is none."""
    return next(one for one in designer.send("POST", f"{draft}/check").json["findings"] if one["rule"] == "not_xml")


class TestRepairs:
    def test_a_finding_is_repaired_by_a_click_and_is_gone(self, app: APIFlask) -> None:
        designer = Designer(app)
        draft = designer.begin(process="supervision")
        file = designer.files(draft)["supervision.bpmn"]
        text = re.sub(r' default="[^"]+"', "", file["text"], count=1)
        assert text != file["text"]
        assert designer.write(draft, "supervision.bpmn", text, file["revision"]).status_code == 200
        found = designer.send("POST", f"{draft}/check").json["findings"]
        (finding,) = (one for one in found if one["rule"] == "no_default")
        assert finding["fix"]
        sent = {key: finding[key] for key in ("file", "rule", "element")}
        repaired = designer.send("POST", f"{draft}/fix", sent)
        assert repaired.status_code == 200, repaired.text
        stored = designer.files(draft)["supervision.bpmn"]
        assert (repaired.json["path"], repaired.json["text"], repaired.json["revision"]) == (
            "supervision.bpmn",
            stored["text"],
            stored["revision"],
        )
        assert not [one for one in designer.send("POST", f"{draft}/check").json["findings"] if one["severity"] == "error"]
        problem(designer.send("POST", f"{draft}/fix", sent), 409, "no_repair")

    @pytest.mark.parametrize("change", [{"file": "nothing.bpmn"}, {"rule": "nothing"}, {"element": "nothing"}])
    def test_what_is_not_there_is_not_repaired(self, app: APIFlask, change: dict[str, str]) -> None:
        designer = Designer(app)
        draft = designer.begin(process="supervision")
        sent = {"file": "supervision.bpmn", "rule": "no_default", "element": "gw", **change}
        problem(designer.send("POST", f"{draft}/fix", sent), 409, "no_repair")


class TestFiles:
    def test_the_editor_gets_everything_it_needs(self, app: APIFlask) -> None:
        designer = Designer(app)
        draft = designer.begin(process="supervision")
        told = designer.get(f"{draft}/files").json
        assert draft.endswith(told["id"])
        assert {key: told[key] for key in ("process", "name", "base", "state", "revision", "me", "here")} == {
            "process": "supervision", "name": "督办", "base": 1, "state": "open", "revision": 1, "me": "图甲·流程设计", "here": [],
        }  # fmt: skip
        assert set(told["files"][0]) == {"path", "revision", "text", "by", "at"}
        assert datetime.fromisoformat(told["files"][0]["at"]).utcoffset()

    def test_a_file_is_saved_under_its_revision(self, app: APIFlask) -> None:
        designer = Designer(app)
        draft = designer.begin()
        file = designer.files(draft)["bundle.yaml"]
        saved = designer.write(draft, "bundle.yaml", file["text"] + "# 1\n", file["revision"])
        assert set(saved.json) == {"revision", "at", "here"}
        assert designer.write(draft, "bundle.yaml", file["text"] + "# 2\n", saved.json["revision"]).status_code == 200
        assert designer.files(draft)["bundle.yaml"]["text"].endswith("# 2\n")
        assert designer.write(draft, "forms/登记.form", "{}", 0).status_code == 200

    def test_who_comes_second_gets_the_text_of_who_was_first(self, app: APIFlask) -> None:
        one, two = Designer(app), Designer(app, "designer2")
        draft = one.begin()
        start = one.files(draft)["bundle.yaml"]["revision"]
        saved = one.write(draft, "bundle.yaml", "process: home_visits\nname: 甲\n", start)
        theirs = problem(two.write(draft, "bundle.yaml", "process: home_visits\nname: 乙\n", start), 409, "changed_elsewhere")["theirs"]
        assert theirs == {
            "path": "bundle.yaml",
            "revision": saved.json["revision"],
            "text": "process: home_visits\nname: 甲\n",
            "by": "图甲·流程设计",
            "at": saved.json["at"],
        }
        assert one.write(draft, "forms/a.form", "{}", 0).status_code == 200
        assert two.write(draft, "forms/b.form", "{}", 0).status_code == 200

    def test_two_browsers_at_once_lose_nothing(self, app: APIFlask) -> None:
        people = [Designer(app), Designer(app, "designer2")]
        draft = people[0].begin()
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda number: people[number].write(draft, "forms/a.form", f'{{"n": {number}}}', 0), (0, 1)))
            own = list(pool.map(lambda number: people[number].write(draft, f"forms/own{number}.form", "{}", 0), (0, 1)))
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        assert {answer.status_code for answer in own} == {200}
        kept = people[0].files(draft)
        assert {"forms/own0.form", "forms/own1.form"} <= set(kept)
        refused = next(answer for answer in answers if answer.status_code == 409)
        assert refused.json["theirs"]["text"] == kept["forms/a.form"]["text"]

    def test_a_file_is_removed(self, app: APIFlask) -> None:
        designer = Designer(app)
        draft = designer.begin()
        form = designer.files(draft)["forms/first_step.form"]
        problem(designer.send("DELETE", f"{draft}/files/forms/first_step.form?revision={form['revision'] + 1}"), 409, "changed_elsewhere")
        problem(designer.send("DELETE", f"{draft}/files/forms/first_step.form"), 422, "wrong_request")
        assert designer.send("DELETE", f"{draft}/files/forms/first_step.form?revision={form['revision']}").status_code == 200
        assert "forms/first_step.form" not in designer.files(draft)

    def test_what_is_under_review_is_frozen(self, app: APIFlask) -> None:
        designer = Designer(app)
        draft = designer.begin()
        assert designer.send("POST", f"{draft}/submit", {"reason": "新流程"}).json["state"] == "in_review"
        problem(designer.write(draft, "forms/a.form", "{}", 0), 409, "frozen")
        assert designer.send("POST", f"{draft}/return", {"comment": "再改"}).json["state"] == "open"
        assert designer.write(draft, "forms/a.form", "{}", 0).status_code == 200


class TestStates:
    def test_a_second_person_publishes_and_the_first_may_not(self, app: APIFlask) -> None:
        one, two = Designer(app), Designer(app, "designer2")
        draft = one.begin()
        one.send("POST", f"{draft}/submit", {"reason": "新流程"})
        problem(one.send("POST", f"{draft}/publish", {"reason": "同意"}), 403, "own_work")
        done = two.send("POST", f"{draft}/publish", {"reason": "同意"}).json
        assert (done["state"], done["published"], done["actions"]) == ("published", 1, [])
        problem(two.send("POST", f"{draft}/publish", {"reason": "同意"}), 409, "frozen")

    def test_errors_forbid_submitting_and_stand_in_the_answer(self, app: APIFlask) -> None:
        designer = Designer(app)
        draft = designer.begin()
        designer.write(draft, "home_visits.bpmn", "<broken", designer.files(draft)["home_visits.bpmn"]["revision"])
        found = problem(designer.send("POST", f"{draft}/submit", {"reason": "x"}), 422, "diagram_refused")["findings"]
        assert "not_xml" in {one["rule"] for one in found}
        assert designer.send("POST", f"{draft}/discard").json["state"] == "discarded"

    def test_the_check_speaks_the_language_of_the_page(self, app: APIFlask) -> None:
        designer = Designer(app)
        draft = designer.begin()
        assert designer.send("POST", f"{draft}/check").json == {"findings": []}
        designer.write(draft, "home_visits.bpmn", "<broken", designer.files(draft)["home_visits.bpmn"]["revision"])
        chinese = said(designer, draft)
        assert (chinese["severity"], chinese["file"]) == ("error", "home_visits.bpmn")
        assert "不是有效的 XML" in chinese["message"]
        designer.post("/language", language="en")
        assert "Not well-formed XML" in said(designer, draft)["message"]
        assert problem(designer.send("POST", f"/designs/{uuid4()}/check"), 404, "not_found")["detail"].startswith("Not found")

    def test_others_who_have_it_open_are_named(self, app: APIFlask) -> None:
        one, two = Designer(app), Designer(app, "designer2")
        draft = one.begin()
        assert one.send("POST", f"{draft}/presence").json == {"here": []}
        here = two.send("POST", f"{draft}/presence").json["here"]
        assert [one["name"] for one in here] == ["图甲·流程设计"]
        assert datetime.fromisoformat(here[0]["since"]).utcoffset()
        assert "图乙·流程设计" in one.read(draft)


class TestRefusals:
    @pytest.mark.parametrize(
        "path",
        [
            "../bundle.yaml",
            "..%2f..%2fetc%2fpasswd.form",
            "a%5Cb.form",
            "a.exe",
            "%2Fetc%2Fpasswd",
            "a b.form",
            "x" * 130 + ".form",
            ".form",
            "a%0A.form",
        ],
    )
    def test_a_name_that_no_file_has(self, app: APIFlask, path: str) -> None:
        designer = Designer(app)
        draft = designer.begin()
        answer = designer.write(draft, path, "{}", 0)
        assert answer.status_code in {308, 404, 422}
        assert set(designer.files(draft)) == {"bundle.yaml", "forms/first_step.form", "home_visits.bpmn"}

    @pytest.mark.parametrize(
        "body",
        [
            None, [], "x", 5, {}, {"text": "x"}, {"revision": 0}, {"text": 1, "revision": 0}, {"text": None, "revision": 0}, {"text": ["x"], "revision": 0},
            {"text": "x", "revision": "new"}, {"text": "x", "revision": 1.5}, {"text": "x", "revision": None}, {"text": "x", "revision": -1},
            {"text": "x", "revision": 2**63}, {"text": "x", "revision": [0]}, {"text": "x", "revision": 0, "more": 1}, {"text": "a\x00b", "revision": 0},
            {"text": "a\x07b", "revision": 0},
        ],
    )  # fmt: skip
    def test_a_body_that_is_none(self, app: APIFlask, body: Any) -> None:
        designer = Designer(app)
        draft = designer.begin()
        answer = designer.send("PUT", f"{draft}/files/forms/a.form", body)
        assert answer.status_code == 422, answer.text
        assert answer.mimetype == "application/problem+json"
        assert "forms/a.form" not in designer.files(draft)

    @pytest.mark.parametrize(
        ("raw", "status"),
        [
            (b"not json", 422), (b'{"text": "\\ud800", "revision": 0}', 422), (b'{"text": "x", "revision": 1e999}', 422), (b"[" * 100_000, 422),
            (b'{"text": "' + b"x" * (FILE_LIMIT + 1) + b'", "revision": 0}', 413), (b'{"text": "' + b"x" * (9 * 1024 * 1024) + b'", "revision": 0}', 413),
            (b"x" * (17 * 1024 * 1024), 413), (b'{"revision": ' + b"9" * 5000 + b"}", 422),
        ],
    )  # fmt: skip
    def test_bytes_that_break_readers(self, app: APIFlask, raw: bytes, status: int) -> None:
        designer = Designer(app)
        draft = designer.begin()
        headers = {**designer.headers, "Content-Type": "application/json"}
        answer = designer.client.put(f"{draft}/files/forms/a.form", data=raw, headers=headers)
        assert answer.status_code == status, answer.text[:300]
        assert answer.mimetype == "application/problem+json"
        assert "forms/a.form" not in designer.files(draft)

    def test_without_the_token_of_the_page_nothing_changes(self, app: APIFlask) -> None:
        designer = Designer(app)
        draft = designer.begin()
        for method, address in (
            ("PUT", f"{draft}/files/forms/a.form"),
            ("DELETE", f"{draft}/files/bundle.yaml?revision=1"),
            ("POST", f"{draft}/submit"),
        ):
            answer = designer.client.open(address, method=method, json={"text": "x", "revision": 0})
            problem(answer, 400, "bad_request")
        assert designer.get(f"{draft}/files").json["revision"] == 1

    def test_whoever_is_not_signed_in_is_told_so_as_data(self, app: APIFlask) -> None:
        draft = Designer(app).begin()
        problem(Visitor(app).get(f"{draft}/files"), 401, "not_signed_in")

    def test_others_are_refused_as_data_too(self, app: APIFlask) -> None:
        draft = Designer(app).begin()
        officer, admin = Designer(app, "health.officer"), Designer(app, "admin")
        problem(officer.get(f"{draft}/files"), 403, "not_allowed")
        assert admin.get(f"{draft}/files").status_code == 200
        problem(admin.write(draft, "forms/a.form", "{}", 0), 403, "not_allowed")
        problem(admin.send("POST", f"{draft}/presence"), 403, "not_allowed")


class TestVocabulary:
    def test_every_name_that_a_diagram_may_use_is_offered_with_its_words(self, app: APIFlask, desk: Desk) -> None:
        told = Designer(app).get("/designs/vocabulary").json
        agencies = {one["value"]: one["label"] for one in told["agencies"]}
        assert agencies["lead"] == "牵头机关"
        assert agencies["PSB"] == "公安"
        assert {one["value"] for one in told["roles"]} >= {"intake", "officer", "head", "legal", "supervisor"}
        assert not {one["value"] for one in told["roles"]} & {"admin", "designer", "auditor"}
        assert {one["key"] for one in told["services"]} == set(desk.services)
        assert all(one["name"] and re.search(r"[\u4e00-\u9fff].*。$", one["description"]) for one in told["services"])
        assert {one["value"] for one in told["gates"]} == set(GATES) == set(NAMES)
        assert any(one["value"] == "督办通知书" for one in told["documents"])

    def test_a_clock_says_what_it_would_give_from_now(self, app: APIFlask, desk: Desk) -> None:
        clocks = {one["id"]: one for one in Designer(app).get("/designs/vocabulary").json["clocks"]}
        assert set(clocks) == {rule.id for rule in desk.rules.rules.values() if desk.place.has_clock(rule)}
        for key, told in clocks.items():
            rule = desk.rules.rules[key]
            assert datetime.fromisoformat(told["due_today"]) == desk.rules.due(rule, desk.now()).at.replace(microsecond=0)
            assert (told["unit"], told["length"], told["setting"], told["article"]) == (rule.unit, rule.length, rule.setting, rule.article)
        assert any(one["setting"] for one in clocks.values())

    def test_a_draft_adds_its_forms_tables_and_processes_also_where_some_are_broken(self, app: APIFlask) -> None:
        designer = Designer(app)
        draft = designer.begin(process="joint_case")
        for path in ("forms/register_clue.form", "tables/lead_agency.dmn", "joint_case.bpmn"):
            designer.write(draft, path, "<broken", designer.files(draft)[path]["revision"])
        told = designer.get(f"/designs/vocabulary?design={draft.rsplit('/', 1)[1]}").json
        forms, tables = ({one["value"]: one for one in told[kind]} for kind in ("forms", "tables"))
        assert forms["register_clue"]["fields"] == []
        assert {"key", "label", "type"} == set(forms["triage"]["fields"][0])
        assert tables["lead_agency"]["outputs"] == []
        assert tables["hearing_right"]["outputs"]
        assert "one_case_plan" in {one["value"] for one in told["processes"]}
        assert "joint_case" not in {one["value"] for one in told["processes"]}
        assert designer.get(f"/designs/vocabulary?design={uuid4()}").status_code == 404

    def test_labels_are_in_the_language_of_the_page(self, app: APIFlask) -> None:
        designer = Designer(app)
        designer.post("/language", language="en")
        told = designer.get("/designs/vocabulary").json
        assert {one["value"]: one["label"] for one in told["agencies"]}["lead"] == "lead agency"
        assert all(one["label"].isascii() for one in told["gates"])
        assert not [one["key"] for one in told["services"] if re.match(r"[\u4e00-\u9fff]", one["description"])]
