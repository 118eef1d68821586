"""Requests that may be sent twice: the first answer under an Idempotency-Key is kept and given again.

A key belongs to one officer and one route. It is reserved before the work starts, so that two copies of a request that
arrive at the same moment do not both run; a reservation whose process died is taken over after a minute.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from workflows import records
from workflows.errors import IdempotencyMismatch, OneCaseError
from workflows.views import Officer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from workflows.desk import Desk

RUNNING = 0
"""The status of a reservation; no HTTP answer has it."""
PATIENCE = timedelta(minutes=1)
"""After this long a reservation without an answer is taken to be abandoned."""
KEPT = timedelta(hours=48)


class StillRunningError(OneCaseError):
    """The first request under this key has not been answered yet."""

    status = 409
    code = "idempotency_running"

    def __init__(self) -> None:
        super().__init__("同一请求正在处理，请稍后用同一标识再试。", "The same request is being worked on; repeat it in a moment.")


def remembered(desk: Desk, officer: Officer, key: str, route: str, body_hash: str) -> tuple[int, Any] | None:
    """The answer kept under the key, or None after reserving the key for the caller.

    Raises IdempotencyMismatch for another body, StillRunningError while the first request is at work.
    """
    try:
        with desk.database.transaction() as session:
            return _kept_or_reserved(session, desk, (officer.id, key, route), body_hash)
    except IntegrityError:  # the other copy was quicker by a moment
        raise StillRunningError from None


def remember(desk: Desk, officer: Officer, key: str, route: str, body_hash: str, status: int, response: Any) -> None:
    """Keep the answer. A failure of ours (5xx) is not kept: the key is given back and the request may be repeated."""
    failed = status >= 500  # noqa: PLR2004 - the class of HTTP statuses
    with desk.database.transaction() as session:
        row = session.get(records.Idempotency, (officer.id, key, route))
        if row is None or row.body_hash != body_hash or row.status != RUNNING:
            return
        if failed:
            session.delete(row)
        else:
            row.status, row.response, row.at = status, response, desk.now()


def forget_old(desk: Desk) -> None:
    """Drop the answers that nobody will ask for any more."""
    with desk.database.transaction() as session:
        session.execute(delete(records.Idempotency).where(records.Idempotency.at < desk.now() - KEPT))


def _kept_or_reserved(session: Session, desk: Desk, place: tuple[Any, str, str], body_hash: str) -> tuple[int, Any] | None:
    now = desk.now()
    row = session.get(records.Idempotency, place, with_for_update=True)
    if row is None:
        officer_id, key, route = place
        session.add(
            records.Idempotency(officer_id=officer_id, key=key, route=route, body_hash=body_hash, status=RUNNING, response=None, at=now)
        )
        return None
    if row.body_hash != body_hash:
        raise IdempotencyMismatch(
            "这个标识已用于另一个请求，请换一个。", "This Idempotency-Key was used for another request; choose a new one."
        )
    if row.status != RUNNING:
        return row.status, row.response
    if now - row.at < PATIENCE:
        raise StillRunningError
    row.at = now
    return None
