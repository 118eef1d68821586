"""What the two databases write differently when they make rows out of numbers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from workflows.desk import Desk

LOADED = ("case_file", "participant", "task", "clock")
"""The tables that are filled in bulk."""


class Speech(ABC):
    """SQL expressions of one database, as text. `n` and the like are expressions of whole numbers."""

    def __init__(self, now: int):
        self.now = now  # seconds since 1970

    @abstractmethod
    def series(self, rows: int) -> str:
        """A table with one column `n`, from 1 to `rows`."""

    @abstractmethod
    def key(self, kind: int, n: str) -> str:
        """A UUID: the first half scatters as real ones do, the second tells them apart."""

    @abstractmethod
    def moment(self, seconds: str) -> str:
        """So many seconds after now."""

    @abstractmethod
    def agency(self, n: str) -> str:
        """The code of the nth agency."""

    @abstractmethod
    def person(self, n: str) -> str:
        """The id of the nth officer."""

    @abstractmethod
    def blob(self, size: int) -> str:
        """So many bytes."""

    @abstractmethod
    def take_away(self, connection: Connection) -> list[str]:
        """Drop the indexes and triggers of the loaded tables; returns the statements that make them again."""

    def put_back(self, connection: Connection, made: list[str]) -> None:
        """Make the indexes and triggers again."""
        for statement in made:  # indexes stand before triggers
            self.run(connection, statement)

    def run(self, connection: Connection, statement: str) -> None:
        """Execute a statement without parameters."""
        connection.exec_driver_sql(statement)
        connection.commit()


class Sqlite(Speech):
    def series(self, rows: int) -> str:
        return f"(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {rows}) SELECT n FROM s) AS t"

    def key(self, kind: int, n: str) -> str:
        return f"printf('%08x%08x{kind:08x}%08x', ({n}) * 2654435761 % 4294967296, ({n}) * 40503 % 65536, {n})"

    def moment(self, seconds: str) -> str:
        return f"strftime('%Y-%m-%d %H:%M:%S', {self.now} + ({seconds}), 'unixepoch') || '.000000'"

    def agency(self, n: str) -> str:
        return f"printf('p%03d', {n})"

    def person(self, n: str) -> str:
        return f"printf('%032x', {n})"

    def blob(self, size: int) -> str:
        return f"zeroblob({size})"

    def take_away(self, connection: Connection) -> list[str]:
        listed = ", ".join(f"'{table}'" for table in LOADED)
        query = (
            f"SELECT type, name, sql FROM sqlite_master WHERE tbl_name IN ({listed}) AND type <> 'table' AND sql IS NOT NULL ORDER BY type"
        )
        made = connection.execute(text(query)).all()
        connection.rollback()
        self._set(connection, "foreign_keys=OFF", "synchronous=OFF", "journal_mode=OFF", "cache_size=-400000", "temp_store=MEMORY")
        for kind, name, _ in made:
            connection.exec_driver_sql(f"DROP {kind} {name}")
        return [sql for _, _, sql in made]

    def put_back(self, connection: Connection, made: list[str]) -> None:
        super().put_back(connection, made)
        self._set(connection, "journal_mode=WAL")

    def _set(self, connection: Connection, *pragmas: str) -> None:
        connection.exec_driver_sql("COMMIT")  # they are heard outside a transaction only
        for pragma in pragmas:
            connection.exec_driver_sql(f"PRAGMA {pragma}").close()
        connection.exec_driver_sql("BEGIN")


class Postgresql(Speech):
    def series(self, rows: int) -> str:
        return f"generate_series(1::bigint, {rows}) AS t(n)"

    def key(self, kind: int, n: str) -> str:
        halves = (f"({n})::bigint * 2654435761 % 4294967296", f"({n})::bigint * 40503 % 65536", str(kind), f"({n})::bigint")
        return "(" + " || ".join(f"lpad(to_hex({half}), 8, '0')" for half in halves) + ")::uuid"

    def moment(self, seconds: str) -> str:
        return f"to_timestamp({self.now} + ({seconds}))"

    def agency(self, n: str) -> str:
        return f"'p' || lpad(({n})::text, 3, '0')"

    def person(self, n: str) -> str:
        return f"lpad(to_hex(({n})::bigint), 32, '0')::uuid"

    def blob(self, size: int) -> str:
        return f"decode(repeat('00', {size}), 'hex')"

    def run(self, connection: Connection, statement: str) -> None:
        super().run(connection, statement.replace("%", "%%"))  # psycopg reads a single one as a placeholder

    def take_away(self, connection: Connection) -> list[str]:
        listed = ", ".join(f"'{table}'" for table in LOADED)
        query = f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ({listed}) AND indexname LIKE 'ix%'"
        made = connection.execute(text(query)).all()
        connection.execute(text("SET session_replication_role = replica"))  # no triggers, those of foreign keys included
        connection.execute(text("SET maintenance_work_mem = '256MB'"))
        for name, _ in made:
            connection.exec_driver_sql(f"DROP INDEX {name}")
        connection.commit()
        return [sql for _, sql in made]


def speech(desk: Desk, now: int) -> Speech:
    """How the desk's database writes it."""
    return Sqlite(now) if desk.database.is_sqlite else Postgresql(now)


@contextmanager
def bare_tables(connection: Connection, words: Speech) -> Iterator[None]:
    """Rows come in without indexes and triggers; afterwards everything is as the migrations made it."""
    made = words.take_away(connection)
    yield
    words.put_back(connection, made)
    connection.invalidate()  # the connection's settings were for loading only
