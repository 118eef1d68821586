"""Writing the record: one more line on a stream's hash chain, in the transaction of what it tells.

A stream is a case (its id) or `system` (sign-ins, users, publications). Each line's digest covers the line and the digest
before it; the stream's length and head are kept beside it, so a changed, removed, reordered or cut-off line is found. A chain
rewritten whole is found only against a head kept by a witness.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from workflows.records import Case, Event, Stream
from workflows.views import Officer

ALGORITHM = "sha256"
SYSTEM = "system"


def write(session: Session, *, case: Case | None, kind: str, at: datetime, officer: Officer | None, payload: Mapping[str, Any]) -> None:
    """Append one line about `case` (or the system). The case row must be locked; times never run backwards in a stream."""
    if case is not None:
        told = line(str(case.id), case.record_length, case.record_head, kind=kind, at=at, officer=officer, payload=payload)
        case.record_length, case.record_head = told["seq"], told["digest"]
    else:
        stream = _system(session)
        told = line(stream.name, stream.length, stream.head, kind=kind, at=at, officer=officer, payload=payload)
        stream.length, stream.head = told["seq"], told["digest"]
    session.add(Event(**told))


def line(
    stream: str, length: int, head: str, *, kind: str, at: datetime, officer: Officer | None, payload: Mapping[str, Any]
) -> dict[str, Any]:
    """The row of the next line of a stream that is `length` lines long and ends in the digest `head`."""
    told: dict[str, Any] = {
        "stream": stream,
        "seq": length + 1,
        "kind": kind,
        "at": at.astimezone(UTC),
        "officer": officer.id if officer else None,
        "agency": officer.agency.code if officer else None,
        "payload": dict(payload),
        "algorithm": ALGORITHM,
        "previous": head,
    }
    return {**told, "digest": digest_of(SimpleNamespace(**told))}


def digest_of(line: Event | SimpleNamespace) -> str:
    """The digest that `line` must have, hex."""
    told = {
        "stream": line.stream,
        "seq": line.seq,
        "kind": line.kind,
        "at": line.at.astimezone(UTC).isoformat(),
        "officer": _hex(line.officer),
        "agency": line.agency,
        "payload": line.payload,
        "previous": line.previous,
    }
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new(line.algorithm, text.encode()).hexdigest()


def _hex(value: UUID | None) -> str | None:
    return value.hex if value else None


def _system(session: Session) -> Stream:
    stream = session.get(Stream, SYSTEM, with_for_update=True)
    if stream is None:  # the first line of all; two that begin at once make one row, and the second waits for the first's line
        insert = (sqlite if session.get_bind().dialect.name == "sqlite" else postgresql).insert
        session.execute(insert(Stream).values(name=SYSTEM, length=0, head="").on_conflict_do_nothing())
        stream = session.get_one(Stream, SYSTEM, with_for_update=True)
    return stream
