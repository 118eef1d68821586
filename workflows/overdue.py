"""The supervisor's wall: what is overdue and nearly so, by agency and by step; every number opens exactly its list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer

from workflows import access
from workflows.clock_rules import Rule
from workflows.contracts import Text
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.records import Case, Clock, Task
from workflows.records.base import without_index
from workflows.rows import as_page, case_ref, light_is, matches, page, task_rows, tasks_of
from workflows.tally import Cell, cells
from workflows.views import LateClock, Officer, Page, TaskRow, Wall, WallCell

OLDEST = 10
SORTED = 2000
"""Rows of a list that a database may sort for each page of it."""
LIGHTS = ("red", "yellow", "green", "none")


def wall(desk: Desk, officer: Officer) -> Wall:
    """The figures over every agency that the officer may supervise, worst first. Raises NotAllowed for other roles."""
    now = desk.now()
    with desk.database.reading() as session:
        people, seen = access.supervised(session, officer)
        agencies, steps = cells(session, seen, now)
        behind = {cell.agency: cell.red for cell in agencies if cell.red}
        return Wall(
            total=_cell("all", Text("全部", "All"), agencies),
            by_agency=_worst_first(_cell(cell.agency, people.refs[cell.agency].name, [cell]) for cell in agencies),
            by_step=_worst_first(_cell(f"{cell.process}/{cell.element}", cell.name, [cell]) for cell in steps),
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
        people, seen = access.supervised(session, officer)
        shines = light_is(light, now) if light else None
        process, _, element = step.partition("/") if step else ("", "", "")
        kind = (process, element) if step else None
        behind, _ = cells(session, seen & {agency} if agency else seen, now, step=kind)
        number = sum(cell.of(light) for cell in behind)
        keys = _open_in({cell.agency for cell in behind}, number, kind)
        if shines is not None:
            keys = keys.where(shines)
        if q.strip():
            keys = keys.join(Case, Case.id == Task.case).where(matches(q))
        total = None if q.strip() else number
        found, following, total = page(session, keys, moment=Task.due_at, key=Task.id, cursor=cursor, limit=limit, total=total)
        return as_page(task_rows(people, now, tasks_of(session, found)), following, total)


def clocks(desk: Desk, officer: Officer, *, cursor: str | None = None, limit: int = 25) -> Page[LateClock]:
    """Limits of whole cases that ran out and are not met, longest overdue first, of the agencies that the officer supervises.

    A limit of a task stands on the wall with its task; what binds the party or ends an effect is nobody's delay.
    """
    rules = desk.rules.rules
    nobodys = [rule.id for rule in rules.values() if rule.binds != "agency"]
    with desk.database.reading() as session:
        people, seen = access.supervised(session, officer)
        late = select(Clock.due_at, Clock.id).where(Clock.late(), Clock.agency.in_(seen), Clock.rule.not_in(nobodys))
        found, following, total = page(session, late, moment=Clock.due_at, key=Clock.id, cursor=cursor, limit=limit)
        rows = session.execute(select(Clock, Case).join(Case, Case.id == Clock.case).where(Clock.id.in_(found)).options(defer(Case.state)))
        known = {clock.id: (clock, case) for clock, case in rows}
        told = (_late(people, rules.get(known[key][0].rule), *known[key]) for key in found)
        return as_page(told, following, total)


def _late(people: Directory, rule: Rule | None, clock: Clock, case: Case) -> LateClock:
    name = rule.name if rule else Text(clock.rule)
    return LateClock(clock.id, case_ref(case), clock.rule, name, clock.article, people.refs[clock.agency or case.agency], clock.due_at)


def _open_in(agencies: Collection[str], number: int, step: tuple[str, str] | None) -> Select[datetime | None, UUID]:
    """The open tasks of `agencies`, of one step or of all, of which the list will have `number`."""
    # SQLite keeps no statistics of its own accord and would sort all that many agencies have. Few rows are sorted; of many, the first
    # ones are met on a walk along the due moments.
    walks = len(agencies) > 1 and number > SORTED
    agency = without_index(Task.agency) if walks else Task.agency
    keys = select(Task.due_at, Task.id).where(Task.is_open(), agency.in_(agencies))
    return keys.where(Task.process == step[0], Task.element == step[1]) if step else keys


def _cell(key: str, name: Text, cells: Collection[Cell]) -> WallCell:
    red, yellow, green, none = (sum(cell.of(light) for cell in cells) for light in LIGHTS)
    return WallCell(key, name, red, yellow, green, none)


def _worst_first(cells: Iterable[WallCell]) -> tuple[WallCell, ...]:
    return tuple(sorted(cells, key=lambda cell: (-cell.red, -cell.yellow, -cell.total, cell.key)))


def _oldest(session: Session, people: Directory, behind: Mapping[str, int], now: datetime) -> tuple[TaskRow, ...]:
    keys = _open_in(behind.keys(), sum(behind.values()), None).where(light_is("red", now))
    found, _, _ = page(session, keys, moment=Task.due_at, key=Task.id, cursor=None, limit=OLDEST, total=0)
    return task_rows(people, now, tasks_of(session, found))
