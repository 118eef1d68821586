"""Word templates of documents: every one that a document was ever issued with, and which one an agency uses since when."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from workflows.records.base import Base


class DocumentTemplate(Base):
    """A template by its content hash; never changed, so an issued document can always be filled as it was."""

    __tablename__ = "document_template"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    reads: Mapped[list[str]]
    """The facts that it names."""


class TemplateEdition(Base):
    """An agency's own template of a document; the newest is used for what is issued from then on."""

    __tablename__ = "template_edition"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    paper: Mapped[str] = mapped_column(String(60))
    agency: Mapped[str] = mapped_column(ForeignKey("agency.code"))
    number: Mapped[int]
    digest: Mapped[str | None] = mapped_column(ForeignKey("document_template.digest"))
    """None: the agency went back to the template that ships."""
    officer: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(String(500))

    __table_args__ = (Index("ix_template_edition_agency", "agency", "paper", "number", unique=True),)
