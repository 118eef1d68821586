"""A whole installation under load: processes are killed at random, or fifty clients crowd upon a few cases; nothing is lost or done twice."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from random import Random

import pytest
from sqlalchemy import select

from tests.delivery.clients import Client, Told, at_work
from tests.delivery.installation import Installation
from tests.delivery.whole import assert_whole
from tests.factories.play import Play
from workflows import officers
from workflows.desk import open_desk
from workflows.records import Case, Event, Message, Notice, Task

KILLS = 250
"""On each database."""
OFFICERS = (
    "health.intake", "health.intake", "health.officer", "health.officer2", "health.head", "health.legal",
    "amr.officer", "amr.head", "hsa.officer", "hsa.head", "psb.officer", "psb.head", "superior.officer",
)  # fmt: skip
CROWD = ("health.intake", "health.officer", "health.officer2", "health.head", "amr.officer", "amr.officer2", "amr.head", "health.legal")

pytestmark = [pytest.mark.slow, pytest.mark.both_databases, pytest.mark.timeout(600)]


@pytest.fixture
def installed(desk, people, tmp_path):
    """A running installation on a furnished database with some cases whose clocks ran out long ago."""
    for number in range(6):
        Play.open(desk, people, title=f"虚构·旧案 {number}").reach("triage" if number % 2 else "prepare_visit")
    desk.database.close()
    with Installation(desk.settings.database_url, tmp_path) as installation:
        yield installation


def clients_of(installation, desk, usernames, seed):
    """A client for each name, signed in."""
    told, stop, chance = Told(), threading.Event(), Random(seed)
    now = open_desk(desk.settings, handlers=desk.services)
    tokens = {name: officers.sign_in(now, name, "onecase-demo", kind="api")[0] for name in set(usernames)}
    now.database.close()
    return told, [Client(installation.port, name, tokens[name], told, Random(chance.random()), stop) for name in usernames]


def assert_each_thing_once(desk, told):
    """What was acknowledged is there, nothing is there twice, every message has arrived under its key."""
    assert told.wrong == []
    with desk.database.reading() as session:
        done = Counter(payload["task"] for payload in session.scalars(select(Event.payload).where(Event.kind == "task_completed")))
        states = dict(session.execute(select(Task.id, Task.state)).all())
        titles = Counter(session.scalars(select(Case.title)))
        messages = session.execute(select(Message.key, Message.sent_at)).all()
        notices = Counter(session.scalars(select(Notice.key)))
    assert set(done.values()) == {1}, "no task is completed twice"
    assert set(told.completed) <= set(done), "no completion that was acknowledged is lost"
    assert {str(task) for task, state in states.items() if state == "completed"} == set(done)
    assert {titles[title] for title in told.opened} <= {1}
    assert all(titles[title] for title in told.opened)
    assert max(titles.values()) == 1, "no case is opened twice"
    assert [key for key, sent in messages if sent is None] == []
    assert notices == Counter(key for key, _ in messages), "each message has arrived, under its key"


def assert_sound(installation, desk):
    """The commands that an administrator would ask find nothing."""
    installation.run("work", "--once")
    installation.run("record", "verify")
    installation.run("doctor")
    desk.clock.now = open_desk(desk.settings, handlers=desk.services).now()
    assert_whole(desk.settings.database_url)


def test_what_was_acknowledged_survives_hundreds_of_kills(installed, desk, capsys):
    seed = int.from_bytes(os.urandom(4))
    print(f"seed {seed}")
    chance, killed, began = Random(seed), Counter(), time.monotonic()
    told, clients = clients_of(installed, desk, OFFICERS, seed)
    end = at_work(clients)
    while killed.total() < KILLS:
        before = len(told.completed)
        while len(told.completed) == before:  # until it serves
            assert not told.wrong, f"{told.wrong}\n{installed.last_words()}"
            assert time.monotonic() - began < 500, killed
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.2))  # somewhere in what is on its way now
        killed[installed.kill_one(chance)] += 1
    seconds = time.monotonic() - began
    end()
    installed.stop()
    assert_sound(installed, desk)
    assert_each_thing_once(desk, told)
    with capsys.disabled():
        print(
            f"\n{dict(killed)} killed in {seconds:.0f} s; {len(told.completed)} completions acknowledged, {len(told.opened)} cases opened, "
            f"{told.broken} requests sent again, refused: {dict(told.refused)}"
        )
    assert len(told.completed) >= KILLS


def test_fifty_clients_at_the_same_cases_complete_each_task_once_and_nobody_waits_long(installed, desk, capsys):
    told, clients = clients_of(installed, desk, [CROWD[number % len(CROWD)] for number in range(50)], 1)
    end = at_work(clients)
    time.sleep(20)
    end()
    installed.stop()
    assert_sound(installed, desk)
    assert_each_thing_once(desk, told)
    waits = sorted(told.waits)
    with capsys.disabled():
        print(
            f"\n{len(waits)} requests of 50 clients, {len(told.completed)} completions acknowledged, {told.broken} sent again, refused "
            f"{dict(told.refused)}; median {waits[len(waits) // 2]:.3f} s, 99 % {waits[len(waits) * 99 // 100]:.3f} s, longest {waits[-1]:.3f} s"
        )
    assert len(told.completed) > 50
    assert waits[-1] < 15
