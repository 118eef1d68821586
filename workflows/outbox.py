"""Delivering what waits to leave: at least once, under the same key, with growing pauses after a failure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.desk import Desk
from workflows.errors import Unavailable
from workflows.records import Message, Notice

PAUSES = (1, 5, 30, 120, 600)
"""Seconds to wait after the first, second … failure; after the last one the message rests, visible, until somebody retries it."""
Channel = Callable[[Session, Message], None]


def deliver(desk: Desk, *, limit: int = 100, channel: Channel | None = None) -> int:
    """Deliver at most `limit` waiting messages, oldest first, one transaction each. Returns how many arrived."""
    now = desk.now()
    with desk.database.reading() as session:
        keys = session.scalars(select(Message.key).where(Message.try_at <= now).order_by(Message.try_at, Message.key).limit(limit)).all()
    return sum(_deliver_one(desk, key, channel or to_notices) for key in keys)


def to_notices(session: Session, message: Message) -> None:
    """Put the message into the box of its officer, or of everybody with its role in its agency. The same key arrives once."""
    if session.scalars(select(Notice.id).where(Notice.key == message.key)).first() is not None:
        return
    session.add(
        Notice(
            id=uuid4(),
            key=message.key,
            agency=message.to_agency,
            role=message.to_role,
            officer=message.to_officer,
            case=message.case,
            kind=message.kind,
            body=message.body,
            at=message.at,
        )
    )


def _deliver_one(desk: Desk, key: str, channel: Channel) -> bool:
    now = desk.now()
    try:
        with desk.database.transaction() as session:
            message = session.scalars(select(Message).where(Message.key == key).with_for_update(skip_locked=True)).first()
            if message is None or message.try_at is None or message.try_at > now:
                return False
            channel(session, message)
            message.sent_at, message.try_at, message.error = now, None, ""
            message.attempts += 1
            return True
    except Unavailable:  # our own database, not the channel: the message is as it was
        raise
    except Exception as error:  # noqa: BLE001 - whatever a channel throws, the message waits for another try
        with desk.database.transaction() as session:
            message = session.get_one(Message, key)
            message.attempts += 1
            message.error = f"{type(error).__name__}: {error}"[:1000]
            pause = PAUSES[message.attempts - 1] if message.attempts <= len(PAUSES) else None
            message.try_at = now + timedelta(seconds=pause) if pause is not None else None
        return False
