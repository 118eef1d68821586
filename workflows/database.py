"""The database: engine, transactions, migrations. SQLite in WAL mode when embedded, PostgreSQL in production."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MS = 10_000
"""How long a writer waits for SQLite's one write lock, in milliseconds."""


class Database:
    """One engine and the two kinds of transaction that verbs use."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        """Connect lazily to `url`; a missing SQLite folder is made."""
        self.url = make_url(url)
        if self.url.get_backend_name() == "postgresql" and self.url.drivername == "postgresql":
            self.url = self.url.set(drivername="postgresql+psycopg")
        self.engine = _sqlite(self) if self.is_sqlite else create_engine(self.url, pool_size=pool_size, pool_pre_ping=True)
        self._write = sessionmaker(self.engine, expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A writing transaction: committed at the end, rolled back on any error. SQLite takes its write lock at once."""
        with self._write() as session:
            session.connection(execution_options={"onecase_write": True})
            try:
                yield session
                session.commit()
            except BaseException:
                session.rollback()
                raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads."""
        with self._write() as session:
            yield session
            session.rollback()

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def _sqlite(database: Database) -> Engine:
    if database.url.database and database.url.database != ":memory:":
        Path(database.url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(database.url, connect_args={"timeout": BUSY_MS / 1000, "isolation_level": None})

    @event.listens_for(engine, "connect")
    def _prepare(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # an acknowledged step survives a power cut
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: object) -> None:
        # BEGIN IMMEDIATE for writers: two deferred transactions that both read and then write would deadlock.
        write = connection.get_execution_options().get("onecase_write")  # type: ignore[attr-defined]
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")  # type: ignore[attr-defined]

    return engine


def migrate(url: str) -> None:
    """Bring the tables of `url` to the newest version."""
    from alembic import command  # noqa: PLC0415 - only who migrates pays for alembic's import

    command.upgrade(alembic_config(url), "head")


def alembic_config(url: str) -> Config:
    """Alembic's configuration without a file."""
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    return config
