"""What an error of the database means to whoever asked: away, busy, or neither (then it is a fault of ours and stays as it is)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm.exc import StaleDataError

from workflows.errors import DatabaseAway, DatabaseBusy, Unavailable

log = structlog.get_logger()

ROLLED_BACK = frozenset({"40001", "40P01"})
"""SQLSTATE of a serialization failure and a deadlock: the server undid the transaction, the same work may be done again at once."""
WAITED = frozenset({"55P03", "57014"})
"""A lock or a statement that took longer than we wait: doing it again at once would wait again."""
AWAY_CLASSES = ("08", "53", "57P")
"""Connection failures, a server without memory, disk or free connections, a server that stops or starts."""
READ_ONLY = "25006"
"""A standby answers: the server that writes has moved."""
SQLITE_WAITED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
SQLITE_AWAY = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY})
PRIMARY = 0xFF
"""The primary code of SQLite stands in the lowest byte of the extended one."""


@contextmanager
def explained() -> Iterator[None]:
    """Errors of the database that are about the moment leave as `Unavailable`, with the cause in the log."""
    try:
        yield
    except (DBAPIError, PoolTimeoutError, StaleDataError) as error:
        told = unavailable(error)
        if told is None:
            raise
        log.warning("database_unavailable", code=told.code, cause=" ".join(str(getattr(error, "orig", error)).split())[:300])
        raise told from error


def unavailable(error: Exception) -> Unavailable | None:
    """What to tell, or None when the error is not about the moment."""
    if isinstance(error, StaleDataError):
        return DatabaseBusy(again=True)
    if isinstance(error, PoolTimeoutError):
        return DatabaseBusy(again=False)
    if not isinstance(error, DBAPIError):
        return None
    return _of_sqlite(error.orig) if isinstance(error.orig, sqlite3.Error) else _of_postgresql(error)


def lost(error: DBAPIError) -> bool:
    """Whether the connection ended with this error, so that the answer to what was sent last is not known."""
    return error.connection_invalidated or isinstance(_of_postgresql(error), DatabaseAway)


def _of_postgresql(error: DBAPIError) -> Unavailable | None:
    state: str | None = getattr(error.orig, "sqlstate", None)
    if error.connection_invalidated or (state is None and isinstance(error, OperationalError)):
        return DatabaseAway(again=True)
    if state is None:
        return None
    if state in ROLLED_BACK:
        return DatabaseBusy(again=True)
    if state in WAITED:
        return DatabaseBusy(again=False)
    return DatabaseAway(again=True) if state.startswith(AWAY_CLASSES) or state == READ_ONLY else None


def _of_sqlite(error: sqlite3.Error) -> Unavailable | None:
    code = getattr(error, "sqlite_errorcode", 0) & PRIMARY
    if code in SQLITE_WAITED:
        return DatabaseBusy(again=False)
    return DatabaseAway(again=False) if code in SQLITE_AWAY else None
