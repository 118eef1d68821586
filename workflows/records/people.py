"""Agencies, officers and their sign-ins."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from workflows.records.base import Base


class Agency(Base):
    """An agency (单位). `function` is its line (HEALTH, PSB …), `parent` its superior."""

    __tablename__ = "agency"

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    function: Mapped[str] = mapped_column(String(20), index=True)
    level: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    region: Mapped[str] = mapped_column(String(60), default="", index=True)
    sign: Mapped[str] = mapped_column(String(20), default="")
    """Its sign in document numbers (代字), such as 青卫."""
    parent: Mapped[str | None] = mapped_column(ForeignKey("agency.code"), index=True)


class Officer(Base):
    """A person with an account. The password is an argon2id hash."""

    __tablename__ = "officer"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    agency: Mapped[str] = mapped_column(ForeignKey("agency.code"), index=True)
    roles: Mapped[list[str]]
    certificate: Mapped[str | None] = mapped_column(String(60))
    certificate_until: Mapped[date | None]
    password: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None]
    locked_until: Mapped[datetime | None]


class SignIn(Base):
    """A browser session or an API token; only the token's hash is kept."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    officer: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(String(60), default="")
    at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class Epoch(Base):
    """Which state of agencies, officers and versions a process may keep in memory: triggers of the database set another token at every change."""

    __tablename__ = "epoch"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    token: Mapped[str] = mapped_column(String(32))

    @classmethod
    def of_directory(cls) -> Select[str]:
        """The token of what `workflows.directory` keeps."""
        return select(cls.token).where(cls.name == "directory")
