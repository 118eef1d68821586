"""Lists: pages, filters, and that nothing is cut in silence."""

from __future__ import annotations

import pytest
from apiflask import APIFlask

from tests.web.callers import Caller


def _all(caller: Caller, path: str) -> None:
    cursor, found = "", []
    while cursor is not None:
        page = caller.read(f"{path}&limit=2" + (f"&cursor={cursor}" if cursor else ""))
        assert len(page["items"]) <= 2
        found += page["items"]
        cursor = page["next"]
    return found, page["total"]


@pytest.mark.parametrize("path", ["/tasks?view=todo", "/tasks?view=pool", "/tasks?view=started", "/cases?q="])
def test_pages_put_together_are_the_whole_list_once(app: APIFlask, path: str) -> None:
    intake = Caller(app, "health.intake")
    for number in range(5):
        intake.open_case(f"线索{number}")
    found, total = _all(intake, path)
    ids = [row["id"] for row in found]
    assert len(ids) == len(set(ids)) == total
    if "pool" not in path:
        assert total >= 5


@pytest.mark.parametrize("limit", ["0", "101", "-1", "many", "1.5", ""])
def test_a_page_has_one_to_a_hundred_rows(app: APIFlask, limit: str) -> None:
    answer = Caller(app, "health.officer").get(f"/tasks?limit={limit}")
    assert answer.status_code == 422
    assert "limit" in answer.json["errors"]


CURSORS = [
    "nonsense",
    "\u4e0a\u4e00\u9875",
    "W10",  # []
    "WzEsMl0",  # [1,2]
    "-1",
]


@pytest.mark.parametrize("cursor", CURSORS)
@pytest.mark.parametrize("path", ["/tasks?view=todo", "/tasks?view=done", "/cases?q=", "/overdue?q=", "/orders?limit=2", "record"])
def test_a_cursor_that_we_did_not_make_is_refused(app: APIFlask, path: str, cursor: str) -> None:
    supervisor = Caller(app, "supervisor")
    if path == "record":
        path = f"/cases/{Caller(app, 'health.intake').open_case()['id']}/record?limit=2"
    answer = supervisor.get(f"{path}&cursor={cursor}")
    assert answer.status_code < 500, answer.text


@pytest.mark.parametrize("view", ["todo", "pool", "done", "started", "cc", "followed"])
def test_every_view_of_the_inbox_answers(app: APIFlask, view: str) -> None:
    assert set(Caller(app, "health.officer").read(f"/tasks?view={view}")) == {"items", "next", "total"}


def test_the_tasks_of_one_case_are_only_of_that_case(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    first, _ = intake.open_case("甲"), intake.open_case("乙")
    rows = [row for view in ("todo", "pool") for row in intake.read(f"/tasks?view={view}&case={first['id']}")["items"]]
    assert {row["case"]["id"] for row in rows} == {first["id"]}


def test_a_case_is_found_by_a_word_of_its_title(app: APIFlask) -> None:
    intake = Caller(app, "health.intake")
    case = intake.open_case("蓝湾口腔门诊部")
    assert [row["id"] for row in intake.read("/cases?q=蓝湾口腔")["items"]] == [case["id"]]


def test_published_diagrams_can_be_read(app: APIFlask) -> None:
    designer = Caller(app, "designer")
    keys = [process["key"] for process in designer.read("/processes")["items"]]
    assert "joint_case" in keys
    latest = designer.read("/processes/joint_case")["versions"][0]
    answer = designer.get(f"/processes/joint_case/versions/{latest['number']}/bpmn")
    assert answer.status_code == 200
    assert b"<" in answer.data
    assert b"joint_case" in answer.data


def test_a_version_that_was_never_published_is_not_found(app: APIFlask) -> None:
    assert Caller(app, "designer").get("/processes/joint_case/versions/999/bpmn").status_code == 404


def test_a_supervisor_sees_figures_and_the_tasks_behind_them(app: APIFlask) -> None:
    Caller(app, "health.intake").open_case()
    wall = Caller(app, "supervisor").read("/overdue")
    assert wall["figures"]["total"]["total"] == sum(cell["total"] for cell in wall["figures"]["by_agency"])
    assert wall["total"] <= wall["figures"]["total"]["total"]


def test_an_officer_of_the_district_has_no_wall(app: APIFlask) -> None:
    assert Caller(app, "cac.officer").get("/overdue").status_code == 403


def test_the_auditor_finds_the_record_whole(app: APIFlask) -> None:
    Caller(app, "health.intake").open_case()
    assert Caller(app, "auditor").read("/record/verify") == {"intact": True, "faults": []}
