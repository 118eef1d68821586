"""Bringing in penalties from a file: read it, look at what would happen, enter it whole or not at all."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, or_, select, tuple_
from sqlalchemy.orm import Session

from workflows import journal
from workflows.contracts import NewPenalty, NewPerson, Text
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.errors import NotFound, OneCaseError
from workflows.records import Officer as OfficerRow
from workflows.records import Penalty, RegisterImport
from workflows.registers import matters, names, penalties, scope
from workflows.registers.codes import Identity
from workflows.registers.entering import Entering
from workflows.registers.penalty_sheet import Fault, Row, rows_of
from workflows.registers.sheet import read as read_lines
from workflows.rows import as_page, page
from workflows.views import Officer, Page
from workflows.views.registers import FileFault, FileImport, FileRow
from workflows.working_days import CHINA
from workflows.writing import Writes

NEW, CHANGED, SAME = "new", "changed", "same"
COMPARED = ("act", "act_on", "decided_on", "function", "region", "source", "kinds", "fine", "status", "summary", "certified_copy")
TOGETHER = 400
"""Decisions that are looked for in one statement."""
PERSON = Text("（自然人）", "(a natural person)")
OURS = Fault(
    0,
    "决定书文号",
    "本系统案件中作出的处罚不能通过导入修改。",
    "A penalty decided in a case of this installation is not changed by an import.",
)


def read(desk: Desk, officer: Officer | None, file_name: str, content: bytes) -> FileImport:
    """Read a file and keep it to be looked at; no register changes. `officer` None: the installer on the machine.

    Identity numbers are digested before anything is kept. Raises NotAllowed, and UnreadableFile for what is no table.
    """
    now = desk.now()
    with desk.database.transaction() as session:
        people = Directory(session)
        if officer is not None:
            scope.require_keeper(officer, people)
        lines = read_lines(file_name, content)
        known, salt = matters.names(session.connection()), desk.settings.identity_salt
        rows, faults = rows_of(lines, known, salt, now.astimezone(CHINA).date())
        kept = RegisterImport(
            id=uuid4(),
            file_name=file_name.strip()[-200:] or "?",
            digest=hashlib.sha256(content).hexdigest(),
            rows=[_stored(row) for row in rows],
            faults=[asdict(fault) for fault in faults],
            outcome={},
            officer=officer.id if officer else None,
            at=now,
        )
        session.add(kept)
        session.flush()
        return _shown(session, people, officer, kept)


def get(desk: Desk, officer: Officer | None, import_id: UUID) -> FileImport:
    """A file that was read: its faults, and what entering it would do now (or did). Raises NotAllowed, NotFound."""
    with desk.database.reading() as session:
        people = Directory(session)
        return _shown(session, people, officer, _find(session, people, officer, import_id))


def enter(desk: Desk, officer: Officer | None, import_id: UUID) -> FileImport:
    """Enter the whole file, in one transaction; once entered, entering it again changes nothing.

    Raises NotAllowed, NotFound, and OneCaseError while anything is wrong with the file.
    """
    with desk.database.transaction() as session:
        people = Directory(session)
        kept = _find(session, people, officer, import_id, lock=True)
        if kept.entered_at is not None:
            return _shown(session, people, officer, kept)
        shown = _shown(session, people, officer, kept)
        if shown.faults:
            raise OneCaseError("文件中有需要更正的行，未导入任何内容。", "Some rows need correcting; nothing was entered.")
        writes = Writes()
        entering = Entering(session.connection(), writes, "", None, officer.id if officer else None, desk.now())
        for row, state, _, known in list(_compared(session.connection(), [_row(one) for one in kept.rows])):
            write = entering.punished if state == SAME else entering.enter_penalty
            subject = write(_entry(row, known), row.identity)
            if row.values["principal"]:
                entering.person(subject, NewPerson(row.values["principal"], "legal_representative"))
        writes.send(session.connection())
        kept.entered_at = desk.now()
        kept.outcome = {"new": shown.new, "changed": shown.changed, "same": shown.same}
        payload = {"name": kept.file_name, "sha256": kept.digest, "import": str(kept.id), **kept.outcome}
        journal.write(session, case=None, kind="penalties_imported", at=desk.now(), officer=officer, payload=payload)
        return _shown(session, people, officer, kept)


def list_imports(desk: Desk, officer: Officer, *, cursor: str | None = None, limit: int = 25) -> Page[FileImport]:
    """Files that were read, the newest first, without their rows. Raises NotAllowed."""
    with desk.database.reading() as session:
        people = Directory(session)
        scope.require_keeper(officer, people)
        keys = select(RegisterImport.at, RegisterImport.id).where(_seen(officer, people))
        found, following, total = page(
            session, keys, moment=RegisterImport.at, key=RegisterImport.id, newest_first=True, cursor=cursor, limit=limit
        )
        rows = {row.id: row for row in session.scalars(select(RegisterImport).where(RegisterImport.id.in_(found)))}
        called = people.names(row.officer for row in rows.values())
        return as_page((_head(rows[key], called) for key in found), following, total)


def _seen(officer: Officer, people: Directory) -> ColumnElement[bool]:
    """Files of one's own agency and of those below; what the installer brought, for administrators."""
    agencies = {officer.agency.code} | people.below(officer.agency.code)
    theirs = RegisterImport.officer.in_(select(OfficerRow.id).where(OfficerRow.agency.in_(agencies)))
    return or_(theirs, RegisterImport.officer.is_(None)) if "admin" in officer.roles else theirs


def _find(session: Session, people: Directory, officer: Officer | None, import_id: UUID, *, lock: bool = False) -> RegisterImport:
    query = select(RegisterImport).where(RegisterImport.id == import_id)
    if officer is not None:
        scope.require_keeper(officer, people)
        query = query.where(_seen(officer, people))
    kept = session.scalars(query.with_for_update() if lock else query).one_or_none()
    if kept is None:
        raise NotFound
    return kept


def _shown(session: Session, people: Directory, officer: Officer | None, kept: RegisterImport) -> FileImport:
    called = people.names([kept.officer])
    head = _head(kept, called)
    if kept.entered_at is not None:
        return head
    rows = [_row(stored) for stored in kept.rows]
    compared = list(_compared(session.connection(), rows))
    masked = officer is not None and not scope.sees_people(officer)
    lines = tuple(_line(row, state, changes, masked=masked) for row, state, changes, _ in compared)
    ours = (
        FileFault(row.line, OURS.column, Text(OURS.zh, OURS.en))
        for row, state, _, known in compared
        if state == CHANGED and known.case is not None
    )
    counted = Counter(line.state for line in lines)
    return FileImport(
        head.id, head.file_name, head.at, head.by, None, counted[NEW], counted[CHANGED], counted[SAME], (*head.faults, *ours), lines
    )


def _head(kept: RegisterImport, called: Mapping[UUID, str]) -> FileImport:
    faults = tuple(FileFault(one["line"], one["column"], Text(one["zh"], one["en"])) for one in kept.faults)
    by = called.get(kept.officer, "") if kept.officer else "命令行 / command line"
    counted = {"new": 0, "changed": 0, "same": 0, **kept.outcome}
    return FileImport(kept.id, kept.file_name, kept.at, by, kept.entered_at, **counted, faults=faults)


def _compared(connection: Connection, rows: Sequence[Row]) -> Iterable[tuple[Row, str, tuple[tuple[str, str, str], ...], Any]]:
    """Each row with what entering it would do, the columns that would change, and the penalty as it stands."""
    for start in range(0, len(rows), TOGETHER):
        some = rows[start : start + TOGETHER]
        keys = [(row.values["authority"], row.values["number"]) for row in some]
        found = connection.execute(penalties.listed().where(tuple_(Penalty.authority, Penalty.number).in_(keys)))
        known = {(one.authority, one.number): one for one in found}
        for row, key in zip(some, keys, strict=True):
            stored = known.get(key)
            changes = tuple(_changes(stored, row)) if stored else ()
            state = NEW if stored is None else CHANGED if changes else SAME
            yield row, state, changes, stored


def _changes(stored: Any, row: Row) -> Iterable[tuple[str, str, str]]:
    for name in (one for one in COMPARED if one not in row.blank):
        before, after = getattr(stored, name), row.values[name]
        if before != after:
            yield name, _told(before), _told(after)
    if names.key(stored.subject_name) != names.key(row.values["subject_name"]):
        yield "subject_name", stored.subject_name, row.values["subject_name"]
    if row.values["subject_code"] and stored.subject_code != row.values["subject_code"]:
        yield "subject_code", stored.subject_code or "", row.values["subject_code"]


def _line(row: Row, state: str, changes: tuple[tuple[str, str, str], ...], *, masked: bool) -> FileRow:
    person = masked and row.values["subject_kind"] == scope.PERSON
    name = PERSON.zh if person else row.values["subject_name"]
    shown = tuple(one for one in changes if not (person and one[0] == "subject_name"))
    return FileRow(row.line, state, name, row.values["authority"], row.values["number"], shown)


def _told(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    return "" if value is None else str(value)


def _stored(row: Row) -> dict[str, Any]:
    """A row as JSON: days and amounts as texts, and never an identity number."""
    plain = {key: _told(value) if isinstance(value, date | Decimal) else value for key, value in row.values.items()}
    return {"line": row.line, "values": plain, "identity": [row.identity.digest, row.identity.last], "blank": list(row.blank)}


def _row(stored: Mapping[str, Any]) -> Row:
    values = dict(stored["values"])
    for name in ("act_on", "decided_on"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    values["fine"] = Decimal(values["fine"]) if values["fine"] else None
    return Row(stored["line"], values, Identity(*stored["identity"]), tuple(stored["blank"]))


def _entry(row: Row, known: Any) -> NewPenalty:
    """The entry; what the row leaves blank stays as it is `known`."""
    given = {name: value for name, value in row.values.items() if name != "principal"}
    if known is not None:
        given |= {name: getattr(known, name) for name in row.blank}
        if names.key(known.subject_name) == names.key(given["subject_name"]):
            given["subject_code"] = given["subject_code"] or known.subject_code
    return NewPenalty(**{**given, "kinds": tuple(given["kinds"])})
