"""The ordinary procedure (行政处罚法 第五十四条至第六十二条): each outcome, and what the server refuses on the way."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.factories.penalties import FINE, LARGE, opened, opened_under
from tests.factories.play import Play
from tests.factories.registers import registers_of
from workflows import cases, doctor
from workflows.errors import GateClosed, NotFound, WrongAnswers
from workflows.records import Case, Clock, Message
from workflows.working_days import CHINA


@pytest.fixture
def penalty(desk, people):
    def begin(**answers):
        return opened(desk, people, **answers)

    return begin


def clocks(desk, case, rule):
    with desk.database.reading() as session:
        rows = session.scalars(select(Clock).where(Clock.case == case.case, Clock.rule == rule)).all()
        session.expunge_all()
        return rows


def test_an_ordinary_fine_goes_from_the_filing_to_the_closed_case(penalty):
    case = penalty(**FINE).finish()
    assert case.status() == "closed"
    assert case.done[:8] == [
        "apply_filing", "approve_filing", "investigate_act", "propose_penalty", "notify_party", "take_statement", "decide_penalty", "serve_decision",
    ]  # fmt: skip
    assert set(case.done[8:]) == {
        "prepare_publication", "record_payment", "recheck_penalty", "sign_publication", "approve_publication", "publish_double", "prepare_credit", "push_credit", "close_penalty_case",
    }  # fmt: skip


def test_a_served_penalty_stands_in_the_register(penalty, desk):
    case = penalty(**FINE, act_on="2026-02-10", discovered_on="2026-02-20").reach("record_payment")
    with registers_of(desk, case.case) as found:
        [row] = found.penalties_of("虚构·云朵工作室", "")
    assert (row.act, row.fine, row.kinds, row.function, row.status, row.summary) == (
        "illegal_practice", Decimal(20_000), ("fine",), "HEALTH", "effective", False,
    )  # fmt: skip
    assert (row.act_on, row.decided_on) == (date(2026, 2, 10), date(2026, 3, 2))
    assert "青卫" in row.number


def test_a_case_that_is_not_filed_ends_without_a_clock(penalty, desk):
    case = penalty().reach("approve_filing")
    case.do("approve_filing", case_filing="not_file")
    assert case.elements() == ["close_penalty_case"]
    assert clocks(desk, case, "penalty.decide") == []


def test_the_ninety_days_run_from_the_filing_to_the_decision(penalty, desk):
    case = penalty().reach("approve_filing")
    desk.clock.to("2026-03-03 15:00")
    case.reach("decide_penalty")
    assert case.task("decide_penalty").due_at == datetime(2026, 6, 1, 23, 59, 59, tzinfo=CHINA)
    desk.clock.to("2026-05-20 10:00")
    case.do("decide_penalty")
    [clock] = clocks(desk, case, "penalty.decide")
    assert (clock.state, clock.stopped_at, clock.breached_at) == ("stopped", desk.now(), None)


@pytest.mark.parametrize(("found", "harm", "filed"), [
    ("2026-02-20", False, True), ("2026-02-21", False, False), ("2029-02-20", True, True), ("2029-02-21", True, False),
])  # fmt: skip
def test_an_act_is_punished_within_two_years_or_five_where_health_was_harmed(penalty, found, harm, filed):
    case = penalty(act_on="2024-02-20", discovered_on=found, harm_to_life=harm).reach("approve_filing")
    if filed:
        case.do("approve_filing", case_filing="file")
        assert case.elements() == ["investigate_act"]
        return
    with pytest.raises(WrongAnswers) as refused:
        case.do("approve_filing", case_filing="file")
    assert "第三十六条" in refused.value.fields["case_filing"][0]
    case.do("approve_filing", case_filing="not_file")


@pytest.mark.parametrize(("handling", "decision"), [("no_penalty", "exempt"), ("not_established", "not_established")])
def test_without_a_penalty_the_party_is_told_and_admonished(penalty, desk, handling, decision):
    case = penalty(handling=handling, penalty_decision=decision).reach("tell_no_penalty")
    assert "notify_party" not in case.done, "there is nothing to tell of before the decision"
    case.do("tell_no_penalty")
    assert case.elements() == ["close_penalty_case"]
    with registers_of(desk, case.case) as found:
        assert found.penalties_in_case() == ()


def test_a_penalty_above_the_tariff_is_refused_with_its_article_and_the_task_stays(penalty):
    case = penalty().reach("propose_penalty")
    with pytest.raises(WrongAnswers) as refused:
        case.do("propose_penalty", **{**FINE, "fine_amount": 100_001})
    assert "《中华人民共和国医师法》第五十九条" in refused.value.fields["fine_amount"][0]
    assert case.elements() == ["propose_penalty"]
    case.do("propose_penalty", **{**FINE, "fine_amount": 100_000}, new_facts="")
    assert case.elements() == ["notify_hearing_right"]


def test_a_penalty_below_the_tariff_needs_the_grounds_of_mitigation(penalty):
    case = penalty(**{**FINE, "fine_amount": 8_000, "fine_decided": 8_000}).reach("propose_penalty")
    with pytest.raises(WrongAnswers, match="correcting") as refused:
        case.do("propose_penalty")
    assert "第三十二条" in refused.value.fields["mitigation_ground"][0]
    case.reach("serve_decision", mitigation_ground="主动消除违法行为危害后果")
    assert case.elements() == ["serve_decision"]


def test_the_party_is_told_before_it_is_punished(penalty):
    case = penalty(handling="no_penalty").reach("decide_penalty")
    with pytest.raises(GateClosed) as refused:
        case.do("decide_penalty", penalty_decision="impose", penalties_decided=["warning"])
    assert "第四十四条" in refused.value.article
    case.do("decide_penalty", penalty_decision="return")
    assert case.elements() == ["propose_penalty"]


def test_nobody_is_punished_more_for_pleading(penalty):
    case = penalty(**FINE, party_statement="made").reach("recheck_statement")
    with pytest.raises(WrongAnswers) as refused:
        case.do("recheck_statement", fine_amount=25_000)
    assert "第四十五条第二款" in refused.value.fields["fine_amount"][0]
    case.do("recheck_statement", fine_amount=20_000)
    with pytest.raises(WrongAnswers):
        case.do("decide_penalty", fine_decided=25_000)
    case.do("decide_penalty", penalty_decision="return")
    with pytest.raises(WrongAnswers):
        case.do("propose_penalty", fine_amount=25_000)
    case.do("propose_penalty", fine_amount=25_000, fine_decided=25_000, new_facts="告知后另查明三名就诊人")
    assert case.elements() == ["notify_party"], "a heavier penalty is told anew"


def test_what_the_party_says_may_make_it_lighter(penalty):
    case = penalty(**{**FINE, "fine_amount": 40_000}, party_statement="made").reach("recheck_statement")
    case.do("recheck_statement", recheck_result="lighten", fine_amount=20_000)
    case.do("decide_penalty", fine_decided=20_000)
    assert case.elements() == ["serve_decision"]


def test_a_major_case_is_discussed_before_it_is_decided(penalty):
    case = penalty(**{**LARGE, "fine_amount": 100_000, "fine_decided": 100_000}, hearing_request="waived").reach("collective_discussion")
    case.do("collective_discussion", discussion_result="return")
    assert case.elements() == ["propose_penalty"]
    case.reach("collective_discussion").do("collective_discussion", discussion_result="agree")
    assert case.elements() == ["decide_penalty"]


def test_electronic_service_needs_the_partys_consent(penalty):
    case = penalty(**FINE).reach("serve_decision")
    with pytest.raises(WrongAnswers):
        case.do("serve_decision", service_manner="electronic", electronic_consent=False)
    case.do("serve_decision", service_manner="electronic", electronic_consent=True)


CRIME_ROADS = {
    "the officer": ("propose_penalty", {"handling": "transfer"}, {}),
    "the reviewer": ("legal_review", {"legal_opinion": "crime"}, {"case_complexity": "public_interest"}),
    "the head": ("decide_penalty", {"penalty_decision": "transfer"}, {}),
}


@pytest.mark.parametrize("who", CRIME_ROADS)
def test_a_crime_suspected_at_any_step_goes_to_the_transfer_and_locks_the_fine(penalty, who):
    element, answer, before = CRIME_ROADS[who]
    case = penalty(**FINE, **before).reach(element)
    case.do(element, **answer)
    assert case.elements() == ["verify_crime"]
    case.reach("propose_penalty", filing="filed", handling="punish")
    with pytest.raises(WrongAnswers):
        case.do("propose_penalty")  # a fine is not even offered
    case.reach("decide_penalty", legal_opinion="pass", penalties=["warning"], fine_amount=0)
    with pytest.raises(GateClosed) as refused:
        case.do("decide_penalty", penalties_decided=["warning"], fine_decided=20_000)
    assert "第三十五条" in refused.value.article


def test_after_the_police_filed_the_case_may_end_with_the_transfer(penalty):
    case = penalty(handling="transfer").reach("verify_crime")
    case.answers |= {"filing": "filed", "penalty_decision": "transfer"}
    case.reach("decide_penalty").do("decide_penalty")
    assert case.elements() == ["close_penalty_case"]


def test_a_licence_may_be_revoked_after_the_police_filed_once_review_passed_it(penalty):
    case = penalty(handling="transfer").reach("verify_crime")
    case.answers |= {"filing": "filed", "handling": "punish", "penalties": ["revoke_licence"], "penalties_decided": ["revoke_licence"]}
    case.reach("decide_penalty", hearing_request="waived")
    assert "legal_review" in case.done
    case.do("decide_penalty")
    assert case.elements() == ["serve_decision"]


def test_one_act_is_fined_once_whichever_agency_of_the_joint_case_comes_first(play):
    joint = play(reached="propose_penalty", classification="administrative")
    amr = opened_under(joint, "penalty_case", by="amr.officer", **FINE, penalty_act="unreviewed_ad", act_distinct="广告行为由本机关管辖")
    amr.answers |= {"counted_amount": 0, "fine_amount": 100_000, "fine_decided": 100_000, "hearing_request": "waived"}
    amr.reach("record_payment")

    with pytest.raises(WrongAnswers) as refused:
        joint.do("propose_penalty", **{**FINE, "penalty_act": "unreviewed_ad"})
    assert "第二十九条" in refused.value.fields["act_distinct"][0]
    assert "市场监督管理局" in refused.value.fields["act_distinct"][0]
    joint.do("propose_penalty", **FINE, act_distinct="非医师行医与发布广告是两个行为")
    assert joint.elements() == ["notify_party"]


def test_of_several_norms_the_one_with_the_higher_fine_applies(penalty):
    case = penalty(**FINE).reach("propose_penalty")
    with pytest.raises(WrongAnswers) as refused:
        case.do("propose_penalty", norms_violated=["unlicensed_institution"])
    assert "基本医疗卫生与健康促进法" in refused.value.fields["fine_amount"][0]


def test_the_agency_that_opens_a_penalty_case_under_a_joint_case_decides_it(play):
    joint = play(reached="propose_penalty", classification="administrative")
    amr = opened_under(joint, "penalty_case", by="amr.officer", **FINE)
    assert {task.agency for task in amr.waiting()} == {"qinglan-amr"}


def test_story_11_a_foreigner_is_told_through_an_interpreter_and_the_police_decide_on_the_stay(penalty, desk, people):
    """The same law (行政处罚法 第八十四条); what becomes of the stay is for the police alone, and neither case waits for the other."""
    case = penalty(**FINE, party_foreign=True).reach("notify_party")
    with desk.database.reading() as session:
        told = session.scalars(select(Message.to_agency).where(Message.case == case.case, Message.kind == "foreign_party")).all()
        (below,) = session.scalars(select(Case.id).where(Case.parent == case.case, Case.process == "exit_entry"))
    assert told == ["qinglan-psb"]
    stay = Play(desk, people, below, {"stay_decision": "leave", "stay_leave_by": "2026-05-01"})
    assert stay.task("review_stay").agency == "qinglan-psb"
    seen_by_the_police, seen_by_the_teller = (cases.get(desk, people[who], below).parent for who in ("psb.officer", "health.officer"))
    assert (seen_by_the_police, seen_by_the_teller.id) == (None, case.case), "being told of a party is not being told of the case"
    with pytest.raises(WrongAnswers) as refused:
        case.do("notify_party")
    assert "第八十四条" in refused.value.fields["interpreter"][0]
    case.do("notify_party", interpreter="虚构·译甲")
    case.reach("serve_decision")
    assert "legal_review" not in case.done, "a foreigner is punished by the same procedure"
    case.reach("close_penalty_case")
    case.do("close_penalty_case")
    assert (case.status(), stay.status()) == ("closed", "open")

    stay.do("review_stay")
    assert {(task.agency, task.role) for task in stay.waiting()} == {("qinglan-psb", "head")}
    with pytest.raises(NotFound):
        stay.do("decide_stay", by="health.head")
    stay.finish()
    with desk.database.reading() as session:
        answered = session.scalars(select(Message.to_agency).where(Message.case == below, Message.kind == "stay_decided")).all()
    assert (stay.status(), answered) == ("closed", ["qinglan-health"])
    assert doctor.examine(desk) == ()


def test_a_penalty_case_does_not_close_over_an_open_case_under_it(penalty):
    case = penalty(handling="no_penalty", penalty_decision="exempt").reach("close_penalty_case")
    below = opened_under(case, "credit_push", credit_matter="repair")
    with pytest.raises(GateClosed) as refused:
        case.do("close_penalty_case")
    assert refused.value.article
    below.finish()
    case.do("close_penalty_case")
    assert case.status() == "closed"
