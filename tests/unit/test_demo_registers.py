"""The demonstration's registers hold invented people and codes that are well formed and exist nowhere."""

from __future__ import annotations

from datetime import date

from web.demo_registers import entries
from workflows.contracts import NewAdViolation, NewPenalty, NewSubject, violations_within
from workflows.registers.codes import is_identity_number, is_uscc
from workflows.registers.matters import shipped_matters
from workflows.registers.penalty_columns import penalty_kinds
from workflows.rulebook import jurisdiction

ROWS = jurisdiction("demo_registers")
ENTRIES = entries(ROWS)
NOWHERE = "990000"


def test_everybody_is_recognisable_as_invented():
    assert all("虚构" in row["name"] for row in ROWS["subjects"])
    assert all("虚构" in person["name"] for row in ROWS["subjects"] for person in row.get("people", ()))
    assert all("虚构" in row["subject_name"] for row in ROWS["penalties"] + ROWS["violations"] + ROWS["refusals"])


def test_codes_and_numbers_are_well_formed_and_of_no_place():
    codes = {row["code"] for row in ROWS["subjects"]} | {row.get("subject_code") for row in ROWS["penalties"]} - {None}
    assert all(is_uscc(code) and code[2:8] == NOWHERE for code in codes)
    numbers = {person.id_number for one in ENTRIES if isinstance(one, NewSubject) for person in one.people} | {
        one.id_number for one in ENTRIES if isinstance(one, NewPenalty)
    }
    assert all(is_identity_number(number) and number.startswith(NOWHERE) for number in numbers - {""})


def test_penalties_name_matters_and_kinds_that_there_are():
    matters = {row["code"] for row in shipped_matters()}
    for one in ENTRIES:
        if isinstance(one, NewPenalty):
            assert one.act in matters
            assert set(one.kinds) <= set(penalty_kinds())
            assert (one.fine is not None) == ("fine" in one.kinds)


def test_the_dates_of_the_stories_are_there():
    elsewhere = [one for one in ENTRIES if isinstance(one, NewPenalty) and (one.act, one.function) == ("illegal_practice", "HEALTH")]
    assert [one.decided_on.year for one in elsewhere] == [2021, 2023]
    acts = [one for one in ENTRIES if isinstance(one, NewAdViolation) and one.subject_name == "虚构·凌霄医美咨询公司"]
    assert [one.act_on for one in acts] == [date(2024, 11, 20), date(2025, 8, 5)]
    assert len(violations_within(acts, date(2026, 3, 10))) == 2
