"""What a step has in hand of its case: rows read under the case's lock, in a few statements however long the case has run.

Plain objects: a step says itself what it writes (`writing`), and nothing else watches them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ClauseElement, ColumnElement, Connection, bindparam, func, or_, select, type_coerce
from sqlalchemy.orm import DeclarativeBase

from workflows.facts import Facts
from workflows.prepared import Prepared, select_all
from workflows.records import Case, Clock, Epoch, Fact, Participant, Task
from workflows.views import CaseRef


@dataclass(slots=True)
class CaseInHand:
    """The row of a case."""

    id: UUID
    number: str
    title: str
    process: str
    version: int
    digest: str
    status: str
    state: bytes
    row_version: int
    parent: UUID | None
    agency: str
    opened_by: UUID
    opened_at: datetime
    closed_at: datetime | None
    lanes: dict[str, str]
    record_length: int
    record_head: str


@dataclass(slots=True)
class TaskInHand:
    """The row of a task, without what is typed into its form."""

    id: UUID
    case: UUID
    process: str
    element: str
    name: str
    name_en: str
    scope: str
    via: str
    agency: str
    role: str
    assignee: UUID | None
    state: str
    revision: int
    opened_at: datetime
    due_at: datetime | None = None
    warn_at: datetime | None = None
    urged: int = 0
    outcome: Any = None
    completed_at: datetime | None = None
    completed_by: UUID | None = None


@dataclass(slots=True)
class ClockInHand:
    """What a step needs of a clock that is not stopped."""

    id: UUID
    task: UUID | None
    rule: str
    due_at: datetime
    warn_at: datetime
    state: str = "running"


@dataclass(slots=True)
class PartInHand:
    """An agency's part in the case, as long as it lasts."""

    id: UUID
    agency: str
    capacity: str


def columns(row: type, table: type[DeclarativeBase]) -> list[Any]:
    """The columns of `table` that `row` has, in its order."""
    return [table.__table__.c[field.name] for field in fields(row)]


def as_row(row: Any) -> dict[str, Any]:
    """A row in hand as the parameters of a statement; `dataclasses.asdict` would copy every value."""
    return {name: getattr(row, name) for name in row.__slots__}


_TASK, _CASE = Task.__table__.c, Case.__table__.c
_HEAD = ("id", "number", "title", "process", "status")


def _case_of_task(_dialect: str) -> ClauseElement:
    return _locked(select(_TASK.case).where(_TASK.id == bindparam("task")).scalar_subquery())


def _case(_dialect: str) -> ClauseElement:
    return _locked(bindparam("case"))


def _locked(case: ColumnElement[Any]) -> ClauseElement:
    found = select(*columns(CaseInHand, Case), Epoch.of_directory().scalar_subquery())
    return found.where(_CASE.id == case).with_for_update(of=Case.__table__)


def _tasks(_dialect: str) -> ClauseElement:
    # The state as a literal: SQLite plans a statement anew at each run when a parameter decides which partial indexes fit.
    in_case = (_TASK.case == bindparam("case")) & Task.is_open()
    return select(*columns(TaskInHand, Task)).where(or_(in_case, _TASK.id == bindparam("task")))


def _facts(dialect: str) -> ClauseElement:
    # As one document: a case has dozens of facts, and each row and each small document has its price.
    table = Fact.__table__.c
    rows = (
        func.json_group_array(func.json_array(table.scope, table.name, func.json(table.value)))
        if dialect == "sqlite"
        else func.json_agg(func.json_build_array(table.scope, table.name, table.value))
    )
    return select(type_coerce(rows, JSON)).where(table.case == bindparam("case"))


def _parts(_dialect: str) -> ClauseElement:
    table = Participant.__table__.c
    now = select(*columns(PartInHand, Participant)).where(table.case == bindparam("case"), table.until.is_(None))
    return now.order_by(table.since, table.id)


def _clocks(_dialect: str) -> ClauseElement:
    table = Clock.__table__.c
    return select(*columns(ClockInHand, Clock)).where(table.case == bindparam("case"), table.state != "stopped")


def _others(_dialect: str) -> ClauseElement:
    return (
        select(*columns(TaskInHand, Task), *(_CASE[name] for name in _HEAD))
        .join_from(Task.__table__, Case.__table__, _CASE.id == _TASK.case)
        .where(Task.is_open(), _TASK.assignee == bindparam("officer"), _TASK.case != bindparam("case"))
        .order_by(_TASK.due_at.asc().nulls_last(), _TASK.id)
        .limit(bindparam("most"))
    )


CASE_OF_TASK, CASE, TASKS, FACTS, PARTS, CLOCKS, OTHERS = map(Prepared, (_case_of_task, _case, _tasks, _facts, _parts, _clocks, _others))


@dataclass(slots=True)
class Hand:
    """Everything that a step reads of its case but the participants, whom not every step asks for."""

    connection: Connection
    case: CaseInHand
    epoch: str
    """The directory's."""
    tasks: dict[UUID, TaskInHand]
    """The open tasks of the case by id, and the one that was asked for whatever became of it."""
    facts: Facts
    clocks: list[ClockInHand]
    """Clocks that are not stopped."""
    others: list[tuple[TaskInHand, CaseRef]]
    """The officer's most urgent open tasks in other cases, with the heads of those."""


def take(connection: Connection, task: UUID, officer: UUID, most: int) -> Hand | None:
    """The case of `task`, its row locked until the transaction ends; None for an unknown task. `most`: how many other tasks.

    In two round trips: PostgreSQL reads only the locked row anew after it has waited, what stands beside it must be read later.
    """
    [found] = select_all(connection, [(CASE_OF_TASK, {"task": task})])
    others_of = {"officer": officer, "case": found[0][0], "most": most} if found else {}
    return _hand(connection, found[0], task, (OTHERS, others_of)) if found else None


def take_case(connection: Connection, case: UUID) -> Hand | None:
    """The same for a case that is not moved by somebody's task."""
    [found] = select_all(connection, [(CASE, {"case": case})])
    return _hand(connection, found[0], None) if found else None


def _hand(connection: Connection, found: Sequence[Any], task: UUID | None, *beside: tuple[Prepared, dict[str, Any]]) -> Hand:
    *row, epoch = found
    case = CaseInHand(*row)
    of_case = {"case": case.id}
    tasks, facts, clocks, *others = select_all(
        connection, [(TASKS, {"case": case.id, "task": task}), (FACTS, of_case), (CLOCKS, of_case), *beside]
    )
    return Hand(
        connection,
        case,
        epoch or "",
        {one[0]: TaskInHand(*one) for one in tasks},
        _sheet(facts[0][0]),
        [ClockInHand(*one) for one in clocks],
        [(TaskInHand(*row[: -len(_HEAD)]), CaseRef(*row[-len(_HEAD) :])) for rows in others for row in rows],
    )


def facts_of(connection: Connection, case: UUID) -> Facts:
    """The stored facts of the case by branch."""
    [[[found]]] = select_all(connection, [(FACTS, {"case": case})])
    return _sheet(found)


def parts_of(connection: Connection, case: UUID) -> list[PartInHand]:
    """Who takes part now, in the order in which they came."""
    [found] = select_all(connection, [(PARTS, {"case": case})])
    return [PartInHand(*row) for row in found]


def _sheet(rows: Iterable[Sequence[Any]] | None) -> Facts:
    stored: dict[str, dict[str, Any]] = {}
    for branch, name, value in rows or ():
        stored.setdefault(branch, {})[name] = value
    return Facts(stored)
