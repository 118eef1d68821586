"""欺诈骗保: two certified officers establish it, settlement may be suspended by the head, each consequence is a case of its own."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from handlers.open_fund_cases import open_fund_cases
from tests.factories.play import Play
from tests.factories.walks import Directory, agencies
from workflows import cases
from workflows.contracts import HandlerCall, ParticipantRef
from workflows.errors import NotAllowed, WrongAnswers
from workflows.records import Clock
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
        ("no", "yes", [("administrative_penalty", "qinglan-hsa"), ("joint_case", "qinglan-health")]),
        ("no", "no", [("administrative_penalty", "qinglan-hsa")]),
    ],
)
def test_a_crime_goes_to_the_police_and_never_to_a_penalty_beside_it(crime, licence, wanted):
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
