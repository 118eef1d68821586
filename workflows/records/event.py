"""The record: append-only, hash-chained per stream (a case, or `system`)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.records.base import Base


class Event(Base):
    """One line of the record. `digest` covers the line and the digest before it."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    stream: Mapped[str] = mapped_column(String(40))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    officer: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    agency: Mapped[str | None] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]]
    algorithm: Mapped[str] = mapped_column(String(10))
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))

    __table_args__ = (UniqueConstraint("stream", "seq"),)


class Stream(Base):
    """Where a stream outside the cases stands (length and head), so that a cut tail is noticed."""

    __tablename__ = "stream"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    length: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(String(64), default="")
