"""What a step writes, gathered while it goes and sent at its end: one statement for each kind of row, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable, Table, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite

from workflows.errors import Stale
from workflows.records import Case, Clock, ClockEntry, Document, Event, Fact, Message, Participant, Serial, Task

Rows = list[dict[str, Any]]
INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
CHANGED = "changed_"
"""Before the name of a parameter that selects the row to change: a column of the same name may be written too."""


class Writes:
    """The rows of one step, by statement."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._rows: dict[str, Rows] = defaultdict(list)

    def add(self, kind: str, row: Mapping[str, Any]) -> None:
        """One more row of a kind that `statements` knows. Every row of a kind has the same columns."""
        self._rows[kind].append(dict(row))

    def send(self, connection: Connection) -> None:
        """Write everything. Raises Stale when the case row is not the one that the step began with."""
        for kind, statement in statements(connection.dialect.name).items():
            rows = self._rows.pop(kind, None)
            if rows is None:
                continue
            sent = connection.execute(statement, rows[0] if len(rows) == 1 else rows)
            if kind == "case_moved" and sent.rowcount != 1:
                raise Stale("案件已被他人推进，请刷新后再试。", "The case has moved on meanwhile; reload it and try again.")


@cache
def statements(dialect: str) -> dict[str, Executable]:
    """The statements of a dialect by kind, in an order in which every row finds those that it points to."""
    insert = INSERT[dialect]
    fact, message = insert(_table(Fact)), insert(_table(Message))
    new = ("value", "text", "task", "officer", "at")
    return {
        "case_opened": insert(_table(Case)).inline(),
        "case_moved": _change(
            Case, ("id", "row_version"), "state", "status", "closed_at", "lanes", "record_length", "record_head", "row_version"
        ),
        "task_done": _change(Task, ("id",), "state", "answers", "draft", "assignee", "completed_by", "completed_at", "revision", "outcome"),
        "task_gone": _change(Task, ("id",), "state"),
        "task_opened": insert(_table(Task)).inline(),
        "part_begun": insert(_table(Participant)).inline(),
        "part_ended": _change(Participant, ("id",), "until"),
        "clock_started": insert(_table(Clock)).inline(),
        "clock_stopped": _change(Clock, ("id",), "state", "stopped_at", "alarm_at"),
        "clock_entry": insert(_table(ClockEntry)).inline(),
        "fact": fact.on_conflict_do_update(
            index_elements=["case", "scope", "name"], set_={name: fact.excluded[name] for name in new}
        ).inline(),
        "document": insert(_table(Document)).inline(),
        "message": message.on_conflict_do_nothing(index_elements=["key"]).inline(),
        "event": insert(_table(Event)).inline(),
    }


@cache
def next_serial(dialect: str) -> Executable:
    """The statement that takes the next number of a series; the series' row stays locked until the transaction ends."""
    series = INSERT[dialect](_table(Serial)).values(series=bindparam("series"), year=bindparam("year"), last=1)
    again = series.on_conflict_do_update(index_elements=["series", "year"], set_={"last": _table(Serial).c.last + 1})
    taken: Executable = again.returning(_table(Serial).c.last)
    return taken


def _change(record: type, key: tuple[str, ...], *written: str) -> Executable:
    table = _table(record)
    selected = [table.c[name] == bindparam(CHANGED + name) for name in key]
    return update(table).where(*selected).values({name: bindparam(name) for name in written})


def _table(record: Any) -> Table:
    table: Table = record.__table__
    return table
