"""Execution (行政处罚法 第六十六条至第七十三条, 行政强制法 第五十三、五十四条): the party's time, the surcharge, the court, the re-check."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.factories.penalties import FINE, opened
from tests.factories.registers import registers_of
from workflows.errors import WrongAnswers
from workflows.records import Message


@pytest.fixture
def served(desk, people):
    """A fine of 20,000 yuan that was served on 2 March 2026; publication waits."""

    def begin(reached: str = "record_payment", **answers):
        case = opened(desk, people, **{**FINE, "served_on": "2026-03-02", **answers})
        return case.reach(reached, hold=("prepare_publication",))

    return begin


def test_the_party_has_fifteen_calendar_days(served, desk):
    case = served()
    assert case.task("record_payment").due_at.isoformat().startswith("2026-03-17")
    desk.clock.to("2026-03-17 17:00")
    with pytest.raises(WrongAnswers) as refused:
        case.do("record_payment", payment_state="unpaid")
    assert "第六十七条第三款" in refused.value.fields["payment_state"][0]
    desk.clock.to("2026-03-18 09:00")
    case.do("record_payment", payment_state="unpaid")
    assert "demand_payment" in case.elements()


def test_what_was_paid_in_full_is_rechecked_by_two_officers(served):
    case = served()
    with pytest.raises(WrongAnswers):
        case.do("record_payment", paid_amount=19_999)
    case.do("record_payment", paid_amount=20_000)
    assert "recheck_penalty" in case.elements()


def facts(desk, case, *names):
    known = case.facts("health.officer")
    return tuple(known[name] for name in names)


@pytest.mark.parametrize(("paid", "days", "amount"), [
    ("2026-03-17", 0, 0), ("2026-03-18", 1, 600), ("2026-03-27", 10, 6_000), ("2026-04-19", 33, 19_800), ("2026-04-20", 34, 20_000), ("2026-12-31", 289, 20_000),
])  # fmt: skip
def test_three_per_cent_a_day_and_never_more_than_the_fine(served, desk, paid, days, amount):
    case = served()
    desk.clock.to(f"{paid} 10:00")
    case.do("record_payment", paid_on=paid)
    from workflows.step import facts_of  # noqa: PLC0415

    with desk.database.reading() as session:
        known = facts_of(session, case.case).view()
        assert (known["surcharge_days"], known["surcharge"]) == (days, amount)


def test_the_surcharge_rests_while_a_lawsuit_runs(served, desk):
    case = served()
    desk.clock.to("2026-04-10 10:00")
    case.do(
        "record_payment",
        paid_on="2026-04-10",
        contest="lawsuit",
        contest_from="2026-03-20",
        contest_until="2026-04-08",
        contest_result="upheld",
    )
    from workflows.step import facts_of  # noqa: PLC0415

    with desk.database.reading() as session:
        assert facts_of(session, case.case).view()["surcharge_days"] == 4, "18 and 19 March, 9 and 10 April"


def test_a_deferral_moves_the_last_day(served, desk):
    case = served()
    case.do("record_payment", payment_state="deferral")
    case.do("decide_deferral", deferral_decision="grant", deferred_until="2026-06-30")
    desk.clock.to("2026-06-30 10:00")
    with pytest.raises(WrongAnswers):
        case.do("record_payment", payment_state="unpaid")
    case.do("record_payment", payment_state="paid", paid_on="2026-06-30")
    assert "recheck_penalty" in case.elements()


def test_the_court_is_asked_ten_working_days_after_the_demand_and_after_the_remedies(served, desk):
    case = served()
    desk.clock.to("2026-03-18 09:00")
    case.do("record_payment", payment_state="unpaid")
    case.do("demand_payment", demand_served_on="2026-03-18")
    desk.clock.to("2026-04-01 17:00")
    with pytest.raises(WrongAnswers) as early:
        case.do("await_performance", performance="refused")
    assert "行政强制法" in early.value.fields["performance"][0]
    desk.clock.to("2026-04-02 09:00")
    case.do("await_performance", performance="refused")
    with pytest.raises(WrongAnswers) as remedies:
        case.do("approve_enforcement", remedies_ended_on="2026-09-02")
    assert "第五十三条" in remedies.value.fields["remedies_ended_on"][0]
    desk.clock.to("2026-09-03 09:00")
    case.do("approve_enforcement", remedies_ended_on="2026-09-02")
    case.do("record_enforcement")
    assert "recheck_penalty" in case.elements()


def test_an_annulled_decision_is_annulled_in_the_register_and_withdrawn_from_publication(served, desk):
    case = served()
    case.do("record_payment", payment_state="annulled", contest="reconsideration", contest_result="annulled")
    with registers_of(desk, case.case) as found:
        assert [row.status for row in found.penalties_in_case()] == ["annulled"]
    with desk.database.reading() as session:
        told = session.scalars(select(Message.to_agency).where(Message.case == case.case, Message.kind == "penalty_annulled")).all()
    assert told == ["qinglan-health"]
    assert case.elements() == ["prepare_publication"], "there is nothing left to execute"


def test_what_was_not_corrected_becomes_a_clue_again(served, desk):
    case = served("recheck_penalty")
    case.do("recheck_penalty", correction="not_corrected")
    with desk.database.reading() as session:
        assert session.scalars(select(Message.kind).where(Message.case == case.case, Message.kind == "not_corrected")).all() == [
            "not_corrected"
        ]


def test_a_warning_leaves_nothing_to_pay(desk, people):
    case = opened(desk, people).reach("recheck_penalty", hold=("prepare_publication",))
    assert "record_payment" not in case.done
