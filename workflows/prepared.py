"""Statements of the hot path: built and compiled by SQLAlchemy once, run on the driver's own cursor.

SQLAlchemy's execution of a compiled statement costs several times what SQLite needs for it (docs/decisions/0007), and it cannot
send several at once; types, dialects, connections, transactions and errors stay SQLAlchemy's. On PostgreSQL what is sent together
goes in one round trip (psycopg's pipeline mode).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ClauseElement, Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

Parameters = Mapping[str, Any]
Convert = Callable[[Any], Any]


@dataclass(frozen=True)
class Compiled:
    """A statement as one dialect wants it."""

    text: str
    places: tuple[tuple[str, Convert | None], ...]
    """Its parameters in the order of their places, with what makes a driver's value of each."""
    constants: Mapping[str, Any]
    """Values that stand in the statement itself, as the driver wants them."""
    positional: bool
    from_driver: tuple[tuple[int, Convert], ...]

    def parameters(self, given: Parameters) -> Any:
        """What the driver gets for `given`."""
        values = [
            self.constants[name] if name in self.constants else given[name] if convert is None else convert(given[name])
            for name, convert in self.places
        ]
        return values if self.positional else {name: value for (name, _), value in zip(self.places, values, strict=True)}

    def row(self, fetched: Sequence[Any]) -> list[Any]:
        """A row that the driver gave."""
        made = list(fetched)
        for place, convert in self.from_driver:
            if made[place] is not None:
                made[place] = convert(made[place])
        return made


class Prepared:
    """One statement for all dialects; `build` makes it for one, by name."""

    def __init__(self, build: Callable[[str], ClauseElement]) -> None:
        """Nothing is built before it is first run."""
        self._build = build
        self._compiled: dict[str, Compiled] = {}

    def compiled(self, dialect: Dialect) -> Compiled:
        """The statement as `dialect` wants it."""
        found = self._compiled.get(dialect.name)
        if found is None:
            found = self._compiled[dialect.name] = _compile(self._build(dialect.name), dialect)
        return found


def _compile(statement: ClauseElement, dialect: Dialect) -> Compiled:
    made: Any = statement.compile(dialect=dialect)
    convert = {name: _processor(bind.type, dialect) for name, bind in made.binds.items()}
    constants = {
        name: change(bind.effective_value) if (change := convert[name]) else bind.effective_value
        for name, bind in made.binds.items()
        if not bind.required
    }
    names = made.positiontup if made.positional else made.binds
    columns = list(getattr(statement, "exported_columns", ())) or list(getattr(statement, "_returning", ()))
    results = ((place, _result(column.type, dialect)) for place, column in enumerate(columns))
    return Compiled(
        text=str(made),
        places=tuple((name, convert[name]) for name in names),
        constants=constants,
        positional=bool(made.positional),
        from_driver=tuple((place, change) for place, change in results if change),
    )


def _processor(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _result(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def select_all(connection: Connection, asked: Sequence[tuple[Prepared, Parameters]]) -> list[list[list[Any]]]:
    """The rows of each of several queries, in one round trip where the database can."""
    dialect, driver = connection.dialect, connection.connection
    with _as_sqlalchemys(connection):
        cursors = []
        with _together(dialect, driver, len(asked)):
            for statement, given in asked:
                compiled = statement.compiled(dialect)
                cursor, parameters = driver.cursor(), compiled.parameters(given)
                _announce(connection, cursor, compiled.text, parameters, many=False)
                cursor.execute(compiled.text, parameters)
                cursors.append((compiled, cursor))
        return [[compiled.row(row) for row in cursor.fetchall()] for compiled, cursor in cursors]


def write_all(connection: Connection, asked: Sequence[tuple[Prepared, Sequence[Parameters]]]) -> list[int]:
    """Run each statement for each of its rows, in one round trip where the database can. Returns how many rows each touched."""
    dialect, driver = connection.dialect, connection.connection
    with _as_sqlalchemys(connection):
        cursors = []
        with _together(dialect, driver, len(asked)):
            for statement, rows in asked:
                compiled = statement.compiled(dialect)
                cursor, parameters = driver.cursor(), [compiled.parameters(row) for row in rows]
                many = len(rows) > 1
                _announce(connection, cursor, compiled.text, parameters if many else parameters[0], many=many)
                if many:
                    cursor.executemany(compiled.text, parameters)
                else:
                    cursor.execute(compiled.text, parameters[0])
                cursors.append(cursor)
        return [cursor.rowcount for cursor in cursors]


def send(connection: Connection, command: str) -> None:
    """Run a command that has neither parameters nor an answer."""
    driver = connection.connection
    with _as_sqlalchemys(connection):
        cursor = driver.cursor()
        _announce(connection, cursor, command, (), many=False)
        cursor.execute(command)


def _announce(connection: Connection, cursor: Any, text: str, parameters: Any, *, many: bool) -> None:
    """Whoever listens for SQLAlchemy's statements, such as a tracer, hears these as well."""
    for listen in connection.engine.dispatch.before_cursor_execute:
        listen(connection, cursor, text, parameters, None, many)


def _together(dialect: Dialect, driver: Any, statements: int) -> Any:
    return driver.driver_connection.pipeline() if statements > 1 and dialect.name == "postgresql" else nullcontext()


@contextmanager
def _as_sqlalchemys(connection: Connection) -> Iterator[None]:
    """Errors of the driver as SQLAlchemy's, a lost connection thrown away, as if SQLAlchemy had run the statement."""
    try:
        yield
    except connection.dialect.loaded_dbapi.Error as error:
        lost = connection.dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
        if lost:
            connection.invalidate(error)
        base = connection.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(None, None, error, base, connection_invalidated=lost, dialect=connection.dialect) from error
