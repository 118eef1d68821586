"""Who leads: the candidate accepts, the two negotiate, or the common superior designates (行政处罚法 第二十五条第二款)."""

import pytest
from sqlalchemy import select

from tests.factories.play import Play
from workflows import casefile, clocks, tasks
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
    assert case.task("assess_criteria").agency == "qinglan-amr"


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


def test_the_proposal_says_how_many_cases_each_agency_leads_already(play, desk):
    first = play(reached="assess_criteria")
    second = Play.open(desk, first.people).reach("confirm_candidate")
    assert "青岚区卫生健康局：在办牵头案件 1 件" in second.page("confirm_candidate").data["lead_load"]


STORY_6 = {
    "matter": "medical_ad",
    "members": ["qinglan-health"],
    "own_filed_on": "2026-03-02",
    "own_filing_number": "青卫立〔2026〕9号",
    "candidate_filed_on": "2026-02-11",
    "candidate_filing_number": "青市监立〔2026〕4号",
}


def test_story_6_neither_wants_to_lead_the_filings_are_shown_and_the_common_superior_designates(play, desk, people):
    """False advertising and a non-doctor: AMR filed first, its ninety days run while the two dispute; the superior designates HEALTH."""
    case = play(reached="answer_lead", **STORY_6)
    case.do("answer_lead", by="amr.head", lead_answer="decline", lead_answer_reason="主要线索为非医师行医")
    told = case.page("negotiate").data["first_to_file"]
    first, second = told.split("\n")
    assert first.startswith("2026-02-11 青岚区市场监督管理局")
    assert "最先立案" in first
    assert first.endswith("2026-05-12"), "ninety days from 11 February 2026, the day itself not counted"
    assert second.startswith("2026-03-02 青岚区卫生健康局")

    case.do("negotiate", negotiation="failed")
    assert "最先立案" in case.page("designate").data["first_to_file"]
    case.do("designate", by="superior.officer", designation="designated", lead_candidate="qinglan-health")
    assert leads(desk, case) == ["qinglan-health"]
    assert {"协商记录", "指定管辖决定书"} <= {row.name for row in casefile.documents(desk, people["superior.officer"], case.case)}


def test_what_negotiation_finds_out_about_filings_counts_over_what_was_said_before(play):
    case = play(reached="negotiate", lead_answer="decline", **STORY_6)
    found = [{"filing_agency": "qinglan-health", "filing_on": "2026-01-05", "filing_number": "青卫立〔2026〕1号"}]
    case.do("negotiate", negotiation="failed", filings=found)
    assert case.page("designate").data["first_to_file"].startswith("2026-01-05 青岚区卫生健康局")


def test_a_superior_that_does_not_designate_takes_it_to_the_government(play, desk):
    case = play(reached="designate", matter="medical_ad", members=["qinglan-health"], lead_answer="decline", negotiation="failed")
    case.do("designate", designation="refer")
    task = case.task("designate_by_government")
    assert (task.agency, task.role) == ("yunhai-gov", "supervisor")
    case.do("designate_by_government", lead_candidate="qinglan-amr")
    assert leads(desk, case) == ["qinglan-amr"]


def test_a_superior_that_is_silent_is_passed_over_to_the_government(play, desk):
    """行政处罚法第二十五条 gives no number of days: fifteen working days are a setting, until which the superior is reminded."""
    case = play(reached="designate", matter="medical_ad", members=["qinglan-health"], lead_answer="decline", negotiation="failed")
    desk.clock.to("2026-03-17 10:00")  # asked on Monday 2 March, due on Monday 16 March
    clocks.sweep(desk)
    assert case.elements() == ["designate"], "a limit that runs out decides nothing"
    desk.clock.to("2026-03-24 10:00")
    clocks.sweep(desk)
    assert case.task("designate_by_government").agency == "yunhai-gov"
