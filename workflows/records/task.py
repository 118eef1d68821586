"""Tasks: the work-list projection of the engine's waiting user tasks, written in the same transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, String, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from workflows.records.base import Base


def _of_open_tasks(name: str, *columns: str, only: str = "") -> Index:
    """An index that holds open tasks only: it stays as large as the work that waits, however many tasks were done."""
    condition = text(" AND ".join(filter(None, ("state = 'open'", only))))
    return Index(name, *columns, sqlite_where=condition, postgresql_where=condition)


class Task(Base):
    """A user task. Its id is the engine's, so a completion names exactly one token."""

    __tablename__ = "task"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    process: Mapped[str] = mapped_column(String(60))
    element: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(150), default="")
    scope: Mapped[str] = mapped_column(String(60), default="")
    via: Mapped[str] = mapped_column(String(500), default="")
    """The call activities that led to it, outermost first, as `process/element` with spaces between: text, to be grouped by."""
    agency: Mapped[str] = mapped_column(ForeignKey("agency.code"))
    role: Mapped[str] = mapped_column(String(20))
    assignee: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    state: Mapped[str] = mapped_column(String(12))
    revision: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    warn_at: Mapped[datetime | None]
    urged: Mapped[int] = mapped_column(default=0)
    draft: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    draft_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    draft_at: Mapped[datetime | None]
    answers: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    outcome: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    """Ids of the tasks that the completion opened: a repeated completion gets the first one's answer."""
    completed_at: Mapped[datetime | None]
    completed_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))

    __table_args__ = (
        Index("ix_task_case", "case", "state"),
        Index("ix_task_done", "completed_by", "completed_at", "id"),
        _of_open_tasks("ix_task_todo", "assignee", "due_at", "id"),
        _of_open_tasks("ix_task_pool", "agency", "due_at", "id", "role", "assignee"),
        _of_open_tasks("ix_task_step", "process", "element", "due_at", "id"),
        _of_open_tasks("ix_task_due", "due_at", "id"),
        _of_open_tasks("ix_task_warn", "warn_at", only="warn_at IS NOT NULL"),
    )

    @classmethod
    def is_open(cls) -> ColumnElement[bool]:
        """The condition that the task waits, written so that the indexes of open tasks serve it."""
        # A literal and no parameter: a database uses a partial index only where it can read the condition in the statement.
        return cls.state == literal_column("'open'")
