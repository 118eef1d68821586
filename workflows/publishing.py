"""A new version of a process, entered in the transaction of whoever publishes it: from a folder, or from a draft that was reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import journal
from workflows.contracts import Text
from workflows.records import Bundle, Version
from workflows.views import Officer, VersionRow

READERS = ("designer", "supervisor", "head", "presiding", "officer", "legal", "intake", "deputy", "auditor", "admin")
"""Who may look at what is published."""


@dataclass(frozen=True)
class Publication:
    """What is published: a checked bundle in its stored form, and who answers for it.

    `draft` is the id of the draft it comes from; `notes` stand in its line of the record.
    """

    digest: str
    content: bytes
    process: str
    name: Text
    author: str
    reason: str
    reviewer: str = ""
    draft: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)


def newest(session: Session, process: str) -> Version | None:
    """The newest version of a process; None where nothing was published."""
    return session.scalars(select(Version).where(Version.process == process).order_by(Version.number.desc()).limit(1)).first()


def enter(session: Session, at: datetime, new: Publication, *, officer: Officer | None = None) -> Version:
    """The next version of its process, with its line in the record; `officer` is the person who publishes, where a person does."""
    if session.get(Bundle, new.digest) is None:
        session.add(Bundle(digest=new.digest, content=new.content))
        session.flush()
    last = newest(session, new.process)
    row = Version(
        process=new.process,
        number=(last.number if last else 0) + 1,
        digest=new.digest,
        name=new.name.zh,
        name_en=new.name.en,
        author=new.author,
        reviewer=new.reviewer,
        reason=new.reason,
        published_at=at,
    )
    session.add(row)
    payload = {"process": row.process, "number": row.number, "digest": new.digest, "author": row.author, "reason": row.reason}
    more = {"reviewer": new.reviewer, "draft": new.draft, **new.notes}
    payload |= {key: value for key, value in more.items() if value}
    journal.write(session, case=None, kind="version_published", at=at, officer=officer, payload=payload)
    return row


def version_row(row: Version, opened: int = 0, total: int = 0) -> VersionRow:
    """A version as it is shown, with how many cases of it are open and how many there are."""
    return VersionRow(
        process=row.process,
        number=row.number,
        name=Text(row.name, row.name_en),
        digest=row.digest,
        author=row.author,
        reason=row.reason,
        published_at=row.published_at,
        open_cases=opened,
        all_cases=total,
        reviewer=row.reviewer,
    )
