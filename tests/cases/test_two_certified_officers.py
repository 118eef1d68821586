"""At least two certified officers investigate (行政处罚法 第四十二条)."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from workflows import tasks, training
from workflows.errors import NotAllowed, WrongAnswers
from workflows.jurisdictions import load_jurisdiction
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


@pytest.mark.parametrize(("follows", "hours", "may"), [("show", 58, True), ("refuse", 58, False), ("refuse", 60, True)])
def test_story_13_an_officer_with_58_of_60_hours_goes_where_the_place_only_shows_it(play, people, desk, follows, hours, may):
    """沪卫监督〔2024〕37号（一）asks for 60 hours a year and does not say what fewer mean; the place says so, and that it is open."""
    case = play(reached="prepare_visit")
    for username, spent in (("health.officer", 60), ("health.officer2", hours)):
        for day, part in enumerate((20, 20, spent - 40), start=1):
            training.record(
                desk, people["health.head"], username, on=date(2026, 2, day), hours=str(part), topic="执法办案", provider="虚构·培训中心"
            )
    shanghai = load_jurisdiction("shanghai")
    assert shanghai.settings["training_shortfall"].to_be_confirmed
    settled = replace(shanghai.settings["training_shortfall"], value=follows)
    case.desk = replace(desk, place=replace(shanghai, settings={**shanghai.settings, "training_shortfall": settled}))
    if may:
        complete(case, people["health.officer"], "health.officer2")
        return
    with pytest.raises(WrongAnswers) as refused:
        complete(case, people["health.officer"], "health.officer2")
    assert "58" in refused.value.fields["second_officer"][0]
