"""A case under another: opened by hand or by a service, it may let the one above rest; the parent closes last."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.factories.diagrams import bundle, diagram, form
from tests.factories.play import Play
from workflows import cases, cases_under, diagrams, doctor, history, tasks
from workflows.contracts import CaseToOpen, HandlerResult, ParticipantChange, Service, Text
from workflows.errors import GateClosed, HandlerFailed, NotAllowed, NotFound, WrongAnswers
from workflows.records import Clock, Message
from workflows.step import facts_of

ONE_STEP = "start s\nuser only form=only\nend e\ns > only > e"
ASKS = "start s\nuser first form=only\nservice split service=split\nuser last form=only\nend e\ns > first > split > last > e"


def published(desk, process: str, text: str = ONE_STEP, **told) -> None:
    files = bundle(process, {process: diagram(process, text)}, forms={"only": form("only_said")}, **told)
    diagrams.publish(desk, "tests", files, reason="a trial")


VIOLENCE, NOTICE = "trial_violence", "trial_notice"
"""A procedure that lets the case above it rest, and one that runs beside it."""


@pytest.fixture
def reached(play, desk):
    """A case on its way, with both procedures published."""

    def begin(element: str, **answers):
        case = play(reached=element, **answers)
        published(desk, VIOLENCE, under={"roles": ["officer"], "suspends": True, "inherits": ["subject_name"]})
        published(desk, NOTICE, under={"roles": ["officer"]})
        return case

    return begin


def under(case: Play, process: str, by: str = "health.officer", title: str = "虚构·处置", **facts) -> Play:
    ref = cases_under.open_case(case.desk, case.people[by], case.case, process=process, title=title, facts=facts)
    return Play(case.desk, case.people, ref.id, {"only_said": "按规定办理"})


def test_the_case_above_rests_until_the_one_that_interrupted_it_is_closed(reached):
    case = reached("record_findings")
    child = under(case, VIOLENCE)
    assert case.status() == "suspended"
    with pytest.raises(GateClosed, match=r"联〔2026〕"):
        case.do("record_findings")
    child.do("only")
    assert case.status() == "open"
    case.do("record_findings")


def test_what_runs_beside_leaves_the_case_above_open(reached):
    case = reached("record_findings")
    under(case, NOTICE)
    assert case.status() == "open"
    case.do("record_findings")


def test_with_two_interruptions_the_case_rests_until_the_second_is_over(reached):
    case = reached("record_findings")
    one, two = under(case, VIOLENCE), under(case, VIOLENCE)
    one.do("only")
    assert case.status() == "suspended"
    two.do("only")
    assert case.status() == "open"


def test_while_a_case_rests_its_page_says_so_drafts_are_kept_and_its_clocks_run_on(reached, desk):
    case = reached("write_report")
    with desk.database.reading() as session:
        before = session.execute(select(Clock.id, Clock.due_at).where(Clock.case == case.case, Clock.state == "running")).all()
    under(case, VIOLENCE)
    page = case.page("write_report")
    assert "complete" not in page.actions
    assert "中止" in page.refusals["complete"].zh
    tasks.save(desk, case.who(case.task("write_report")), page.row.id, answers={"report_text": "半句"})
    with desk.database.reading() as session:
        after = session.execute(select(Clock.id, Clock.due_at).where(Clock.case == case.case, Clock.state == "running")).all()
    assert after == before
    assert before


def test_the_facts_that_the_process_inherits_come_along_and_so_do_the_parties(reached, desk):
    case = reached("record_findings")
    child = under(case, VIOLENCE)
    with desk.database.reading() as session:
        inherited = facts_of(session, child.case).view()["subject_name"]
    assert inherited == case.facts()["subject_name"]
    page = cases.get(case.desk, case.people["amr.officer"], child.case)
    assert page.parent is not None
    assert page.parent.id == case.case


def test_only_the_roles_of_its_bundle_open_it_and_only_under_a_case_they_see(reached):
    case = reached("record_findings")
    with pytest.raises(NotAllowed):
        under(case, VIOLENCE, by="health.head")
    with pytest.raises(NotFound):
        under(case, VIOLENCE, by="eco.officer")
    assert [one.process for one in cases_under.openable(case.desk, case.people["health.head"], case.case) if one.process == VIOLENCE] == []
    assert VIOLENCE in [one.process for one in cases_under.openable(case.desk, case.people["health.officer"], case.case)]


def test_a_process_without_such_a_word_is_not_opened_under_a_case(reached):
    case = reached("record_findings")
    with pytest.raises(WrongAnswers):
        under(case, "supervision")


def test_the_parent_closes_last(reached):
    case = reached("close_case", classification="none")
    child = under(case, NOTICE)
    with pytest.raises(GateClosed, match="still open"):
        case.do("close_case")
    child.do("only")
    case.do("close_case")
    assert case.status() == "closed"
    with pytest.raises(WrongAnswers):
        under(case, NOTICE)


def test_both_records_tell_of_it_stay_whole_and_the_agency_above_is_told(reached, desk):
    case = reached("record_findings")
    child = under(case, VIOLENCE)
    child.do("only")
    lines = [row.kind for row in history.record(desk, case.people["health.head"], case.case, limit=3).items]
    assert lines[:2] == ["case_under_closed", "case_opened_under"]
    assert history.verify(desk, case.people["auditor"]) == ()
    assert doctor.examine(desk) == ()
    with desk.database.reading() as session:
        told = session.execute(select(Message.to_agency, Message.body).where(Message.kind == "case_under_closed")).all()
    assert [(agency, body["subject"][0].startswith("关联案件办结")) for agency, body in told] == [("qinglan-health", True)]


def splitting(desk, **wanted):
    """A desk whose service `split` opens a case."""
    wanted = {"process": "trial_notice", "title": "虚构·另案", "agency": "qinglan-amr", "relation": "split", **wanted}
    split = Service(lambda _call: HandlerResult(cases=(CaseToOpen(**wanted),)), Text("另案", "split"))
    return replace(desk, services={**desk.services, "split": split})


def asked(desk, people) -> Play:
    published(desk, NOTICE)
    published(desk, "trial_asks", ASKS)
    ref, _ = cases.open_case(desk, people["health.officer"], process="trial_asks", title="虚构·主案", facts={})
    return Play(desk, people, ref.id, {"only_said": "按规定办理"})


def test_a_service_opens_a_case_at_another_agency_with_what_it_knows(desk, people):
    parties = (ParticipantChange("qinglan-health", "source", "移交线索"),)
    case = asked(splitting(desk, facts={"subject_name": "虚构·上游公司"}, participants=parties), people)
    case.do("first")
    page = cases.get(case.desk, people["health.officer"], case.case)
    assert [(child.process, str(child.relation), child.status) for child in page.children] == [(NOTICE, "另案处理", "open")]
    child = Play(case.desk, people, page.children[0].id)
    assert child.task("only").agency == "qinglan-amr"
    assert any(
        "立案" in note["zh"] for row in history.record(desk, people["health.head"], case.case).items for note in row.detail.get("notes", [])
    )
    assert history.verify(desk, people["auditor"]) == ()


def test_a_service_may_let_its_own_case_rest(desk, people):
    case = asked(splitting(desk, suspends=True, agency="qinglan-health"), people)
    case.do("first")
    assert cases.get(case.desk, people["health.officer"], case.case).case.status == "suspended"
    child = Play(case.desk, people, cases.get(case.desk, people["health.officer"], case.case).children[0].id, {"only_said": "办"})
    child.do("only")
    case.do("last")


def test_a_service_that_asks_for_an_unpublished_process_leaves_the_case_where_it_was(desk, people):
    case = asked(splitting(desk, process="nowhere"), people)
    with pytest.raises(HandlerFailed):
        case.do("first")
    assert case.elements() == ["first"]
