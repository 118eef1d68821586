"""线索受理与分流: where a clue comes from, what is known of its subject already, which way it goes, and what its reporter hears."""

import pytest
from sqlalchemy import select

from tests.factories.family import facts
from tests.factories.play import Play
from workflows import casefile, forms, tasks
from workflows.errors import WrongAnswers
from workflows.records import Clock

REPORTED = {"clue_source": "complaint", "complaint_channel": "hotline", "hotline_number": "虚构工单1号", "reporter_name": "张某某"}
CODES = ["routine_check", "opinion", "complaint", "self_check", "agency", "audit", "risk", "grid", "superior", "reverse"]
"""The ten sources: four of 鲁卫医监字〔2024〕1号 二（一）3 with 12345, transfers, audit and discipline, warnings, the grid, superiors, 反向移送."""


@pytest.mark.parametrize("source", CODES)
def test_a_clue_of_each_source_is_taken_in(play, source):
    assert play(reached="triage", clue_source=source).elements() == ["triage"]


def test_there_are_these_ten_sources_and_no_others(play):
    page = play(reached="register_clue").page("register_clue")
    offered = next(one for one in forms.inputs(page.form) if forms.key_of(one) == "clue_source")
    assert sorted(choice["value"] for choice in offered["values"]) == sorted(CODES)


def test_a_case_under_another_name_of_the_same_subject_is_found(play, desk, people):
    play(reached="triage", subject_name="虚构·百灵诊所")
    second = Play.open(desk, people, subject_name="虚构·云雀工作室", subject_aliases="虚构·百灵诊所、云雀美容").reach("triage")
    [related] = facts(second)["related_cases"]
    assert "虚构·一案" in related
    assert "虚构·一案" in second.page("triage").data["duplicate_notice"]


def test_a_subject_that_is_new_is_said_to_be_new(play):
    case = play(reached="triage", subject_name="虚构·独此一家")
    assert facts(case)["related_cases"] == []
    assert "未查到" in case.page("triage").data["duplicate_notice"]


def test_a_reporter_who_is_named_in_the_summary_is_refused_and_nothing_typed_is_lost(play, desk, people):
    case = play(reached="register_clue")
    told = {
        **REPORTED,
        "subject_name": "虚构诊所",
        "matter": "illegal_practice",
        "found_on": "2026-03-02",
        "clue_summary": "张某某称该诊所无证",
    }
    task = case.task("register_clue")
    with pytest.raises(WrongAnswers) as refused:
        tasks.complete(desk, people["health.intake"], task.id, revision=task.revision, answers=told)
    assert set(refused.value.fields) == {"clue_summary"}
    assert case.elements() == ["register_clue"]

    masked = {**told, "clue_summary": "群众反映该诊所无证"}
    tasks.complete(desk, people["health.intake"], task.id, revision=task.revision, answers=masked)
    assert case.elements() == ["triage"]


def test_who_reported_is_answered_by_the_intake_and_by_nobody_else(play):
    case = play(reached="reply_reporter", **REPORTED)
    task = case.task("reply_reporter")
    assert (task.agency, task.role) == ("qinglan-health", "intake")
    case.do("reply_reporter", by="health.intake")
    assert "答复函" in {row.name for row in casefile.documents(case.desk, case.people["health.intake"], case.case)}
    assert case.elements() == ["confirm_hits"]


def test_who_wants_no_answer_gets_none(play):
    case = play(reached="triage", **REPORTED, reporter_wants_answer="no")
    case.do("triage", triage="host")
    assert case.elements() == ["confirm_hits"]


def test_a_clue_from_an_agency_has_no_reporter_to_answer(play):
    case = play(reached="triage", clue_source="agency", source_agency="qinglan-hsa")
    case.do("triage", triage="host")
    assert case.elements() == ["confirm_hits"]


def test_a_complaint_about_an_advertisement_is_answered_within_seven_working_days_of_its_receipt(play, desk):
    """广告法第五十三条: received on Monday 2 March 2026, due at the end of Wednesday 11 March, however long triage took."""
    case = play(reached="triage", matter="medical_ad", found_on="2026-03-02", **REPORTED)
    desk.clock.to("2026-03-05 10:00")
    case.do("triage", triage="host")
    task = case.task("reply_ad_reporter")
    assert task.due_at.astimezone(desk.clock.now.tzinfo).date().isoformat() == "2026-03-11"
    with desk.database.reading() as session:
        [(rule, article)] = session.execute(select(Clock.rule, Clock.article).where(Clock.task == task.id)).all()
    assert rule == "ad.complaint"
    assert "第五十三条" in article


def test_an_agency_that_is_competent_for_all_of_it_investigates_alone(play):
    case = play(reached="triage")
    case.do("triage", triage="investigate")
    case.do("confirm_hits")
    assert [(task.element, task.agency) for task in case.waiting()] == [("prepare_visit", "qinglan-health")]
    case.finish()
    assert case.status() == "closed"
    assert "give_opinion" not in case.done


def test_a_clue_that_is_handled_already_joins_the_case_at_hand_and_ends(play, desk):
    case = play(reached="triage")
    case.do("triage", triage="merge", merged_into="青卫联〔2026〕1号")
    assert case.status() == "closed"


def test_a_clue_cannot_join_nothing(play):
    case = play(reached="triage")
    task = case.task("triage")
    with pytest.raises(WrongAnswers) as refused:
        tasks.complete(case.desk, case.people["health.officer"], task.id, revision=task.revision, answers={"triage": "merge"})
    assert set(refused.value.fields) == {"merged_into"}


def test_a_rejected_clue_can_be_taken_to_negotiation_and_no_other(play, people):
    case = play(reached="triage")
    task = case.task("triage")
    with pytest.raises(WrongAnswers) as refused:
        tasks.complete(case.desk, people["health.officer"], task.id, revision=task.revision, answers={"triage": "dispute"})
    assert "第二十五条" in refused.value.fields["triage"][0]

    case.do("triage", triage="forward", targets=["qinglan-psb"])
    case.do("sign_receipt", receipt="rejected", receipt_note="不属本机关职责")
    case.do("triage", triage="dispute")
    case.reach("negotiate")
    case.do("negotiate", negotiation="failed")
    case.do("designate", lead_candidate="qinglan-psb")
    assert case.task("assess_criteria").agency == "qinglan-psb"
