"""Reporting news of a case over the interface and on its page."""

from __future__ import annotations

import pytest

from tests.factories.diagrams import bundle, diagram, form
from tests.web.callers import Caller
from tests.web.visitors import Visitor
from workflows import cases, diagrams

TEXT = "start s\nuser a form=f\nboundary news on=a message=resistance\nuser police form=f\nend e\nend e2\ns > a > e\nnews > police > e2"


@pytest.fixture
def case(desk, people) -> str:
    diagrams.publish(desk, "tests", bundle("trial", {"trial": diagram("trial", TEXT)}, forms={"f": form("said")}), reason="a trial")
    ref, _ = cases.open_case(desk, people["health.officer"], process="trial", title="虚构·事件", facts={})
    return str(ref.id)


def test_a_program_reads_what_can_be_reported_and_reports_it(app, case):
    officer = Caller(app, "health.officer")
    [event] = officer.read(f"/cases/{case}")["events"]
    assert event == {"message": "resistance", "name": "resistance", "name_en": "News of resistance", "branch": ""}
    then = officer.send(f"/cases/{case}/events", {"message": "resistance", "text": "当事人阻拦"})
    assert [task["element"] for task in then["tasks"]] == ["police"]
    assert then["events"] == []
    again = officer.post(f"/cases/{case}/events", {"message": "resistance", "text": "当事人阻拦"})
    assert (again.status_code, again.json["code"]) == (409, "stale")


@pytest.mark.parametrize(
    ("username", "body", "status"),
    [
        ("health.head", {"message": "resistance", "text": "x"}, 403),
        ("amr.officer", {"message": "resistance", "text": "x"}, 404),
        ("health.officer", {"message": "resistance"}, 422),
        ("health.officer", {"message": "flight", "text": "x"}, 409),
        ("health.officer", {"message": ["resistance"], "text": "x"}, 422),
    ],
)
def test_who_may_not_or_says_nothing_is_refused_and_the_case_stays(app, case, username, body, status):
    assert Caller(app, username).post(f"/cases/{case}/events", body).status_code == status
    assert [task["element"] for task in Caller(app, "health.officer").read(f"/cases/{case}")["tasks"]] == ["a"]


def test_the_page_of_the_case_has_a_form_for_it(app, case):
    officer = Visitor(app, "health.officer")
    address = f"/cases/{case}"
    assert "报告事件" in officer.read(address)
    empty = officer.post(f"{address}/events", before=address, message="resistance", branch="", text="")
    assert empty.status_code == 422
    assert "请写明发生了什么" in empty.text
    assert officer.post(f"{address}/events", before=address, message="resistance", branch="", text="当事人阻拦").status_code == 303
    page = officer.read(address)
    assert "报告事件：resistance" in page
    assert 'id="events"' not in page
    late = officer.post(f"{address}/events", before=address, message="resistance", branch="", text="又一次")
    assert late.status_code == 409
    assert "不等待" in late.text


def test_others_of_the_agency_see_no_form(app, case):
    assert 'id="events"' not in Visitor(app, "health.head").read(f"/cases/{case}")
