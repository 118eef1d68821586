"""异地行政处罚核查: two earlier penalties for illegal practice, from wherever, lead to a transfer (法释〔2008〕5号，2016年修正，第二条第四项)."""

import pytest

from tests.factories.family import facts
from tests.factories.penalties import FINE
from workflows import casefile, tasks
from workflows.errors import GateClosed, WrongAnswers
from workflows.working_days import CHINA


def hit(authority, number, decided_on, **more):
    return {
        "hit_authority": authority, "hit_number": number, "hit_function": "HEALTH", "hit_act": "illegal_practice", "hit_decided_on": decided_on,
        "hit_status": "effective", "hit_source": "other_region", "hit_identity": "confirmed", "hit_copy": True, **more,
    }  # fmt: skip


X = hit("虚构·甲市卫生健康委员会", "甲卫罚〔2021〕7号", "2021-05-10")
Y = hit("虚构·乙市卫生健康委员会", "乙卫罚〔2023〕3号", "2023-08-21")


def checked(play, hits, **more):
    case = play(reached="confirm_hits", **more)
    case.do("confirm_hits", confirmed_hits=hits, practitioner_qualification="unqualified")
    return case


def test_other_regions_are_asked_in_every_case_of_illegal_practice(play):
    assert play(reached="confirm_hits").elements() == ["confirm_hits"], "the registers know nothing of other regions"


def test_a_case_of_another_matter_with_nothing_in_the_registers_goes_on(play):
    case = play(reached="triage", matter="drug_device")
    case.do("triage", triage="host")
    assert case.elements() == ["confirm_candidate"]


def test_no_penalty_that_counts_needs_no_finding_of_the_legal_office(play):
    case = checked(play, [])
    assert case.elements() == ["confirm_candidate"]


@pytest.mark.parametrize(
    "changed",
    [
        {"hit_function": "OTHER"},
        {"hit_act": "other"},
        {"hit_status": "annulled"},
        {"hit_status": "in_dispute"},
        {"hit_identity": "uncertain"},
        {"hit_identity": "not_same"},
    ],
    ids=lambda changed: "-".join(changed.values()),
)
def test_a_penalty_of_another_kind_does_not_count(play, changed):
    case = checked(play, [X, {**Y, **changed}])
    assert facts(case)["prior_effective_count"] == 1


def test_the_same_decision_entered_twice_counts_once(play):
    assert facts(checked(play, [X, X]))["prior_effective_count"] == 1


def test_two_that_count_are_put_to_the_legal_office_with_the_clause(play):
    case = checked(play, [X, Y])
    page = case.page("decide_prior")
    assert page.row.role == "legal"
    assert "第二条第四项" not in page.data["threshold_clause"]
    assert "两次以后，再次非法行医" in page.data["threshold_clause"]
    assert "甲卫罚〔2021〕7号" in page.data["prior_penalty_list"]


def test_a_qualified_doctor_in_an_unlicensed_clinic_is_no_criminal(play):
    case = play(reached="confirm_hits")
    case.do("confirm_hits", confirmed_hits=[X, Y], practitioner_qualification="qualified")
    assert facts(case)["threshold_proposal"] == "administrative"


def test_a_doubt_sends_the_hits_back_to_the_officer(play):
    case = checked(play, [X, Y])
    case.do("decide_prior", prior_decision="unclear")
    assert case.elements() == ["confirm_hits"]


def test_story_4_two_penalties_elsewhere_a_region_that_is_silent_and_a_transfer_that_nobody_may_avoid(play, desk):
    """Penalised in city X 2021 and city Y 2023, caught again 2026 in Z; X does not answer in time; the fine is locked, the case transferred."""
    case = play(reached="confirm_hits")
    case.do("confirm_hits", confirmed_hits=[Y], region_query="yes", query_regions="虚构·甲市", practitioner_qualification="unqualified")
    case.do("ask_region", query_addressee="虚构·甲市卫生健康委员会")
    assert "处罚信息核查函" in {row.name for row in casefile.documents(desk, case.people["health.officer"], case.case)}

    due = case.task("record_region_answer").due_at.astimezone(CHINA).date()
    desk.clock.to(f"{due.isoformat()} 09:00")
    desk.clock.forward(days=1)
    case.do("record_region_answer", region_answer="silent")
    task = case.task("coordinate_query")
    assert task.agency == "yunhai-health", "the superior coordinates; silence does not mean that there was no penalty"
    case.do("coordinate_query")
    case.do("record_region_answer", region_answer="answered", confirmed_hits=[X, Y])
    assert facts(case)["prior_effective_count"] == 2
    case.do("decide_prior", prior_decision="reached", copies_certified=True)
    assert "历次处罚决定书复印件(核验)" in {row.name for row in casefile.documents(desk, case.people["health.officer"], case.case)}

    case.reach("classify", practitioner_qualification="unqualified")
    assert "再次非法行医" in case.page("classify").data["threshold_clause"]
    task = case.task("classify")
    reasons = {"classification": "administrative", "classification_reason": "罚款了事"}
    with pytest.raises(GateClosed) as refused:
        tasks.complete(desk, case.people["health.legal"], task.id, revision=task.revision, answers=reasons)
    assert "第二条第四项" in refused.value.article

    case.do("classify", classification="both")
    assert "verify_crime" in case.elements()
    case.reach("decide_penalty", hold=["decide_transfer"])
    with pytest.raises((GateClosed, WrongAnswers)):
        case.do("decide_penalty", penalties_decided=["fine"], fine_decided=50000)


def test_its_twin_with_one_penalty_that_counts_may_be_fined(play):
    case = checked(play, [Y])
    case.do("decide_prior", prior_decision="below")
    case.reach("classify", practitioner_qualification="unqualified")
    case.do("classify", classification="administrative")
    case.reach("decide_penalty", **FINE).do("decide_penalty")
    assert case.elements() == ["serve_decision"]
