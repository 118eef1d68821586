"""Stories of a transfer with their dates, on the calendar of 2026: clean, refused to a deputy, ended by the procuratorate, incomplete."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select

from tests.factories.registers import penalty
from workflows import casefile, clocks, registering, tasks
from workflows.errors import GateClosed, NotAllowed, WrongAnswers
from workflows.records import Clock, Document, Message
from workflows.working_days import CHINA

FINE = {"penalty_decision": "impose", "penalties_decided": ["warning"], "fine_decided": 30_000}
TOLD = {"penalties": ["warning", "fine"], "penalties_decided": ["warning", "fine"], "fine_amount": 30_000, "fine_decided": 30_000}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def clocks_of(desk, case, rule):
    with desk.database.reading() as session:
        found = session.scalars(select(Clock).where(Clock.case == case.case, Clock.rule == rule).order_by(Clock.started_at)).all()
        session.expunge_all()
        return found


def told(desk, case, kind):
    with desk.database.reading() as session:
        return sorted(session.scalars(select(Message.to_agency).where(Message.case == case.case, Message.kind == kind)))


def test_story_1_a_clean_transfer_keeps_every_date_of_the_law(play, desk):
    case = play(reached="verify_crime", classification="crime", crime_ground="slight_disability")

    desk.clock.to("2026-04-03 10:00")  # the Friday before 清明
    case.do("verify_crime")
    decide = case.task("decide_transfer")
    assert decide.due_at == at("2026-04-06 23:59:59"), "three calendar days; the holiday does not lengthen them"
    assert decide.warn_at.astimezone(CHINA).date().isoformat() == "2026-04-03", "a last day on a holiday is warned of before the holiday"
    both = clocks.due(desk, "transfer.decide", at("2026-04-03 10:00"))
    assert both.due == at("2026-04-06 23:59:59")

    desk.clock.to("2026-04-06 09:00")
    case.do("decide_transfer", transfer_decision="approve")
    assert case.task("hand_over").due_at == at("2026-04-07 09:00"), "24 hours, to the minute"

    desk.clock.to("2026-04-07 08:30")
    case.do("hand_over")
    assert told(desk, case, "transfer") == ["qinglan-psb"]
    assert told(desk, case, "transfer_copy") == ["qinglan-proc"], "in the same step"

    desk.clock.to("2026-04-07 10:00")
    case.do("receive_transfer", psb_received_on="2026-04-07")
    case.do("review_filing")
    assert case.task("decide_filing").due_at == at("2026-04-10 23:59:59"), "three days from the receipt"

    desk.clock.to("2026-04-09 15:00")
    case.do("decide_filing", filing="filed")
    case.do("receive_copy", copy_received_on="2026-04-09")
    assert case.task("hand_over_items").due_at == at("2026-04-12 23:59:59"), "three days from the notice of filing"
    case.do("hand_over_items")
    assert [row for row in casefile.clocks(desk, case.people["health.officer"], case.case) if row.breached_at] == []


def test_story_2_a_deputy_may_not_approve_and_the_head_may(play, people):
    case = play(reached="decide_transfer", classification="crime")
    task = case.task("decide_transfer")
    answers = {"transfer_decision": "approve", "transfer_reason": "同意"}
    with pytest.raises(NotAllowed) as refused:
        tasks.complete(case.desk, people["health.deputy"], task.id, revision=task.revision, answers=answers)
    assert "第五条" in refused.value.article
    case.do("decide_transfer", by="health.head", transfer_decision="approve")
    assert case.elements() == ["hand_over"]


def test_story_3_the_procuratorate_agrees_with_the_police_and_the_penalty_goes_on(play, desk):
    case = play(reached="decide_penalty", hold=("verify_crime",), classification="both")
    (decision,) = clocks_of(desk, case, "penalty.decide")
    with pytest.raises(GateClosed):
        case.do("decide_penalty", **FINE)

    road = {"filing": "not_filed", "objection": "reconsider", "reconsideration": "uphold", "proc_opinion": "agree"}
    case.answers |= road
    while "review_non_filing" not in case.elements():
        case.step(hold=("decide_penalty",))
    review = case.task("review_non_filing")
    assert clocks_of(desk, case, "filing_supervision.answer")[0].length == 10
    assert review.agency == "qinglan-proc"
    case.do("review_non_filing")

    assert "qinglan-health" in told(desk, case, "objection_settled"), "the agency is told why"
    assert case.elements() == ["decide_penalty"], "令310 第十条: handled by law, penalised where due"
    (later,) = clocks_of(desk, case, "penalty.decide")
    assert (later.id, later.state) == (decision.id, "running"), "the ninety days ran on; no rule in force here excludes the transfer"
    case.do("decide_penalty", penalty_decision="return")  # the party has to be told of the fine first
    case.reach("decide_penalty", **TOLD).do("decide_penalty")
    assert case.elements() == ["serve_decision"]


def test_story_14_an_incomplete_package_is_told_supplemented_and_counted_both_ways(play, desk):
    case = play(reached="receive_transfer", classification="crime")
    desk.clock.to("2026-05-11 09:00")  # a Monday
    case.do("receive_transfer", psb_received_on="2026-05-11", material_complete="no")
    assert case.task("notify_incomplete").due_at == at("2026-05-12 09:00"), "24 hours from the acceptance"

    desk.clock.to("2026-05-11 16:00")
    case.do("notify_incomplete", material_note="缺产品检验报告")
    supplement = case.task("supplement_package")
    assert (supplement.agency, supplement.due_at) == ("qinglan-health", at("2026-05-14 23:59:59"))

    desk.clock.to("2026-05-13 11:00")
    case.do("supplement_package", supplement_state="supplied", supplemented_on="2026-05-13")
    case.do("review_filing")
    (accepted,) = clocks_of(desk, case, "psb.filing")
    (supplemented,) = clocks_of(desk, case, "psb.filing_supplemented")
    assert accepted.due_at == at("2026-05-14 23:59:59")
    assert supplemented.due_at == at("2026-05-16 23:59:59")
    assert case.task("decide_filing").due_at == accepted.due_at, "the text is silent, so the earlier day counts"

    case.do("decide_filing", filing="filed")
    assert {clock.state for rule in ("psb.filing", "psb.filing_supplemented") for clock in clocks_of(desk, case, rule)} == {"stopped"}


def test_the_police_cannot_refuse_a_case_for_missing_material(play):
    case = play(reached="receive_transfer", classification="crime", material_complete="no")
    case.do("receive_transfer")
    case.do("notify_incomplete")
    case.do("supplement_package", supplement_state="unavailable")
    case.do("review_filing")
    assert "decide_filing" in case.elements(), "whatever is missing, they decide on the filing"


def test_more_time_that_the_police_claim_is_recorded_and_the_legal_limit_stays(play, desk):
    case = play(reached="review_filing", classification="crime")
    due = clocks_of(desk, case, "psb.filing")[0].due_at
    case.do("review_filing", filing_review="claim_7")
    case.do("review_filing", filing_review="claim_30")
    assert case.known()["extension_claimed_days"] == 30
    assert told(desk, case, "extension_claimed") == ["qinglan-health", "qinglan-health", "qinglan-proc", "qinglan-proc"]
    case.do("review_filing", filing_review="ready")
    assert case.task("decide_filing").due_at == due


def test_a_case_of_another_jurisdiction_is_forwarded_and_decided_there(play, desk):
    case = play(reached="receive_transfer", classification="crime")
    desk.clock.to("2026-03-03 09:00")
    case.do("receive_transfer", psb_received_on="2026-03-03", police_remit="other_police")
    assert case.task("forward_transfer").due_at == at("2026-03-04 09:00")
    case.do("forward_transfer", forwarded_to="yunhai-psb")
    assert case.task("receive_transfer").agency == "yunhai-psb"
    assert told(desk, case, "transfer_forwarded") == ["qinglan-health", "qinglan-proc", "yunhai-psb"]
    assert [clock.state for clock in clocks_of(desk, case, "psb.filing")] == ["stopped"], "the time starts anew at the next receipt"


@pytest.mark.parametrize("road", [{"transfer_receiver": "supervisory"}, {"police_remit": "not_police"}])
def test_what_is_not_for_the_police_goes_to_the_competent_organ_and_stays_locked_for_a_fine(play, desk, road):
    case = play(reached="decide_penalty", hold=("verify_crime",), classification="both", **road)
    while set(case.elements()) != {"decide_penalty"}:
        case.step(hold=("decide_penalty",))
    assert case.known()["transfer_outcome"] == "referred"
    with pytest.raises(GateClosed):
        case.do("decide_penalty", **FINE)


def test_the_papers_of_the_transfer_are_issued_by_who_signs_them(play, desk):
    case = play(classification="crime").reach("hand_over_items")
    with desk.database.reading() as session:
        issued = dict(session.execute(select(Document.name, Document.agency).where(Document.case == case.case)).all())
    assert issued["涉嫌犯罪案件移送书"] == issued["涉嫌犯罪案件移送审批表"] == issued["抄送检察机关函"] == "qinglan-health"
    assert issued["移送案件回执"] == issued["立案/不予立案通知书"] == "qinglan-psb"
    assert issued["抄送件回执"] == "qinglan-proc"


def test_a_filing_that_is_late_is_told_to_the_agency_and_the_procuratorate(play, desk):
    case = play(reached="review_filing", classification="crime")
    desk.clock.forward(days=10)
    while clocks.sweep(desk):
        pass
    receivers = told(desk, case, "clock_breached")
    assert {"qinglan-psb", "qinglan-health", "qinglan-proc"} <= set(receivers)
    assert "review_filing" in case.elements(), "a breach decides nothing"


def test_story_4_two_earlier_penalties_elsewhere_go_along_in_certified_copies(play, desk):
    """法释〔2016〕27号 第二条第（四）项: penalised in one city in 2021 and in another in 2023, caught again in a third in 2026."""
    more = {"subject_name": "虚构·云朵工作室", "subject_code": ""}
    earlier = [
        penalty("甲卫罚〔2021〕3号", decided_on=date(2021, 5, 10), certified_copy=True, **more),
        penalty("乙卫罚〔2023〕9号", decided_on=date(2023, 8, 21), certified_copy=False, region="虚构·乙市", **more),
        penalty("丙市监罚〔2024〕1号", decided_on=date(2024, 1, 9), function="AMR", act="medical_ad", certified_copy=True, **more),
    ]
    registering.enter(desk, earlier)
    case = play(classification="crime", crime_ground="two_penalties").reach("hand_over")
    offered = case.page("hand_over").data["prior_decisions"]
    assert [row["prior_number"] for row in offered] == ["乙卫罚〔2023〕9号", "甲卫罚〔2021〕3号"], "an advertisement's fine does not count"
    with pytest.raises(WrongAnswers) as refused:
        case.do("hand_over")
    assert set(refused.value.fields) == {"prior_decisions"}, "the second copy is not certified yet"
    with pytest.raises(WrongAnswers) as other:
        case.do("hand_over", prior_decisions=[*({**row, "prior_certified": True} for row in offered), _listed("丙市监罚〔2024〕1号")])
    assert "丙市监罚〔2024〕1号" in other.value.fields["prior_decisions"][0]
    case.do("hand_over", prior_decisions=[{**row, "prior_certified": True} for row in offered])
    assert told(desk, case, "transfer") == ["qinglan-psb"]


def _listed(number):
    return {"prior_number": number, "prior_authority": "虚构", "prior_decided_on": "2024-01-09", "prior_certified": True}


def test_the_time_of_the_police_runs_from_the_day_on_which_they_record_the_receipt(play, desk):
    case = play(classification="crime").reach("receive_transfer")  # handed over on Monday, 2 March
    desk.clock.to("2026-03-04 09:00")
    case.do("receive_transfer", psb_received_on="2026-03-03")
    case.do("review_filing")
    assert case.task("decide_filing").due_at == at("2026-03-06 23:59:59"), "from Tuesday's receipt, not from Wednesday's entry"
