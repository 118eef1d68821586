"""A step against a commit: what a completion costs above the bare durable write, and whether an old case costs more than a new one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from statistics import median

import psycopg
from sqlalchemy import text

from tests.benchmarks import models
from tests.benchmarks.bench import Bench
from tests.benchmarks.caseload import Caseload
from tests.benchmarks.figures import Figure, at_most, interleaved, measures, median_ms, seconds
from tests.benchmarks.profile_step import counted
from tests.factories.desks import desk_at
from workflows.desk import Desk

ROUNDS = 400
"""Ten cases of 40 tasks."""
ONE_ROW = "UPDATE bare SET n = n + 1 WHERE id = 1"
OLD, YOUNG = 390, 10
"""Completed steps of the case that is old and of the one that is young; both are in the middle of a round."""
WINDOW = 20
"""Steps measured of each: one round, so that both do the same work, with the 400th and the 20th in the middle."""


@measures(step_vs_commit_sqlite=at_most(4.0), step_vs_library_commit_sqlite=None, step_statements_sqlite=None)
def on_sqlite(bench: Bench) -> Iterator[Figure]:
    """A completion of the 40-task case, a bare commit by the driver and one through our own transactions, on one SQLite file."""
    desk = bench.sqlite()
    with sqlite3.connect(str(desk.database.url.database), isolation_level=None) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

        def bare() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(ONE_ROW)
            connection.execute("COMMIT")

        yield from _against(bench, desk, bare, "sqlite")
    connection.close()


@measures(step_vs_commit_pg=at_most(3.0), step_vs_library_commit_pg=None, step_statements_pg=None)
def on_postgresql(bench: Bench) -> Iterator[Figure]:
    """The same on one PostgreSQL."""
    desk = bench.postgres()
    with psycopg.connect(desk.database.url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        kept = {name: connection.execute(f"SHOW {name}").fetchone()[0] for name in ("fsync", "synchronous_commit", "server_version")}
        connection.commit()
        assert kept["fsync"] == "on", "a commit that is not flushed is no baseline"

        def bare() -> None:
            connection.execute(ONE_ROW)
            connection.commit()

        note = f"PostgreSQL {kept['server_version']}, fsync {kept['fsync']}, synchronous_commit {kept['synchronous_commit']}"
        yield from _against(bench, desk, bare, "pg", note)


@measures(step_growth=at_most(1.2))
def growth(bench: Bench) -> Iterator[Figure]:
    """The steps around the 400th of a case against those around the 20th of another."""
    desk = bench.sqlite()
    quickly = bench.closing(desk_at(desk.settings.database_url, bench.folder))
    models.publish(desk, "rework", models.rework())
    old, young = [], []
    for _ in range(bench.rounds(3) if bench.quick else 3):
        ancient, fresh = (Caseload(desk, "rework", decides="yes") for _ in range(2))
        for caseload, age in ((ancient, OLD), (fresh, YOUNG)):
            _grow(bench, caseload, quickly, age)
        taken = interleaved(bench, WINDOW, silent=0, old=ancient.step, young=fresh.step)
        old += taken["old"]
        young += taken["young"]
    yield Figure.cost(
        "step_growth", median_ms(old), median_ms(young), note=f"{len(old)} steps after {OLD} against {len(young)} after {YOUNG}"
    )


def _grow(bench: Bench, caseload: Caseload, quickly: Desk, age: int) -> None:
    """Open a case and work it to its age without the disk's flush, which nobody measures here."""
    careful, caseload.desk = caseload.desk, quickly
    caseload.open()
    for _ in bench.progress(age):
        caseload.step()
    caseload.desk = careful


def _against(bench: Bench, desk: Desk, bare: Callable[[], None], database: str, note: str = "") -> Iterator[Figure]:
    with desk.database.transaction() as session:
        session.execute(text("CREATE TABLE bare (id integer PRIMARY KEY, n integer)"))
        session.execute(text("INSERT INTO bare VALUES (1, 0)"))

    def by_library() -> None:
        with desk.database.transaction() as session:
            session.execute(text(ONE_ROW))

    caseload = Caseload(desk, models.publish(desk, "forty", models.forty()))
    taken = interleaved(bench, bench.rounds(ROUNDS), ours=caseload.step, bare=lambda: seconds(bare), library=lambda: seconds(by_library))
    ours = median_ms(taken["ours"])
    yield Figure.cost(f"step_vs_commit_{database}", ours, median_ms(taken["bare"]), note=note)
    yield Figure.cost(f"step_vs_library_commit_{database}", ours, median_ms(taken["library"]))
    yield Figure(f"step_statements_{database}", median(counted(desk, caseload)[0]), "statements")
