"""The supervisor's wall: what is overdue and nearly so, by agency and by step; every number opens exactly its list."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflows import access
from workflows.contracts import Text
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.records import Case, Task
from workflows.records.base import without_index
from workflows.rows import as_page, light_is, matches, page, task_rows, tasks_of
from workflows.tally import Cell, cells
from workflows.views import Officer, Page, TaskRow, Wall, WallCell

OLDEST = 10
SORTED = 2000
"""Rows of a list that a database may sort for each page of it."""
LIGHTS = ("red", "yellow", "green", "none")
Figures = dict[str, dict[str, int]]


def wall(desk: Desk, officer: Officer) -> Wall:
    """The figures over every agency that the officer may supervise, worst first. Raises NotAllowed for other roles."""
    now = desk.now()
    with desk.database.reading() as session:
        people, seen = _supervised(session, officer)
        by_agency: Figures = {}
        by_step: Figures = {}
        total: Figures = {"all": dict.fromkeys(LIGHTS, 0)}
        names: dict[str, Text] = {}
        behind = cells(session, seen, now)
        for cell in behind:
            step = f"{cell.process}/{cell.element}"
            names[step] = cell.name
            for figures, key in ((by_agency, cell.agency), (by_step, step), (total, "all")):
                sums = figures.setdefault(key, dict.fromkeys(LIGHTS, 0))
                for colour in LIGHTS:
                    sums[colour] += cell.of(colour)
        return Wall(
            total=_cells(total, {"all": Text("全部", "All")})[0],
            by_agency=_cells(by_agency, {code: people.refs[code].name for code in by_agency}),
            by_step=_cells(by_step, names),
            oldest=_oldest(session, people, behind, now),
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
        shines = light_is(light, now) if light else None
        process, _, element = step.partition("/") if step else ("", "", "")
        behind = [
            cell
            for cell in cells(session, seen & {agency} if agency else seen, now)
            if not step or (cell.process, cell.element) == (process, element)
        ]
        number = sum(cell.of(light) for cell in behind)
        keys = _open_in({cell.agency for cell in behind}, number, (process, element) if step else None)
        if shines is not None:
            keys = keys.where(shines)
        if q.strip():
            keys = keys.join(Case, Case.id == Task.case).where(matches(q))
        total = None if q.strip() else number
        found, following, total = page(session, keys, moment=Task.due_at, key=Task.id, cursor=cursor, limit=limit, total=total)
        return as_page(task_rows(people, now, tasks_of(session, found)), following, total)


def _supervised(session: Session, officer: Officer) -> tuple[Directory, frozenset[str]]:
    people = Directory(session)
    if not (officer.roles & access.WALL_ROLES or people.below(officer.agency.code)):
        access.require(officer, *sorted(access.WALL_ROLES))
    return people, access.agencies_seen(officer, people)


def _open_in(agencies: Collection[str], number: int, step: tuple[str, str] | None) -> Select[datetime | None, UUID]:
    """The open tasks of `agencies`, of one step or of all, of which the list will have `number`."""
    # SQLite keeps no statistics of its own accord and would sort all that many agencies have. Few rows are sorted; of many, the first
    # ones are met on a walk along the due moments.
    walks = len(agencies) > 1 and number > SORTED
    agency = without_index(Task.agency) if walks else Task.agency
    keys = select(Task.due_at, Task.id).where(Task.is_open(), agency.in_(agencies))
    return keys.where(Task.process == step[0], Task.element == step[1]) if step else keys


def _cells(figures: Figures, names: dict[str, Text]) -> tuple[WallCell, ...]:
    cells = [WallCell(key, names[key], counts["red"], counts["yellow"], counts["green"], counts["none"]) for key, counts in figures.items()]
    return tuple(sorted(cells, key=lambda cell: (-cell.red, -cell.yellow, -cell.total, cell.key)))


def _oldest(session: Session, people: Directory, behind: list[Cell], now: datetime) -> tuple[TaskRow, ...]:
    keys = _open_in({cell.agency for cell in behind if cell.red}, sum(cell.red for cell in behind), None).where(light_is("red", now))
    found, _, _ = page(session, keys, moment=Task.due_at, key=Task.id, cursor=None, limit=OLDEST, total=0)
    return task_rows(people, now, tasks_of(session, found))
