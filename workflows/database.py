"""The database: engine, transactions, migrations. SQLite in WAL mode when embedded, PostgreSQL in production.

Pools, timeouts and repetitions are decided here (docs/decisions/0005). An error that is about the moment leaves as `Unavailable`;
whoever may do its work again as a whole says so with `retried`.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, DisconnectionError, IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from workflows import prepared
from workflows.errors import DatabaseBusy, OutcomeUnknown, Unavailable
from workflows.unavailability import explained, lost

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MS = 10_000
"""How long anybody waits for a lock, in milliseconds: SQLite's one write lock, or a row of PostgreSQL."""
STATEMENT_MS = 30_000
"""The longest a statement of a request may take on PostgreSQL, in milliseconds."""
IDLE_MS = 60_000
"""A transaction that does nothing for so long belongs to a process that hangs; PostgreSQL ends it."""
CONNECT_SECONDS = 5
POOL_SECONDS = 10
"""How long a request waits for a free connection of its process."""
RECYCLE_SECONDS = 1800
PING_AFTER_SECONDS = 5.0
"""A connection that rested longer is asked whether it still lives. One used a moment ago is not: that would cost each step a round trip."""
PAUSES = (0.05, 0.2, 0.7)
"""Seconds before the second, third … attempt, each varied by half so that two who met do not meet again."""

READABLE = json.JSONEncoder(ensure_ascii=False)
Work = TypeVar("Work")
Companion = Callable[[Session], None]


class _Here(threading.local):
    """What a thread is doing with a database."""

    commits = 0
    """Transactions that are, or may be, committed."""
    companion: Companion | None = None


class Database:
    """One engine and the two kinds of transaction that verbs use."""

    def __init__(self, url: str, *, pool_size: int = 10, patient: bool = False) -> None:
        """Connect lazily to `url`; a missing SQLite folder is made. `patient` sets no limit to how long a statement or lock takes."""
        self.url = make_url(url)
        if self.url.get_backend_name() == "postgresql" and self.url.drivername == "postgresql":
            self.url = self.url.set(drivername="postgresql+psycopg")
        self.engine = _sqlite(self.url, pool_size) if self.is_sqlite else _postgresql(self.url, pool_size, patient=patient)
        self._write = sessionmaker(self.engine, expire_on_commit=False)
        self._here = _Here()
        self._turns = threading.Lock()

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A writing transaction: committed at the end, rolled back on any error. SQLite takes its write lock at once.

        Raises Unavailable when the database is away or busy too long, OutcomeUnknown when it went away during the commit.
        """
        with explained(), self._turn(), self._write() as session:
            session.connection(execution_options={"onecase_write": True})
            try:
                yield session
                if self._here.companion is not None:
                    self._here.companion(session)
                session.flush()  # so that whatever goes wrong here is known not to be committed
                self._commit(session)
            except BaseException:
                session.rollback()
                raise

    @contextmanager
    def step(self) -> Iterator[Connection]:
        """The same kind of transaction without a session, which would cost a step a tenth of its time.

        Raises Unavailable and OutcomeUnknown as `transaction` does.
        """
        with explained(), self._turn(), self.engine.connect() as connection:
            connection.execution_options(onecase_write=True).begin()
            try:
                yield connection
                if self._here.companion is not None:
                    with Session(connection) as session:
                        self._here.companion(session)
                        session.flush()
                self._commit(connection)
            except BaseException:
                connection.rollback()
                raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads. Raises Unavailable."""
        with explained(), self._write() as session:
            yield session
            session.rollback()

    def retried(self, work: Callable[[], Work]) -> Work:
        """Do `work`, again from its start when the database was away or undid it, as long as nothing of it can be committed.

        Two who wrote the same key at once count as well: the second sees the first's row when it looks again.
        """
        for pause in PAUSES:
            before = self._here.commits
            try:
                return work()
            except IntegrityError:
                if self._here.commits != before or pause != PAUSES[0]:
                    raise
            except Unavailable as error:
                if self._here.commits != before:
                    raise OutcomeUnknown from error
                if not error.again:
                    raise
            time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - no secret
        return work()

    @contextmanager
    def accompanied(self, companion: Companion | None) -> Iterator[None]:
        """The first transaction of this thread that commits inside does what `companion` does as well, or neither happens."""
        self._here.companion = companion
        try:
            yield
        finally:
            self._here.companion = None

    def ask(self) -> None:
        """Make sure that the database answers. Raises Unavailable."""
        with self.reading() as session:
            session.execute(text("SELECT 1"))

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    def _commit(self, work: Session | Connection) -> None:
        try:
            work.commit()
        except DBAPIError as error:
            if lost(error):
                self._here.commits += 1
                raise OutcomeUnknown from error
            raise
        self._here.commits += 1
        self._here.companion = None

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """SQLite's writers of one process queue here: waiting inside SQLite is polling with growing pauses, which starves some."""
        if not self.is_sqlite:
            yield
            return
        if not self._turns.acquire(timeout=BUSY_MS / 1000):
            raise DatabaseBusy(again=False)
        try:
            yield
        finally:
            self._turns.release()


def as_json(value: Any) -> str:
    """What a column of JSON holds: characters as they are, which is half as long as escapes for Chinese and read seven times as fast."""
    text = READABLE.encode(value)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which no encoding stores: a draft may hold whatever was typed
        return json.dumps(value)
    return text


def _sqlite(url: URL, pool_size: int) -> Engine:
    file = url.database if url.database != ":memory:" else None
    if file:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    pool = {"pool_size": pool_size, "pool_timeout": POOL_SECONDS} if file else {}
    engine = create_engine(url, json_serializer=as_json, connect_args={"timeout": BUSY_MS / 1000, "isolation_level": None}, **pool)

    @event.listens_for(engine, "connect")
    def _prepare(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # an acknowledged step survives a power cut
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # BEGIN IMMEDIATE for writers: two deferred transactions that both read and then write would deadlock.
        prepared.send(connection, "BEGIN IMMEDIATE" if connection.get_execution_options().get("onecase_write") else "BEGIN")

    return engine


def _postgresql(url: URL, pool_size: int, *, patient: bool) -> Engine:
    limits = {
        "lock_timeout": 0 if patient else BUSY_MS,
        "statement_timeout": 0 if patient else STATEMENT_MS,
        "idle_in_transaction_session_timeout": IDLE_MS,
        "default_transaction_isolation": r"read\ committed",  # what locking a row and then reading it relies on
    }
    ours = " ".join(f"-c {name}={value}" for name, value in limits.items())
    engine = create_engine(
        url,
        json_serializer=as_json,
        pool_size=pool_size,
        max_overflow=2,
        pool_timeout=POOL_SECONDS,
        pool_recycle=RECYCLE_SECONDS,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "options": f"{ours} {url.query.get('options', '')}".strip(),
            "application_name": url.query.get("application_name", "onecase"),
            # A server that vanished without a word is noticed within a minute instead of two hours.
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            "tcp_user_timeout": 30_000,
        },
    )
    _ping_what_rested(engine)
    return engine


def _ping_what_rested(engine: Engine) -> None:
    @event.listens_for(engine, "checkin")
    def _rest(_connection: object, record: Any) -> None:
        record.info["resting_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _ping(connection: Any, record: Any, _fairy: object) -> None:
        since = record.info.pop("resting_since", None)
        if since is None or time.monotonic() - since < PING_AFTER_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error  # the pool connects anew


def connection_of(work: Session | Connection) -> Connection:
    """The connection of a transaction, whichever way it was begun."""
    return work if isinstance(work, Connection) else work.connection()


def migrate(url: str) -> None:
    """Bring the tables of `url` to the newest version."""
    from alembic import command  # noqa: PLC0415 - only who migrates pays for alembic's import

    with explained():
        command.upgrade(alembic_config(url), "head")


def alembic_config(url: str) -> Config:
    """Alembic's configuration without a file."""
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    return config
