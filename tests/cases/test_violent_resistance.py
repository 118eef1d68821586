"""Violence on the scene: the case rests, the police come, the superior hears of it, and the investigation goes on under protection."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from tests.factories.play import Play
from workflows import cases, cases_under, history
from workflows.errors import GateClosed, NotAllowed, WrongAnswers
from workflows.records import Case, Clock, Document, Message
from workflows.working_days import CHINA

ATTACK = {
    "attack_place": "青岚区虚构路 1 号",
    "attack_facts": "当事人推搡执法人员，抢夺执法记录仪",
    "injured": "yes",
    "scene_videos": [{"video_device": "执法仪 07", "video_span": "10:02-10:19", "video_digest": "sm3:00ff"}],
    "injuries": [{"injured_person": "执法人员（承办）", "injury": "左臂挫伤"}],
}


@pytest.fixture
def attacked(play, desk, people):
    """A case in its joint raid, and the procedure that an officer opened under it."""

    def begin(reached="record_findings", **answers):
        case = play(reached=reached)
        ref = cases_under.open_case(desk, people["health.officer"], case.case, process="violent_resistance", title="", facts={})
        return case, Play(desk, people, ref.id, {**ATTACK, **answers})

    return begin


def messages(desk, case, kind):
    with desk.database.reading() as session:
        return sorted(set(session.scalars(select(Message.to_agency).where(Message.case == case.case, Message.kind == kind))))


def under(desk, case, process):
    with desk.database.reading() as session:
        return list(session.scalars(select(Case.id).where(Case.parent == case.case, Case.process == process)))


def test_story_5_the_raid_stops_the_police_come_and_the_investigation_goes_on_protected(attacked, desk, people):
    case, violence = attacked()
    waited = case.elements()
    facts = case.known()
    assert case.status() == "suspended"
    with pytest.raises(GateClosed) as refused:
        case.do("record_findings")
    assert "中止" in refused.value.zh

    desk.clock.to("2026-03-10 10:30")
    violence.do("report_attack")
    assert messages(desk, violence, "violence") == ["qinglan-health", "qinglan-psb", "yunhai-health"]
    assert violence.elements() == ["attend_scene", "record_injury"]

    violence.do("attend_scene", obstruction_track="criminal")
    (apart,) = under(desk, violence, "obstruction_case")
    obstruction = Play(desk, people, apart, {"obstruction_result": "criminal_filed"})
    assert obstruction.task("investigate_obstruction").agency == "qinglan-psb"

    violence.do("record_injury")
    report = violence.task("report_upward")
    assert report.due_at == datetime(2026, 3, 11, 10, 30, tzinfo=CHINA), "a written report within 24 hours"
    violence.do("report_upward")
    violence.do("review_report", resistance_escalation="supervise")
    with pytest.raises(WrongAnswers) as unprotected:
        violence.do("decide_resume", protection="missing")
    assert set(unprotected.value.fields) == {"protection"}
    violence.do("decide_resume", protection="arranged", evidence_chain="intact")

    assert violence.status() == "closed"
    assert case.status() == "open"
    assert case.elements() == waited, "the joint investigation goes on where it stood"
    assert {name: case.known()[name] for name in facts} == facts, "nothing that was found is touched"
    assert history.verify(desk) == (), "the chain of the record is whole"
    case.do("record_findings")
    assert obstruction.status() == "open", "the obstruction is independent of the medical case"
    obstruction.finish()
    assert messages(desk, obstruction, "obstruction_decided") == ["qinglan-health"]


@pytest.mark.parametrize(("track", "apart"), [("security", 1), ("criminal", 1), ("none", 0)])
def test_the_police_open_a_case_of_the_obstruction_when_they_accept_the_report(attacked, desk, track, apart):
    _, violence = attacked()
    violence.do("report_attack")
    violence.do("attend_scene", obstruction_track=track)
    assert len(under(desk, violence, "obstruction_case")) == apart


@pytest.mark.parametrize("left_out", ["enforcement_stopped", "video_preserved"])
def test_nobody_reports_before_everybody_is_safe_and_the_video_is_kept(attacked, left_out):
    _, violence = attacked()
    with pytest.raises(WrongAnswers) as refused:
        violence.do("report_attack", **{left_out: False})
    assert set(refused.value.fields) == {left_out}
    violence.do("report_attack")


def test_without_injuries_none_are_recorded(attacked):
    _, violence = attacked(injured="no")
    violence.do("report_attack")
    assert violence.elements() == ["attend_scene", "report_upward"]


def test_the_clocks_of_the_case_above_run_on_while_it_rests(attacked, desk):
    case, violence = attacked(reached="write_report")
    with desk.database.reading() as session:
        before = session.execute(select(Clock.id, Clock.due_at).where(Clock.case == case.case, Clock.state == "running")).all()
    violence.finish()
    with desk.database.reading() as session:
        after = session.execute(select(Clock.id, Clock.due_at).where(Clock.case == case.case, Clock.state == "running")).all()
    assert before == after


def test_the_report_and_the_list_of_videos_are_on_paper(attacked, desk):
    _, violence = attacked()
    violence.do("report_attack")
    violence.do("record_injury")
    violence.do("report_upward")
    with desk.database.reading() as session:
        names = set(session.scalars(select(Document.name).where(Document.case == violence.case)))
    assert names == {"报案材料", "现场视频清单", "情况报告"}


def test_an_officer_opens_it_and_the_legal_office_does_not(play, desk, people):
    case = play(reached="record_findings")
    with pytest.raises(NotAllowed):
        cases_under.open_case(desk, people["health.legal"], case.case, process="violent_resistance", title="", facts={})
    cases_under.open_case(desk, people["health.officer"], case.case, process="violent_resistance", title="", facts={})


def test_it_runs_on_its_own_as_well(desk, people):
    ref, _ = cases.open_case(desk, people["health.officer"], process="violent_resistance", title="虚构·围堵", facts={})
    assert Play(desk, people, ref.id, dict(ATTACK)).finish().status() == "closed"
