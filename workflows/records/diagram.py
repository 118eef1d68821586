"""Published diagrams: a bundle of files under one content hash, and the versions that name it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflows.records.base import Base


class Bundle(Base):
    """A diagram, every process it calls, its forms, tables and rules: stored once, by the hash of its content."""

    __tablename__ = "bundle"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Version(Base):
    """A published version of a process; immutable, with author and reason."""

    __tablename__ = "version"

    process: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(ForeignKey("bundle.digest"))
    name: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(150), default="")
    author: Mapped[str] = mapped_column(String(100))
    reviewer: Mapped[str] = mapped_column(String(100), default="")
    """The second person who published it; empty where it was published from the command line or came with the software."""
    reason: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime]


class PathProof(Base):
    """What was found on the paths of a bundle. `grounds`: the hash of what the program meant when it looked (`workflows.proofs`)."""

    __tablename__ = "path_proof"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    grounds: Mapped[str] = mapped_column(String(64), primary_key=True)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    at: Mapped[datetime]
