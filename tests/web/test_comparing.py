"""Two versions, and a draft and a version, compared on a page, through the API and on the command line: the same differences everywhere."""

from __future__ import annotations

import re
from typing import Any

import pytest
from apiflask import APIFlask

from tests.factories.desks import people_of
from tests.web.callers import Caller
from tests.web.designers import Designer
from workflows import diagrams
from workflows.desk import Desk
from workflows.rulebook import shipped_bundles

FILES = shipped_bundles()["supervision"]
FORM = next(path for path in FILES if path.endswith(".form"))
MAIN = "supervision.bpmn"


def second(desk: Desk) -> dict[str, bytes]:
    """A second version of the supervision process: a step renamed, a shape moved, a form's label changed."""
    drawing = FILES[MAIN].decode()
    name = re.search(r'<bpmn:userTask id="(\w+)" name="([^"]+)"', drawing)
    x = re.search(r'<dc:Bounds x="(\d+)"', drawing)
    assert name
    assert x
    drawing = drawing.replace(f'name="{name[2]}"', 'name="<b>新</b>名称"'.replace("<", "&lt;"), 1).replace(
        x[0], f'<dc:Bounds x="{int(x[1]) + 7}"', 1
    )
    files = {**FILES, MAIN: drawing.encode(), FORM: FILES[FORM].replace(b'"required": true', b'"required": false', 1)}
    diagrams.publish(desk, "图甲", files, reason="第二版", reviewer="图乙")
    return files


def rows(page: str) -> list[str]:
    return re.findall(r'<tr data-effect="(\w+)"', page)


class TestThePage:
    def test_it_says_what_changes_execution_what_changes_words_and_what_moves(self, app: APIFlask, desk: Desk) -> None:
        second(desk)
        page = Designer(app).read("/diagrams/supervision/compare?old=1&new=2")
        assert set(rows(page)) == {"execution", "words", "layout"}
        assert "必填" in page
        assert "&lt;b&gt;新&lt;/b&gt;名称" in page
        assert "<b>新</b>" not in page
        assert page.count("data-compare-side") == 3, "two pictures and the frame around them"

    def test_without_numbers_it_is_the_newest_and_the_one_before_and_the_other_way_round_is_mirrored(
        self, app: APIFlask, desk: Desk
    ) -> None:
        second(desk)
        designer = Designer(app)
        assert rows(designer.read("/diagrams/supervision/compare")) == rows(designer.read("/diagrams/supervision/compare?old=2&new=1"))
        assert "没有不同" in designer.read("/diagrams/supervision/compare?old=1&new=1")

    def test_the_versions_lead_there_and_so_does_a_review(self, app: APIFlask, desk: Desk) -> None:
        designer = Designer(app)
        assert "/compare" not in designer.read("/diagrams/supervision"), "one version has nothing beside it"
        second(desk)
        assert "/diagrams/supervision/compare?old=1&amp;new=2" in designer.read("/diagrams/supervision")
        assert "/diagrams/supervision/compare?old=1&amp;new=2" in designer.read("/diagrams/supervision/1")
        draft = designer.begin(process="supervision")
        assert "/compare" not in designer.read(f"{draft}/review"), "an unchanged draft has nothing to show"
        file = designer.files(draft)["bundle.yaml"]
        designer.write(draft, "bundle.yaml", file["text"].replace("name:", "name: X", 1), file["revision"])
        assert f"{draft}/compare?old=2" in designer.read(f"{draft}/review")

    def test_a_draft_is_compared_with_its_base_or_another_version_even_when_it_cannot_be_read(self, app: APIFlask, desk: Desk) -> None:
        second(desk)
        designer = Designer(app)
        draft = designer.begin(process="supervision", number="1")
        file = designer.files(draft)[MAIN]
        assert designer.write(draft, MAIN, "<bpmn", file["revision"]).status_code == 200
        page = designer.read(f"{draft}/compare")
        assert "无法读取" in page
        assert f"{draft}/source/supervision.bpmn" in page
        assert "execution" in rows(designer.read(f"{draft}/compare?old=2"))
        assert designer.get(f"{draft}/source/supervision.bpmn").text == "<bpmn"

    @pytest.mark.parametrize(
        "address",
        [
            "/diagrams/supervision/compare?old=1&new=9", "/diagrams/nothing/compare", "/diagrams/supervision/compare?old=x",
            "/diagrams/supervision/compare?old=99999999999999999999", "/designs/00000000-0000-0000-0000-000000000001/compare",
            "/designs/00000000-0000-0000-0000-000000000001/source/x.bpmn", "/diagrams/supervision/compare?new=-1",
        ],
    )  # fmt: skip
    def test_what_is_not_there_is_not_found(self, app: APIFlask, address: str) -> None:
        assert Designer(app).get(address).status_code == 404

    def test_versions_are_for_who_may_read_processes_and_drafts_for_designers(self, app: APIFlask, desk: Desk) -> None:
        second(desk)
        draft = Designer(app).begin(process="supervision")
        supervisor = Designer(app, "supervisor")
        assert supervisor.get("/diagrams/supervision/compare").status_code == 200
        assert supervisor.get(f"{draft}/compare").status_code == 403
        assert supervisor.get(f"{draft}/source/supervision.bpmn").status_code == 403
        assert Designer(app, "security").get("/diagrams/supervision/compare").status_code == 403


class TestTheApi:
    def told(self, caller: Caller, address: str) -> Any:
        return caller.read(address)

    def test_it_tells_what_the_page_tells(self, app: APIFlask, desk: Desk) -> None:
        second(desk)
        told = self.told(Caller(app, "designer"), "/processes/supervision/compare?old=1&new=2")
        page = Designer(app).read("/diagrams/supervision/compare?old=1&new=2")
        assert [change["effect"] for change in told["changes"]] == rows(page)
        assert told["counts"]["execution"] == rows(page).count("execution")
        assert {change["file"] for change in told["changes"]} == {MAIN, FORM}
        assert all(change["aspect"] and change["aspect_en"] for change in told["changes"])

    def test_a_draft_is_told_too_and_only_under_its_own_process(self, app: APIFlask, desk: Desk) -> None:
        designer = Caller(app, "designer")
        draft = designer.send("/processes/supervision/drafts", {"base": 1})
        assert designer.read(f"/processes/supervision/drafts/{draft['id']}/compare")["changes"] == []
        assert designer.get(f"/processes/joint_case/drafts/{draft['id']}/compare").status_code == 404
        assert designer.get("/processes/supervision/compare?old=0&new=1").status_code == 422

    def test_nobody_else_reads_it(self, app: APIFlask, desk: Desk) -> None:
        assert Caller(app, "security").get("/processes/supervision/compare?old=1&new=1").status_code == 403
        assert people_of(desk)["security"]
