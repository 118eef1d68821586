"""专项行动报告: the story of city K, whose report is due before 1 September 2022 while the police have sent nothing (domain, story 12)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.factories.play import Play
from workflows import casefile, cases, clocks, overdue
from workflows.errors import GateClosed, NotAllowed, WrongAnswers
from workflows.records import Clock, Document, Message, Task
from workflows.working_days import CHINA

LATE = "部门逾期未报"
PERIOD = {
    "campaign_name": "虚构·医疗乱象专项治理行动", "report_kind": "stage", "self_inspection": "no", "report_from": "2022-06-01", "report_to": "2022-08-31",
    "report_due_before": "2022-09-01", "parts_due_before": "2022-08-29",
    "campaign_departments": ["qinglan-health", "qinglan-psb", "qinglan-amr"],
}  # fmt: skip
COVERAGE = {
    "hospital_total": 12, "hospital_covered": 12, "nursing_total": 3, "nursing_covered": 3, "others_total": 500, "others_covered": 249,
}  # fmt: skip
HEALTH_ROWS = [
    {"row": "A01", "public": 0, "private": 4},
    {"row": "C03", "private": 4, "private_tcm": 1},
    {"row": "C07", "private": 4, "private_tcm": 1},
    {"row": "C08", "private": 20.5, "private_tcm": 2},
]
AMR_ROWS = [{"row": "A16", "private": 7}, {"row": "C03", "private": 2}, {"row": "C07", "private": 2}, {"row": "C08", "private": 6}]


@pytest.fixture
def city(desk, people):
    desk.clock.to("2022-08-15 09:00")
    ref, _ = cases.open_case(desk, people["health.officer"], process="campaign_report", title="虚构·K市第二阶段报告", facts={})
    return Play(desk, people, ref.id, {**PERIOD, **COVERAGE, "part_statement": "按要求开展"})


@pytest.fixture
def asked(city):
    city.do("open_period", by="health.officer")
    return city


@pytest.fixture
def without_police(asked, desk):
    """Health and market regulation have sent their parts; the departments' day is over, the police have sent nothing."""
    asked.do("fill_part", "qinglan-health", part_rows=HEALTH_ROWS)
    asked.do("fill_part", "qinglan-amr", part_rows=AMR_ROWS)
    desk.clock.to("2022-08-29 09:00")
    return asked


def sweep(desk):
    while clocks.sweep(desk):
        pass


def due(desk, case, rule):
    with desk.database.reading() as session:
        query = select(Clock.due_at).where(Clock.case == case.case, Clock.rule == rule)
        return {moment.astimezone(CHINA).date() for moment in session.scalars(query)}


def report_late(case, by="health.officer"):
    cases.report_event(case.desk, case.people[by], case.case, message=LATE, text="区公安分局未在期限内报送")


def test_before_a_day_ends_with_the_day_before_it(asked, desk):
    assert due(desk, asked, "report.due") == {date(2022, 8, 31)}
    assert due(desk, asked, "report.part") == {date(2022, 8, 28)}


def test_every_department_fills_in_its_own_part_at_the_same_time(asked):
    assert [(task.element, task.scope, task.agency) for task in asked.waiting()] == [
        ("fill_part", code, code) for code in ("qinglan-amr", "qinglan-health", "qinglan-psb")
    ]
    page = asked.page("fill_part", "qinglan-psb")
    assert page.data["part_function"] == "PSB", "the police find their own indicators"


def test_story_12_the_merge_waits_for_the_police_and_the_wall_and_the_ladder_say_so(without_police, desk, people):
    assert [task.scope for task in without_police.waiting()] == ["qinglan-psb"]
    sweep(desk)
    red = overdue.list_tasks(desk, people["supervisor"], light="red").items
    assert [(row.agency.code, row.element) for row in red if row.case.id == without_police.case] == [("qinglan-psb", "fill_part")]
    desk.clock.to("2022-09-02 09:00")
    sweep(desk)
    with desk.database.reading() as session:
        query = select(Message.to_agency).where(Message.case == without_police.case, Message.kind == "clock_breached")
        assert {"qinglan-psb", "qinglan-health"} <= set(session.scalars(query))
    assert without_police.elements() == ["fill_part"], "no clock has decided anything"


def test_story_12_the_head_files_without_the_police_and_says_why(without_police, desk):
    report_late(without_police)
    task = without_police.task("decide_partial")
    assert (task.agency, task.role) == ("qinglan-health", "head")
    assert without_police.elements() == ["decide_partial"]
    assert without_police.page("decide_partial").data["missing_names"] == "云海市公安局青岚分局"
    with pytest.raises(WrongAnswers):
        without_police.do("decide_partial", partial_decision="partial", partial_reason=" ")
    without_police.do("decide_partial", partial_decision="partial", partial_reason="公安数据待上级核定，先行上报")
    assert without_police.page("check_table").data["parts_summary"].splitlines()[1] == "云海市公安局青岚分局：缺报"


def test_nothing_is_missing_before_the_departments_day(asked, desk):
    desk.clock.to("2022-08-28 18:00")
    report_late(asked)
    with pytest.raises(GateClosed) as refused:
        asked.do("decide_partial", partial_decision="partial", partial_reason="早报")
    assert "42号" in (refused.value.article or "")
    desk.clock.to("2022-08-29 00:01")
    asked.do("decide_partial", partial_decision="partial", partial_reason="逾期")


def test_who_waits_on_asks_only_those_that_still_owe_their_part(without_police):
    report_late(without_police)
    without_police.do("decide_partial", partial_decision="wait")
    assert [task.scope for task in without_police.waiting()] == ["qinglan-psb"]
    without_police.do("fill_part", "qinglan-psb", psb_solved=1)
    assert without_police.elements() == ["check_table"]
    assert without_police.page("check_table").data["parts_summary"].count("已报") == 3


def test_another_department_neither_reports_the_lateness_nor_decides(without_police):
    with pytest.raises(NotAllowed):
        report_late(without_police, by="amr.officer")
    report_late(without_police)
    with pytest.raises(NotAllowed):
        without_police.do("decide_partial", by="health.officer", partial_decision="wait")


def test_story_12_a_table_whose_part_is_more_than_its_total_is_refused_and_nothing_typed_is_lost(without_police):
    report_late(without_police)
    without_police.do("decide_partial", partial_decision="partial", partial_reason="公安未报")
    page = without_police.page("check_table")
    merged = {line["row"]: line for line in page.data["report_rows"]}
    assert merged["C07"] == {"row": "C07", "private": 6, "private_tcm": 1}
    assert merged["C08"] == {"row": "C08", "private": 26.5, "private_tcm": 2}
    wrong = [{**line, "private_tcm": 7} if line["row"] == "C07" else line for line in page.data["report_rows"]]
    with pytest.raises(WrongAnswers) as refused:
        without_police.do("check_table", report_rows=wrong, correction_reason="核对", report_text="阶段报告")
    zh, en = refused.value.fields["report_rows"]
    assert "C07“行政处罚、行政处理机构—行政处罚机构总数”社会办医疗机构其中中医：其中数大于总数" in zh
    assert "C07 “Institutions punished, total”, Private, of which Chinese medicine" in en
    assert without_police.elements() == ["check_table"]
    without_police.do("check_table", report_text="阶段报告")


def test_story_12_49_8_per_cent_is_red_is_explained_and_is_never_rounded_up(without_police, desk):
    report_late(without_police)
    without_police.do("decide_partial", partial_decision="partial", partial_reason="公安未报")
    without_police.do("check_table", report_text="阶段报告")
    assert without_police.elements() == ["explain_coverage"]
    facts = without_police.page("explain_coverage").data
    assert (facts["coverage_others"], facts["coverage_others_light"]) == (49.8, "red")
    assert (facts["coverage_hospital"], facts["coverage_hospital_light"]) == (100, "green")
    without_police.do("explain_coverage", coverage_reason="九月补查一家诊所")
    without_police.do("file_stage", by="health.head")
    task = without_police.task("receive_report")
    assert task.agency == "yunhai-health"
    assert without_police.page("receive_report", by="superior.officer").data["coverage_others_light"] == "red"
    without_police.do("receive_report", by="superior.officer")
    assert without_police.elements() == []
    with desk.database.reading() as session:
        names = list(session.scalars(select(Document.name).where(Document.case == without_police.case)))
        assert sorted(names) == ["量化统计表", "阶段报告"]
        clock = session.scalars(select(Clock).where(Clock.case == without_police.case, Clock.rule == "report.due")).one()
        assert clock.state == "stopped"
        assert clock.breached_at is None, "filed on 29 August, before 1 September"


def test_one_hospital_left_out_is_red_too(asked):
    for branch in ("qinglan-amr", "qinglan-psb"):
        asked.do("fill_part", branch)
    asked.do("fill_part", "qinglan-health", hospital_covered=11, others_covered=250)
    facts = asked.page("check_table").data
    assert [facts[f"coverage_{kind}_light"] for kind in ("hospital", "nursing", "others")] == ["red", "green", "green"]


def test_what_is_covered_as_asked_goes_straight_to_the_head_and_a_final_report_is_a_summary(city, desk):
    city.do("open_period", by="health.officer", report_kind="final", self_inspection="yes", commitment_due_before="2022-07-01")
    city.do("collect_commitments")
    for branch in ("qinglan-amr", "qinglan-psb"):
        city.do("fill_part", branch)
    city.do("fill_part", "qinglan-health", others_covered=250)
    city.do("check_table", report_text="总结")
    assert city.elements() == ["file_summary"]
    city.do("file_summary", by="health.head")
    with desk.database.reading() as session:
        names = set(session.scalars(select(Document.name).where(Document.case == city.case)))
    assert names == {"承诺书", "量化统计表", "工作总结"}


def test_a_department_corrects_its_part_and_the_superior_may_send_the_report_back(asked):
    for branch in ("qinglan-amr", "qinglan-psb", "qinglan-health"):
        asked.do("fill_part", branch, others_covered=300)
    asked.do("check_table", table_check="return", departments_to_correct=["qinglan-amr"])
    assert [task.scope for task in asked.waiting()] == ["qinglan-amr"]
    asked.do("fill_part", "qinglan-amr", part_rows=AMR_ROWS)
    asked.do("check_table", table_check="agree", report_text="报告")
    asked.do("file_stage", by="health.head")
    asked.do("receive_report", by="superior.officer", report_receipt="returned", return_reason="缺说明")
    assert asked.elements() == ["check_table"]
    with_table = {row.name: row.value for row in casefile.facts(asked.desk, asked.people["health.officer"], asked.case) if not row.scope}
    assert with_table["report_rows"] == AMR_ROWS


def test_a_period_is_opened_by_the_health_authority_only(desk, people):
    ref, _ = cases.open_case(desk, people["psb.officer"], process="campaign_report", title="虚构·公安", facts={})
    police = Play(desk, people, ref.id, dict(PERIOD))
    with pytest.raises(NotAllowed) as refused:
        police.do("open_period", by="psb.officer", campaign_departments=["qinglan-psb"])
    assert "42号" in (refused.value.article or "")


def test_the_task_of_the_police_is_gone_from_their_inbox_once_it_was_decided_without_them(without_police, desk):
    report_late(without_police)
    with desk.database.reading() as session:
        states = session.scalars(select(Task.state).where(Task.case == without_police.case, Task.scope == "qinglan-psb")).all()
    assert states == ["cancelled"]
