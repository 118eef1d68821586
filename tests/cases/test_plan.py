"""一案一策: the plan goes round to the members; an objection is answered or makes a new version."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from workflows import casefile, clocks, history
from workflows.jurisdictions import load_jurisdiction
from workflows.records import Message

TWO = ["qinglan-amr", "qinglan-mpa"]


def test_every_member_is_asked_at_the_same_time(play):
    case = play(reached="give_opinion", members=TWO)
    assert sorted(task.agency for task in case.waiting()) == TWO


def test_an_objection_that_is_accepted_makes_a_new_draft_and_everybody_is_asked_again(play):
    case = play(reached="give_opinion", members=TWO)
    case.do("give_opinion", "qinglan-amr", opinion="object", opinion_text="分工不明")
    case.do("give_opinion", "qinglan-mpa", opinion="agree")
    assert case.elements() == ["handle_objection"]
    assert case.task("handle_objection").agency == "qinglan-health"

    case.do("handle_objection", objection_handling="revise")
    assert case.elements() == ["draft_plan"]
    case.do("draft_plan")
    assert sorted(task.agency for task in case.waiting()) == TWO
    case.do("give_opinion", "qinglan-amr", opinion="agree")
    case.do("give_opinion", "qinglan-mpa", opinion="agree")
    assert case.elements() == ["sign_plan"], "the objection of the first round is not counted again"


def test_an_objection_that_is_overruled_goes_to_the_head_with_the_plan(play):
    case = play(reached="give_opinion", members=TWO)
    case.do("give_opinion", "qinglan-amr", opinion="object")
    case.do("give_opinion", "qinglan-mpa")
    case.do("handle_objection", objection_handling="overrule")
    assert case.elements() == ["sign_plan"]


def test_a_plan_that_the_head_returns_is_drafted_again_and_the_signed_one_is_issued(play, desk):
    case = play(reached="sign_plan", members=TWO)
    case.do("sign_plan", plan_decision="return")
    assert case.elements() == ["draft_plan"]
    case.reach("sign_plan").do("sign_plan", plan_decision="approve")

    assert case.facts()["plan_version"] == 1, "only a signed plan is a version"
    with desk.database.reading() as session:
        told = session.scalars(select(Message.to_agency).where(Message.case == case.case, Message.kind == "plan_issued")).all()
    assert sorted(told) == TWO


def test_lead_and_members_of_the_plan_investigate_and_nobody_else(play):
    case = play(reached="prepare_visit", members=TWO)
    assert sorted(task.agency for task in case.waiting()) == sorted(["qinglan-health", *TWO])


def test_a_member_that_a_new_draft_adds_is_asked_and_investigates(play):
    case = play(reached="sign_plan", members=["qinglan-amr"])
    case.do("sign_plan", plan_decision="return")
    case.do("draft_plan", members=["qinglan-amr", "qinglan-hsa"])
    assert sorted(task.agency for task in case.waiting()) == ["qinglan-amr", "qinglan-hsa"]
    case.reach("prepare_visit")
    assert sorted(task.agency for task in case.waiting()) == ["qinglan-amr", "qinglan-health", "qinglan-hsa"]


SEVERAL = {"plan_criteria": ["several_regulators", "complex"]}


def test_the_table_proposes_with_its_clause_and_the_head_decides(play):
    case = play(reached="decide_plan_need", **SEVERAL)
    page = case.page("decide_plan_need")
    assert page.row.role == "head"
    assert page.data["plan_clause"].startswith("涉及多个监管部门，且案情复杂")
    case.do("decide_plan_need", plan_need="simple")
    assert sorted(task.agency for task in case.waiting()) == ["qinglan-amr", "qinglan-health"]
    assert case.elements() == ["prepare_visit"], "the law says may: the head may decide against what is proposed"


def test_a_plan_may_be_made_where_the_table_sees_no_need(play):
    case = play(reached="decide_plan_need", plan_criteria=[])
    assert case.page("decide_plan_need").data["plan_clause"].startswith("未见所列情形")
    case.do("decide_plan_need", plan_need="plan")
    assert case.elements() == ["draft_plan"]


def test_the_countersignatures_stand_before_the_head_who_signs(play):
    case = play(reached="give_opinion", members=TWO)
    case.do("give_opinion", "qinglan-amr", opinion="object", opinion_text="分工不明")
    case.do("give_opinion", "qinglan-mpa", opinion="agree")
    case.do("handle_objection", objection_handling="overrule")
    told = case.page("sign_plan").data["countersign_table"].split("\n")
    assert told == ["青岚区市场监督管理局：有异议。分工不明", "青岚区药品监督管理局：同意。按规定办理"] or told[1].startswith(
        "青岚区药品监督管理局：同意"
    )


def test_a_court_that_is_not_in_the_directory_is_said_to_be_told_otherwise(play, desk, people):
    case = play(reached="sign_plan")
    case.do("sign_plan", plan_decision="approve", court_copy=True)
    notes = [str(line.detail) for line in history.record(desk, people["health.head"], case.case, limit=5).items]
    assert any("抄送须线下办理" in note for note in notes)


def test_story_7_a_silent_member_is_reminded_reported_and_recorded_and_its_silence_is_no_consent(play, desk, people):
    """HSA's opinion is late: reminders, overdue, the lead, the superior; the plan is signed with the silence on record."""
    case = play(reached="give_opinion", members=["qinglan-amr", "qinglan-hsa"])
    case.do("give_opinion", "qinglan-amr", opinion="agree", opinion_text="同意")
    task = case.task("give_opinion", "qinglan-hsa")
    for day in ("2026-03-05 10:00", "2026-03-06 10:00", "2026-03-09 10:00"):  # asked on Monday 2 March, due on Thursday 5 March
        desk.clock.to(day)
        clocks.sweep(desk)
    assert case.elements() == ["give_opinion"], "a limit that runs out moves nothing"
    with desk.database.reading() as session:
        told = session.execute(select(Message.to_agency, Message.kind).where(Message.case == case.case, Message.task == task.id)).all()
    assert ("qinglan-hsa", "clock_nearing") in told
    assert ("qinglan-hsa", "clock_breached") in told
    assert ("qinglan-health", "clock_breached") in told, "the lead hears of it"

    desk.clock.to("2026-03-11 10:00")  # six working days: the round closes
    clocks.sweep(desk)
    assert case.elements() == ["record_silence"]
    assert (case.task("record_silence").agency, case.task("record_silence").role) == ("qinglan-health", "officer")
    case.do("record_silence", silence_handling="proceed", silence_reason="两次催办未复；证据可能灭失，不宜再等")

    page = case.page("sign_plan")
    assert page.data["countersign_table"] == "青岚区市场监督管理局：同意。同意\n青岚区医疗保障局：逾期未复，如实记录，不视为同意。"
    case.do("sign_plan", plan_decision="approve")
    with desk.database.reading() as session:
        reported = session.scalars(select(Message.to_agency).where(Message.case == case.case, Message.kind == "plan_silence")).all()
    assert reported == ["yunhai-hsa"], "its superior hears that it said nothing"
    record = [str(line.detail) for line in history.record(desk, people["health.head"], case.case, limit=200).items]
    assert any("未复 1 家" in line for line in record)
    assert "未复情况记录" in {row.name for row in casefile.documents(desk, people["health.head"], case.case)}


def test_after_a_silence_the_members_may_be_asked_once_more(play, desk):
    case = play(reached="give_opinion", members=TWO)
    desk.clock.to("2026-03-11 10:00")
    clocks.sweep(desk)
    case.do("record_silence", silence_handling="again")
    assert sorted(task.agency for task in case.waiting()) == TWO
    assert case.elements() == ["give_opinion"]


def test_what_a_member_said_of_an_earlier_draft_is_not_its_opinion_of_this(play, desk):
    case = play(reached="give_opinion", members=TWO)
    case.do("give_opinion", "qinglan-amr", opinion="object", opinion_text="分工不明")
    case.do("give_opinion", "qinglan-mpa", opinion="agree")
    desk.clock.forward(days=1)
    case.do("handle_objection", objection_handling="revise")
    case.do("draft_plan")
    case.do("give_opinion", "qinglan-amr", opinion="agree")
    desk.clock.forward(days=14)
    clocks.sweep(desk)
    case.do("record_silence", silence_handling="proceed")
    assert "青岚区药品监督管理局：逾期未复" in case.page("sign_plan").data["countersign_table"]


@pytest.mark.parametrize(
    ("place", "name"), [("shandong", "一案一策联合执法方案"), ("shanghai", "一案一方案联合执法方案"), ("zibo", "联合执法方案")]
)
def test_the_plan_is_called_what_the_place_calls_it(play, desk, people, place, name):
    case = play(reached="sign_plan")
    there = replace(case, desk=replace(desk, place=load_jurisdiction(place)))
    there.do("sign_plan", plan_decision="approve")
    with desk.database.reading() as session:
        [told] = session.scalars(select(Message.body).where(Message.case == case.case, Message.kind == "plan_issued")).all()
    assert told["subject"][0].startswith(f"{name}第 1 版")
