"""欺诈骗保: two certified officers establish it, settlement may be suspended by the head, each consequence is a case of its own."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from handlers.open_fund_cases import open_fund_cases
from tests.factories.family import children
from tests.factories.play import Play
from tests.factories.walks import Directory, agencies
from workflows import cases
from workflows.contracts import HandlerCall, ParticipantRef
from workflows.errors import GateClosed, NotAllowed, WrongAnswers
from workflows.records import Case, Clock, Message
from workflows.working_days import CHINA


def call(**facts) -> HandlerCall:
    here = next(ref for ref in agencies() if ref.code == "qinglan-hsa")
    return HandlerCall(
        service="s", case_id=UUID(int=1), case_number="青医保联〔2026〕1号", case_title="虚构·透析", element="e", scope="",
        now=datetime(2026, 3, 2, 9, tzinfo=CHINA), facts={"subject_name": "虚构·云朵血透", **facts}, branches={},
        participants=(ParticipantRef(here, "receiving"),), registers=Directory(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("crime", "licence", "wanted"),
    [
        ("yes", "yes", [("criminal_transfer", "qinglan-hsa"), ("joint_case", "qinglan-health")]),
        ("yes", "no", [("criminal_transfer", "qinglan-hsa")]),
        ("no", "yes", [("penalty_case", "qinglan-hsa"), ("joint_case", "qinglan-health")]),
        ("no", "no", [("penalty_case", "qinglan-hsa")]),
    ],
)
def test_a_crime_goes_to_the_police_and_never_to_a_penalty_of_the_same_party_beside_it(crime, licence, wanted):
    opened = open_fund_cases(call(fund_crime=crime, fund_licence=licence)).cases
    assert [(one.process, one.agency) for one in opened] == wanted
    assert all(one.facts["subject_name"] == "虚构·云朵血透" for one in opened)


@pytest.fixture
def fraud(desk, people):
    ref, _ = cases.open_case(desk, people["hsa.officer"], process="fund_fraud", title="虚构·骗保", facts={})
    return Play(desk, people, ref.id, {"subject_name": "虚构·云朵血透", "second_officer": "hsa.officer2"})


def test_settlement_is_suspended_by_the_head_of_medical_insurance_and_watched_until_it_is_lifted(fraud, desk):
    fraud.do("notify_check", by="hsa.officer")
    fraud.do("check_fund", by="hsa.officer", fund_cooperation="refuses")
    task = fraud.task("suspend_settlement")
    assert (task.agency, task.role) == ("qinglan-hsa", "head")
    with pytest.raises(NotAllowed):
        fraud.do("suspend_settlement", by="hsa.officer")
    fraud.do("suspend_settlement")
    with desk.database.reading() as session:
        clock = session.scalars(select(Clock).where(Clock.case == fraud.case, Clock.rule == "fund.suspension")).one()
        known = (clock.id, clock.due_at.astimezone(CHINA).date())
    assert known[1] == date(2026, 4, 1)
    fraud.do("establish_fund", by="hsa.officer", fund_finding="none")
    fraud.do("lift_suspension")
    with desk.database.reading() as session:
        assert session.get(Clock, known[0]).state == "stopped"
    assert fraud.elements() == []


def test_one_officer_alone_does_not_check(fraud):
    with pytest.raises(WrongAnswers):
        fraud.do("notify_check", by="hsa.officer", second_officer="hsa.officer")
    fraud.do("notify_check", by="hsa.officer", second_officer="hsa.officer2")


def test_story_10_invented_dialysis_goes_to_the_police_the_fund_and_the_health_administration_each_its_part(fraud, desk, people):
    """The clinic's owner is suspected, two nurses are not: one transfer, one penalty case, one case of licences; the money comes back."""
    fraud.answers |= {"fund_cooperation": "refuses", "fund_finding": "fraud", "fund_amount": 480_000, "fund_crime": "yes"}
    fraud.answers |= {"fund_administrative": "yes", "fund_licence": "yes", "fund_return_amount": 480_000, "agreement_action": "end"}
    fraud.reach("demand_return").do("demand_return")
    assert fraud.known()["fund_return_amount"] == 480_000
    transfer, penalty, licences = (children(fraud, process)[0] for process in ("criminal_transfer", "penalty_case", "joint_case"))
    assert [{task.agency for task in case.waiting()} for case in (transfer, penalty, licences)] == [
        {"qinglan-hsa"}, {"qinglan-hsa"}, {"qinglan-health"},
    ]  # fmt: skip

    fraud.reach("lift_suspension", hold={*transfer.elements(), *penalty.elements(), *licences.elements()})
    with pytest.raises(GateClosed) as still:
        fraud.do("lift_suspension")
    assert still.value.article, "not before what it led to is closed"

    transfer.answers |= {"filing": "filed", "police_agency": "qinglan-psb", "transfer_receiver": "police", "second_officer": "hsa.officer2"}
    transfer.reach("hand_over").do("hand_over")
    with desk.database.reading() as session:
        told = set(session.scalars(select(Message.to_agency).where(Message.case == transfer.case, Message.kind == "transfer_copy")))
    assert told == {"qinglan-proc"}
    transfer.finish()
    assert "decide_filing" in transfer.done

    penalty.answers |= {"subject_name": "虚构·护士甲", "subject_kind": "person", "penalty_act": "other_act", "penalties": ["warning"]}
    penalty.answers |= {"penalties_decided": ["warning"], "second_officer": "hsa.officer2"}
    penalty.finish()
    licences.answers |= {"second_officer": None}
    licences.finish()
    fraud.finish()
    with desk.database.reading() as session:
        over = session.scalars(select(Case.status).where(Case.id.in_([case.case for case in (transfer, penalty, licences, fraud)]))).all()
    assert over == ["closed"] * 4
