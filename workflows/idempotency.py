"""Requests that may be sent twice: the first answer under an Idempotency-Key is kept and given again.

A key belongs to one officer and one route. It is reserved before the work starts, so that two copies of a request that
arrive at the same moment do not both run. The work's own transaction notes on the reservation that it is done: a reservation
whose process died before that is taken over after a minute, one whose process died after that is never worked on again.
Verbs that change nothing the second time need no reservation; only their answers are kept.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
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
DONE = 1
"""The work is committed, its answer not yet kept."""
PATIENCE = timedelta(minutes=1)
"""After this long a reservation without an answer is taken to be abandoned."""
KEPT = timedelta(hours=48)


class StillRunningError(OneCaseError):
    """The first request under this key has not been answered yet."""

    status = 409
    code = "idempotency_running"

    def __init__(self) -> None:
        super().__init__("同一请求正在处理，请稍后用同一标识再试。", "The same request is being worked on; repeat it in a moment.")


class AnswerLostError(OneCaseError):
    """The process ended after the work was done and before its answer was kept."""

    status = 409
    code = "idempotency_answer_lost"

    def __init__(self) -> None:
        super().__init__(
            "同一请求已经办理，但当时的答复未能留存，请直接查看现状。",
            "The request under this Idempotency-Key was carried out, but its answer was lost; read the present state.",
        )


def remembered(desk: Desk, officer: Officer, key: str, route: str, body_hash: str, *, reserve: bool = True) -> tuple[int, Any] | None:
    """The answer kept under the key, or None after reserving the key for the caller (unless the work may be done twice).

    Raises IdempotencyMismatch for another body, StillRunningError while the first request is at work, AnswerLostError.
    """
    if not reserve:
        with desk.database.reading() as session:
            return _kept(session, (officer.id, key, route), body_hash)
    try:
        with desk.database.transaction() as session:
            return _kept_or_reserved(session, desk, (officer.id, key, route), body_hash)
    except IntegrityError:  # the other copy was quicker by a moment
        raise StillRunningError from None


def note_done(session: Session, officer: Officer, key: str, route: str) -> None:
    """In the transaction of the work: it is done now. Raises StillRunningError when another copy of the request took over."""
    reserved = session.get(records.Idempotency, (officer.id, key, route), with_for_update=True)
    if reserved is None or reserved.status != RUNNING:
        raise StillRunningError
    reserved.status = DONE


def remember(
    desk: Desk, officer: Officer, key: str, route: str, body_hash: str, status: int, response: Any, *, reserved: bool = True
) -> None:
    """Keep the answer. A failure of ours (5xx) is not kept: the key is given back, unless the work is known to be done."""
    failed = status >= 500  # noqa: PLR2004 - the class of HTTP statuses
    if failed and not reserved:
        return
    with suppress(IntegrityError), desk.database.transaction() as session:  # another copy kept the same answer a moment ago
        row = session.get(records.Idempotency, (officer.id, key, route), with_for_update=True)
        if row is None:
            if not reserved:
                session.add(_row(officer.id, key, route, body_hash, status, response, desk.now()))
        elif row.body_hash == body_hash and row.status in (RUNNING, DONE):
            if not failed:
                row.status, row.response, row.at = status, response, desk.now()
            elif row.status == RUNNING:
                session.delete(row)


def forget_old(desk: Desk) -> None:
    """Drop the answers that nobody will ask for any more."""
    with desk.database.transaction() as session:
        session.execute(delete(records.Idempotency).where(records.Idempotency.at < desk.now() - KEPT))


def _kept_or_reserved(session: Session, desk: Desk, place: tuple[Any, str, str], body_hash: str) -> tuple[int, Any] | None:
    now = desk.now()
    row = session.get(records.Idempotency, place, with_for_update=True)
    if row is None:
        session.add(_row(*place, body_hash, RUNNING, None, now))
        return None
    _same_request(row, body_hash)
    if row.status not in (RUNNING, DONE):
        return row.status, row.response
    if now - row.at < PATIENCE:
        raise StillRunningError
    if row.status == DONE:
        raise AnswerLostError
    row.at = now
    return None


def _kept(session: Session, place: tuple[Any, str, str], body_hash: str) -> tuple[int, Any] | None:
    row = session.get(records.Idempotency, place)
    if row is None:
        return None
    _same_request(row, body_hash)
    return (row.status, row.response) if row.status not in (RUNNING, DONE) else None


def _same_request(row: records.Idempotency, body_hash: str) -> None:
    if row.body_hash != body_hash:
        raise IdempotencyMismatch(
            "这个标识已用于另一个请求，请换一个。", "This Idempotency-Key was used for another request; choose a new one."
        )


def _row(officer_id: Any, key: str, route: str, body_hash: str, status: int, response: Any, at: datetime) -> records.Idempotency:
    return records.Idempotency(officer_id=officer_id, key=key, route=route, body_hash=body_hash, status=status, response=response, at=at)
