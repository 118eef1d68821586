"""Reading at scale and the clock sweep: a database of a million open tasks against one of ten thousand, turn by turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import median

from sqlalchemy import select, update

from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, at_most, interleaved, median_ms, seconds
from tests.benchmarks.scale_data import NOW, Province, province
from workflows import cases, clocks, inbox, overdue, tally
from workflows.desk import Desk
from workflows.records import Clock, Task

LARGE, SMALL = 1_000_000, 10_000
READS, SWEEPS = 40, 6
DUE = 100
SINCE_SETTLED = timedelta(seconds=6)
"""How long ago the worker last settled the tally when somebody looks at the wall: its pause and a second."""
PLAIN = at_most(1.5)
QUICKLY = at_most(10, of="value")


def _inbox(name: str, large: Province, small: Province, bench: Bench) -> Iterator[Figure]:
    views: dict[str, Callable[[Province], object]] = {
        "todo": lambda one: inbox.list_tasks(one.desk, one.officer, "todo"),
        "pool": lambda one: inbox.list_tasks(one.desk, one.officer, "pool"),
        "done": lambda one: inbox.list_tasks(one.desk, one.officer, "done"),
        "started": lambda one: inbox.list_tasks(one.desk, one.intake, "started"),
        "badges": lambda one: inbox.counts(one.desk, one.officer),
        "search": lambda one: inbox.list_tasks(one.desk, one.officer, "todo", q="诊所"),
        "cases": lambda one: cases.list_cases(one.desk, one.officer, status="open"),
        "city_cases": lambda one: cases.list_cases(one.desk, one.city, status="open"),
        "wall_list": lambda one: overdue.list_tasks(one.desk, one.supervisor, light="red"),
        "wall_step": lambda one: overdue.list_tasks(one.desk, one.city, step="joint_case/step_7", light="yellow"),
    }
    for view, read in views.items():
        taken = interleaved(
            bench, bench.rounds(READS), large=lambda read=read: seconds(lambda: read(large)), small=lambda read=read: seconds(lambda: read(small))
        )
        yield Figure.cost(f"{name}_{view}", median_ms(taken["large"]), median_ms(taken["small"]))


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
    small, large = province(desk(), SMALL), province(desk(), SMALL * 10 if bench.quick else LARGE)
    views = list(_inbox(f"inbox_1m_{kind}", large, small, bench))
    yield from views
    first = [figure for figure in views if figure.figure.endswith(("_todo", "_pool"))]
    yield Figure.cost(
        f"inbox_1m_{kind}", max(one.value or 0 for one in first), median(one.baseline or 0 for one in first), note="the slower of todo and pool"
    )
    yield _wall(f"wall_1m_{kind}", large, small, bench)
    yield _sweep(f"sweep_1m_{kind}", large, small, bench)
