"""Who leads: the candidate accepts, the two negotiate, or the common superior designates (行政处罚法 第二十五条第二款)."""

import pytest
from sqlalchemy import select

from workflows import casefile, tasks
from workflows.errors import NotAllowed
from workflows.records import Participant


def leads(desk, case):
    with desk.database.reading() as session:
        return list(session.scalars(select(Participant.agency).where(
            Participant.case == case.case, Participant.capacity == "lead", Participant.until.is_(None)
        )))  # fmt: skip


def test_the_rule_table_proposes_and_the_candidate_accepts(play, desk):
    case = play(reached="answer_lead", matter="medical_ad", members=["qinglan-health"])
    assert case.task("answer_lead").agency == "qinglan-amr"
    case.do("answer_lead", lead_answer="accept")
    assert leads(desk, case) == ["qinglan-amr"]
    assert case.task("draft_plan").agency == "qinglan-amr"


def test_a_candidate_that_declines_brings_the_heads_to_the_table(play, desk):
    case = play(reached="answer_lead", matter="medical_ad", members=["qinglan-health"])
    case.do("answer_lead", lead_answer="decline")
    assert case.elements() == ["negotiate"]
    assert case.task("negotiate").role == "head"
    case.do("negotiate", negotiation="agreed", lead_candidate="qinglan-health")
    assert leads(desk, case) == ["qinglan-health"]


def test_when_negotiation_fails_the_common_superior_designates(play, desk, people):
    case = play(reached="answer_lead", matter="medical_ad", members=["qinglan-health"])
    case.do("answer_lead", lead_answer="decline")
    case.do("negotiate", negotiation="failed")
    task = case.task("designate")
    assert (task.agency, task.role) == ("yunhai-health", "officer")

    with pytest.raises(Exception, match="Not found"):
        tasks.complete(desk, people["health.head"], task.id, revision=task.revision, answers={})
    case.do("designate", by="superior.officer", lead_candidate="qinglan-mpa")

    assert leads(desk, case) == ["qinglan-mpa"]
    assert "指定管辖决定书" in {row.name for row in casefile.documents(desk, people["superior.officer"], case.case)}


def test_an_officer_of_the_candidate_does_not_answer_in_the_heads_place(play, desk, people):
    case = play(reached="answer_lead", matter="medical_ad", members=["qinglan-health"])
    task = case.task("answer_lead")
    with pytest.raises(NotAllowed):
        tasks.complete(desk, people["amr.officer"], task.id, revision=task.revision, answers={"lead_answer": "accept"})


def test_there_is_one_lead_after_the_superior_has_chosen_another_than_the_candidate(play, desk):
    case = play(reached="answer_lead", matter="medical_ad", members=["qinglan-health"])
    case.do("answer_lead", lead_answer="decline")
    case.do("negotiate", negotiation="failed")
    case.do("designate", lead_candidate="qinglan-health")
    with desk.database.reading() as session:
        candidates = session.scalars(select(Participant).where(Participant.case == case.case, Participant.capacity == "candidate")).all()
        assert [row.until is not None for row in candidates] == [True]
    assert leads(desk, case) == ["qinglan-health"]
