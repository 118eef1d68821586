"""The supervisor's wall: what is overdue and nearly so, by agency and by step; every number opens exactly its list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from workflows import access
from workflows.contracts import Text
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.records import Case, Task
from workflows.rows import as_page, light_is, matches, page, task_rows
from workflows.views import Officer, Page, TaskRow, Wall, WallCell

OLDEST = 10
LIGHTS = ("red", "yellow", "green", "none")
Figures = dict[str, dict[str, int]]


def wall(desk: Desk, officer: Officer) -> Wall:
    """The figures over every agency that the officer may supervise, worst first. Raises NotAllowed for other roles."""
    now = desk.now()
    with desk.database.reading() as session:
        people, seen = _supervised(session, officer)
        by_agency: Figures = {}
        by_step: Figures = {}
        total: Figures = {}
        names: dict[str, Text] = {}
        for colour in LIGHTS:
            for row in _counted(session, seen, light_is(colour, now)):
                step = f"{row.process}/{row.element}"
                names[step] = Text(row.name, row.name_en)
                for figures, key in ((by_agency, row.agency), (by_step, step), (total, "all")):
                    cell = figures.setdefault(key, dict.fromkeys(LIGHTS, 0))
                    cell[colour] += row.tasks
        return Wall(
            total=_cells(total or {"all": dict.fromkeys(LIGHTS, 0)}, {"all": Text("全部", "All")})[0],
            by_agency=_cells(by_agency, {code: people.refs[code].name for code in by_agency}),
            by_step=_cells(by_step, names),
            oldest=_oldest(session, people, seen, now),
        )


def list_tasks(
    desk: Desk,
    officer: Officer,
    *,
    agency: str | None = None,
    step: str | None = None,
    light: str | None = None,
    q: str = "",
    cursor: str | None = None,
    limit: int = 25,
) -> Page[TaskRow]:
    """The open tasks behind a number of the wall, most overdue first. `step` is `process/element`."""
    now = desk.now()
    with desk.database.reading() as session:
        people, seen = _supervised(session, officer)
        query = select(Task, Case).join(Case, Case.id == Task.case).where(seen)
        if agency:
            query = query.where(Task.agency == agency)
        if step:
            process, _, element = step.partition("/")
            query = query.where(Task.process == process, Task.element == element)
        if light:
            query = query.where(light_is(light, now))
        if q.strip():
            query = query.where(matches(q))
        rows, following, total = page(session, query, moment=Task.due_at, key=Task.id, newest_first=False, cursor=cursor, limit=limit)
        return as_page(task_rows(session, people, now, [(row[0], row[1]) for row in rows]), following, total)


def _supervised(session: Session, officer: Officer) -> tuple[Directory, ColumnElement[bool]]:
    people = Directory(session)
    if not (officer.roles & access.WALL_ROLES or people.below(officer.agency.code)):
        access.require(officer, *sorted(access.WALL_ROLES))
    return people, (Task.state == "open") & access.task_seen(officer, people)


def _counted(session: Session, seen: ColumnElement[bool], light: ColumnElement[bool]) -> Iterable[Row[*tuple[Any, ...]]]:
    columns = (Task.agency, Task.process, Task.element)
    return session.execute(
        select(*columns, func.max(Task.name).label("name"), func.max(Task.name_en).label("name_en"), func.count().label("tasks"))
        .where(seen, light)
        .group_by(*columns)
    )


def _cells(figures: Figures, names: dict[str, Text]) -> tuple[WallCell, ...]:
    cells = [WallCell(key, names[key], counts["red"], counts["yellow"], counts["green"], counts["none"]) for key, counts in figures.items()]
    return tuple(sorted(cells, key=lambda cell: (-cell.red, -cell.yellow, -cell.total, cell.key)))


def _oldest(session: Session, people: Directory, seen: ColumnElement[bool], now: datetime) -> tuple[TaskRow, ...]:
    rows = session.execute(
        select(Task, Case).join(Case, Case.id == Task.case).where(seen, light_is("red", now)).order_by(Task.due_at, Task.id).limit(OLDEST)
    )
    return task_rows(session, people, now, [(row[0], row[1]) for row in rows])
