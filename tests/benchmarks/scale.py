"""Reading at scale and the clock sweep: a database of a million open tasks against one of ten thousand, turn by turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select, update

from tests.benchmarks.bench import QUICK, Bench
from tests.benchmarks.figures import Figure, Target, at_most, interleaved, measures, median_ms, seconds
from tests.benchmarks.scale_data import NOW, Province, province
from workflows import cases, clocks, inbox, overdue, tally
from workflows.desk import Desk
from workflows.records import Clock, Task

LARGE, SMALL = 1_000_000, 10_000
READS, SWEEPS = 40, 6
FEWER = {"cases_found": 8}
"""Readings of a view that takes seconds on one of the databases."""
DUE = 100
SINCE_SETTLED = timedelta(seconds=6)
"""How long ago the worker last settled the tally when somebody looks at the wall: its pause and a second."""

VIEWS: dict[str, Callable[[Province], object]] = {
    "todo": lambda one: inbox.list_tasks(one.desk, one.officer, "todo"),
    "pool": lambda one: inbox.list_tasks(one.desk, one.officer, "pool"),
    "done": lambda one: inbox.list_tasks(one.desk, one.officer, "done"),
    "started": lambda one: inbox.list_tasks(one.desk, one.intake, "started"),
    "badges": lambda one: inbox.counts(one.desk, one.officer),
    "found": lambda one: inbox.list_tasks(one.desk, one.officer, "pool", q="00号诊所"),
    "cases": lambda one: cases.list_cases(one.desk, one.officer, status="open"),
    "cases_of_a_city": lambda one: cases.list_cases(one.desk, one.city, status="open"),
    "cases_found": lambda one: cases.list_cases(one.desk, one.officer, q="虚构·77号诊所"),
    "behind_the_wall": lambda one: overdue.list_tasks(one.desk, one.supervisor, light="red"),
    "behind_a_step": lambda one: overdue.list_tasks(one.desk, one.city, step="joint_case/step_7", light="yellow"),
}


def _read(kind: str, name: str, large: Province, small: Province, bench: Bench) -> Figure:
    read = VIEWS[name]
    rounds = bench.rounds(FEWER.get(name, READS))
    taken = interleaved(bench, rounds, large=lambda: seconds(lambda: read(large)), small=lambda: seconds(lambda: read(small)))
    return Figure.cost(f"inbox_1m_{kind}_{name}", median_ms(taken["large"]), median_ms(taken["small"]))


def _wall(name: str, large: Province, small: Province, bench: Bench) -> Figure:
    """As it is found: a few hundred changes and some seconds since the worker last settled."""
    for one in (large, small):
        _some_changes(one.desk)
        one.desk.clock.now = NOW + SINCE_SETTLED
    taken = interleaved(
        bench,
        bench.rounds(READS),
        large=lambda: seconds(lambda: overdue.wall(large.desk, large.supervisor)),
        small=lambda: seconds(lambda: overdue.wall(small.desk, small.supervisor)),
    )
    for one in (large, small):
        tally.settle(one.desk)
    return Figure.cost(name, median_ms(taken["large"]), median_ms(taken["small"]))


def _some_changes(desk: Desk) -> None:
    with desk.database.transaction() as session:
        some = session.scalars(select(Task.id).where(Task.is_open()).limit(DUE)).all()
        for state in ("suspended", "open"):
            session.execute(update(Task).where(Task.id.in_(some)).values(state=state))


def _sweep(name: str, large: Province, small: Province, bench: Bench) -> Figure:
    taken = interleaved(bench, bench.rounds(SWEEPS), large=lambda: _swept(large.desk), small=lambda: _swept(small.desk))
    return Figure.cost(name, median_ms(taken["large"]), median_ms(taken["small"]), note=f"{DUE} clocks, one step each")


def _swept(desk: Desk) -> float:
    with desk.database.transaction() as session:
        # The alarms that come next ring now: each clock is warned once in the whole run.
        ripe = select(Clock.id).where(Clock.alarm_at > desk.now(), Clock.escalation == 0).order_by(Clock.alarm_at).limit(DUE)
        ids = session.scalars(ripe).all()
        session.execute(update(Clock).where(Clock.id.in_(ids)).values(alarm_at=desk.now() - timedelta(seconds=1)))
    made: list[int] = []
    took = seconds(lambda: made.append(clocks.sweep(desk)))
    assert made == [DUE]
    assert clocks.sweep(desk) == 0
    return took


def _figures(bench: Bench, kind: str, desk: Callable[[], Desk]) -> Iterator[Figure]:
    """Everything on one kind of database: filled once, read, looked at, swept."""
    small, large = province(desk(), SMALL), province(desk(), LARGE // QUICK if bench.quick else LARGE)
    views = {view: _read(kind, view, large, small, bench) for view in VIEWS}
    slower = max(views["todo"], views["pool"], key=lambda figure: figure.value or 0)
    yield replace(slower, figure=f"inbox_1m_{kind}", note="the slower of todo and pool")
    yield Figure(f"inbox_1m_{kind}_ms", slower.value, "ms", note="the same, its target in milliseconds")
    yield _wall(f"wall_1m_{kind}", large, small, bench)
    yield _sweep(f"sweep_1m_{kind}", large, small, bench)
    yield from views.values()


def _targets(kind: str) -> dict[str, Target | None]:
    told = dict.fromkeys((f"inbox_1m_{kind}_{view}" for view in VIEWS), None)
    first = {f"inbox_1m_{kind}": at_most(1.5), f"inbox_1m_{kind}_ms": at_most(10, of="value")}
    return {**first, f"wall_1m_{kind}": at_most(100, of="value"), f"sweep_1m_{kind}": at_most(1.5), **told}


@measures(**_targets("sqlite"))
def scale_sqlite(bench: Bench) -> Iterator[Figure]:
    """On SQLite."""
    yield from _figures(bench, "sqlite", bench.sqlite)


@measures(**_targets("pg"))
def scale_postgresql(bench: Bench) -> Iterator[Figure]:
    """On PostgreSQL."""
    yield from _figures(bench, "pg", bench.postgres)
