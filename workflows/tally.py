"""The numbers of open tasks by agency and step, exact at any moment, without counting what is open.

Lights change with time and without any write, so no counter of a light can be right by itself. Three things together are:

- the **tally**: per agency and step, how many tasks were open, red and yellow-or-red at *the tally's moment*;
- the **changes** since it was settled, which the database notes when an open task comes, goes or gets another due moment;
- the tasks whose due or warning moment lies **between the tally's moment and now**, read from the indexes of those moments.

A read costs the cells, plus what happened since the worker last settled. Whether that was seconds ago or never changes the
price and not the result.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from workflows.contracts import Text
from workflows.desk import Desk
from workflows.records import Tally, TallyChange, TallyMoment, Task
from workflows.records.base import Moment, without_index

NUMBERS = ("tasks", "dated", "red", "warned")


@dataclass(frozen=True)
class Cell:
    """Open tasks of one agency or of one step: all, those with a due moment, those overdue, those nearly due or overdue."""

    agency: str
    """Empty for the sum over agencies."""
    process: str
    element: str
    """Empty for the sum over steps."""
    name: Text
    tasks: int
    dated: int
    red: int
    warned: int

    def of(self, light: str | None) -> int:
        """How many have this light; None counts all."""
        numbers = {"red": self.red, "yellow": self.warned - self.red, "green": self.dated - self.warned, "none": self.tasks - self.dated}
        return numbers[light] if light else self.tasks


def cells(
    session: Session, agencies: Iterable[str], now: datetime, *, step: tuple[str, str] | None = None
) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """What is open in `agencies` at the aware moment `now`, in all steps or in one: by agency, and by step.

    One statement, so that one snapshot answers all of it.
    """
    settled = select(Tally.agency, Tally.process, Tally.element, Tally.name, Tally.name_en, *(getattr(Tally, number) for number in NUMBERS))
    seen = union_all(settled.where(_seen(Tally.agency)), *_since(now, restricted=True)).cte("seen")
    sums = [func.sum(seen.c[number]).label(number) for number in NUMBERS]
    empty = literal("", String())
    by_agency = select(seen.c.agency, empty, empty, empty, empty, *sums).group_by(seen.c.agency)
    kind = (seen.c.process, seen.c.element)
    by_step = select(empty, *kind, func.max(seen.c.name), func.max(seen.c.name_en), *sums).group_by(*kind)
    if step is not None:
        by_agency, by_step = (query.where(kind[0] == step[0], kind[1] == step[1]) for query in (by_agency, by_step))
    asked = union_all(*(query.having(func.sum(seen.c.tasks) != 0) for query in (by_agency, by_step)))
    found = [
        Cell(agency, process, element, Text(name, name_en), *map(int, numbers))
        for agency, process, element, name, name_en, *numbers in session.execute(asked, {"agencies": sorted(agencies)})
    ]
    return tuple(cell for cell in found if cell.agency), tuple(cell for cell in found if not cell.agency)


def settle(desk: Desk) -> int:
    """Take the changes into the tally and move its moment to now. Returns how many changes there were. For the worker.

    1. on PostgreSQL, lock out other settlers, then take the snapshot that every statement of this transaction sees;
    2. sum up what `cells` would add to the tally: changes, and moments passed;
    3. add it, drop the changes that the snapshot saw, set the moment. Readers see all of it or nothing.
    """
    now = desk.now()
    with desk.database.transaction() as session:
        if not desk.database.is_sqlite:
            session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
            session.execute(text("LOCK TABLE tally_moment IN EXCLUSIVE MODE"))
        since = union_all(*_since(now, restricted=False)).subquery()
        cell = (since.c.agency, since.c.process, since.c.element)
        sums = (func.sum(since.c[number]).label(number) for number in NUMBERS)
        query = select(*cell, func.max(since.c.name).label("name"), func.max(since.c.name_en).label("name_en"), *sums).group_by(*cell)
        rows = [dict(row) for row in session.execute(query).mappings()]
        if not rows:
            return 0  # nothing changed and no moment passed: the tally is as right for now as for its own moment
        _add(session, rows)
        changes = session.execute(delete(TallyChange)).rowcount  # type: ignore[attr-defined]
        session.execute(update(TallyMoment).values(at=now))
        return int(changes)


def _since(now: datetime, *, restricted: bool) -> list[Select[*tuple[Any, ...]]]:
    """The selects of what is to be added to the tally for the moment `now`."""
    settled_at = select(TallyMoment.at).scalar_subquery()
    at = literal(now, Moment())
    change, task = TallyChange, Task
    sign = change.tasks
    parts = [
        _part(
            change,
            sign.expression,
            _if(change.due_at.is_not(None)) * sign,
            _if(change.due_at < settled_at) * sign,
            _warned(settled_at) * sign,
        )
    ]
    for step, after, until in ((1, settled_at, at), (-1, at, settled_at)):  # time may also have run backwards
        irregular = literal(step) - _if(task.warn_at <= task.due_at) * step
        due = and_(Task.is_open(), task.due_at >= after, task.due_at < until)
        warn = and_(Task.is_open(), task.warn_at > after, task.warn_at <= until, task.warn_at <= task.due_at)
        parts += [
            _part(task, literal(0), literal(0), literal(step), irregular).where(due),
            _part(task, literal(0), literal(0), literal(0), literal(step)).where(warn),
        ]
    return [part.where(_seen(without_index(part.selected_columns.agency))) for part in parts] if restricted else parts


def _part(table: type[TallyChange | Task], *numbers: ColumnElement[int]) -> Select[*tuple[Any, ...]]:
    named = (number.label(name) for number, name in zip(numbers, NUMBERS, strict=True))
    return select(table.agency, table.process, table.element, table.name, table.name_en, *named)


def _warned(at: ColumnElement[datetime]) -> ColumnElement[int]:
    # A task without a sound warning moment is green until it is red: it counts as warned when it is red.
    change = TallyChange
    return _if((change.due_at < at) | and_(change.warn_at <= change.due_at, change.warn_at <= at))


def _if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _seen(agency: ColumnElement[str] | InstrumentedAttribute[str] | without_index) -> ColumnElement[bool]:
    return agency.in_(bindparam("agencies", expanding=True))


def _add(session: Session, rows: list[dict[str, Any]]) -> None:
    known = {(row.agency, row.process, row.element): row for row in session.execute(select(Tally.__table__))}
    new, old = [], []
    for row in rows:
        before = known.get((row["agency"], row["process"], row["element"]))
        if before is None:
            new.append(row)
        else:
            old.append(row | {number: getattr(before, number) + row[number] for number in NUMBERS})
    if new:
        session.execute(insert(Tally), new)
    if old:
        session.execute(update(Tally), old)
    session.execute(delete(Tally).where(Tally.tasks == 0))
