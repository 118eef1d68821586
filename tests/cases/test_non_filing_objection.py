"""The police do not file: reconsideration, filing supervision up to the procuratorate above, or acceptance (令310 第九条、第十条)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.factories.play import Play
from workflows import cases, cases_under, officers
from workflows.errors import NotAllowed
from workflows.records import Message, Participant

NOT_FILED = {"classification": "crime", "filing": "not_filed"}
IGNORED = {**NOT_FILED, "objection": "supervise", "correction_result": "ignored"}


def outcome(case, desk) -> str:
    return case.known()["objection_outcome"]


@pytest.fixture
def upper(desk, people):
    """Somebody at the procuratorate above."""
    made = officers.create(
        desk, None, username="upper.proc", name="检上·检察官", agency="yunhai-proc", roles=["officer"], password_hash="x"
    )
    return {**people, "upper.proc": made}


@pytest.mark.parametrize(
    ("answers", "result"),
    [
        ({"objection": "accept"}, "not_filed"),
        ({"objection": "reconsider", "reconsideration": "file"}, "filed"),
        ({"objection": "reconsider", "reconsideration": "uphold", "still_objects": "no"}, "not_filed"),
        ({"objection": "reconsider", "reconsideration": "uphold", "proc_opinion": "agree"}, "not_filed"),
        ({"objection": "reconsider", "reconsideration": "uphold", "proc_opinion": "notify_file"}, "filed"),
        ({"objection": "supervise", "proc_opinion": "notify_file"}, "filed"),
        ({"objection": "supervise", "notice_result": "refused", "correction_result": "filed"}, "filed"),
    ],
)
def test_every_way_of_objecting_ends_in_a_filing_or_in_none(play, desk, answers, result):
    case = play(**NOT_FILED, **answers).reach("hand_over_items" if result == "filed" else "propose_penalty")
    assert outcome(case, desk) == result


@pytest.mark.parametrize("result", ["filed", "not_filed"])
def test_police_who_ignore_the_order_and_the_notice_are_reported_to_the_procuratorate_above(play, desk, upper, result):
    case = play(**IGNORED, upper_result=result).reach("file_on_notice")
    case.people = upper
    cases.report_event(desk, upper["proc.officer"], case.case, message="逾期未立案", text="十五日届满未立案")
    assert case.elements() == ["correct_violation"]
    case.do("correct_violation")
    case.do("record_correction")
    assert case.task("upper_review").agency == "yunhai-proc"
    with desk.database.reading() as session:
        told = session.scalars(select(Message.to_agency).where(Message.case == case.case, Message.kind == "violation_uncorrected")).all()
        part = session.scalars(select(Participant.agency).where(Participant.capacity == "upper_procuratorate")).all()
    assert sorted(told) == ["yunhai-proc", "yunhai-psb"], "the procuratorate above consults the police of its level"
    assert part == ["yunhai-proc"]
    case.do("upper_review")
    assert outcome(case, desk) == result
    assert case.elements() == (["hand_over_items"] if result == "filed" else ["apply_filing"])


def test_police_who_say_nothing_do_not_hold_up_the_procuratorate(play, desk, people):
    case = play(**NOT_FILED, objection="supervise").reach("give_reasons")
    assert case.task("give_reasons").agency == "qinglan-psb"
    for stranger in ("health.legal", "psb.head"):
        with pytest.raises(NotAllowed):
            cases.report_event(desk, people[stranger], case.case, message="逾期未说明", text="逾期未说明")
    cases.report_event(desk, people["proc.officer"], case.case, message="逾期未说明", text="七日届满，未书面说明理由")
    assert case.elements() == ["review_non_filing"]
    case.do("review_non_filing")
    assert case.elements() == ["order_filing"]


def test_police_who_answer_give_their_reasons_in_writing(play):
    case = play(**NOT_FILED, objection="supervise").reach("give_reasons")
    case.do("give_reasons", reasons_given="情节显著轻微")
    assert case.elements() == ["review_non_filing"]


def test_a_reconsideration_that_nobody_decides_does_not_hold_up_the_agency(play, desk, people):
    case = play(**NOT_FILED, objection="reconsider").reach("reconsider")
    cases.report_event(desk, people["health.legal"], case.case, message="逾期未决定", text="三日届满未作决定")
    assert case.elements() == ["answer_reconsideration"]
    case.do("answer_reconsideration", still_objects="yes")
    assert case.elements() == ["suggest_supervision"]


def test_when_the_police_decide_nothing_the_agency_turns_to_the_procuratorate_beside_the_open_task(play, desk, people):
    case = play(reached="review_filing", classification="crime")
    ref = cases_under.open_case(desk, people["health.legal"], case.case, process="non_filing_objection", title="", facts={})
    thread = Play(
        desk, people, ref.id, {**case.answers, "objection": "supervise", "supervision_cause": "silent", "reasons_state": "silent"}
    )
    thread.reach("file_on_notice")
    assert "review_filing" in case.elements()
    assert case.status() == "open"
    thread.finish()
    assert thread.status() == "closed"
    case.do("review_filing")
    case.do("decide_filing", filing="filed")
