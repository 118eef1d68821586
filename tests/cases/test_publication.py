"""Publication and withdrawal (行政处罚法 第四十八条; 双公示): redacted, signed by everybody who took part, in time, and taken back in three days."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.factories.penalties import FINE, opened, opened_under
from tests.factories.registers import registers_of
from workflows.errors import WrongAnswers
from workflows.step import facts_of
from workflows.working_days import CHINA

DRAFT = {"publication_draft": "对某工作室未取得资格行医的行为处以罚款二万元。"}


@pytest.fixture
def decided(desk, people):
    """A fine that was served; execution waits."""

    def begin(reached: str = "prepare_publication", **answers):
        case = opened(desk, people, **{**FINE, **DRAFT, **answers})
        return case.reach(reached, hold=("record_payment",))

    return begin


def known(desk, case):
    with desk.database.reading() as session:
        return dict(facts_of(session, case.case).view())


def test_the_seven_working_days_run_from_the_decision_however_late_the_draft(decided, desk):
    case = decided("serve_decision")
    desk.clock.to("2026-03-05 10:00")
    case.reach("publish_double", hold=("record_payment",))
    assert case.task("publish_double").due_at == datetime(2026, 3, 11, 23, 59, 59, tzinfo=CHINA), "from 2 March, the day of the decision"


def test_market_regulation_has_twenty(desk, people):
    case = opened(desk, people, by="amr.officer", **FINE, **DRAFT).reach("publish_amr", hold=("record_payment",))
    assert case.task("publish_amr").due_at == datetime(2026, 3, 30, 23, 59, 59, tzinfo=CHINA)
    case.do("publish_amr", publicity_grade="ordinary", published_on="2026-03-10")
    assert (known(desk, case)["publicity_months"], known(desk, case)["publicity_until"]) == (36, "2029-03-10")


def test_the_term_of_publicity_is_the_grades(decided, desk):
    case = decided(publicity_grade="minor", published_on="2026-03-10").reach("prepare_credit", hold=("record_payment",))
    assert known(desk, case)["publicity_until"] == "2026-06-10"


@pytest.mark.parametrize("ground", ["state_secret", "national_security", "public_interest", "privacy"])
def test_what_may_not_be_published_is_withheld_by_the_head(decided, ground):
    case = decided(exception_ground=ground)
    case.do("prepare_publication")
    assert "approve_withholding" in case.elements()
    case.do("approve_withholding", withholding_decision="agree")
    assert "publish_double" not in case.elements()
    assert "prepare_credit" in case.elements()


def test_a_withholding_that_the_head_refuses_is_drafted_again(decided):
    case = decided(exception_ground="privacy")
    case.do("prepare_publication")
    case.do("approve_withholding", withholding_decision="refuse")
    assert "prepare_publication" in case.elements()


def test_a_joint_case_is_signed_by_its_members(play):
    joint = play(reached="propose_penalty", classification="administrative", **FINE, members=["qinglan-amr", "qinglan-mpa"], **DRAFT)
    joint.reach("serve_decision").do("serve_decision")
    case = opened_under(joint, "publication", **DRAFT).reach("sign_publication")
    assert sorted(task.agency for task in case.waiting()) == ["qinglan-amr", "qinglan-health", "qinglan-mpa"]
    case.do("sign_publication", "qinglan-health")
    case.do("sign_publication", "qinglan-amr", publication_opinion="object", publication_objection="隐去供货单位名称")
    case.do("sign_publication", "qinglan-mpa")
    assert case.elements() == ["prepare_publication"], "one objection sends the text back"
    case.reach("approve_publication", publication_opinion="agree").do("approve_publication", publication_approval="return")
    assert case.elements() == ["prepare_publication"]


def test_an_enterprise_is_published_on_both_systems(decided):
    case = decided("publish_double", subject_kind="company")
    with pytest.raises(WrongAnswers) as refused:
        case.do("publish_double", publication_targets=["credit_china"])
    assert "国家企业信用信息公示系统" in refused.value.fields["publication_targets"][0]
    case.do("publish_double", publication_targets=["credit_china", "enterprise_system"])


def test_an_identity_number_is_not_published(decided):
    case = decided()
    with pytest.raises(WrongAnswers):
        case.do("prepare_publication", publication_draft="身份证件号码" + "1101011990" + "03070000")
    case.do("prepare_publication")


def test_an_annulled_decision_is_withdrawn_in_three_working_days_and_annulled_in_the_register(decided, desk):
    case = decided("prepare_credit")
    withdrawal = opened_under(case, "publication", publication_matter="withdraw").reach("withdraw_publication")
    assert withdrawal.task("withdraw_publication").due_at == datetime(2026, 3, 5, 23, 59, 59, tzinfo=CHINA)
    withdrawal.finish()
    assert withdrawal.status() == "closed"
    with registers_of(desk, case.case) as found:
        assert [row.status for row in found.penalties_in_case()] == ["annulled"]
