"""联合调查: who may go, who is recused, what is recorded, and what follows when the visit cannot be made."""

import hashlib

import pytest

from tests.factories.family import children, facts
from tests.factories.play import Play
from workflows import casefile, cases_under, tasks
from workflows.errors import GateClosed, NotAllowed, WrongAnswers

LEAD, MEMBER = "qinglan-health", "qinglan-amr"


def documents(case, officer="health.officer"):
    return [row.name for row in casefile.documents(case.desk, case.people[officer], case.case)]


def test_story_13_a_conflict_that_an_officer_reports_is_decided_by_the_head_and_others_go(play, people):
    case = play(reached="prepare_visit")
    case.do(
        "prepare_visit",
        LEAD,
        by="health.officer",
        conflict_reported="self",
        conflict_officer="health.officer",
        conflict_reason="与当事人系亲属",
    )
    task = case.task("decide_recusal", LEAD)
    assert (task.agency, task.role) == (LEAD, "head")
    case.do("decide_recusal", LEAD, by="health.head", recusal_decision="grant")

    task = case.task("prepare_visit", LEAD)
    with pytest.raises(NotAllowed, match="recused") as refused:
        case.do("prepare_visit", LEAD, by="health.officer", second_officer="health.officer2", conflict_reported="none")
    assert "第四十三条" in refused.value.article
    with pytest.raises(WrongAnswers) as wrong:
        case.do("prepare_visit", LEAD, by="health.officer2", second_officer="health.officer", conflict_reported="none")
    assert set(wrong.value.fields) == {"second_officer"}


def test_a_new_task_is_not_given_to_who_was_recused(play, people):
    case = play(reached="prepare_visit")
    case.do("prepare_visit", LEAD, by="health.officer", conflict_reported="self", conflict_officer="health.officer", conflict_reason="亲属")
    case.do("decide_recusal", LEAD, recusal_decision="grant")
    assert case.task("prepare_visit", LEAD).assignee != people["health.officer"].id


def test_a_recusal_that_the_head_refuses_lets_the_same_officers_go(play):
    case = play(reached="prepare_visit")
    case.do(
        "prepare_visit",
        LEAD,
        by="health.officer",
        conflict_reported="party",
        conflict_officer="health.officer",
        conflict_reason="当事人认为不公",
    )
    case.do("decide_recusal", LEAD, recusal_decision="refuse")
    case.do("prepare_visit", LEAD, by="health.officer", conflict_reported="none")
    assert case.task("record_findings", LEAD)
    assert "回避决定" in documents(case)


def test_a_party_that_asks_on_the_spot_does_not_stop_the_visit(play):
    """行政处罚法第四十三条: the visit is recorded first, the head decides after it."""
    case = play(reached="record_findings", hold=["record_findings"])
    case.do("record_findings", MEMBER, recusal_applied="yes", finding="violation")
    assert facts(case, MEMBER)["finding"] == "violation"
    case.do("decide_application", MEMBER, by="amr.head", recusal_decision="refuse", recusal_officer="amr.officer")
    assert MEMBER not in {task.scope for task in case.waiting()}, "what was recorded stands"


def test_when_it_is_granted_others_go_again(play):
    case = play(reached="record_findings")
    case.do("record_findings", MEMBER, recusal_applied="yes")
    case.do("decide_application", MEMBER, recusal_decision="grant", recusal_officer="amr.officer")
    assert case.task("prepare_visit", MEMBER)


def test_a_recusal_in_a_branch_is_one_in_the_whole_case_and_in_what_is_opened_under_it(play, desk, people):
    case = play(reached="prepare_visit")
    case.do(
        "prepare_visit", LEAD, by="health.officer", conflict_reported="self", conflict_officer="health.officer2", conflict_reason="亲属"
    )
    case.do("decide_recusal", LEAD, recusal_decision="grant", recusal_officer="health.officer2")
    child = cases_under.open_case(desk, people["health.officer"], case.case, process="evidence_measure", title="", facts={})
    measure = Play(desk, people, child.id, {"measure_kind": "registration"})
    with pytest.raises(NotAllowed, match="recused"):
        measure.do("choose_measure", by="health.officer2", second_officer="health.officer")
    with pytest.raises(WrongAnswers) as refused:
        measure.do("choose_measure", by="health.officer", second_officer="health.officer2")
    assert "第四十三条" in refused.value.fields["second_officer"][0]


@pytest.mark.parametrize("outcome", ["obstructed", "fled"])
def test_a_visit_that_cannot_be_made_is_recorded_and_goes_on_with_what_there_is(play, outcome):
    case = play(reached="record_findings")
    case.do("record_findings", MEMBER, visit_outcome=outcome)
    assert case.task("handle_obstacle", MEMBER)
    case.do("handle_obstacle", MEMBER, obstacle_handling="proceed")
    assert MEMBER not in {task.scope for task in case.waiting()}
    assert "情况说明" in documents(case, "amr.officer")


def test_an_obstructed_visit_can_be_made_again_with_the_police(play):
    case = play(reached="record_findings")
    case.do("record_findings", MEMBER, visit_outcome="obstructed")
    case.do("handle_obstacle", MEMBER, obstacle_handling="again")
    assert case.task("prepare_visit", MEMBER)


def test_interviews_and_samples_follow_until_it_is_enough(play):
    case = play(reached="record_findings")
    case.do("record_findings", MEMBER, further_collection="interview")
    case.do("record_interview", MEMBER, further_collection="sampling")
    case.do("record_sampling", MEMBER, further_collection="interview")
    case.do("record_interview", MEMBER, further_collection="none")
    assert MEMBER not in {task.scope for task in case.waiting()}
    issued = documents(case, "amr.officer")
    assert issued.count("询问笔录") == 2
    assert issued.count("抽样凭证") == 1


@pytest.mark.parametrize("step", ["record_interview", "record_sampling", "handle_obstacle"])
def test_none_of_these_is_done_by_one_officer_alone(play, people, step):
    case = play(reached="record_findings")
    more = {"visit_outcome": "obstructed"} if step == "handle_obstacle" else {"further_collection": step.removeprefix("record_")}
    case.do("record_findings", MEMBER, **more)
    with pytest.raises(WrongAnswers) as refused:
        case.do(step, MEMBER, by="amr.officer", second_officer="amr.officer")
    assert "second_officer" in refused.value.fields


def test_evidence_is_numbered_and_sealed_and_the_register_reaches_the_report(play):
    digest = hashlib.sha256(b"photo").hexdigest()
    items = [
        {
            "evidence_name": "现场照片",
            "evidence_kind": "media",
            "evidence_count": 12,
            "evidence_custodian": "市甲",
            "evidence_digest": digest,
        },
        {"evidence_name": "收费单", "evidence_kind": "document"},
    ]
    case = play(reached="record_findings")
    case.do("record_findings", MEMBER, evidence=items)
    first, second = facts(case, MEMBER)["evidence_items"]
    assert first.startswith("青岚区市场监督管理局证01 现场照片；12 件；保管 市甲")
    assert digest in first
    assert second.startswith("青岚区市场监督管理局证02 收费单；1 件")
    case.reach("write_report")
    assert first in case.page("write_report").data["evidence_register"]


def test_a_digest_that_is_none_is_refused(play):
    case = play(reached="record_findings")
    with pytest.raises(WrongAnswers) as refused:
        case.do("record_findings", MEMBER, evidence=[{"evidence_name": "录像", "evidence_digest": "keins"}])
    assert "evidence" in refused.value.fields


def test_each_measure_that_is_asked_for_is_a_case_of_its_own_at_the_agency_and_the_parent_closes_last(play, desk):
    case = play(reached="record_findings")
    case.do("record_findings", MEMBER, measures=["registration", "assistance"])
    opened = children(case, "evidence_measure")
    assert len(opened) == 2
    assert {task.agency for child in opened for task in child.waiting()} == {MEMBER}
    case.reach("close_case")
    with pytest.raises(GateClosed, match="still open"):
        case.do("close_case")
    for child in opened:
        child.finish(measure_kind="registration")
        assert child.status() == "closed"
    case.finish()
    assert case.status() == "closed"


def test_an_officer_without_a_certificate_never_comes_into_the_pair(play, people):
    case = play(reached="prepare_visit")
    offered = {one["value"] for one in case.page("prepare_visit", LEAD, by="health.officer").data["officers"]}
    assert offered == {"health.officer2"}
    task = case.task("prepare_visit", LEAD)
    answers = {"visit_on": "2026-03-03", "visit_place": "虚构路", "second_officer": "health.head", "no_conflict": True}
    with pytest.raises(WrongAnswers):
        tasks.complete(case.desk, people["health.officer"], task.id, revision=task.revision, answers=answers)


def test_a_fact_is_called_as_the_step_that_asked_for_it_calls_it_and_officers_by_their_names_in_every_branch(play, people):
    case = play(reached="prepare_visit")
    case.do("prepare_visit", LEAD, by="health.officer", second_officer="health.officer2")
    case.do("prepare_visit", MEMBER, by="amr.officer", second_officer="amr.officer2")
    rows = [row for row in casefile.facts(case.desk, people["health.officer"], case.case) if row.name == "second_officer"]
    assert {row.label.zh for row in rows} == {"协办执法人员"}, "the same fact is 专案组另一名执法人员 when a crime is verified"
    assert {row.value_text.zh for row in rows} == {people[name].name for name in ("health.officer2", "amr.officer2")}
