"""证据与强制措施: registration, seizure, testing and assistance, each with its approval and its clock (行政处罚法, 行政强制法)."""

import pytest
from sqlalchemy import select

from tests.factories.play import Play
from workflows import casefile, cases_under, clocks, tasks
from workflows.errors import NotAllowed, NotFound, WrongAnswers
from workflows.records import Clock
from workflows.working_days import CHINA


@pytest.fixture
def measure(play, desk, people):
    """Opens a measure by hand under a case that is being investigated."""
    parent = play(reached="record_findings")

    def begin(kind: str, **more) -> Play:
        opened = cases_under.open_case(desk, people["health.officer"], parent.case, process="evidence_measure", title="", facts={})
        child = Play(desk, people, opened.id, {"measure_kind": kind, **more})
        child.do("choose_measure", by="health.officer")
        return child

    return begin


def due(child, element):
    return child.task(element).due_at.astimezone(CHINA)


def documents(child):
    return {row.name for row in casefile.documents(child.desk, child.people["health.officer"], child.case)}


def test_registered_evidence_is_decided_on_within_seven_working_days(measure, desk):
    """行政处罚法第五十六条、第八十五条: registered on Friday 3 April 2026 before Qingming, due on Wednesday 15 April."""
    child = measure("registration")
    child.do("approve_registration", by="health.head")
    desk.clock.to("2026-04-03 10:00")
    child.do("register_items")
    assert due(child, "decide_registered").date().isoformat() == "2026-04-15"
    child.do("decide_registered", registered_outcome="tested")
    assert child.status() == "closed"
    assert {"先行登记保存证据通知书", "物品清单"} <= documents(child)


def test_a_registration_that_the_head_refuses_ends(measure):
    child = measure("registration")
    child.do("approve_registration", registration_approval="refuse")
    assert child.status() == "closed"
    assert "先行登记保存证据通知书" not in documents(child)


def test_no_officer_approves_a_measure_in_the_heads_place(measure, people, desk):
    child = measure("registration")
    task = child.task("approve_registration")
    for username in ("health.officer2", "health.deputy"):
        with pytest.raises(NotAllowed) as refused:
            tasks.complete(desk, people[username], task.id, revision=task.revision, answers={"registration_approval": "approve"})
        assert "第五十六条" in refused.value.article
    child.do("approve_registration", by="health.head")
    assert child.elements() == ["register_items"]


def test_a_measure_is_not_asked_for_by_one_officer_alone(play, desk, people):
    parent = play(reached="record_findings")
    opened = cases_under.open_case(desk, people["health.officer"], parent.case, process="evidence_measure", title="", facts={})
    child = Play(desk, people, opened.id, {"measure_kind": "seizure", "second_officer": "health.officer"})
    with pytest.raises(WrongAnswers) as refused:
        child.do("choose_measure", by="health.officer")
    assert "second_officer" in refused.value.fields


def test_a_seizure_lasts_thirty_days_from_its_execution_after_the_heads_approval(measure, desk):
    child = measure("seizure")
    child.do("approve_seizure", by="health.head")
    desk.clock.to("2026-03-09 10:00")
    child.do("execute_seizure", seized_kind="goods")
    assert due(child, "handle_seizure").date().isoformat() == "2026-04-08"
    child.do("handle_seizure", seizure_outcome="transferred")
    assert {"查封扣押决定书", "物品清单"} <= documents(child)
    assert child.status() == "closed"


def test_the_head_extends_it_once_by_thirty_days_and_testing_is_not_counted(measure, desk, people):
    """行政强制法第二十五条: thirty days, thirty more, and the days of the test between."""
    child = measure("seizure")
    child.do("approve_seizure")
    desk.clock.to("2026-03-09 10:00")
    child.do("execute_seizure", seized_kind="goods")
    with desk.database.reading() as session:
        clock = session.scalars(select(Clock.id).where(Clock.case == child.case, Clock.rule == "seizure.term")).one()
    with pytest.raises(NotAllowed):
        clocks.extend(desk, people["health.officer"], clock, basis="complex", length=30, reason="情况复杂")
    clocks.extend(desk, people["health.head"], clock, basis="complex", length=30, reason="情况复杂")
    assert due(child, "handle_seizure").date().isoformat() == "2026-05-08"
    desk.clock.to("2026-03-16 10:00")
    clocks.pause(desk, people["health.head"], clock, basis="testing", reason="送检")
    desk.clock.to("2026-03-26 10:00")
    clocks.resume(desk, people["health.head"], clock, reason="收到报告")
    assert due(child, "handle_seizure").date().isoformat() == "2026-05-18"


def test_a_seizure_on_the_spot_is_reported_within_twenty_four_hours(measure, desk):
    """行政强制法第十九条: seized on Friday evening, the hours run through the weekend."""
    child = measure("seizure", seizure_urgency="urgent")
    desk.clock.to("2026-03-06 18:00")
    child.do("seize_on_spot")
    assert due(child, "confirm_seizure").isoformat().startswith("2026-03-07T18:00")
    child.do("confirm_seizure", seizure_confirmation="approve")
    assert child.elements() == ["handle_seizure"]


def test_what_should_not_have_been_seized_is_lifted_at_once(measure):
    child = measure("seizure", seizure_urgency="urgent")
    child.do("seize_on_spot")
    child.do("confirm_seizure", seizure_confirmation="refuse")
    assert child.elements() == ["lift_seizure"]
    child.do("lift_seizure")
    assert child.status() == "closed"


def test_seized_drugs_are_decided_on_within_seven_days(measure, desk):
    """药品管理法第一百条: calendar days."""
    child = measure("seizure")
    child.do("approve_seizure")
    desk.clock.to("2026-03-09 10:00")
    child.do("execute_seizure", seized_kind="drug")
    assert due(child, "handle_drug_seizure").date().isoformat() == "2026-03-16"


def test_a_test_can_be_ordered_again(measure):
    child = measure("appraisal")
    child.do("order_test", test_days=10)
    assert due(child, "receive_report").date().isoformat() == "2026-03-12", "ten days from Monday 2 March, as the party was told"
    child.do("receive_report", retest="yes")
    child.do("order_test", test_days=5)
    child.do("receive_report", retest="no")
    assert child.status() == "closed"
    assert "检验/鉴定报告" in documents(child)


def test_another_agency_assists_and_answers(measure, people, desk):
    child = measure("assistance")
    child.do("write_request", request_kind="licence_query", request_agency="qinglan-amr")
    task = child.task("answer_request")
    assert task.agency == "qinglan-amr"
    child.do("answer_request", by="amr.officer")
    assert child.status() == "closed"
    with pytest.raises(NotFound):
        tasks.get(desk, people["hsa.officer"], task.id)


def test_a_refusal_to_assist_is_decided_by_the_superior(measure):
    child = measure("assistance")
    child.do("write_request", request_agency="qinglan-mpa", request_kind="drug_opinion")
    child.do("answer_request", request_answer="refused")
    assert child.task("resolve_refusal").agency == "yunhai-health"
    child.do("resolve_refusal", refusal_resolution="must")
    assert child.task("answer_request").agency == "qinglan-mpa", "what is within its powers it must do (行政处罚法第二十六条)"
    child.do("answer_request", request_answer="refused")
    child.do("resolve_refusal", refusal_resolution="upheld")
    assert child.status() == "closed"


def test_nobody_asks_the_own_agency(measure):
    child = measure("assistance")
    with pytest.raises(WrongAnswers) as refused:
        child.do("write_request", request_agency="qinglan-health")
    assert "第二十六条" in refused.value.fields["request_agency"][0]
