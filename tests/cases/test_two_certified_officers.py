"""At least two certified officers investigate (行政处罚法 第四十二条)."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from workflows import tasks
from workflows.errors import NotAllowed, WrongAnswers
from workflows.records import Officer as OfficerRow

LEAD = "qinglan-health"


def given(case, second):
    return {"visit_on": "2026-03-03", "visit_place": "虚构路 1 号", "second_officer": second, "no_conflict": True}


def complete(case, officer, second):
    task = case.task("prepare_visit", LEAD)
    return tasks.complete(case.desk, officer, task.id, revision=task.revision, answers=given(case, second))


def certificate(desk, username, **values):
    with desk.database.transaction() as session:
        session.execute(update(OfficerRow).where(OfficerRow.username == username).values(**values))


def test_two_certified_officers_of_the_agency_may_go(play, people):
    case = play(reached="prepare_visit")
    complete(case, people["health.officer"], "health.officer2")
    assert case.task("record_findings", LEAD)


def test_an_officer_alone_may_not_go(play, people):
    case = play(reached="prepare_visit")
    with pytest.raises(WrongAnswers) as refused:
        complete(case, people["health.officer"], "health.officer")
    assert set(refused.value.fields) == {"second_officer"}


def test_a_second_officer_of_another_agency_does_not_count(play, people):
    case = play(reached="prepare_visit")
    with pytest.raises(WrongAnswers) as refused:
        complete(case, people["health.officer"], "amr.officer")
    assert set(refused.value.fields) == {"second_officer"}


@pytest.mark.parametrize("until", [date(2026, 3, 1), None])
def test_a_second_officer_counts_until_the_last_day_of_the_certificate(play, people, desk, until):
    case = play(reached="prepare_visit")  # the clock stands on 2026-03-02
    certificate(desk, "health.officer2", certificate_until=until or date(2026, 3, 2))
    if until is None:
        complete(case, people["health.officer"], "health.officer2")
    else:
        with pytest.raises(WrongAnswers):
            complete(case, people["health.officer"], "health.officer2")


def test_a_second_officer_whose_account_is_closed_does_not_count(play, people, desk):
    case = play(reached="prepare_visit")
    certificate(desk, "health.officer2", active=False)
    with pytest.raises(WrongAnswers):
        complete(case, people["health.officer"], "health.officer2")


def test_the_officer_in_charge_needs_a_certificate_too(play, people):
    case = play(reached="prepare_visit")
    without = replace(people["health.officer"], certificate=None)
    with pytest.raises(NotAllowed, match="no valid enforcement certificate") as refused:
        complete(case, without, "health.officer2")
    assert "第四十二条" in refused.value.article
