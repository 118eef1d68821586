"""The heat map on its page and through the API: the same numbers, for whoever supervises or designs."""

from __future__ import annotations

import json
import re

import pytest
from apiflask import APIFlask

from tests.web.callers import Caller
from tests.web.visitors import Visitor

PAGE = "/diagrams/joint_case/1/heat"
API = "/processes/joint_case/versions/1/heat"


def marks(page: str) -> dict:
    found = re.search(r"data-diagram-marks>(.*?)</script>", page)
    assert found
    return json.loads(found[1])


class TestThePage:
    def test_it_colours_by_a_measure_and_says_all_of_them_in_a_table(self, app: APIFlask, play) -> None:
        play(reached="triage")
        supervisor = Visitor(app, "supervisor")
        page = supervisor.read(f"{PAGE}?process=clue_triage")
        assert marks(page)["heat"] == {"register_clue": 1, "triage": 1}
        assert marks(page)["said"]["triage"] == "进入次数：1"
        assert all(words in page for words in ("进入次数", "办结次数", "正在等待", "等待中位数", "九成不超过", "超期次数", "研判分流"))
        assert marks(supervisor.read(f"{PAGE}?process=clue_triage&by=waiting"))["heat"] == {"triage": 1}

    def test_the_numbers_are_those_of_the_api(self, app: APIFlask, play) -> None:
        play(reached="decide_transfer", classification="both")
        told = Caller(app, "designer").read(API)
        (triage,) = [drawing for drawing in told["drawings"] if drawing["process"] == "clue_triage"]
        page = Visitor(app, "designer").read(f"{PAGE}?process=clue_triage")
        assert marks(page)["heat"] == {place["element"]: place["entered"] for place in triage["places"]}
        assert told["everything"]

    def test_pages_lead_there(self, app: APIFlask, play) -> None:
        play(reached="triage")
        supervisor = Visitor(app, "supervisor")
        assert 'href="/diagrams/heat"' in supervisor.read("/overdue")
        assert f'href="{PAGE}"' in supervisor.read("/diagrams/joint_case/1")
        assert supervisor.get("/diagrams/heat").headers["Location"].endswith(PAGE)
        assert f'href="{PAGE}"' not in Visitor(app, "health.intake").read("/diagrams/joint_case/1")

    @pytest.mark.parametrize("asked", ["since=2026-05-02&until=2026-05-01", "since=yesterday", "since=0001-01-01", "until=9999-12-31"])
    def test_a_period_that_is_none_is_said_and_the_usual_one_is_shown(self, app: APIFlask, asked: str) -> None:
        answer = Visitor(app, "supervisor").get(f"{PAGE}?{asked}")
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
        assert "data-diagram-marks" in answer.text

    def test_without_a_case_it_says_so(self, app: APIFlask) -> None:
        page = Visitor(app, "designer").read("/diagrams/supervision/1/heat")
        assert "这段时间没有案件经过这张图" in page
        assert "这张图上此项为零" in page


class TestWho:
    def test_supervisors_and_designers_may_and_others_not(self, app: APIFlask) -> None:
        for username in ("supervisor", "designer", "health.head"):
            assert Visitor(app, username).get(PAGE).status_code == 200
            assert Caller(app, username).get(API).status_code == 200
        for username in ("health.intake", "security", "health.officer"):
            assert Visitor(app, username).get(PAGE).status_code == 403
            assert Caller(app, username).get(API).status_code == 403

    def test_no_case_is_told_to_a_designer(self, app: APIFlask, play) -> None:
        play(reached="triage", title="虚构·不该看到")
        designer = Visitor(app, "designer")
        assert "不该看到" not in designer.read(PAGE)
        assert "/overdue/tasks" not in designer.read(PAGE)

    @pytest.mark.parametrize("address", ["/diagrams/joint_case/9/heat", "/diagrams/nothing/1/heat"])
    def test_what_is_not_there_is_not_found(self, app: APIFlask, address: str) -> None:
        assert Visitor(app, "designer").get(address).status_code == 404

    def test_a_day_that_is_none_is_refused_by_the_api(self, app: APIFlask) -> None:
        designer = Caller(app, "designer")
        for asked in ("since=x", "since=2026-05-02&until=2026-05-01", "until=0001-01-01", "until=9999-12-31"):
            assert designer.get(f"{API}?{asked}").status_code == 422, asked
        assert designer.get(f"{API}?since=2026-03-01&until=2026-03-31").status_code == 200
