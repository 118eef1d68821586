"""What a decision table may answer in a supposed case: each answer once, and the situations that no row covers."""

from __future__ import annotations

import pytest

from tests.factories.diagrams import table
from tests.unit.test_oracle_supposing import ways
from workflows.engine.decision_table import TableError, read_table
from workflows.oracle.deciding import decide, is_plain
from workflows.oracle.supposing import Choice

COLOURS = {'"red", "blue"': '"warm"', '"green"': '"cold"', '"grey"': '"cold"'}
TOLD = frozenset({"out"})


def read(rows=COLOURS, inputs="colour", **more):
    return read_table("t", table("t", inputs, "out", rows, **more))


def answers(values: tuple, rows=COLOURS, told=TOLD) -> list[tuple[dict, dict]]:
    return ways({("", "colour"): Choice(values)}, lambda facts: decide(read(rows), facts, "", told))


def test_each_answer_is_given_once_and_leaves_what_leads_to_it():
    assert answers(("red", "blue", "green", "grey")) == [
        ({"out": "warm"}, {("", "colour"): Choice(("red", "blue"))}), ({"out": "cold"}, {("", "colour"): Choice(("green", "grey"))}),
    ]  # fmt: skip


def test_rows_that_nothing_fits_give_no_answer():
    assert answers(("red", "blue")) == [({"out": "warm"}, {("", "colour"): Choice(("red", "blue"))})]


def test_a_situation_that_no_row_covers_stops_the_case():
    with pytest.raises(TableError, match="pink"):
        answers(("red", "pink"))


def test_a_situation_that_no_row_covers_stops_it_although_nobody_asks_what_the_table_says():
    assert [answer for answer, _ in answers(("red", "green"), told=frozenset())] == [{}]
    with pytest.raises(TableError, match="pink"):
        answers(("red", "pink"), told=frozenset())


def test_a_table_that_is_sure_to_have_no_row_stops_the_case():
    with pytest.raises(TableError):
        answers(("pink", "black"))


def test_a_table_that_computes_or_collects_is_not_plain():
    assert is_plain(read())
    assert not is_plain(read(inputs='colour == "red"', rows={"true": '"warm"', "false": '"cold"'}))
    assert not is_plain(read(hit_policy="COLLECT"))
