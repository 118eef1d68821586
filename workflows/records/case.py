"""A case, who takes part, what is known: the business data that engine state never holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, LargeBinary, String, Text, false, literal_column
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from workflows.records.base import Base


class Case(Base):
    """A case. `state` is the engine's compact blob, `row_version` counts its steps."""

    __tablename__ = "case_file"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    process: Mapped[str] = mapped_column(String(60), index=True)
    version: Mapped[int]
    digest: Mapped[str] = mapped_column(ForeignKey("bundle.digest"))
    status: Mapped[str] = mapped_column(String(12))
    state: Mapped[bytes] = mapped_column(LargeBinary)
    row_version: Mapped[int] = mapped_column(default=0)
    parent: Mapped[UUID | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    relation: Mapped[str] = mapped_column(String(20), default="", server_default="")
    """What it is to its parent: a word of `vocabulary.RELATIONS`."""
    suspends: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether its parent rests until it is closed."""
    agency: Mapped[str] = mapped_column(ForeignKey("agency.code"), index=True)
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    lanes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """`agency/role` → the officer (hex) who did its last task: who gets the next one."""
    record_length: Mapped[int] = mapped_column(default=0)
    record_head: Mapped[str] = mapped_column(String(64), default="")

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy's own name
    __table_args__ = (Index("ix_case_file_opened", "opened_at", "id"), Index("ix_case_file_status", "status", "opened_at", "id"))


class Participant(Base):
    """A grant of access to a case: an agency, its capacity, the cause, from when until when (design §7)."""

    __tablename__ = "participant"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    agency: Mapped[str] = mapped_column(ForeignKey("agency.code"))
    capacity: Mapped[str] = mapped_column(String(20))
    cause: Mapped[str] = mapped_column(String(200))
    since: Mapped[datetime]
    until: Mapped[datetime | None]

    __table_args__ = (Index("ix_participant_agency_case", "agency", "case"),)


class Fact(Base):
    """A fact of a case: the latest value of a form field or of a handler's result. `scope` is the branch ('' = whole case)."""

    __tablename__ = "fact"

    case: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    scope: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    text: Mapped[str] = mapped_column(Text, default="")
    """The value by which the case is looked up: of the subject's facts, empty for all others."""
    task: Mapped[UUID | None]
    officer: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime]

    __table_args__ = (Index("ix_fact_subject", "name", "text", sqlite_where=sql("text <> ''"), postgresql_where=sql("text <> ''")),)

    @classmethod
    def is_looked_up(cls) -> ColumnElement[bool]:
        """The condition of the index of facts, written as `Task.is_open` is and for the same reason."""
        return cls.text != literal_column("''")


class Document(Base):
    """A document that a step issued (文书), with the values that it was filled with and the template that it was filled from."""

    __tablename__ = "document"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    task: Mapped[UUID] = mapped_column(ForeignKey("task.id"))
    name: Mapped[str] = mapped_column(String(100))
    number: Mapped[str] = mapped_column(String(60))
    """Empty for papers that bear none (笔录、清单、审批表)."""
    agency: Mapped[str] = mapped_column(ForeignKey("agency.code"))
    officer: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    scope: Mapped[str] = mapped_column(String(60))
    content: Mapped[dict[str, Any]]
    """`answers` of the step and `facts` that the template names, as they stood."""
    issued_at: Mapped[datetime]
    template: Mapped[str | None] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(default=1)
    replaces: Mapped[UUID | None] = mapped_column(ForeignKey("document.id"))


class Remark(Base):
    """A remark in a case's thread (留言)."""

    __tablename__ = "remark"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    task: Mapped[UUID | None] = mapped_column(ForeignKey("task.id"))
    officer: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)


class Follow(Base):
    """An officer follows a case (关注) or was sent a copy (抄送)."""

    __tablename__ = "follow"

    officer: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    case: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    at: Mapped[datetime]


class Serial(Base):
    """The last number given in a series and year; gap-free because it is taken in the transaction that uses it."""

    __tablename__ = "serial"

    series: Mapped[str] = mapped_column(String(100), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
