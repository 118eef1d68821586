"""违法医疗广告: counted over two years, told to the health administration, refused for a year; an application within it is not accepted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from handlers.check_ad_refusal import check_ad_refusal
from handlers.count_ads import count_ads
from handlers.enter_ad_refusal import enter_ad_refusal
from handlers.enter_ad_violation import enter_ad_violation
from tests.factories.family import children
from tests.factories.play import Play
from tests.factories.walks import Directory, agencies
from tests.unit.test_gates import LAWFUL
from workflows import casefile, cases, gates
from workflows.contracts import AdRefusal, AdViolation, HandlerCall, NewAdRefusal, NewAdViolation, ParticipantRef
from workflows.errors import GateClosed
from workflows.records import Clock, Message
from workflows.working_days import CHINA

CLINIC = {"subject_name": "虚构·云朵门诊部", "subject_code": ""}
STORY = (date(2024, 11, 20), date(2025, 8, 5))
"""The earlier acts of the story; the third is of 2026-03-10."""


class Registers(Directory):
    """The registers of a walk, with what they know of one clinic."""

    def __init__(self, acts: tuple[date, ...] = (), refusal: AdRefusal | None = None) -> None:
        self.acts, self.refusal = acts, refusal

    def ad_violations_of(self, name: str, code: str) -> tuple[AdViolation, ...]:
        return tuple(AdViolation(name, code, act, act.replace(day=28), "58", f"试〔{act.year}〕{act.month}号") for act in self.acts)

    def ad_refusal_on(self, name: str, code: str, day: date) -> AdRefusal | None:
        return self.refusal if self.refusal and self.refusal.since <= day <= self.refusal.until else None


def call(registers: Registers, **facts) -> HandlerCall:
    here = next(ref for ref in agencies() if ref.code == "qinglan-amr")
    return HandlerCall(
        service="s", case_id=UUID(int=1), case_number="青市监联〔2026〕1号", case_title="虚构", element="e", scope="",
        now=datetime(2026, 3, 20, 9, tzinfo=CHINA), facts={**CLINIC, **facts}, branches={}, participants=(ParticipantRef(here, "receiving"),), registers=registers,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("acts", "this", "counted"),
    [
        (STORY, "2026-03-10", 3),
        ((date(2024, 3, 9), date(2025, 8, 5)), "2026-03-10", 2),
        ((date(2024, 3, 10), date(2025, 8, 5)), "2026-03-10", 3),
        ((), "2026-03-10", 1),
        ((date(2022, 2, 28), date(2022, 3, 1)), "2024-02-29", 2),
    ],
)
def test_acts_of_two_years_are_counted_this_one_included(acts, this, counted):
    assert count_ads(call(Registers(acts), ad_act_on=this)).facts["ad_count_acts"] == counted


def test_decisions_are_counted_as_well_because_an_authority_may_count_them():
    counted = count_ads(call(Registers((date(2024, 3, 9),)), ad_act_on="2026-03-10")).facts
    assert (counted["ad_count_acts"], counted["ad_count_decisions"]) == (1, 2), "the act is too old, its decision is not"


@pytest.mark.parametrize(
    ("known", "due"),
    [
        ({"ad_count_acts": 3}, True),
        ({"ad_count_acts": 2}, False),
        ({"ad_count_acts": 1, "ad_seriousness": "serious"}, True),
        ({"ad_count_acts": 2, "ad_count_decisions": 3}, False),
        ({"ad_count_acts": 2, "ad_count_decisions": 3, "ad_counted_day": "decision"}, True),
    ],
)
def test_the_refusal_is_due_at_the_third_or_a_serious_one_by_the_day_that_counts(known, due):
    result = enter_ad_violation(call(Registers(), ad_act_on="2026-03-10", ad_decided_on="2026-03-20", ad_basis="58", **known))
    assert result.facts == {"ad_refusal_due": due}
    assert result.entries == (
        NewAdViolation("虚构·云朵门诊部", "", date(2026, 3, 10), date(2026, 3, 20), "58", "青市监联〔2026〕1号"),
    )  # fmt: skip


def test_what_is_online_is_determined_and_cleaned_and_a_crime_is_transferred_each_in_a_case_of_its_own():
    following = enter_ad_violation(call(Registers(), ad_act_on="2026-03-10", ad_medium="online", ad_crime_signs="yes")).cases
    assert [(one.process, one.relation) for one in following] == [("harmful_info", "linked"), ("criminal_transfer", "transfer")]
    assert enter_ad_violation(call(Registers(), ad_act_on="2026-03-10", ad_medium="outdoor", ad_crime_signs="no")).cases == ()


def test_the_year_of_a_refusal_runs_from_its_decision():
    result = enter_ad_refusal(call(Registers(), ad_refusal_decision="refuse", ad_refusal_since="2026-03-25", ad_basis="55"))
    assert result.entries == (
        NewAdRefusal("虚构·云朵门诊部", "", date(2026, 3, 25), date(2027, 3, 25), "广告法第五十五条", "青市监联〔2026〕1号"),
    )  # fmt: skip
    assert enter_ad_refusal(call(Registers(), ad_refusal_decision="none")).entries == ()


REFUSED = AdRefusal("虚构·云朵门诊部", "", date(2026, 3, 25), date(2027, 3, 25), "广告法第五十五条", "试〔2026〕1号")


@pytest.mark.parametrize(("day", "refused"), [("2026-10-11", True), ("2027-03-25", True), ("2027-03-26", False), ("2026-03-24", False)])
def test_an_application_within_the_year_is_not_accepted(day, refused):
    assert check_ad_refusal(call(Registers(refusal=REFUSED), application_on=day)).facts["ad_refused"] is refused


def test_the_gate_refuses_a_review_within_the_year_even_when_the_application_came_before():
    gates.GATES["ad_review"](replace(LAWFUL, today=date(2026, 3, 24), facts=CLINIC, registers=Registers(refusal=REFUSED)))
    with pytest.raises(GateClosed) as refused:
        gates.GATES["ad_review"](replace(LAWFUL, today=date(2026, 3, 25), facts=CLINIC, registers=Registers(refusal=REFUSED)))
    assert "广告法" in (refused.value.article or "")


@pytest.fixture
def advertisement(desk, people):
    ref, _ = cases.open_case(desk, people["amr.officer"], process="ad_violation", title="虚构·违法广告", facts={})
    return Play(desk, people, ref.id, {**CLINIC, "ad_medium": "outdoor", "ad_query": "no", "ad_crime_signs": "no"})


def test_a_complaint_is_answered_within_seven_working_days_whatever_is_decided(advertisement, desk):
    advertisement.do("register_ad")
    with desk.database.reading() as session:
        clock = session.scalars(select(Clock).where(Clock.case == advertisement.case, Clock.rule == "ad.complaint")).one()
        assert clock.due_at.astimezone(CHINA).date() == date(2026, 3, 11)
        known = clock.id
    advertisement.reach("answer_ad", ad_decision="none")
    advertisement.do("answer_ad")
    with desk.database.reading() as session:
        assert session.get(Clock, known).state == "stopped"
    advertisement.do("close_ad")
    assert advertisement.elements() == []


def test_the_health_administration_is_asked_is_told_and_refuses_a_serious_advertiser_for_a_year(advertisement, desk):
    advertisement.do("register_ad", ad_query="yes")
    assert advertisement.task("answer_query").agency == "qinglan-health"
    advertisement.reach("propose_refusal", ad_seriousness="serious")
    assert advertisement.task("propose_refusal").agency == "qinglan-health"
    advertisement.do("propose_refusal", ad_refusal_proposal="refuse")
    assert advertisement.task("decide_refusal").role == "head"
    advertisement.do("decide_refusal", ad_refusal_decision="refuse")
    advertisement.finish()
    assert advertisement.elements() == []
    with desk.database.reading() as session:
        told = session.scalars(select(Message.to_agency).where(Message.kind == "ad_decided")).all()
    assert told == ["qinglan-health"]


def punished(desk, people, on, **answers):
    """An unreviewed advertisement of the clinic, published `on` that day (ISO), found ten days later; the case up to its decision."""
    desk.clock.to(f"{on} 09:00")
    desk.clock.forward(days=10)
    ref, _ = cases.open_case(desk, people["amr.officer"], process="ad_violation", title="虚构·未经审查发布", facts={})
    usual = {**CLINIC, "ad_medium": "outdoor", "ad_query": "no", "ad_crime_signs": "no", "ad_act_on": on, "ad_seriousness": "ordinary"}
    return Play(desk, people, ref.id, {**usual, "ad_decided_on": desk.clock.now.date().isoformat(), **answers})


def applied(desk, people, day):
    desk.clock.to(f"{day} 09:00")
    ref, _ = cases.open_case(desk, people["health.officer"], process="ad_review", title="虚构·广告审查申请", facts={})
    return Play(desk, people, ref.id, {**CLINIC, "application_on": day})


@pytest.mark.parametrize(("first", "banned"), [("2024-11-20", True), ("2024-03-09", False)])
def test_story_8_the_third_advertisement_in_two_years_bars_the_party_for_a_year(desk, people, first, banned):
    """广告法 第五十八条: acts of 2024-11-20, 2025-08-05 and 2026-03-10; with a first act of 2024-03-09 only two count."""
    punished(desk, people, first).finish()
    assert punished(desk, people, "2025-08-05").finish().known()["ad_count_acts"] == 2
    third = punished(desk, people, "2026-03-10").reach("propose_ad")
    assert third.known()["ad_count_acts"] == (3 if banned else 2)
    third.do("propose_ad")
    third.do("decide_ad")
    assert ("propose_refusal" in third.elements()) is banned
    if not banned:
        third.finish()
        return
    desk.clock.to("2026-03-25 09:00")
    third.reach("decide_refusal", ad_refusal_proposal="refuse")
    third.do("decide_refusal", by="health.head", ad_refusal_decision="refuse", ad_refusal_since="2026-03-25")
    third.finish()

    refused = applied(desk, people, "2026-10-11")  # day 200
    refused.do("register_application")
    assert refused.elements() == ["refuse_application"], "nobody has to remember it"
    refused.finish()
    assert "不予受理告知书" in {row.name for row in casefile.documents(desk, people["health.officer"], refused.case)}
    accepted = applied(desk, people, "2027-03-26")
    accepted.do("register_application")
    assert accepted.elements() == ["review_ad"], "the year is over"


def test_story_8_a_serious_one_is_revoked_in_a_penalty_case_with_a_hearing(desk, people):
    case = punished(desk, people, "2026-03-10", ad_seriousness="serious").reach("propose_refusal")
    case.do("propose_refusal", ad_refusal_proposal="revoke")
    case.reach("close_ad", ad_refusal_decision="refuse")
    (revocation,) = children(case, "penalty_case")
    revocation.answers |= {"penalty_act": "unreviewed_ad", "penalties": ["revoke_licence"], "penalties_decided": ["revoke_licence"]}
    revocation.reach("notify_hearing_right", subject_kind="institution", second_officer="health.officer2")
    assert {task.agency for task in revocation.waiting()} == {"qinglan-health"}, (
        "行政处罚法 第六十三条: revocation carries the right to a hearing"
    )
    with pytest.raises(GateClosed):
        case.do("close_ad")
