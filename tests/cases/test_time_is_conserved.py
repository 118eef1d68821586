"""Returning, handing over, pausing, migrating or restarting never changes a clock's elapsed plus excluded time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.desks import desk_at
from tests.factories.stored import clock_of, entries_of
from workflows import clocks, database, ledger, tasks
from workflows.ledger import Ledger

RULE = "penalty.decide"
ACTS = ("wait", "pause", "resume", "extend", "return", "hand over", "put back", "sweep", "migrate", "restart")


class Road:
    """A penalty case on which anything may happen to the ninety days but their end."""

    def __init__(self, play, people):
        self.case, self.people, self.desk = play, people, play.desk
        self.started = clock_of(self.desk, self.case, RULE)

    def do(self, act):
        {
            "pause": self._wind, "resume": self._wind, "extend": self._wind, "hand over": self._shift, "put back": self._shift,
            "return": lambda _: self.case.reach("legal_review").do("legal_review", legal_opinion="return"),
            "sweep": lambda _: clocks.sweep(self.desk), "migrate": lambda _: database.migrate(self.desk.settings.database_url),
            "restart": self._restart, "wait": lambda _: None,
        }[act](act)  # fmt: skip

    def _wind(self, act):
        head, clock = self.people["health.head"], clock_of(self.desk, self.case, RULE)
        runs = clock.state == "running" and self.desk.now() <= clock.due_at
        if act == "pause" and runs:
            clocks.pause(self.desk, head, clock.id, reason="送检", basis="testing")
        elif act == "resume" and clock.state == "paused":
            clocks.resume(self.desk, head, clock.id, reason="收到报告")
        elif act == "extend" and runs and clock.length == self.started.length:
            clocks.extend(self.desk, head, clock.id, reason="案情复杂", basis="complex")

    def _shift(self, act):
        task = self.case.waiting()[0]
        officer = self.case.who(task)
        if task.assignee is None:
            tasks.claim(self.desk, officer, task.id)
        if act == "put back":
            tasks.unclaim(self.desk, officer, task.id)
            return
        others = [one for one in self.people.values() if one.agency == officer.agency and task.role in one.roles and one.id != officer.id]
        if others:
            tasks.transfer(self.desk, officer, task.id, to=others[0].username, reason="出差")

    def _restart(self, _):
        moment = self.desk.clock.now
        self.desk.database.close()
        again = desk_at(self.desk.settings.database_url, self.desk.settings.data_dir)
        again.clock.now = moment
        self.desk = self.case.desk = again

    def check(self):
        clock = clock_of(self.desk, self.case, RULE)
        known, calendar, now = ledger.read(clock, entries_of(self.desk, clock)), self.desk.rules.calendar, self.desk.now()
        whole = Ledger(self.started.started_at, clock.unit, clock.length)
        counted, left_out = ledger.elapsed(calendar, known, now), ledger.excluded(calendar, known, now)
        assert counted + left_out == ledger.elapsed(calendar, whole, now)
        assert (clock.id, clock.started_at) == (self.started.id, self.started.started_at), "it is the same clock, never begun anew"
        if clock.state == "running":
            assert ledger.due(self.desk.rules, self.desk.rules.rules[RULE], known).at == clock.due_at
            extended = 30 * (clock.length > 90)
            assert clock.due_at == self.started.due_at + timedelta(days=left_out + extended)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 8)), min_size=4, max_size=14))
def test_whatever_happens_to_the_case_its_time_is_neither_lost_nor_won(play, people, acts):
    case = play(reached="legal_review", classification="administrative", case_complexity="public_interest")
    road = Road(replace(case, people=people), people)
    start = road.desk.clock.now
    try:
        for act, days in acts:
            road.do(act)
            road.check()
            road.desk.clock.forward(days=days)
            road.check()
    finally:
        road.desk.clock.now = start
        if road.desk is not case.desk:
            road.desk.database.close()


@pytest.mark.parametrize("act", ACTS)
def test_each_of_these_alone_does_neither(play, people, act):
    road = Road(play(reached="legal_review", classification="administrative", case_complexity="public_interest"), people)
    for moment in ("pause" if act == "resume" else "wait", act):
        road.desk.clock.forward(days=3)
        road.do(moment)
        road.check()
    if road.desk is not road.case:
        road.desk.database.close()
