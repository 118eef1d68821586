"""Putting a message into the outbox: written with the step, leaves after the commit, always under the same key."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from workflows.contracts import Message
from workflows.writing import Writes


def post(
    session: Session, *, key: str, message: Message, case: UUID | None, at: datetime, task: UUID | None = None, officer: UUID | None = None
) -> None:
    """Let `message` leave once this transaction has committed. A key that is already there is not posted twice."""
    session.flush()  # what the message points to
    writes = Writes()
    writes.add("message", row(key=key, message=message, case=case, at=at, task=task, officer=officer))
    writes.send(session.connection())


def row(
    *, key: str, message: Message, case: UUID | None, at: datetime, task: UUID | None = None, officer: UUID | None = None
) -> dict[str, Any]:
    """The row of a message that waits to leave."""
    return {
        "key": key,
        "case": case,
        "task": task,
        "kind": message.kind,
        "to_agency": message.to_agency,
        "to_role": message.to_role,
        "to_officer": officer,
        "body": {
            "subject": [message.subject.zh, message.subject.en],
            "text": [message.text.zh, message.text.en],
            "documents": list(message.documents),
        },
        "at": at,
        "try_at": at,
        "attempts": 0,
        "sent_at": None,
        "error": "",
    }
