"""Decision tables say what the documents say; what they cannot say for certain is an error and no guess."""

from __future__ import annotations

import pytest

from tests.factories.diagrams import table
from tests.factories.routing import files_of
from workflows import forms
from workflows.checks.tables import run_test
from workflows.engine.bundle import read_bundle
from workflows.engine.decision_table import TableError, read_table

LEADS = {  # the lead rules of the seed documents
    "illegal_practice": "HEALTH",  # 打击非法行医: 卫生健康部门联合有关部门
    "medical_ad": "AMR",  # 医疗、药品、医疗器械广告: 市场监管部门
    "drug_device": "MPA",  # 医疗机构药品、医疗器械使用: 药品监督管理部门
    "fund_fraud": "HSA",  # 欺诈骗保: 医保部门
    "harmful_info": "CAC",  # 涉医有害信息: 网信部门
    "touts": "PSB",  # 号贩子、医闹: 公安机关
    "medical_waste": "ECO",  # 医疗废物处置: 生态环境部门
    "licence_scope": "HEALTH",  # 执业范围: 主管部门
    "price": "AMR", "unfair_competition": "AMR", "broadcast_ad": "RTV", "radiation": "ECO",
    "licensing": "APPR",  # 谁审批谁负责
    "staff_licence": "HEALTH",  # 租借“医师证”及“挂证”: 排在第一位的部门
}  # fmt: skip


@pytest.fixture(scope="module")
def tables():
    return read_bundle(files_of("joint_case")).tables


@pytest.fixture(scope="module")
def matters():
    form = read_bundle(files_of("joint_case")).forms["register_clue"]
    (field,) = [one for one in forms.inputs(form) if one.get("key") == "matter"]
    return [choice["value"] for choice in field["values"]]


def test_every_matter_that_a_clue_can_have_has_its_lead(tables, matters):
    proposed = {matter: tables["lead_agency"].decide({"matter": matter})["lead_proposed"] for matter in matters}
    assert proposed == {matter: LEADS[matter] for matter in matters}


def test_each_row_proposes_a_lead_with_its_clause_and_members_without_the_lead(tables):
    lead = tables["lead_agency"]
    for rule in lead.rules:
        decided = lead.decide({"matter": rule.tests[0].strip('"')})
        assert decided["lead_clause"], rule.id
        assert isinstance(decided["members_proposed"], list), rule.id
        assert decided["lead_proposed"] not in decided["members_proposed"], rule.id
        assert rule.note, f"{rule.id} names no clause"


def test_a_matter_that_no_row_knows_is_an_error(tables):
    with pytest.raises(TableError, match="0 rules apply"):
        tables["lead_agency"].decide({"matter": "weather"})


@pytest.mark.parametrize(
    ("penalties", "fine", "major"),
    [
        (["warning"], 0, False), (["warning", "fine"], 99_999, False), (["fine"], 100_000, True), (["revoke_licence"], 0, True),
        (["suspend_business"], 0, True), (["close_business"], 500_000, True), (["revoke_licence", "close_business"], 500_000, True),
    ],
)  # fmt: skip
def test_a_major_penalty_is_told_from_a_small_one(tables, penalties, fine, major):
    decided = tables["major_penalty"].decide(
        {"handling": "punish", "penalties": penalties, "fine_amount": fine, "discussion_fine_from": 100_000}
    )
    assert decided["major"] is major
    assert decided["major_clause"]


def test_two_rows_that_fit_are_an_error_under_unique():
    both = read_table("t", table("t", "n", "out", {">= 1": '"a"', "<= 5": '"b"'}))
    assert both.decide({"n": 0}) == {"out": "b"}
    with pytest.raises(TableError, match="2 rules apply"):
        both.decide({"n": 3})


def test_collect_gives_every_answer_that_fits():
    both = read_table("t", table("t", "n", "out", {">= 1": '"a"', "<= 5": '"b"'}, hit_policy="COLLECT"))
    assert both.decide({"n": 3}) == {"out": ["a", "b"]}
    assert both.decide({"n": 9}) == {"out": ["a"]}
    assert both.decide({"n": None}) == {"out": []}


@pytest.mark.parametrize("policy", ["FIRST", "ANY", "PRIORITY", "RULE ORDER", "OUTPUT ORDER"])
def test_hit_policies_that_the_engine_would_mistake_are_refused(policy):
    with pytest.raises(TableError, match="not supported"):
        read_table("t", table("t", "n", "out", {"-": '"a"'}, hit_policy=policy))


@pytest.mark.parametrize("cell", ["[1..10]", 'date("2026-01-01")', "not(5)", "a + b", "open('x')", ">= open('x')", "x.y"])
def test_a_cell_that_is_not_understood_is_refused_when_the_table_is_read(cell):
    with pytest.raises(TableError):
        read_table("t", table("t", "n", "out", {cell: '"a"'}))


@pytest.mark.parametrize(
    ("cell", "yes", "no"),
    [('"a"', "a", "b"), ('"a", "b"', "b", "c"), (">= 5", 5, 4), ("!= 3", 4, 3), ("true", True, False), ("-", None, ...)],
)
def test_cells_that_are_understood(cell, yes, no):
    read = read_table("t", table("t", "n", "out", {cell: '"x"'}, hit_policy="COLLECT"))
    assert read.decide({"n": yes}) == {"out": ["x"]}
    if no is not ...:
        assert read.decide({"n": no}) == {"out": []}


def test_an_output_that_is_no_literal_is_refused():
    with pytest.raises(TableError, match="not a literal"):
        read_table("t", table("t", "n", "out", {"-": "HEALTH"}))


@pytest.mark.parametrize("cell", ["{}", "{[]: 1}", "{1, 2}", "1j", "b'x'", "...", "[[1]]", "1e999", "[" * 1000, "-" * 90000 + "1"])
def test_a_literal_that_no_fact_can_be_is_refused(cell):
    for cells in ({"-": cell}, {cell: '"x"'}, {f">= {cell}": '"x"'}):
        with pytest.raises(TableError):
            read_table("t", table("t", "n", "out", cells))


@pytest.mark.parametrize(("cell", "value"), [("1.5", 1.5), ("-1", -1), ('["a", "b"]', ["a", "b"]), ("[]", []), ("null", None), ('""', "")])
def test_a_literal_that_a_fact_can_be_is_understood(cell, value):
    assert read_table("t", table("t", "n", "out", {"-": cell})).decide({"n": 1}) == {"out": value}


def test_comparing_a_word_with_a_number_is_an_error_of_the_table():
    number = read_table("t", table("t", "n", "out", {">= 5": '"a"'}))
    with pytest.raises(TableError):
        number.decide({"n": "many"})


@pytest.mark.parametrize(
    ("given", "then", "passed"),
    [
        ({"n": 1}, {"out": "x"}, True),
        ({"n": 1}, {"out": "y"}, False),
        ({"n": 1}, {"other": None}, False),  # nothing decided is not "decided: nothing"
        ({"n": 2}, {"out": "x"}, False),
    ],
)
def test_the_tests_of_a_table_pass_when_it_decides_what_they_want(given, then, passed):
    outcome = run_test(read_table("t", table("t", "n", "out", {"1": '"x"'})), {"name": "one", "given": given, "then": then})
    assert outcome.passed is passed
    assert bool(outcome.refusal) == (given["n"] == 2) == (not outcome.decided)
