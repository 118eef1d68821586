"""Clocks: a ledger per clock; the due moment is derived from it and kept for the sweep's index."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, ForeignKey, Index, String, and_, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from workflows.records.base import Base

LATE = "breached_at IS NOT NULL AND state = 'running' AND task IS NULL"


class Clock(Base):
    """A clock of a case: `running`, `paused` or `stopped`. `alarm_at` is the next moment at which the sweep has something to do.

    `length`, `due_at` and `warn_at` follow from the ledger and are kept for the sweep and the lists.
    """

    __tablename__ = "clock"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    task: Mapped[UUID | None] = mapped_column(ForeignKey("task.id"), index=True)
    rule: Mapped[str] = mapped_column(String(60))
    article: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(20))
    length: Mapped[int]
    agency: Mapped[str | None] = mapped_column(ForeignKey("agency.code"))
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    warn_at: Mapped[datetime]
    provisional: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10))
    breached_at: Mapped[datetime | None]
    escalation: Mapped[int] = mapped_column(default=0)
    """How far it went: 0 not warned, 1 warned, then one more for each step of the rule's `tells` that was told."""
    alarm_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]

    @classmethod
    def late(cls) -> ColumnElement[bool]:
        """The condition of the index of limits of whole cases that ran out and are not met."""
        return and_(cls.breached_at.is_not(None), cls.state == literal_column("'running'"), cls.task.is_(None))

    __table_args__ = (
        Index("ix_clock_late", "agency", "due_at", "id", sqlite_where=text(LATE), postgresql_where=text(LATE)),
        Index("ix_clock_alarm", "alarm_at", "id", sqlite_where=text("alarm_at IS NOT NULL"), postgresql_where=text("alarm_at IS NOT NULL")),
    )


class ClockEntry(Base):
    """A line of a clock's ledger: start, pause, resume, extend, recount, warn, breach, escalate, stop, with reason and legal basis."""

    __tablename__ = "clock_entry"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    clock: Mapped[UUID] = mapped_column(ForeignKey("clock.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(300))
    basis: Mapped[str] = mapped_column(String(200), default="")
    units: Mapped[int | None]
    """Of a start: the length; of an extension: by how much. In the clock's unit."""
    officer: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
