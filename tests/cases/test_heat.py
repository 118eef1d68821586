"""The heat map's numbers are those that one comes to by counting the cases one by one, for whoever looks, on either database."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from workflows import clocks, heat
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.errors import NotAllowed, NotFound, WrongAnswers
from workflows.records import Case, Clock, Task
from workflows.views import Officer
from workflows.working_days import CHINA, passed

Numbers = dict[tuple[str, str], dict[str, Any]]


def counted_by_hand(desk: Desk, agencies: Iterable[str] | None, since: date, until: date) -> Numbers:
    """The same numbers, task by task."""
    found: dict[tuple[str, str], dict[str, Any]] = defaultdict(
        lambda: {"entered": 0, "finished": 0, "waiting": 0, "breaches": 0, "waits": []}
    )

    def within(moment: datetime | None) -> bool:
        return moment is not None and since <= moment.astimezone(CHINA).date() <= until

    with desk.database.reading() as session:
        digest_of = {case.id: (case.process, case.version) for case in session.scalars(select(Case))}
        broken = {clock.task for clock in session.scalars(select(Clock)) if clock.task and within(clock.breached_at)}
        for task in session.scalars(select(Task)):
            if digest_of[task.case] != ("joint_case", 1) or (agencies is not None and task.agency not in agencies):
                continue
            for place in (f"{task.process}/{task.element}", *task.via.split()):
                numbers = found[tuple(place.split("/"))]  # type: ignore[index]
                numbers["entered"] += within(task.opened_at)
                numbers["finished"] += within(task.completed_at)
                numbers["waiting"] += task.state == "open"
                numbers["breaches"] += task.id in broken
            if within(task.completed_at):
                days = passed(desk.rules.calendar, task.opened_at, task.completed_at, "working_day")
                found[task.process, task.element]["waits"].append(days)
    return {place: numbers for place, numbers in found.items() if any(numbers.values())}


def told(found: heat.HeatMap) -> Numbers:
    """The numbers of the map in the same form."""
    return {
        (drawing.process, place.element): {
            "entered": place.figures.entered, "finished": place.figures.finished, "waiting": place.figures.waiting,
            "breaches": place.figures.breaches, "waits": [days for days, number in place.figures.waits.items() for _ in range(number)],
        }
        for drawing in found.drawings
        for place in drawing.places
    }  # fmt: skip


def sorted_waits(numbers: Numbers) -> Numbers:
    return {place: {**figures, "waits": sorted(figures["waits"])} for place, figures in numbers.items()}


@pytest.fixture
def busy(play, desk: Desk) -> Desk:
    """Cases at several stages, begun on several days, some of them late."""
    for number, stage in enumerate(("triage", "confirm_candidate", "decide_penalty", "decide_transfer")):
        play(reached=stage, classification="both" if stage == "decide_transfer" else "administrative")
        desk.clock.forward(days=2 + number * 3, hours=7)
        clocks.sweep(desk, limit=1000)
    for pace in (1, 2, 6):
        case = play(classification="administrative")
        for _ in range(8):
            desk.clock.forward(days=pace, hours=5)
            case.step()
        clocks.sweep(desk, limit=1000)
    return desk


def day(desk: Desk, ago: int) -> date:
    return (desk.now() - timedelta(days=ago)).astimezone(CHINA).date()


class TestTheNumbers:
    @pytest.mark.both_databases
    @pytest.mark.parametrize("username", ["designer", "supervisor", "health.head", "amr.head"])
    def test_are_those_of_a_count_by_hand_for_whoever_looks(self, busy: Desk, people: dict[str, Officer], username: str) -> None:
        officer = people[username]
        with busy.database.reading() as session:
            below = Directory(session).below(officer.agency.code) | {officer.agency.code}
        agencies = None if username == "designer" else below
        for first, last in ((90, 0), (20, 3), (40, 40)):
            since, until = day(busy, first), day(busy, last)
            found = heat.heat_map(busy, officer, "joint_case", 1, since, until)
            assert sorted_waits(told(found)) == sorted_waits(counted_by_hand(busy, agencies, since, until))

    def test_there_is_something_of_everything_to_count(self, busy: Desk, people: dict[str, Officer]) -> None:
        figures = [
            place.figures for drawing in heat.heat_map(busy, people["designer"], "joint_case", 1).drawings for place in drawing.places
        ]
        assert all(sum(getattr(one, measure) for one in figures) for measure in ("entered", "finished", "waiting", "breaches"))
        assert any(one.median for one in figures)

    def test_a_supervisor_counts_no_other_agency_and_a_designer_all(self, busy: Desk, people: dict[str, Officer]) -> None:
        def entered(officer: Officer) -> int:
            found = heat.heat_map(busy, officer, "joint_case", 1)
            return sum(place.figures.entered for drawing in found.drawings for place in drawing.places if not place.called)

        assert 0 < entered(people["amr.head"]) < entered(people["designer"])

    @given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
    def test_median_and_ninetieth_percentile_are_the_usual_ones(self, waits: list[int]) -> None:
        figures = heat.Figures(waits={days: waits.count(days) for days in waits})
        assert figures.median == statistics.median(waits)
        assert figures.p90 == sorted(waits)[math.ceil(len(waits) * 9 / 10) - 1]

    def test_of_nothing_there_is_no_wait(self) -> None:
        assert (heat.Figures().median, heat.Figures().p90) == (None, None)

    def test_a_version_on_which_no_case_runs_has_no_heat(self, desk: Desk, people: dict[str, Officer]) -> None:
        assert all(not drawing.places for drawing in heat.heat_map(desk, people["designer"], "supervision", 1).drawings)


class TestLimitsOfWholeCases:
    def test_are_told_by_their_rule(self, busy: Desk, people: dict[str, Officer]) -> None:
        busy.clock.forward(days=400)
        clocks.sweep(busy, limit=1000)
        found = heat.heat_map(busy, people["designer"], "joint_case", 1, day(busy, 600), day(busy, 0))
        with busy.database.reading() as session:
            broken = [clock for clock in session.scalars(select(Clock)) if not clock.task and clock.breached_at]
        assert sum(rule.breaches for rule in found.rules) == len(broken) > 0
        assert all(rule.name.zh and rule.article for rule in found.rules)
        assert heat.heat_map(busy, people["designer"], "joint_case", 1, day(busy, 5), day(busy, 0)).rules == (), "not in these days"


class TestWhoAndWhen:
    def test_who_supervises_nobody_is_refused_and_a_supervisor_is_not(self, busy: Desk, people: dict[str, Officer]) -> None:
        with pytest.raises(NotAllowed):
            heat.heat_map(busy, people["health.intake"], "joint_case", 1)
        assert heat.heat_map(busy, people["supervisor"], "joint_case", 1).drawings

    def test_an_unknown_version_is_not_found(self, desk: Desk, people: dict[str, Officer]) -> None:
        for key, number in (("joint_case", 9), (str(uuid4()), 1)):
            with pytest.raises(NotFound):
                heat.heat_map(desk, people["designer"], key, number)

    @pytest.mark.parametrize(
        ("since", "until"),
        [(date(2026, 5, 2), date(2026, 5, 1)), (date(1, 1, 1), date(2026, 1, 1)), (date(9999, 12, 31), date(9999, 12, 31))],
    )
    def test_a_period_that_is_none_is_refused(self, desk: Desk, people: dict[str, Officer], since: date, until: date) -> None:
        with pytest.raises(WrongAnswers):
            heat.heat_map(desk, people["designer"], "joint_case", 1, since, until)
