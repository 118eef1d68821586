"""A case that goes round and round is warned about, and stopped before nobody can follow its record any more."""

from __future__ import annotations

import pytest

from tests.benchmarks import models
from tests.benchmarks.caseload import Caseload
from workflows import doctor, history, rounds
from workflows.errors import HandlerFailed

LOOP = 'start s\nxor back\nuser decide form=again\nxor g\nend e\ns > back > decide > g\ng > back : again == "yes"\ng > e'


@pytest.fixture
def going(desk):
    """A case of one step that may be repeated without end."""
    caseload = Caseload(desk, models.publish(desk, "loop", LOOP), decides="yes")
    caseload.open()
    return caseload


def notes(desk, people, case):
    told = history.record(desk, people["auditor"], case, limit=100).items
    return [note["zh"] for line in told for note in line.detail.get("notes", [])]


def test_the_limits_are_far_from_the_depth_at_which_the_engine_loses_tasks():
    assert rounds.WARN_ROUNDS == 300
    assert rounds.MAX_ROUNDS < 1000


def test_a_step_that_was_repeated_often_says_so_in_the_record(desk, people, going, monkeypatch):
    monkeypatch.setattr(rounds, "WARN_ROUNDS", 3)
    for _ in range(3):
        going.step()
    assert notes(desk, people, going.case) == []
    going.step()
    assert notes(desk, people, going.case) == [f"本环节已办理 3 次，满 {rounds.MAX_ROUNDS} 次将停止"]


def test_a_step_that_was_repeated_too_often_is_refused_and_nothing_changes(desk, going, monkeypatch):
    monkeypatch.setattr(rounds, "WARN_ROUNDS", 3)
    monkeypatch.setattr(rounds, "MAX_ROUNDS", 5)
    for _ in range(5):
        going.step()
    with pytest.raises(HandlerFailed, match="as often as a step may be repeated"):
        going.step()
    assert going.look().element == "decide"
    assert doctor.examine(desk) == ()
    assert history.verify(desk) == ()


def test_rounds_are_counted_for_each_branch_alone(desk, play, monkeypatch):
    monkeypatch.setattr(rounds, "WARN_ROUNDS", 1)
    monkeypatch.setattr(rounds, "MAX_ROUNDS", 2)
    case = play(members=["qinglan-amr", "qinglan-hsa", "qinglan-mpa"]).finish(classification="none")
    assert case.status() == "closed"  # three agencies do the same steps, each of them once
