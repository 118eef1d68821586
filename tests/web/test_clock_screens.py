"""The rules page for everybody, and the buttons and calls on a clock for those who may."""

from __future__ import annotations

import json

import pytest

from tests.factories.stored import clock_of, entries_of
from tests.web.callers import Caller
from tests.web.visitors import Visitor
from workflows import clocks
from workflows.rulebook import load_rulebook

EVERYBODY = ("health.intake", "health.officer", "health.head", "supervisor", "designer", "admin", "security", "auditor")


@pytest.fixture
def case(play):
    return play(reached="legal_review", classification="administrative", case_complexity="public_interest")


@pytest.fixture
def ninety(desk, case):
    return clock_of(desk, case, "penalty.decide")


@pytest.mark.parametrize("username", EVERYBODY)
def test_everybody_who_is_signed_in_finds_the_rules_in_the_navigation(app, username):
    visitor = Visitor(app, username)
    assert 'href="/rules"' in visitor.read("/me")
    page = visitor.read("/rules")
    for rule in load_rulebook().rules.values():
        assert f'id="{rule.id}"' in page, rule.id
        assert rule.article in page, rule.id


def test_who_is_not_signed_in_signs_in_first(app):
    assert Visitor(app).get("/rules").status_code == 302


def test_settings_and_what_is_to_be_confirmed_are_marked_and_can_be_listed_alone(app):
    visitor = Visitor(app, "health.officer")
    rules = load_rulebook().rules.values()
    for mark in ("setting", "to_be_confirmed", "statutory"):
        page = visitor.read(f"/rules?mark={mark}")
        for rule in rules:
            assert (f'id="{rule.id}"' in page) is getattr(rule, mark), (mark, rule.id)
    page = visitor.read("/rules?mark=to_be_confirmed")
    assert page.count("待确认") > sum(rule.to_be_confirmed for rule in rules)


def test_a_rule_is_found_by_its_article_and_nothing_is_said_so(app):
    visitor = Visitor(app, "health.officer")
    page = visitor.read("/rules?q=第二十五条第一款")
    assert 'id="seizure.term"' in page
    assert 'id="psb.filing"' not in page
    assert "没有符合条件" in visitor.read("/rules?q=没有这样的规则")


def test_the_rules_are_read_in_english_as_well(app):
    visitor = Visitor(app, "health.officer")
    visitor.post("/language", language="en", next="/rules")
    page = visitor.read("/rules")
    assert "Term of a seizure" in page
    assert "To be confirmed" in page
    assert "may be extended" in page.lower()


def test_the_api_lists_the_rules_with_all_their_columns(app):
    rows = {row["id"]: row for row in Caller(app, "health.officer").read("/clock-rules")["items"]}
    assert set(rows) == set(load_rulebook().rules)
    seizure = rows["seizure.term"]
    assert (seizure["unit"], seizure["length"], seizure["direction"]) == ("calendar_day", 30, "forward")
    assert seizure["extends"][0]["by"] == 30
    assert seizure["excludes"][0]["article"].endswith("第二十五条第三款")
    assert rows["hearing.notice"]["direction"] == "backward"
    assert rows["transfer.decide"]["counting"] == "open"


def test_the_head_pauses_and_resumes_and_extends_by_the_api(app, case, ninety):
    head = Caller(app, "health.head")
    paused = head.send(f"/clocks/{ninety.id}/pause", {"basis": "testing", "reason": "送检"})
    assert (paused["state"], paused["actions"]) == ("paused", ["resume"])
    assert head.send(f"/clocks/{ninety.id}/resume", {"reason": "收到报告"})["state"] == "running"
    assert head.send(f"/clocks/{ninety.id}/extend", {"basis": "complex", "reason": "案情复杂", "length": 10})["length"] == 100
    listed = next(row for row in head.read(f"/cases/{case.case}/clocks")["items"] if row["id"] == str(ninety.id))
    assert [entry["kind"] for entry in listed["entries"]] == ["start", "pause", "resume", "extend"]


@pytest.mark.parametrize(
    ("username", "status"), [("health.officer", 403), ("amr.head", 403), ("eco.head", 404), ("admin", 403), ("supervisor", 403)]
)
def test_who_may_not_is_refused_by_the_api(app, ninety, desk, case, username, status):
    answer = Caller(app, username).post(f"/clocks/{ninety.id}/pause", {"basis": "testing", "reason": "送检"})
    assert answer.status_code == status, answer.text
    assert clock_of(desk, case, "penalty.decide").state == "running"


@pytest.mark.parametrize(
    ("verb", "body", "status", "code"),
    [
        ("pause", {"basis": "holiday", "reason": "假期"}, 422, "wrong_answers"), ("pause", {"basis": "testing"}, 422, "wrong_request"),
        ("resume", {"reason": "无"}, 409, "gate_closed"), ("extend", {"basis": "complex", "reason": "多", "length": 31}, 422, "wrong_answers"),
        ("extend", {"basis": "complex", "reason": "多", "length": 0}, 422, "wrong_request"), ("stop", {"reason": "停"}, 404, "not_found"),
    ],
)  # fmt: skip
def test_what_the_rule_does_not_allow_is_a_problem_document(app, ninety, verb, body, status, code):
    answer = Caller(app, "health.head").post(f"/clocks/{ninety.id}/{verb}", body)
    assert answer.status_code == status, answer.text
    assert json.loads(answer.text)["code"] == code


def test_a_repeated_call_under_one_key_pauses_once(app, desk, case, ninety):
    head = Caller(app, "health.head")
    answers = [head.post(f"/clocks/{ninety.id}/pause", {"basis": "testing", "reason": "送检"}, Idempotency_Key="p1") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert [entry.kind for entry in entries_of(desk, clock_of(desk, case, "penalty.decide"))] == ["start", "pause"]


def test_the_clocks_tab_has_the_buttons_for_who_may_and_for_nobody_else(app, case, ninety):
    address = f"/cases/{case.case}/clocks"
    assert f"extend-{ninety.id}" in Visitor(app, "health.head").read(address)
    legal = Visitor(app, "health.legal").read(address)
    assert f"pause-{ninety.id}" in legal
    assert f"extend-{ninety.id}" not in legal
    for username in ("health.officer", "supervisor"):
        assert f"pause-{ninety.id}" not in Visitor(app, username).read(address)


def test_the_head_extends_on_the_page_and_sees_it_there(app, desk, case, ninety):
    head, address = Visitor(app, "health.head"), f"/cases/{case.case}/clocks"
    sent = head.post(f"{address}/{ninety.id}/extend", before=address, basis="complex", reason="案情复杂", length="30")
    assert sent.status_code == 303
    assert "案情复杂" in head.read(address)
    assert clock_of(desk, case, "penalty.decide").length == 120


def test_a_refusal_on_the_page_keeps_what_was_typed(app, case, ninety):
    head, address = Visitor(app, "health.head"), f"/cases/{case.case}/clocks"
    answer = head.post(f"{address}/{ninety.id}/extend", before=address, basis="complex", reason="涉及多个主体", length="45")
    assert answer.status_code == 422
    for kept in ("涉及多个主体", 'value="45"', "延长不得超过 30"):
        assert kept in answer.text


def test_where_the_law_is_open_both_dates_stand_on_the_page(app, play, desk):
    case = play(reached="verify_crime", classification="crime")
    desk.clock.to("2026-04-03 10:00")
    case.do("verify_crime")
    page = Visitor(app, "health.head").read(f"/cases/{case.case}/clocks")
    assert "2026年4月6日 23:59" in page
    assert "如遇节假日顺延" in page
    assert "2026年4月7日 23:59" in page


@pytest.mark.parametrize("username", ["health.officer", "designer", "auditor"])
def test_the_rules_of_the_place_say_who_leads_by_which_clause_and_what_is_to_be_confirmed(app, username):
    page = Visitor(app, username).read("/rules/place")
    for words in ("鲁卫医监字〔2024〕1号", "非法行医", "市场监管", "待确认", "每年会商会议次数", "不顺延"):
        assert words in page, words


def test_the_rules_of_the_place_are_read_in_english_as_well(app):
    visitor = Visitor(app, "health.officer")
    visitor.post("/language", language="en", next="/rules")
    page = visitor.read("/rules/place")
    assert "Who leads" in page
    assert "illegal practice of medicine" in page


def test_a_rule_of_another_province_is_marked_as_such(app):
    page = Visitor(app, "health.officer").read("/rules?q=credit.sh_provider")
    assert "本地不适用" in page
    assert "本地不适用" not in Visitor(app, "health.officer").read("/rules?q=penalty.decide")


def test_a_limit_of_a_whole_case_that_ran_out_stands_on_the_wall_of_those_above_until_it_is_met(app, desk, case, ninety):
    assert "整案期限超期" not in Visitor(app, "supervisor").read("/overdue")
    desk.clock.forward(days=95)
    while clocks.sweep(desk):
        pass
    page = Visitor(app, "supervisor").read("/overdue")
    assert "整案期限超期" in page
    assert ninety.article in page
    listed = Caller(app, "supervisor").read("/overdue/clocks")
    assert [(row["rule"], row["agency"]) for row in listed["items"]] == [("penalty.decide", "qinglan-health")]
    case.reach("decide_penalty").do("decide_penalty")
    assert Caller(app, "supervisor").read("/overdue/clocks")["items"] == []


def test_the_late_limits_of_others_are_not_for_who_supervises_nobody(app, desk, case, ninety):
    desk.clock.forward(days=95)
    while clocks.sweep(desk):
        pass
    assert Caller(app, "amr.head").read("/overdue/clocks")["items"] == []
    assert Caller(app, "amr.officer").get("/overdue/clocks").status_code == 403
