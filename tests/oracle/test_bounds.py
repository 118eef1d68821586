"""The oracle may be stopped, and says where it stopped; what it did not look at it does not call unreached."""

from __future__ import annotations

import pytest

from tests.oracle.editing import condition
from tests.oracle.measuring import desk
from tests.oracle.mutants import files_of
from workflows import diagrams
from workflows.engine.bundle import read_bundle
from workflows.oracle.judging import judge

FAULTY = condition("criminal_transfer", "flow_gw_final_merge_filed", 'objection_outcome == "filed" and filing == "filed"')
"""A condition that contradicts the one before it: what a proof of every path says is not reached."""
ENOUGH = 1_000


class GivenUp(Exception):
    """Somebody does not want to wait."""


def judged_up_to(most: int):
    return judge(read_bundle(FAULTY(files_of("transfer"))), desk().services, {}, frozenset(), lambda _: None, most=most)


def test_beyond_the_bound_one_warning_says_so_and_nothing_is_called_unreached():
    found = judged_up_to(10)
    assert [(one.rule, one.severity) for one in found] == [("path_bounded", "warning")]
    assert "10" in found[0].message
    assert "10" in found[0].message_en


def test_within_the_bound_what_is_not_reached_is_said():
    rules = {one.rule for one in judged_up_to(ENOUGH)}
    assert "path_never_reached" in rules
    assert "path_bounded" not in rules


def test_who_watches_is_told_each_state_and_may_stop():
    told: list[int] = []

    def watch(states: int) -> None:
        told.append(states)
        if states == 3:
            raise GivenUp

    with pytest.raises(GivenUp):
        diagrams.check(desk(), files_of("transfer"), paths=True, watch=watch)
    assert told == [1, 2, 3]


def test_who_only_watches_is_told_up_to_the_last():
    told: list[int] = []
    assert diagrams.check(desk(), files_of("transfer"), paths=True, watch=told.append) == ()
    assert told == list(range(1, len(told) + 1))
    assert len(told) > 3
