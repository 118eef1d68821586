"""What a step writes, gathered while it goes and sent at its end: one statement for each kind of row, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import ClauseElement, Connection, Table, bindparam, func, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from workflows.errors import DatabaseBusy
from workflows.prepared import Prepared, write_all
from workflows.records import (
    AdRefusal,
    Advertisement,
    Base,
    Case,
    Clock,
    ClockEntry,
    Document,
    DocumentTemplate,
    Event,
    Fact,
    Message,
    Participant,
    Penalty,
    Serial,
    Subject,
    SubjectName,
    SubjectPerson,
    Task,
)

Rows = list[dict[str, Any]]
INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
CHANGED = "changed_"
"""Before the name of a parameter that selects the row to change: a column of the same name may be written too."""
MOVED = ("state", "lanes", "record_length", "record_head", "row_version")
"""Columns of a case that every step writes."""
TURNED = ("status", "closed_at")
"""And those of a step that leaves it no longer open: SQLite rewrites the index of a column that is written, even with the same value."""


RENEWED = ("name", "name_en", "agency", "role", "assignee", "revision")
"""Columns of an open task that another version of its process may say otherwise."""


class Writes:
    """The rows of one step, by statement."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._rows: dict[str, Rows] = defaultdict(list)

    def add(self, kind: str, row: Mapping[str, Any]) -> None:
        """One more row of a kind of `STATEMENTS`. Every row of a kind has the same columns."""
        self._rows[kind].append(dict(row))

    def send(self, connection: Connection) -> None:
        """Write everything. Raises DatabaseBusy when the case row is not the one that the step began with."""
        sent = [(kind, self._rows.pop(kind)) for kind in STATEMENTS if kind in self._rows]
        touched = write_all(connection, [(STATEMENTS[kind], rows) for kind, rows in sent])
        if any(kind in {"case_moved", "case_turned"} and count != 1 for (kind, _), count in zip(sent, touched, strict=True)):
            raise DatabaseBusy(again=True)


def _insert(record: type[Base], *left_out: str) -> Prepared:
    def build(_dialect: str) -> ClauseElement:
        return insert(_table(record)).inline().values(_places(record, left_out))

    return Prepared(build)


def _change(record: type[Base], key: tuple[str, ...], *written: str) -> Prepared:
    def build(_dialect: str) -> ClauseElement:
        columns = _table(record).c
        selected = [columns[name] == bindparam(CHANGED + name) for name in key]
        return update(_table(record)).where(*selected).values({name: bindparam(name) for name in written})

    return Prepared(build)


def _fact(dialect: str) -> ClauseElement:
    made = INSERT[dialect](_table(Fact)).inline().values(_places(Fact))
    new = {name: made.excluded[name] for name in ("value", "text", "task", "officer", "at")}
    upsert: ClauseElement = made.on_conflict_do_update(index_elements=["case", "scope", "name"], set_=new)
    return upsert


def _once(record: type[Base], *key: str) -> Prepared:
    """Insert, unless there is a row of this key."""

    def build(dialect: str) -> ClauseElement:
        made = INSERT[dialect](_table(record)).inline().values(_places(record))
        once: ClauseElement = made.on_conflict_do_nothing(index_elements=list(key))
        return once

    return Prepared(build)


def _latest(record: type[Base], key: tuple[str, ...]) -> Prepared:
    """Insert, or change the row of this key: all of it but its id and the case that caused it first."""

    def build(dialect: str) -> ClauseElement:
        made = INSERT[dialect](_table(record)).inline().values(_places(record))
        new = {column.name: made.excluded[column.name] for column in _table(record).c if column.name not in {"id", "case", *key}}
        new["case"] = func.coalesce(_table(record).c.case, made.excluded.case)
        latest: ClauseElement = made.on_conflict_do_update(index_elements=list(key), set_=new)
        return latest

    return Prepared(build)


def _serial(dialect: str) -> ClauseElement:
    last = _table(Serial).c.last
    first = INSERT[dialect](_table(Serial)).values(series=bindparam("series"), year=bindparam("year"), last=1)
    taken: ClauseElement = first.on_conflict_do_update(index_elements=["series", "year"], set_={"last": last + 1}).returning(last)
    return taken


def _table(record: type[Base]) -> Table:
    return cast("Table", record.__table__)


def _places(record: type[Base], left_out: tuple[str, ...] = ()) -> dict[str, Any]:
    return {column.name: bindparam(column.name) for column in _table(record).c if column.name not in left_out}


STATEMENTS = {
    "case_opened": _insert(Case),
    "case_moved": _change(Case, ("id", "row_version"), *MOVED),
    "case_turned": _change(Case, ("id", "row_version"), *MOVED, *TURNED),
    "case_version": _change(Case, ("id",), "version", "digest"),
    "task_renewed": _change(Task, ("id",), *RENEWED),
    "task_done": _change(Task, ("id",), "state", "answers", "draft", "assignee", "completed_by", "completed_at", "revision", "outcome"),
    "task_gone": _change(Task, ("id",), "state"),
    "task_opened": _insert(Task),
    "part_begun": _insert(Participant),
    "part_ended": _change(Participant, ("id",), "until"),
    "clock_started": _insert(Clock),
    "clock_stopped": _change(Clock, ("id",), "state", "stopped_at", "alarm_at"),
    "clock_entry": _insert(ClockEntry),
    "fact": Prepared(_fact),
    "template": _once(DocumentTemplate, "digest"),
    "document": _insert(Document),
    "message": _once(Message, "key"),
    "subject": _insert(Subject),
    "subject_coded": _change(Subject, ("id",), "code"),
    "subject_owned": _change(Subject, ("id",), "ownership"),
    "subject_name": _once(SubjectName, "subject", "key"),
    "subject_person": _once(SubjectPerson, "subject", "part", "key", "id_digest"),
    "penalty": _latest(Penalty, ("authority", "number")),
    "penalty_status": _change(Penalty, ("id",), "status", "status_reason", "certified_copy"),
    "ad_violation": _latest(Advertisement, ("subject", "number", "act_on")),
    "ad_refusal": _latest(AdRefusal, ("subject", "number")),
    "event": _insert(Event, "id"),
}
"""The statements of a step by kind, in an order in which every row finds those that it points to."""
NEXT_SERIAL = Prepared(_serial)
"""Takes the next number of a series; the series' row stays locked until the transaction ends."""
