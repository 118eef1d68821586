"""How many tasks are open and late, by agency and step: kept so that nobody counts a million rows to see a number.

The database itself notes every change of an open task (triggers of the migrations, so no way of writing can forget it); the worker
settles the notes into the tally. What the three tables mean together is said in `workflows.tally`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from workflows.records.base import Base


class Tally(Base):
    """The settled numbers of one step in one agency, as they were at the tally's moment."""

    __tablename__ = "task_tally"

    agency: Mapped[str] = mapped_column(String(60), primary_key=True)
    process: Mapped[str] = mapped_column(String(60), primary_key=True)
    element: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(150))
    tasks: Mapped[int]
    dated: Mapped[int]
    """Those that have a due moment."""
    red: Mapped[int]
    """Those whose due moment lay before the tally's moment."""
    warned: Mapped[int]
    """Those that were yellow or red at the tally's moment."""


class TallyChange(Base):
    """A note that an open task came (`tasks` 1) or went (-1), not settled yet. A changed due moment is one of each."""

    __tablename__ = "task_change"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    agency: Mapped[str] = mapped_column(String(60))
    process: Mapped[str] = mapped_column(String(60))
    element: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(150))
    due_at: Mapped[datetime | None]
    warn_at: Mapped[datetime | None]
    tasks: Mapped[int]


class TallyMoment(Base):
    """The moment that the tally's lights are of: one row."""

    __tablename__ = "tally_moment"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
