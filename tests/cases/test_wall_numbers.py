"""The numbers of the wall are those that counting every open task would give: at any moment, whatever came, went or was settled."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.factories.worklist import WorkList, moment
from workflows import overdue, tally
from workflows.records import Task
from workflows.ticking import light

SEEN = ("qinglan-health", "yunhai-health")
AGENCIES = (*SEEN, "qinglan-amr")
STEPS = (("joint_case", "triage"), ("joint_case", "decide"), ("supervision", "reply"))
SECONDS = st.integers(-2, 2)
MOMENTS = st.none() | SECONDS

CHANGES = {"complete": {"state": "completed"}, "reopen": {"state": "open"}, "cancel": {"state": "cancelled"}}

opened = st.tuples(
    st.just("open"), st.sampled_from(AGENCIES), st.sampled_from(STEPS), MOMENTS, MOMENTS, st.sampled_from(("open", "completed"))
)
changed = st.tuples(
    st.sampled_from(("complete", "reopen", "cancel", "delete", "redate")), st.integers(0, 30), MOMENTS, MOMENTS, st.just(0), st.just(0)
)
at_another_time = st.tuples(st.just("settle"), SECONDS, st.sampled_from((0, 0, 1, -1)), st.just(0), st.just(0), st.just(0))
histories = st.lists(st.one_of(opened, opened, changed, at_another_time), max_size=25)


def look_at(desk, seconds, microseconds):
    desk.clock.now = moment(seconds) + timedelta(microseconds=microseconds)


def counted(desk):
    """Each figure of the superior's wall, counted one task after the other."""
    now, found = desk.now(), Counter()
    with desk.database.reading() as session:
        for task in session.scalars(select(Task).where(Task.state == "open", Task.agency.in_(SEEN))):
            colour = light(now, task.warn_at, task.due_at) or "none"
            for key in ("all", task.agency, f"{task.process}/{task.element}"):
                found[key, colour] += 1
    return +found


def figures(wall):
    cells = (wall.total, *wall.by_agency, *wall.by_step)
    return +Counter({(cell.key, colour): getattr(cell, colour) for cell in cells for colour in overdue.LIGHTS})


def happen(desk, tasks, what, *how):
    if what == "settle":
        look_at(desk, *how[:2])
        tally.settle(desk)
    elif what == "open":
        agency, (process, element), warn, due, state = how
        tasks.add(
            {"agency": agency, "process": process, "element": element, "warn_at": moment(warn), "due_at": moment(due), "state": state}
        )
    elif tasks.ids:
        number, warn, due = how[:3]
        if what == "delete":
            tasks.remove(number)
        else:
            tasks.change(number, **(CHANGES.get(what) or {"warn_at": moment(warn), "due_at": moment(due)}))


def check(desk, who, history):
    tasks = WorkList(desk)
    for event in history:
        happen(desk, tasks, *event)
        assert figures(overdue.wall(desk, who)) == counted(desk)
    for seconds in range(-3, 4):
        for microseconds in (-1, 0, 1):  # beside and exactly at every due and warning moment
            look_at(desk, seconds, microseconds)
            wall = overdue.wall(desk, who)
            assert figures(wall) == counted(desk)
    every = wall.total
    for cell, asked in [
        (every, {}),
        *((cell, {"agency": cell.key}) for cell in wall.by_agency),
        *((c, {"step": c.key}) for c in wall.by_step),
    ]:
        for colour in (None, *overdue.LIGHTS):
            number = getattr(cell, colour) if colour else cell.total
            page = overdue.list_tasks(desk, who, **asked, light=colour, limit=100)
            assert (page.total, len(page.items), page.next) == (number, number, None)


@pytest.fixture
def superior(people):
    return people["superior.officer"]


@pytest.mark.both_databases
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(history=histories)
def test_the_numbers_are_those_of_counting(desk, superior, history):
    check(desk, superior, history)
