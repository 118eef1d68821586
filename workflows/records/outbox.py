"""What leaves a case after the commit, and where it arrives."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from workflows.records.base import Base


class Message(Base):
    """A message that waits to leave; delivered at least once, always under the same `key`."""

    __tablename__ = "message"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    case: Mapped[UUID | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    task: Mapped[UUID | None]
    kind: Mapped[str] = mapped_column(String(40))
    to_agency: Mapped[str] = mapped_column(ForeignKey("agency.code"))
    to_role: Mapped[str] = mapped_column(String(20))
    to_officer: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    body: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    try_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        Index("ix_message_try", "try_at", "key", sqlite_where=text("try_at IS NOT NULL"), postgresql_where=text("try_at IS NOT NULL")),
    )


class Notice(Base):
    """A delivered message in a box: of one officer, or of everybody with `role` in `agency`."""

    __tablename__ = "notice"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    agency: Mapped[str] = mapped_column(ForeignKey("agency.code"))
    role: Mapped[str] = mapped_column(String(20))
    officer: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    case: Mapped[UUID | None] = mapped_column(ForeignKey("case_file.id"))
    kind: Mapped[str] = mapped_column(String(40))
    body: Mapped[dict[str, Any]]
    at: Mapped[datetime]

    __table_args__ = (Index("ix_notice_box", "agency", "role", "at"), Index("ix_notice_officer", "officer", "at"))


class NoticeRead(Base):
    """An officer has read a notice."""

    __tablename__ = "notice_read"

    notice: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    officer: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    at: Mapped[datetime]


class Idempotency(Base):
    """The answer given under an Idempotency-Key, so that a repeated request gets the same one."""

    __tablename__ = "idempotency"

    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    route: Mapped[str] = mapped_column(String(200), primary_key=True)
    body_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    response: Mapped[Any] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(index=True)
