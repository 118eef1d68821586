"""The memory of one web process that shows and moves case after case, each another one."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from uuid import UUID

from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import Column, String, Table, Uuid, cast, func, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from tests.benchmarks import models
from tests.benchmarks.bench import Bench
from tests.benchmarks.caseload import OPENER, Caseload
from tests.benchmarks.figures import Figure, at_most, measures
from tests.benchmarks.serving import Caller, bearer, lasting
from tests.factories.desks import PASSWORD, settings_for
from web.app import create_app
from web.assemble import desk_of
from workflows import officers
from workflows.desk import Desk
from workflows.records import Base, Case, Task

COPIES = 20_000
"""Cases, each with its rows, that differ in their ids only."""
LASTS = 60
"""Seconds at most, except in a long run; the note says how many cases that were."""
TO_MOVE = 200
"""Cases that were really opened: each is moved some steps."""
MOVED_EVERY = 25
"""One call in so many completes a task of a case that was really opened; the others show a copy."""
SHOWN = (*9 * ("/api/v1/cases/{}",), "/cases/{}")
"""In turn; a page for a browser costs four times what the same case costs a program."""
WARM = 300
"""Cases after which imports, templates and pools are there: what the memory is held against."""
ELSEWHERE = "health.officer2"
MEGABYTE = 1024
"""In kB, in which the system counts."""


@measures(rss_worker=at_most(150, of="value"), rss_growth=at_most(1.05))
def rss_worker(bench: Bench) -> Iterator[Figure]:
    """One process of the real server, never replaced, and one caller."""
    desk = bench.closing(desk_of(settings_for(bench.postgres().settings.database_url, bench.folder)))
    models.publish(desk, "forty", models.forty())
    caseload = Caseload(desk, "forty")
    copies = _copied(desk, caseload, bench.rounds(COPIES))
    to_move = [_opened(caseload) for _ in range(bench.rounds(TO_MOVE))]
    with lasting(desk.settings) as (port, process):
        caller = _caller(desk, port)
        until, resident, shown, moved = time.monotonic() + bench.hurried(LASTS), [], 0, 0
        for number in bench.progress(len(copies)):
            if time.monotonic() > until:
                continue
            if number % MOVED_EVERY == 0:
                _move(caller, to_move[moved % len(to_move)])
                moved += 1
            caller.read(SHOWN[number % len(SHOWN)].format(copies[number]))
            shown += 1
            if shown % WARM == 0:
                resident.append(_resident(process))
        resident.append(_resident(process))
    note = f"{shown} cases shown, {moved} completions; {resident[0]:.0f} MB after {WARM} cases, {max(resident):.0f} MB at most"
    yield Figure("rss_worker", max(resident), "MB", note=note)
    yield Figure.cost("rss_growth", resident[-1], resident[0], "MB")


def _opened(caseload: Caseload) -> UUID:
    """A case whose tasks are the caller's: the one who did the first gets the next."""
    case = caseload.open()
    caseload.step()
    return case


def _copied(desk: Desk, caseload: Caseload, number: int) -> list[UUID]:
    """Copies of a case that is half done, made in the database; its tasks are somebody else's. Returns their ids."""
    caseload.open()
    for _ in range(12):
        caseload.step()
    cases = Case.__table__
    of_a_case = (table for table in Base.metadata.sorted_tables if any(key.parent.name == "case" for key in table.foreign_keys))
    tables = [cases, *of_a_case]
    with desk.database.transaction() as session:
        for table in tables:
            mine = table.c.id == caseload.case if table is cases else table.c.case == caseload.case
            series = func.generate_series(1, number).table_valued("copy").render_derived()
            rows = (
                select(*(_copy(table, column, cast(series.c.copy, String)) for column in table.c))
                .where(mine)
                .join(series, series.c.copy > 0)
            )
            session.execute(insert(table).from_select(list(table.c.keys()), rows))
        # A badge counts whatever waits for the caller, and nobody has 20,000 tasks of their own.
        session.execute(update(Task).where(Task.case != caseload.case).values(assignee=caseload.people[ELSEWHERE].id))
    with desk.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
    with desk.database.reading() as session:
        return list(session.scalars(select(Case.id).where(Case.id != caseload.case)))


def _copy(table: Table, column: Column, number: ColumnElement[str]) -> ColumnElement:
    """The column's value in a copy: an id that leads to a case or a task leads to the copied one."""
    leads = {key.column.table.name for key in column.foreign_keys} & {"case_file", "task"}
    if leads or (column.primary_key and isinstance(column.type, Uuid)):
        return cast(func.md5(cast(column, String) + number), Uuid)
    return number if column.unique and table is Case.__table__ else column


def _move(caller: Caller, case: UUID) -> None:
    task = caller.get(f"/tasks?view=todo&case={case}")["items"][0]
    page = caller.get(f"/tasks/{task['id']}")
    caller.post(f"/tasks/{task['id']}/complete", {"revision": page["revision"], "answers": {page["element"]: models.TEXT}})


def _caller(desk: Desk, port: int) -> Caller:
    """An officer with a browser and a program at once."""
    application = create_app(desk, desk.settings)
    cookie = SecureCookieSessionInterface().get_signing_serializer(application)
    browser, program = (officers.sign_in(desk, OPENER, PASSWORD, kind=kind)[0] for kind in ("browser", "api"))
    return Caller(port, {**bearer(program), "Cookie": f"onecase={cookie.dumps({'token': browser})}"})


def _resident(process: int) -> float:
    """The memory that a process holds, in MB."""
    return int(subprocess.check_output(["ps", "-o", "rss=", "-p", str(process)], text=True)) / MEGABYTE
