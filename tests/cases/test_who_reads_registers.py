"""Registers are shared between the agencies; natural persons are for those who work on cases, a case's number for those who see the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.factories.registers import CLINIC, CODE, OTHER_CODE, PERSON, enter, penalty, subject
from workflows import advertisements, penalties, subjects
from workflows.contracts import NewAdRefusal, NewAdViolation, NewPerson
from workflows.errors import NotAllowed, NotFound
from workflows.jurisdiction import Setting

PERSONS_PENALTY = {"subject_name": "虚构甲", "subject_code": "", "id_number": PERSON}


@pytest.fixture
def filled(play, desk):
    """A clinic with somebody behind it, penalties of both, advertisements; a case knows the clinic."""
    acts = [NewAdViolation(CLINIC, CODE, date(2025, month, 1), date(2025, month, 20), "55", f"{month}号") for month in (1, 5, 9)]
    return enter(
        play(subject_name=CLINIC, subject_code=CODE),
        subject(people=(NewPerson("虚构甲", "actual_controller", PERSON),), names=("云朵医美",)),
        penalty("一号", source="own"),
        penalty("二号", **PERSONS_PENALTY),
        *acts,
        NewAdRefusal(CLINIC, CODE, date(2026, 1, 1), date(2026, 12, 31), "《广告法》第五十五条", "不受一号"),
    )


def found(desk, officer, q=""):
    return {line.name: line for line in subjects.list_subjects(desk, officer, q=q).items}


READERS = ("health.officer", "amr.officer", "proc.officer", "supervisor", "health.deputy")


@pytest.mark.parametrize("username", READERS)
def test_who_works_on_cases_sees_subjects_people_and_penalties(desk, people, filled, username):
    officer = people[username]
    clinic = subjects.get(desk, officer, found(desk, officer)[CLINIC].id)
    assert [person.name for person in clinic.people] == ["虚构甲"]
    assert {row.number: row.matched_by for row in clinic.penalties} == {"一号": "code", "二号": "person"}
    assert penalties.list_penalties(desk, officer).total == 2


def test_an_administrator_sees_institutions_and_no_person(desk, people, filled):
    admin = people["admin"]
    assert list(found(desk, admin)) == [CLINIC]
    clinic = subjects.get(desk, admin, found(desk, admin)[CLINIC].id)
    assert (clinic.people, [row.number for row in clinic.penalties]) == ((), ["一号"])
    assert [line.penalty.number for line in penalties.list_penalties(desk, admin).items] == ["一号"]
    person = found(desk, people["health.officer"])["虚构甲"]
    with pytest.raises(NotFound):
        subjects.get(desk, admin, person.id)
    assert subjects.get(desk, people["health.officer"], person.id).id_last == PERSON[-4:]


@pytest.mark.parametrize("username", ["auditor", "security", "designer"])
def test_who_neither_works_on_cases_nor_administers_sees_no_register(desk, people, filled, username):
    officer = people[username]
    for look in (subjects.list_subjects, penalties.list_penalties, advertisements.list_violations, advertisements.list_refusals):
        with pytest.raises(NotAllowed):
            look(desk, officer)
    with pytest.raises(NotAllowed):
        subjects.get(desk, officer, filled)


def test_the_case_behind_a_row_is_named_to_those_who_see_the_case(desk, people, filled):
    for username, sees in (("health.officer", True), ("superior.officer", True), ("cac.officer", False), ("admin", False)):
        officer = people[username]
        clinic = subjects.get(desk, officer, found(desk, officer)[CLINIC].id)
        own = [row for row in clinic.penalties if row.number == "一号"]
        assert bool(own[0].case_number) is sees, username
        assert bool(clinic.violations[0].case_number) is sees, username
        assert bool(clinic.cases) is sees, username
        listed = {line.penalty.number: line.penalty.case_number for line in penalties.list_penalties(desk, officer).items}
        assert bool(listed["一号"]) is sees, username
        assert bool(advertisements.list_violations(desk, officer).items[0].violation.case_number) is sees, username


@pytest.mark.both_databases
@pytest.mark.parametrize("q", [CLINIC, "云朵医疗", "雲朵醫療", "云朵医美", CODE, CODE[:6].lower(), "（云朵）"])
def test_a_subject_is_searched_by_any_name_and_by_its_code(desk, people, filled, q):
    assert CLINIC in found(desk, people["health.officer"], q)


@pytest.mark.parametrize("q", ["不相干", OTHER_CODE, "%", "_", "\\"])
def test_what_is_not_there_is_not_found(desk, people, filled, q):
    assert found(desk, people["health.officer"], q) == {}


@pytest.mark.both_databases
def test_penalties_are_filtered_and_go_on_page_by_page(desk, people, play):
    days = [date(2025, 1, 1) + timedelta(days=number // 2) for number in range(7)]
    enter(
        play(),
        *(penalty(f"{number}号", decided_on=day, act_on=None) for number, day in enumerate(days)),
        penalty("其他", source="province"),
    )
    officer, seen, cursor = people["health.officer"], [], None
    while True:
        page = penalties.list_penalties(desk, officer, source="other_region", cursor=cursor, limit=3)
        seen += [line.penalty for line in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert sorted((row.decided_on for row in seen), reverse=True) == [row.decided_on for row in seen]
    assert len({row.number for row in seen}) == 7
    assert [line.penalty.number for line in penalties.list_penalties(desk, officer, q="其他").items] == ["其他"]
    assert penalties.list_penalties(desk, officer, q="云朵", status="annulled").items == ()


def test_the_place_may_count_the_day_of_the_decision(desk, people, filled):
    desk.clock.to("2027-01-10 10:00")  # the first act fell out, its decision did not
    assert {line.counted for line in advertisements.list_violations(desk, people["amr.officer"]).items} == {2}
    elsewhere = replace(desk, place=replace(desk.place, settings={"ad_counted_day": Setting("decision", "")}))
    assert {line.counted for line in advertisements.list_violations(elsewhere, people["amr.officer"]).items} == {3}


def test_advertisements_carry_their_counter_and_refusals_their_state(desk, people, filled):
    officer = people["amr.officer"]
    assert [(line.violation.act_on.month, line.counted) for line in advertisements.list_violations(desk, officer).items] == [
        (9, 3),
        (5, 3),
        (1, 3),
    ]
    desk.clock.to("2027-03-01 10:00")
    assert [line.counted for line in advertisements.list_violations(desk, officer, q="云朵").items] == [2, 2, 2]
    assert [line.in_force for line in advertisements.list_refusals(desk, officer).items] == [False]
    desk.clock.to("2026-12-31 10:00")
    assert [line.in_force for line in advertisements.list_refusals(desk, officer).items] == [True]
    assert advertisements.list_violations(desk, officer, basis="58").items == ()
