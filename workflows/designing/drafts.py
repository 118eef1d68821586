"""Drafts of processes: begin one, write its files, see who else is there, throw it away. Published versions and running cases are never touched.

A file is saved under the revision that its editor began with: who saves a file that somebody else saved meanwhile gets theirs to
compare, and nothing is overwritten. Different files of one draft do not stand in each other's way.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows import access, diagrams, publishing, rows
from workflows.contracts import Finding
from workflows.designing import draft_files, holding
from workflows.designing.blank import blank
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.engine.bundle import MANIFEST
from workflows.errors import ChangedElsewhere, NotAllowed, NotFound, OneCaseError
from workflows.records import Draft, DraftFile, Version
from workflows.step import bundle_of
from workflows.views import DraftFileRow, DraftPage, DraftRow, Officer, Page, Presence, SavedFile

STATES = {"open": ("open",), "in_review": ("in_review",), "closed": holding.CLOSED}
"""What the list may be asked for."""


class Exists(OneCaseError):
    """A process of this key is published already."""

    status = 409
    code = "process_exists"

    def __init__(self) -> None:
        super().__init__(
            "该标识的流程已发布，请从它的版本新建草稿。", "A process of this key is published; begin a draft from its version."
        )


def listed(
    desk: Desk, officer: Officer, *, state: str = "open", process: str = "", cursor: str | None = None, limit: int = 25
) -> Page[DraftRow]:
    """Drafts, of one process or of all, the last changed first. `state`: open, in_review, or closed (published or discarded)."""
    access.require(officer, *holding.READERS)
    wanted = STATES.get(state)
    if wanted is None:
        raise OneCaseError("状态应为 open、in_review 或 closed。", "The state is open, in_review or closed.")
    with desk.database.reading() as session:
        keys = select(Draft.changed_at, Draft.id).where(Draft.state.in_(wanted))
        if process:
            keys = keys.where(Draft.process == process)
        found, following, total = rows.page(
            session, keys, moment=Draft.changed_at, key=Draft.id, newest_first=True, cursor=cursor, limit=limit
        )
        known = {draft.id: draft for draft in session.scalars(select(Draft).where(Draft.id.in_(found)))}
        return rows.as_page(holding.draft_rows(session, officer, [known[key] for key in found]), following, total)


def begin(desk: Desk, officer: Officer, *, process: str, number: int | None = None) -> DraftRow:
    """A draft that begins as a copy of a published version; the newest without a number. Raises NotFound, NotAllowed."""
    with desk.database.transaction() as session:
        version = publishing.newest(session, process) if number is None else session.get(Version, (process, number))
        if version is None:
            raise NotFound
        return holding.begin(session, officer, bundle_of(session, version.digest).files, desk.now(), base=version.number, origin="version")


def begin_new(desk: Desk, officer: Officer, *, key: str, name: str, name_en: str = "") -> DraftRow:
    """A draft of a new process, the smallest that passes the check. Raises WrongAnswers, Exists, NotAllowed."""
    files = blank(key, name, name_en)
    with desk.database.transaction() as session:
        if publishing.newest(session, key) is not None:
            raise Exists
        return holding.begin(session, officer, files, desk.now(), base=None, origin="new")


def head(desk: Desk, officer: Officer, draft_id: UUID) -> DraftRow:
    """A draft without its files. Raises NotFound, NotAllowed."""
    with desk.database.reading() as session:
        return holding.draft_rows(session, officer, [holding.find(session, officer, draft_id)])[0]


def opened(desk: Desk, officer: Officer, draft_id: UUID) -> DraftPage:
    """A draft with its files and who else has it open. Raises NotFound, NotAllowed."""
    now = desk.now()
    with desk.database.reading() as session:
        draft = holding.find(session, officer, draft_id)
        files = session.scalars(select(DraftFile).where(DraftFile.draft == draft.id, DraftFile.content.is_not(None))).all()
        names = Directory(session).names(row.by for row in files)
        return DraftPage(
            row=holding.draft_rows(session, officer, [draft])[0],
            files=tuple(holding.file_row(row, names) for row in sorted(files, key=lambda row: row.path)),
            here=holding.others(session, draft, officer, now),
        )


def write(desk: Desk, officer: Officer, draft_id: UUID, path: str, *, text: str, revision: int) -> SavedFile:
    """Save a file. `revision` is the one that the editor began with; 0 for a new file.

    The same text again changes nothing. Raises ChangedElsewhere with the file of whoever was quicker, Frozen, FileRefused, TooLarge,
    NotFound, NotAllowed; nothing is stored then.
    """
    content = draft_files.written(path, text)
    with desk.database.transaction() as session:
        draft = holding.held(session, officer, draft_id, state="open")
        row, now = session.get(DraftFile, (draft.id, path)), desk.now()
        if row is None or row.content != content:
            _not_changed(session, path, row, revision)
            _room(session, draft, path, len(content))
            row = _put(session, draft, officer, path, content, now)
            if path == MANIFEST:
                _rename(draft, content)
        return _saved(session, draft, officer, row, now)


def remove(desk: Desk, officer: Officer, draft_id: UUID, path: str, *, revision: int) -> SavedFile:
    """Take a file out of the draft. Raises ChangedElsewhere, Frozen, NotFound, NotAllowed."""
    with desk.database.transaction() as session:
        draft = holding.held(session, officer, draft_id, state="open")
        row, now = session.get(DraftFile, (draft.id, path)), desk.now()
        if row is None:
            raise NotFound
        if row.content is not None:
            _not_changed(session, path, row, revision)
            row = _put(session, draft, officer, path, None, now)
        return _saved(session, draft, officer, row, now)


def presence(desk: Desk, officer: Officer, draft_id: UUID) -> tuple[Presence, ...]:
    """Say that one has the draft open; who else has it open. Raises NotFound, NotAllowed."""
    access.require(officer, *holding.EDITORS)
    now = desk.now()
    with desk.database.transaction() as session:
        draft = holding.find(session, officer, draft_id)
        holding.seen(session, draft, officer, now)
        return holding.others(session, draft, officer, now)


def stored(desk: Desk, officer: Officer, draft_id: UUID) -> dict[str, bytes]:
    """The files of a draft as they are stored, by path. Raises NotFound, NotAllowed."""
    with desk.database.reading() as session:
        return holding.files_of(session, holding.find(session, officer, draft_id))


def check(desk: Desk, officer: Officer, draft_id: UUID) -> tuple[Finding, ...]:
    """What is wrong with the draft as it is stored. Raises NotFound, NotAllowed."""
    return diagrams.check(desk, stored(desk, officer, draft_id))


def discard(desk: Desk, officer: Officer, draft_id: UUID) -> DraftRow:
    """Give a draft up; its files stay readable. For those who wrote in it. Raises Frozen, NotFound, NotAllowed."""
    with desk.database.transaction() as session:
        draft, now = holding.held(session, officer, draft_id, state="open"), desk.now()
        if officer.id not in holding.writers(session, [draft.id]).get(draft.id, []):
            raise NotAllowed("只有参与起草的人可以作废草稿。", "Only somebody who wrote in a draft may discard it.")
        draft.state = "discarded"
        holding.changed(session, draft, officer, now)
        holding.told(session, draft, officer, now, "draft_discarded")
        return holding.draft_rows(session, officer, [draft])[0]


def _put(session: Session, draft: Draft, officer: Officer, path: str, content: bytes | None, at: datetime) -> DraftFile:
    number = holding.changed(session, draft, officer, at)
    return session.merge(DraftFile(draft=draft.id, path=path, content=content, revision=number, by=officer.id, at=at))


def _not_changed(session: Session, path: str, row: DraftFile | None, revision: int) -> None:
    """Raise ChangedElsewhere unless the file stands as its editor saw it; one that was removed may be written anew."""
    known = row.revision if row is not None else 0
    if revision == known or (revision == 0 and row is not None and row.content is None):
        return
    if row is None:
        raise ChangedElsewhere(DraftFileRow(path, 0, None, "", None))
    raise ChangedElsewhere(holding.file_row(row, Directory(session).names([row.by])))


def _room(session: Session, draft: Draft, path: str, size: int) -> None:
    beside = (DraftFile.draft == draft.id, DraftFile.path != path, DraftFile.content.is_not(None))
    count, total = session.execute(select(func.count(), func.coalesce(func.sum(func.length(DraftFile.content)), 0)).where(*beside)).one()
    draft_files.within(count + 1, total + size)


def _rename(draft: Draft, manifest: bytes) -> None:
    """The list shows the name that the manifest has, as soon as it can be read."""
    try:
        _, name = draft_files.manifest_of({MANIFEST: manifest})
    except draft_files.FileRefused:
        return
    draft.name, draft.name_en = name.zh, name.en


def _saved(session: Session, draft: Draft, officer: Officer, row: DraftFile, at: datetime) -> SavedFile:
    holding.seen(session, draft, officer, at)
    return SavedFile(row.revision, row.at, holding.others(session, draft, officer, at))
