"""Other cases of the same subject are found by its name or code; other answers are not looked up, however long they are."""

from __future__ import annotations

import pytest

NAME, CODE = "虚构·云朵工作室", "91330000MA27XXXX0A"
LONG = "".join(chr(0x4E00 + number) for number in range(4000))
"""As long as the form allows, and nothing in it repeats: an index of PostgreSQL cannot hold it."""


def related(case) -> list[str]:
    return next(fact.value for fact in case.page("triage").facts if fact.name == "related_cases")


@pytest.mark.both_databases
@pytest.mark.parametrize("same", [{"subject_name": NAME, "subject_code": ""}, {"subject_name": "虚构·改名工作室", "subject_code": CODE}])
def test_a_case_of_the_same_name_or_code_is_found(play, same):
    first = play(subject_name=NAME, subject_code=CODE).reach("triage")
    assert related(first) == []
    assert len(related(play(**same).reach("triage"))) == 1


@pytest.mark.both_databases
def test_a_case_of_another_subject_is_not_found(play):
    play(subject_name=NAME, subject_code=CODE, clue_summary="虚构·晴天诊所").reach("triage")
    assert related(play(subject_name="虚构·晴天诊所", subject_code="").reach("triage")) == []


@pytest.mark.both_databases
def test_an_answer_may_be_as_long_as_its_form_allows(play):
    case = play(clue_summary=LONG).reach("triage")
    assert LONG in [fact.value for fact in case.page("triage").facts]
