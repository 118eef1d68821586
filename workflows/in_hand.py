"""What a step has in hand of its case: rows read under the case's lock, in five statements however long the case has run.

Plain objects: a step says itself what it writes (`writing`), and nothing else watches them. A statement is built once, so that
SQLAlchemy compiles it once.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, or_, select
from sqlalchemy.orm import DeclarativeBase

from workflows.facts import Facts
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
    """What a step needs of a running clock."""

    id: UUID
    task: UUID | None
    rule: str
    due_at: datetime
    warn_at: datetime


@dataclass(slots=True)
class PartInHand:
    """An agency's part in the case, as long as it lasts."""

    id: UUID
    agency: str
    capacity: str


def columns(row: type, table: type[DeclarativeBase]) -> list[Any]:
    """The columns of `table` that `row` has, in its order."""
    return [table.__table__.c[field.name] for field in fields(row)]


_TASK, _CASE = Task.__table__.c, Case.__table__.c
_CASE_OF_TASK = (
    select(*columns(CaseInHand, Case), select(Epoch.token).where(Epoch.name == "directory").scalar_subquery())
    .where(_CASE.id == select(_TASK.case).where(_TASK.id == bindparam("task")).scalar_subquery())
    .with_for_update(of=Case.__table__)
)
_TASKS = select(*columns(TaskInHand, Task)).where(
    or_((_TASK.case == bindparam("case")) & (_TASK.state == "open"), _TASK.id == bindparam("task"))
)
_FACTS = select(Fact.__table__.c.scope, Fact.__table__.c.name, Fact.__table__.c.value).where(Fact.__table__.c.case == bindparam("case"))
_PARTS = (
    select(*columns(PartInHand, Participant))
    .where(Participant.__table__.c.case == bindparam("case"), Participant.__table__.c.until.is_(None))
    .order_by(Participant.__table__.c.since, Participant.__table__.c.id)
)
_CLOCKS = select(*columns(ClockInHand, Clock)).where(Clock.__table__.c.case == bindparam("case"), Clock.__table__.c.state == "running")

_HEAD = ("id", "number", "title", "process", "status")
_OTHERS = (
    select(*columns(TaskInHand, Task), *(_CASE[name] for name in _HEAD))
    .join_from(Task.__table__, Case.__table__, _CASE.id == _TASK.case)
    .where(_TASK.state == "open", _TASK.assignee == bindparam("officer"), _TASK.case != bindparam("case"))
    .order_by(_TASK.due_at.is_(None), _TASK.due_at, _TASK.id)
    .limit(bindparam("most"))
)


def locked_case(connection: Connection, task: UUID) -> tuple[CaseInHand, str] | None:
    """The case of `task`, its row locked until the transaction ends, and the directory's epoch; None for an unknown task."""
    row = connection.execute(_CASE_OF_TASK, {"task": task}).one_or_none()
    return None if row is None else (CaseInHand(*row[:-1]), row[-1] or "")


def tasks_of(connection: Connection, case: UUID, task: UUID) -> dict[UUID, TaskInHand]:
    """The open tasks of the case, and `task` whatever became of it."""
    return {row[0]: TaskInHand(*row) for row in connection.execute(_TASKS, {"case": case, "task": task})}


def facts_of(connection: Connection, case: UUID) -> Facts:
    """The stored facts of the case by branch."""
    stored: dict[str, dict[str, Any]] = {}
    for branch, name, value in connection.execute(_FACTS, {"case": case}):
        stored.setdefault(branch, {})[name] = value
    return Facts(stored)


def parts_of(connection: Connection, case: UUID) -> list[PartInHand]:
    """Who takes part now, in the order in which they came."""
    return [PartInHand(*row) for row in connection.execute(_PARTS, {"case": case})]


def clocks_of(connection: Connection, case: UUID) -> list[ClockInHand]:
    """The clocks of the case that run."""
    return [ClockInHand(*row) for row in connection.execute(_CLOCKS, {"case": case})]


def other_tasks(connection: Connection, officer: UUID, case: UUID, most: int) -> list[tuple[TaskInHand, CaseRef]]:
    """The officer's most urgent open tasks in other cases, with the heads of those."""
    found = connection.execute(_OTHERS, {"officer": officer, "case": case, "most": most})
    return [(TaskInHand(*row[: -len(_HEAD)]), CaseRef(*row[-len(_HEAD) :])) for row in found]
