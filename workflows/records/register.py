"""Registers of regulated subjects and what was decided against them. Each row keeps the case that caused it, where one did."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.records.base import Base

NAME, CODE, DIGEST = String(200), String(30), String(64)


class Subject(Base):
    """A regulated subject (监管对象). `code` is its unified social credit code; of a person, the identity number's digest is kept."""

    __tablename__ = "subject"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(NAME)
    code: Mapped[str | None] = mapped_column(CODE, unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    ownership: Mapped[str] = mapped_column(String(10))
    id_digest: Mapped[str] = mapped_column(DIGEST, default="", index=True)
    id_last: Mapped[str] = mapped_column(String(4), default="")
    case: Mapped[UUID | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    at: Mapped[datetime]

    __table_args__ = (Index("ix_subject_at", "at", "id"),)


class SubjectName(Base):
    """A name of a subject, its own one too, with the keys by which a variant is found (`workflows.registers.names`)."""

    __tablename__ = "subject_name"

    subject: Mapped[UUID] = mapped_column(ForeignKey("subject.id"), primary_key=True)
    key: Mapped[str] = mapped_column(NAME, primary_key=True)
    core: Mapped[str] = mapped_column(NAME, index=True)
    name: Mapped[str] = mapped_column(NAME)

    __table_args__ = (Index("ix_subject_name_key", "key"),)


class SubjectPerson(Base):
    """Somebody behind a subject: 法定代表人, 主要负责人, 实际控制人, 执业人员."""

    __tablename__ = "subject_person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    subject: Mapped[UUID] = mapped_column(ForeignKey("subject.id"))
    part: Mapped[str] = mapped_column(String(24))
    key: Mapped[str] = mapped_column(NAME, index=True)
    name: Mapped[str] = mapped_column(NAME)
    id_digest: Mapped[str] = mapped_column(DIGEST, default="", index=True)
    id_last: Mapped[str] = mapped_column(String(4), default="")
    case: Mapped[UUID | None] = mapped_column(ForeignKey("case_file.id"), index=True)

    __table_args__ = (UniqueConstraint("subject", "part", "key", "id_digest"),)


class Penalty(Base):
    """An administrative penalty, our own or one that another authority told: found again by authority and number of the decision."""

    __tablename__ = "penalty"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    subject: Mapped[UUID] = mapped_column(ForeignKey("subject.id"))
    subject_name: Mapped[str] = mapped_column(NAME)
    """As the decision writes it."""
    subject_code: Mapped[str] = mapped_column(CODE, default="")
    """As the decision writes it; '' where the subject was found by its name only."""
    act: Mapped[str] = mapped_column(String(40))
    act_on: Mapped[date | None]
    decided_on: Mapped[date]
    authority: Mapped[str] = mapped_column(NAME)
    function: Mapped[str] = mapped_column(String(20))
    region: Mapped[str] = mapped_column(String(60))
    source: Mapped[str] = mapped_column(String(12))
    number: Mapped[str] = mapped_column(String(80))
    kinds: Mapped[list[str]]
    fine: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    status: Mapped[str] = mapped_column(String(12))
    status_reason: Mapped[str] = mapped_column(String(300), default="")
    summary: Mapped[bool]
    certified_copy: Mapped[bool]
    case: Mapped[UUID | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    officer: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("authority", "number"),
        Index("ix_penalty_subject", "subject", "decided_on"),
        Index("ix_penalty_decided", "decided_on", "id"),
    )


class Advertisement(Base):
    """A punished advertisement: one row an act, since a decision may punish several."""

    __tablename__ = "ad_violation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    subject: Mapped[UUID] = mapped_column(ForeignKey("subject.id"))
    act_on: Mapped[date]
    decided_on: Mapped[date]
    basis: Mapped[str] = mapped_column(String(10))
    number: Mapped[str] = mapped_column(String(80))
    case: Mapped[UUID | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    officer: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("subject", "number", "act_on"), Index("ix_ad_violation_act", "act_on", "id"))


class AdRefusal(Base):
    """For this long no advertisement application of the subject is accepted."""

    __tablename__ = "ad_refusal"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    subject: Mapped[UUID] = mapped_column(ForeignKey("subject.id"))
    since: Mapped[date]
    until: Mapped[date]
    basis: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(80))
    case: Mapped[UUID | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    officer: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("subject", "number"), Index("ix_ad_refusal_until", "until", "id"))
