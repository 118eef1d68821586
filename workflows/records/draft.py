"""Drafts of processes: the files of a bundle while people write them, who wrote in it, and who has it open."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflows.records.base import Base


class Draft(Base):
    """An editable copy of a bundle. `state` is open, in_review, published or discarded."""

    __tablename__ = "process_draft"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    process: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(150), default="")
    base: Mapped[int | None]
    """The version that it began as a copy of."""
    newest: Mapped[int] = mapped_column(default=0)
    """The newest version of the process when it began; 0 where nothing was published."""
    state: Mapped[str] = mapped_column(String(12), default="open")
    revision: Mapped[int] = mapped_column(default=0)
    """Grows with every change of a file or of the state; a file's own revision is this number as of its last change."""
    begun_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    begun_at: Mapped[datetime]
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    changed_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was submitted."""
    submitted_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    submitted_at: Mapped[datetime | None]
    comment: Mapped[str] = mapped_column(Text, default="")
    """Why it was sent back last."""
    commented_by: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    commented_at: Mapped[datetime | None]
    published: Mapped[int | None]
    """The version that came of it."""
    imported: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    """Where it was made of another tool's diagram: what was changed and refused, as `[file, element, refused, zh, en]`."""

    __table_args__ = (
        ForeignKeyConstraint(["process", "base"], ["version.process", "version.number"], name="fk_process_draft_base"),
        Index("ix_process_draft_state", "state", "changed_at", "id"),
        Index("ix_process_draft_begun_by", "begun_by", "state"),
    )


class DraftFile(Base):
    """A file of a draft. One that was removed keeps its row, so that who still has it open is told."""

    __tablename__ = "process_draft_file"

    draft: Mapped[UUID] = mapped_column(ForeignKey("process_draft.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(120), primary_key=True)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    """None: removed."""
    revision: Mapped[int]
    by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime]


class DraftWriter(Base):
    """Somebody who began a draft, changed a file of it or submitted it, and so may not review it."""

    __tablename__ = "process_draft_writer"

    draft: Mapped[UUID] = mapped_column(ForeignKey("process_draft.id"), primary_key=True)
    officer: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    since: Mapped[datetime]


class DraftPresence(Base):
    """Somebody who has a draft open in the editor, or had."""

    __tablename__ = "process_draft_presence"

    draft: Mapped[UUID] = mapped_column(ForeignKey("process_draft.id"), primary_key=True)
    officer: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    since: Mapped[datetime]
    seen_at: Mapped[datetime]
