"""举报人身份保密: who reported is read by the intake of the receiving agency and by nobody else, on no page."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select, text

from workflows import casefile, history, tasks
from workflows.records import Task

NAME, PHONE = "举报人张某某", "13900000000"


@pytest.fixture
def reported(play):
    return play(reached="triage", clue_source="complaint", reporter_name=NAME, reporter_phone=PHONE)


def everything_that(officer, case):
    """What the officer can read of the case, as one text."""
    desk = case.desk
    facts = [(row.name, str(row.value), row.value_text.zh) for row in casefile.facts(desk, officer, case.case)]
    documents = [casefile.document(desk, officer, row.id).content for row in casefile.documents(desk, officer, case.case)]
    record = [dict(line.detail) for line in history.record(desk, officer, case.case).items]
    return json.dumps([facts, str(documents), record], ensure_ascii=False, default=str)


def test_the_intake_that_took_the_report_reads_who_it_was(reported, people):
    assert NAME in str(casefile.facts(reported.desk, people["health.intake"], reported.case))


@pytest.mark.parametrize("username", ["health.officer", "health.head", "health.legal", "superior.officer", "supervisor"])
def test_nobody_else_reads_it(reported, people, username):
    told = everything_that(people[username], reported)
    assert NAME not in told
    assert PHONE not in told


def test_neither_the_record_nor_a_document_holds_it_even_for_the_intake(reported, people, desk):
    record = [dict(line.detail) for line in history.record(desk, people["health.intake"], reported.case).items]
    assert NAME not in json.dumps(record, ensure_ascii=False)
    with desk.database.reading() as session:
        documents = session.execute(text("select content from document")).all()
    assert documents
    assert NAME not in json.dumps([str(row) for row in documents], ensure_ascii=False)


def test_the_page_of_the_registered_clue_hides_it_from_a_colleague(reported, people, desk):
    with desk.database.reading() as session:
        registered = session.scalars(select(Task.id).where(Task.case == reported.case, Task.element == "register_clue")).one()
    theirs = tasks.get(desk, people["health.officer"], registered)
    own = tasks.get(desk, people["health.intake"], registered)
    assert NAME not in str(theirs)
    assert own.answers["reporter_name"] == NAME


def test_an_intake_officer_of_another_agency_does_not_read_it(reported, people):
    other = replace(people["superior.officer"], roles=frozenset({"intake", "officer"}))
    assert NAME not in str(casefile.facts(reported.desk, other, reported.case))


def test_a_draft_of_the_clue_hides_it_from_a_superior(play, desk, people):
    case = play(reached="register_clue")
    task = case.task("register_clue")
    tasks.save(desk, people["health.intake"], task.id, answers={"reporter_name": NAME, "subject_name": "虚构诊所"})
    theirs = tasks.get(desk, people["superior.officer"], task.id)
    assert NAME not in str(theirs)
    assert theirs.data["subject_name"] == "虚构诊所"
    assert tasks.get(desk, people["health.intake"], task.id).data["reporter_name"] == NAME
