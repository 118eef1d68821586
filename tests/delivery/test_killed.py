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

from tests.delivery.whole import assert_whole

ROOT = Path(__file__).parents[2]


@pytest.fixture
def url(desk):
    """A furnished database that nobody is connected to."""
    desk.database.close()
    return desk.settings.database_url


def killed_at_random(url: str, seed: int) -> None:
    """Let a process do some steps and kill it in the middle of the next."""
    work = subprocess.Popen(
        [sys.executable, "-m", "tests.delivery.completing", url, str(seed)],
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


def assert_killed_often(url: str, kills: int) -> None:
    seed = int.from_bytes(os.urandom(4))
    print(f"seed {seed}")
    before: dict[str, int] = {}
    for kill in range(kills):
        killed_at_random(url, seed + kill)
        after = assert_whole(url)
        assert all(after[number] >= count for number, count in before.items()), "what was acknowledged stays"
        before = after
    assert sum(before.values()) >= 2 * kills, "what they said was done is there"


@pytest.mark.parametrize("round_", range(4))
def test_after_three_kills_everything_that_belongs_together_is_together(url, round_):
    assert_killed_often(url, 3)


@pytest.mark.slow
def test_after_forty_kills_everything_that_belongs_together_is_together(url):
    assert_killed_often(url, 40)
