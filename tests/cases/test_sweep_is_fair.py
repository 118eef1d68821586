"""The sweep passes over what cannot make its step: no clock, no locked case and no storm holds up the others."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from workflows import clocks, history, ringing
from workflows.records import Case, Clock, ClockEntry

MEMBERS = ["qinglan-amr", "qinglan-mpa", "qinglan-psb"]


def breached(desk):
    with desk.database.reading() as session:
        return set(session.scalars(select(Clock.id).where(Clock.breached_at.is_not(None))))


def due(desk):
    with desk.database.reading() as session:
        return list(session.scalars(select(Clock.id).where(Clock.alarm_at <= desk.now()).order_by(Clock.alarm_at, Clock.id)))


@pytest.fixture
def late(play, desk):
    """A case in which several clocks ran out."""
    case = play(reached="prepare_visit", members=MEMBERS)
    desk.clock.forward(days=30)
    assert len(due(desk)) >= 3
    return case


def broken(monkeypatch, *poisoned):
    """Those clocks cannot be written."""
    write = ringing.note

    def note(place, *rest):
        write(place, *rest)
        if place.clock.id in poisoned:
            raise RuntimeError("planted")

    monkeypatch.setattr(ringing, "note", note)


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_a_clock_that_cannot_step_holds_up_no_other(late, desk, monkeypatch, limit):
    first, *others = due(desk)
    broken(monkeypatch, first)
    while clocks.sweep(desk, limit=limit):
        pass
    assert breached(desk) == set(others)
    assert due(desk) == [first], "it stays due"
    assert history.verify(desk) == ()
    with desk.database.reading() as session:
        assert session.scalar(select(func.count()).where(ClockEntry.clock == first, ClockEntry.kind == "breach")) == 0, (
            "half a step is none"
        )


def test_a_clock_that_can_step_again_does(late, desk, monkeypatch):
    first, *_ = due(desk)
    with monkeypatch.context() as planted:
        broken(planted, first)
        clocks.sweep(desk)
    assert clocks.sweep(desk) == 1
    assert first in breached(desk)


def test_however_many_cannot_step_the_others_do(late, desk, monkeypatch):
    *poisoned, last = due(desk)
    broken(monkeypatch, *poisoned)
    assert clocks.sweep(desk, limit=1) == 1, "one step was asked for, and one made"
    assert breached(desk) == {last}


def test_the_clocks_of_one_case_are_one_transaction(late, desk, monkeypatch):
    opened = []
    transaction = desk.database.transaction
    monkeypatch.setattr(desk.database, "transaction", lambda: opened.append(1) or transaction())
    assert clocks.sweep(desk) >= 3
    assert len(opened) == 1


@pytest.mark.both_databases
def test_a_case_that_somebody_works_on_is_left_for_the_next_sweep(play, desk):
    busy = play(reached="prepare_visit")
    play(reached="prepare_visit", title="虚构·另一案")
    desk.clock.forward(days=30)
    waiting = len(due(desk))
    if not desk.database.is_sqlite:  # where all writers are one after the other, nobody meets anybody
        with desk.database.transaction() as session:
            session.scalars(select(Case).where(Case.id == busy.case).with_for_update()).one()
            assert 0 < clocks.sweep(desk) < waiting
    assert clocks.sweep(desk) > 0
    assert due(desk) == []
    assert history.verify(desk) == ()
