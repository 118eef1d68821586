"""Registers that the house keeps about its own work: the matter list, training hours, imports."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflows.records.base import Base


class MatterList(Base):
    """A version of the matter list (事项清单): at most one draft, and every published one for good."""

    __tablename__ = "matter_list"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    status: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    officer: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    published_at: Mapped[datetime | None]


class Matter(Base):
    """A row of one version: what, who leads, who takes part, on which ground, over whom, with which measures, from which clues."""

    __tablename__ = "matter"

    version: Mapped[int] = mapped_column(ForeignKey("matter_list.version"), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    place: Mapped[int]
    """Its place in the list."""
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    lead: Mapped[str] = mapped_column(String(20))
    members: Mapped[list[str]]
    basis: Mapped[str] = mapped_column(Text)
    objects: Mapped[str] = mapped_column(Text, default="")
    measures: Mapped[str] = mapped_column(Text, default="")
    sources: Mapped[list[str]]
    """Where its clues come from: routine, opinion, complaint, self_inspection (鲁卫医监字〔2024〕1号 二（一）3)."""


class Training(Base):
    """A line of an officer's ledger of training hours; a wrong one is withdrawn with a reason, never changed."""

    __tablename__ = "training"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    officer: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    on: Mapped[date]
    hours: Mapped[Decimal] = mapped_column(Numeric(5, 1))
    topic: Mapped[str] = mapped_column(String(200))
    provider: Mapped[str] = mapped_column(String(200))
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    recorded_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(String(300), default="")

    __table_args__ = (Index("ix_training_officer", "officer", "on"),)


class RegisterImport(Base):
    """A file of penalties that was read, to be looked at before it is entered. Identity numbers stand in it as digests only."""

    __tablename__ = "register_import"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    file_name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    rows: Mapped[Any] = mapped_column(JSON)
    faults: Mapped[Any] = mapped_column(JSON)
    outcome: Mapped[Any] = mapped_column(JSON)
    """How many rows were new, changed and there already when it was entered."""
    officer: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"), index=True)
    at: Mapped[datetime]
    entered_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_register_import_at", "at", "id"),)
