"""Facts of a supposed case: what is asked is decided once, and from then on nothing contradicts it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workflows.oracle.supposing import Choice, Supposed, Undecided, seen_from, written_down

ANSWERS = ("yes", "no", "maybe")


def ways(known: dict, ask: Callable[[Supposed], Any]) -> list[tuple[Any, dict]]:
    """What `ask` comes to under every supposition, with what is known then."""
    found, pending = [], [{}]
    while pending:
        decided = pending.pop()
        facts = Supposed(known, decided)
        try:
            found.append((ask(facts), facts.known))
        except Undecided as question:
            pending += [{**decided, question.reading: way} for way in reversed(question.ways)]
    return found


def test_a_condition_divides_the_values_by_what_it_says_of_them():
    found = ways({("", "f"): Choice(ANSWERS)}, lambda facts: facts.holds('f == "yes"'))
    assert found == [(True, {("", "f"): "yes"}), (False, {("", "f"): Choice(("no", "maybe"))})]


def test_a_condition_that_says_the_same_of_every_value_decides_nothing():
    found = ways({("", "f"): Choice(ANSWERS)}, lambda facts: facts.holds("f is not None"))
    assert found == [(True, {("", "f"): Choice(ANSWERS)})]


def test_the_ways_of_a_choice_are_all_its_values_and_none_twice():
    with pytest.raises(Undecided) as question:
        Supposed({("", "f"): Choice((1, 2, 3, 4))}).holds("f > 2")
    assert sorted(value for way in question.value.ways for value in way) == [1, 2, 3, 4]
    assert len(question.value.ways) == 2


@pytest.mark.parametrize("later", ['f == "yes"', 'f != "yes"', 'f in ["yes", "no"]', 'not f == "maybe"', 'f == "no" or f == "yes"'])
def test_two_conditions_never_contradict_each_other_on_one_path(later):
    for (first, second), known in ways({("", "f"): Choice(ANSWERS)}, lambda facts: (facts.holds('f == "yes"'), facts.holds(later))):
        left = known["", "f"].values if isinstance(known["", "f"], Choice) else (known["", "f"],)
        assert left
        for value in left:
            one = Supposed({("", "f"): value})
            assert (one.holds('f == "yes"'), one.holds(later)) == (first, second)


def test_together_the_ways_come_to_everything_that_single_values_come_to():
    def ask(facts: Supposed) -> tuple[bool, bool]:
        return facts.holds('f == "yes" or g == "yes"'), facts.holds('f == g and f != "no"')

    supposed = {found for found, _ in ways({("", "f"): Choice(ANSWERS), ("", "g"): Choice(ANSWERS)}, ask)}
    assert supposed == {ask(Supposed({("", "f"): f, ("", "g"): g})) for f in ANSWERS for g in ANSWERS}


def test_a_fact_that_is_written_anew_is_free_again():
    def ask(facts: Supposed) -> tuple[bool, bool]:
        before = facts.holds('f == "yes"')
        facts.free("", "f", ANSWERS)
        return before, facts.holds('f == "yes"')

    assert {found for found, _ in ways({("", "f"): Choice(ANSWERS)}, ask)} == {
        (one, other) for one in (True, False) for other in (True, False)
    }


def test_a_hidden_field_is_nothing_where_it_was_hidden_and_free_where_it_was_not():
    known = {("", "g"): Choice(("yes", "no")), ("", "f"): Choice(ANSWERS, hidden='g == "no"')}
    found = {(facts["", "g"], said) for said, facts in ways(known, lambda facts: facts.value("f"))}
    assert found == {("yes", answer) for answer in ANSWERS} | {("no", None)}


def test_a_field_that_is_hidden_for_sure_is_nothing():
    assert [
        said for said, _ in ways({("", "g"): "no", ("", "f"): Choice(ANSWERS, hidden='g == "no"')}, lambda facts: facts.find("", "f"))
    ] == [None]


def test_a_branch_sees_its_own_fact_before_that_of_the_whole_case():
    facts = Supposed({("", "f"): "whole", ("甲", "f"): "own"})
    assert (facts.find("甲", "f"), facts.find("乙", "f"), facts.find("", "f")) == ("own", "whole", "whole")
    assert facts.view("甲")["f"] == "own"


def test_what_is_called_in_a_branch_sees_the_branch_and_what_is_around_it():
    known = {("", "f"): "whole", ("甲", "f"): "own", ("乙", "f"): "other", ("", "g"): 1}
    assert seen_from(known, "甲", frozenset({"f"})) == {("", "f"): "own"}
    assert seen_from(known, "", frozenset({"f", "g"})) == {("", "f"): "whole", ("", "g"): 1}


def test_a_fact_that_nobody_wrote_is_nothing():
    assert Supposed({}).possible("", "f") == (None,)
    assert Supposed({}).holds('f == "yes"') is False


def test_one_of_several_ways_is_picked_once_each():
    assert [number for number, _ in ways({}, lambda facts: facts.pick("", "table", 3))] == [0, 1, 2]
    assert [number for number, _ in ways({}, lambda facts: facts.pick("", "table", 1))] == [0]


def test_equal_values_are_written_down_alike_and_others_are_not():
    assert written_down(Choice(("a", "b"))) == written_down(Choice(("a", "b")))
    assert len({written_down(one) for one in ("a", ["a"], None, True, 1, Choice(("a",)), Choice(("a",), "f"))}) == 7
