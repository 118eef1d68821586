"""A process is killed in the middle of its work: every case is before or after the step that was on its way, never between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from tests.factories.desks import desk_at, sqlite_url
from workflows import doctor, history
from workflows.engine.running_case import RunningCase
from workflows.records import Case, Event, Fact, Message, Task
from workflows.step import bundle_of, facts_of

ROOT = Path(__file__).parents[2]


def killed_at_random(place: Path, seed: int) -> None:
    """Let a process do some steps and kill it in the middle of the next."""
    work = subprocess.Popen(
        [sys.executable, "-m", "tests.delivery.completing", str(place), str(seed)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert work.stdout is not None
    said = work.stdout.readline()
    assert said == "ready\n", said + work.stdout.read()
    chance = Random(seed)
    for _ in range(chance.randrange(2, 8)):
        assert work.stdout.readline() == "done\n"
    time.sleep(chance.uniform(0, 0.15))  # somewhere in the step that is on its way now
    work.send_signal(signal.SIGKILL)
    left = work.communicate(timeout=30)[0]
    assert work.returncode == -signal.SIGKILL
    assert "refused" not in left, left


def assert_whole(place: Path) -> dict[str, int]:
    """Open the database like a restarted process: everything that belongs together is together. Returns the lines of the record by case."""
    desk = desk_at(sqlite_url(place), place.parent)
    try:
        desk.clock.forward(days=1)
        assert history.verify(desk) == ()
        assert [finding for finding in doctor.examine(desk) if finding.rule != "alarm_not_swept"] == []
        with desk.database.reading() as session:
            done: dict[str, int] = {}
            for case in session.scalars(select(Case)):
                running = RunningCase.restore(bundle_of(session, case.digest), facts_of(session, case.id), case.state)
                waiting = {token.id for token in running.people()}
                rows = set(session.scalars(select(Task.id).where(Task.case == case.id, Task.state == "open")))
                assert waiting == rows
                assert running.closed == (case.status == "closed")
                events = list(session.scalars(select(Event.kind).where(Event.stream == str(case.id))))
                completed = session.scalar(select(func.count()).where(Task.case == case.id, Task.state == "completed"))
                assert events.count("task_completed") == completed
                assert case.record_length == len(events)
                facts = set(session.scalars(select(Fact.task).where(Fact.case == case.id, Fact.task.is_not(None))))
                assert facts <= set(session.scalars(select(Task.id).where(Task.case == case.id, Task.state == "completed")))
                told = set(session.scalars(select(Message.kind).where(Message.case == case.id)))
                assert ("transfer" in told) == ("transfer_copy" in told)
                done[case.number] = len(events)
            return done
    finally:
        desk.database.close()


def assert_killed_often(place: Path, kills: int) -> None:
    seed = int.from_bytes(os.urandom(4))
    print(f"seed {seed}")
    before: dict[str, int] = {}
    for kill in range(kills):
        killed_at_random(place, seed + kill)
        after = assert_whole(place)
        assert all(after[number] >= count for number, count in before.items()), "what was acknowledged stays"
        before = after
    assert sum(before.values()) >= 2 * kills, "what they said was done is there"


@pytest.mark.parametrize("round_", range(4))
def test_after_three_kills_everything_that_belongs_together_is_together(place, round_):
    assert_killed_often(place, 3)


@pytest.mark.slow
def test_after_forty_kills_everything_that_belongs_together_is_together(place):
    assert_killed_often(place, 40)
