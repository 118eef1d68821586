"""A diagram of another tool becomes a draft: by the page, by the API; what was changed and refused is told and stays to be read."""

from __future__ import annotations

import io

import pytest
from apiflask import APIFlask

from tests.factories.foreign import flows, foreign, lanes, steps
from tests.web.callers import Caller
from tests.web.designers import Designer
from web.demo_drafts import BROUGHT, FOREIGN
from workflows.engine.diagram import read_diagram

SCRIPTED = foreign({
    "letters": steps(s="startEvent 收信", a="userTask 阅信", b="scriptTask 归档", t="transaction", e="endEvent 完毕") + flows("s a b e")
})  # fmt: skip
LANED = foreign({
    "letters": lanes(office="s a e") + steps(s="startEvent 收信", a="userTask 阅信", e="endEvent 完毕") + flows("s a e")
})  # fmt: skip


def upload(content: str | bytes) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content.encode() if isinstance(content, str) else content), "foreign.bpmn"


class TestByThePage:
    def test_what_was_changed_is_told_at_once_and_can_be_read_again(self, app: APIFlask) -> None:
        designer = Designer(app)
        told = designer.begin(file=upload(FOREIGN))
        assert told.endswith("/imported")
        page = designer.read(told)
        assert all(words in page for words in ("大型医用设备配置核查", "已改动", "定时器「整改期满」原定“P15D”", "打开草稿"))
        draft = told.removesuffix("/imported")
        assert set(designer.files(draft)) == {"bundle.yaml", f"{BROUGHT}.bpmn", "forms/inspect.form", "forms/correct.form"}
        assert f"{told}" in designer.read(f"{draft}/review")
        assert told in designer.read(draft)

    def test_it_is_told_in_english_too(self, app: APIFlask) -> None:
        designer = Designer(app)
        told = designer.begin(file=upload(FOREIGN))
        designer.post("/language", language="en")
        assert "Timer “整改期满” said “P15D”" in designer.read(told)

    def test_what_cannot_be_accepted_comes_first_and_stays_in_the_diagram(self, app: APIFlask) -> None:
        designer = Designer(app)
        told = designer.begin(file=upload(SCRIPTED))
        page = designer.read(told)
        assert page.index("无法接受</span>") < page.index("已改动</span>")

    def test_machines_become_people_and_lanes_get_an_agency_where_that_is_wished(self, app: APIFlask) -> None:
        designer = Designer(app)
        told = designer.begin(file=upload(LANED), people="on", agency="HEALTH", role="officer")
        diagram = read_diagram(designer.files(told.removesuffix("/imported"))["letters.bpmn"]["text"].encode())
        assert {(lane.agency, lane.role) for lane in diagram.lanes} == {("HEALTH", "officer")}
        plain = read_diagram(designer.files(designer.begin(file=upload(LANED)).removesuffix("/imported"))["letters.bpmn"]["text"].encode())
        assert {(lane.agency, lane.role) for lane in plain.lanes} == {("", "")}

    @pytest.mark.parametrize("fields", [{"agency": "NOBODY"}, {"role": "king"}])
    def test_an_agency_or_role_that_there_is_none_is_refused(self, app: APIFlask, fields) -> None:
        assert Designer(app).post("/designs", file=upload(LANED), **fields).status_code == 422

    @pytest.mark.parametrize(
        "content", [foreign({"p": ""}), foreign({f"p{n}": steps(s="startEvent", e="endEvent") + flows("s e") for n in range(30)})]
    )
    def test_what_holds_no_process_or_too_many_is_refused_and_nothing_is_stored(self, app: APIFlask, content: bytes) -> None:
        designer = Designer(app)
        assert designer.post("/designs", file=upload(content)).status_code == 422
        assert "这里没有草稿" in designer.read("/designs")

    def test_a_draft_that_was_not_imported_has_nothing_to_tell(self, app: APIFlask) -> None:
        designer = Designer(app)
        draft = designer.begin()
        assert designer.get(f"{draft}/imported").status_code == 404
        assert "导入说明" not in designer.read(f"{draft}/review")

    def test_only_designers_and_the_administrator_read_it(self, app: APIFlask) -> None:
        told = Designer(app).begin(file=upload(FOREIGN))
        assert Designer(app, "admin").get(told).status_code == 200
        assert Designer(app, "health.officer").get(told).status_code in {403, 404}


class TestByTheInterface:
    def test_a_program_brings_it_and_reads_what_became_of_it(self, app: APIFlask) -> None:
        caller = Caller(app, "designer")
        draft = caller.send(f"/processes/{BROUGHT}/drafts", {"files": {"x.bpmn": FOREIGN}})
        notes = caller.read(f"/processes/{BROUGHT}/drafts/{draft['id']}/imported")["notes"]
        assert {"file", "element", "refused", "message", "message_en"} == set(notes[0])
        assert any(note["element"] == "wait" and "P15D" in note["message"] for note in notes)

    def test_it_must_be_of_the_process_that_is_named(self, app: APIFlask) -> None:
        answer = Caller(app, "designer").post("/processes/other/drafts", {"files": {"x.bpmn": FOREIGN}})
        assert (answer.status_code, answer.json["code"]) == (422, "file_refused")
