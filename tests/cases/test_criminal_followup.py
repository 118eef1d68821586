"""A filed case is followed as a case of its own: assistance, progress, prosecution, judgment or withdrawal, and what comes back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.factories.play import Play
from workflows import cases
from workflows.errors import GateClosed
from workflows.records import Case, Clock, Message, Participant


@pytest.fixture
def filed(play, desk, people):
    """The follow-up of a case that the police have filed, and the case."""

    def begin(**answers):
        case = play(classification="crime").reach("hand_over_items")
        with desk.database.reading() as session:
            child = session.scalars(select(Case.id).where(Case.parent == case.case, Case.process == "criminal_followup")).one()
        return case, Play(desk, people, child, {**case.answers, **answers})

    return begin


def under(desk, case, process):
    with desk.database.reading() as session:
        return list(session.scalars(select(Case.id).where(Case.parent == case.case, Case.process == process)))


def test_the_follow_up_begins_with_the_filing_and_the_administrative_part_goes_on(filed):
    case, followup = filed()
    assert followup.elements() == ["register_investigation"]
    case.do("hand_over_items")
    case.reach("close_case")
    assert followup.elements() == ["register_investigation"]


def test_the_case_closes_after_its_criminal_case(filed):
    case, followup = filed()
    case.reach("close_case")
    with pytest.raises(GateClosed) as refused:
        case.do("close_case")
    assert cases.get(case.desk, case.people["health.head"], followup.case).case.number in refused.value.zh
    followup.finish()
    case.do("close_case")
    assert case.status() == "closed"


def test_assistance_is_asked_of_an_agency_answered_and_the_investigation_goes_on(filed, desk):
    _, followup = filed()
    followup.do("register_investigation")
    followup.do("report_progress", criminal_progress="assistance")
    followup.do("request_assistance", assisting_agency="qinglan-mpa", assistance_wanted=["determination"])
    assert followup.task("answer_assistance").agency == "qinglan-mpa"
    followup.do("answer_assistance", assistance_answer="经认定为未取得注册证的医疗器械")
    with desk.database.reading() as session:
        answered = session.scalars(
            select(Message.to_agency).where(Message.case == followup.case, Message.kind == "assistance_answered")
        ).all()
    assert answered == ["qinglan-psb"]
    assert followup.elements() == ["report_progress"]

    followup.do("report_progress", criminal_progress="assistance")
    followup.do("request_assistance", assisting_agency="qinglan-amr", assistance_wanted=["storage"])
    with desk.database.reading() as session:
        assisting = session.scalars(
            select(Participant.agency).where(
                Participant.case == followup.case, Participant.capacity == "assisting", Participant.until.is_(None)
            )
        ).all()
    assert assisting == ["qinglan-amr"], "who has answered sees no more than its part wants"


def test_three_months_after_the_filing_the_procuratorate_is_reminded(filed, desk):
    _, followup = filed()
    followup.do("register_investigation")
    followup.do("report_progress", criminal_progress="compulsory")
    with desk.database.reading() as session:
        (urge,) = session.scalars(select(Clock).where(Clock.case == followup.case, Clock.rule == "filing_supervision.urge")).all()
        session.expunge_all()
    assert (urge.unit, urge.length, urge.state) == ("month", 3, "running")
    followup.do("report_progress", criminal_progress="prosecution")
    followup.do("record_prosecution")
    with desk.database.reading() as session:
        assert session.get_one(Clock, urge.id).state == "stopped"


@pytest.mark.parametrize(
    ("answers", "outcome", "returns"),
    [
        ({"criminal_progress": "withdrawn"}, "withdrawn", True),
        ({"prosecution": "not_prosecuted", "penalty_wanted": "yes"}, "not_prosecuted", True),
        ({"prosecution": "not_prosecuted", "penalty_wanted": "no"}, "not_prosecuted", False),
        ({"judgment_result": "exempted", "penalty_after_judgment": "yes"}, "judged", True),
        ({"judgment_result": "fined", "penalty_after_judgment": "no"}, "judged", False),
    ],
)
def test_what_still_deserves_a_penalty_comes_back_as_a_reverse_transfer(filed, desk, answers, outcome, returns):
    _, followup = filed(**answers)
    while followup.waiting():
        followup.step()
    assert followup.known()["criminal_outcome"] == outcome
    assert followup.status() == "closed"
    assert bool(under(desk, followup, "reverse_transfer")) is returns


def test_the_case_that_was_transferred_closes_after_what_came_back_as_well(filed, desk, people):
    case, followup = filed(criminal_progress="withdrawn")
    while followup.waiting():
        followup.step()
    (back,) = under(desk, followup, "reverse_transfer")
    case.reach("close_case")
    with pytest.raises(GateClosed):
        case.do("close_case")
    reverse = Play(desk, people, back, {**case.answers, "reverse_decision": "reply", "reverse_result": "not_penalised"})
    reverse.finish()
    case.do("close_case")
