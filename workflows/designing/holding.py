"""A draft in hand: found, locked and counted on for whoever may do so, and shown as rows. The verbs of this package stand on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows import access, journal, publishing
from workflows.contracts import Text
from workflows.designing.draft_files import manifest_of, text_of
from workflows.directory import Directory
from workflows.errors import NotFound, OneCaseError, OwnWork, Stale
from workflows.records import Draft, DraftFile, DraftPresence, DraftWriter
from workflows.views import DraftFileRow, DraftRow, ImportNote, Officer, Presence

EDITORS = ("designer",)
READERS = ("designer", "admin")
MOST_OPEN = 50
"""Drafts that one person may have begun and not finished."""
CLOSED = ("published", "discarded")
GONE_AFTER = timedelta(seconds=60)
"""Whoever was not seen for so long has closed the editor."""
OWN_WORK = Text(
    "您参与了本草稿的起草，须由另一人审核发布。", "You took part in writing this draft; another person has to review and publish it."
)


class Frozen(OneCaseError):
    """The draft is under review, published or discarded; its files do not change."""

    status = 409
    code = "frozen"

    def __init__(self, state: str) -> None:
        zh, en = {
            "open": ("草稿尚未提交审核。", "The draft was not submitted for review yet."),
            "in_review": (
                "草稿正在审核，不能修改；退回后可继续编辑。",
                "The draft is under review and cannot be changed until it is sent back.",
            ),
            "published": ("草稿已发布，不能再修改；请从该版本新建草稿。", "The draft was published; begin a new one from its version."),
            "discarded": ("草稿已作废。", "The draft was discarded."),
        }[state]
        super().__init__(zh, en)


class TooMany(OneCaseError):
    """One person has begun very many drafts."""

    status = 409
    code = "too_many_drafts"

    def __init__(self) -> None:
        super().__init__(
            f"您已有 {MOST_OPEN} 份未完成的草稿，请先提交或作废一些。",
            f"You have begun {MOST_OPEN} drafts that are not finished; submit or discard some first.",
        )


def begin(
    session: Session,
    officer: Officer,
    files: Mapping[str, bytes],
    at: datetime,
    *,
    base: int | None,
    origin: str,
    imported: Sequence[ImportNote] | None = None,
) -> DraftRow:
    """A new draft of accepted files. `origin` is for the record: version, new, files or import; `imported` what an import did to them.

    Raises NotAllowed, TooMany, FileRefused.
    """
    access.require(officer, *EDITORS)
    unfinished = select(func.count()).where(Draft.begun_by == officer.id, Draft.state.not_in(CLOSED))
    if (session.scalar(unfinished) or 0) >= MOST_OPEN:
        raise TooMany
    key, name = manifest_of(files)
    last = publishing.newest(session, key)
    draft = Draft(
        id=uuid4(), process=key, name=name.zh, name_en=name.en, base=base, newest=last.number if last else 0, state="open", revision=0,
        begun_by=officer.id, begun_at=at, changed_by=officer.id, changed_at=at, reason="", comment="",
        imported=None if imported is None else [[one.file, one.element, one.refused, one.message.zh, one.message.en] for one in imported],
    )  # fmt: skip
    session.add(draft)
    session.flush()
    number = changed(session, draft, officer, at)
    session.add_all(
        DraftFile(draft=draft.id, path=path, content=content, revision=number, by=officer.id, at=at) for path, content in files.items()
    )
    told(session, draft, officer, at, "draft_begun", base=base or 0, origin=origin)
    return draft_rows(session, officer, [draft])[0]


def imported(draft: Draft) -> tuple[ImportNote, ...]:
    """What was changed and refused when the draft was made of another tool's diagram; nothing for any other draft."""
    return tuple(ImportNote(file, element, refused, Text(zh, en)) for file, element, refused, zh, en in draft.imported or ())


def find(session: Session, officer: Officer, draft_id: UUID, *, lock: bool = False) -> Draft:
    """The draft, for those who may read it; `lock` holds its row. Raises NotAllowed, NotFound."""
    access.require(officer, *READERS)
    draft = session.get(Draft, draft_id, with_for_update=lock or None)
    if draft is None:
        raise NotFound
    return draft


def held(session: Session, officer: Officer, draft_id: UUID, *, state: str, revision: int | None = None) -> Draft:
    """The draft, locked, if it is in `state` (and still at `revision`) and the officer edits drafts. Raises Frozen, Stale."""
    access.require(officer, *EDITORS)
    draft = find(session, officer, draft_id, lock=True)
    if draft.state != state:
        raise Frozen(draft.state)
    if revision is not None and draft.revision != revision:
        raise Stale("草稿刚被修改，请重新查看。", "The draft was changed a moment ago; look again.")
    return draft


def files_of(session: Session, draft: Draft) -> dict[str, bytes]:
    """The files as they stand, in the order of their paths."""
    rows = session.execute(select(DraftFile.path, DraftFile.content).where(DraftFile.draft == draft.id, DraftFile.content.is_not(None)))
    return {path: content for path, content in sorted(rows.all()) if content is not None}


def changed(session: Session, draft: Draft, officer: Officer, at: datetime, *, wrote: bool = True) -> int:
    """Count a change: the draft's new revision. Whoever wrote may not review the draft any more."""
    draft.revision += 1
    draft.changed_by, draft.changed_at = officer.id, at
    if wrote and session.get(DraftWriter, (draft.id, officer.id)) is None:
        session.add(DraftWriter(draft=draft.id, officer=officer.id, since=at))
    return draft.revision


def told(session: Session, draft: Draft, officer: Officer, at: datetime, kind: str, **more: Any) -> None:
    """A line in the record of the system about the draft."""
    payload = {"draft": str(draft.id), "process": draft.process, "name": draft.name, **more}
    journal.write(session, case=None, kind=kind, at=at, officer=officer, payload=payload)


def writers(session: Session, drafts: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Who wrote in each draft, in the order in which they came."""
    rows = session.execute(
        select(DraftWriter.draft, DraftWriter.officer).where(DraftWriter.draft.in_(drafts)).order_by(DraftWriter.since, DraftWriter.officer)
    )
    found: dict[UUID, list[UUID]] = {}
    for draft, officer in rows:
        found.setdefault(draft, []).append(officer)
    return found


def not_own_work(session: Session, draft: Draft, officer: Officer) -> None:
    """Raise OwnWork for somebody who wrote in the draft."""
    if officer.id in writers(session, [draft.id]).get(draft.id, []):
        raise OwnWork(OWN_WORK.zh, OWN_WORK.en)


def seen(session: Session, draft: Draft, officer: Officer, at: datetime) -> None:
    """The officer has the draft open at this moment."""
    row = session.get(DraftPresence, (draft.id, officer.id))
    if row is None:
        session.add(DraftPresence(draft=draft.id, officer=officer.id, since=at, seen_at=at))
        return
    if at - row.seen_at > GONE_AFTER:
        row.since = at
    row.seen_at = at


def others(session: Session, draft: Draft, officer: Officer, at: datetime) -> tuple[Presence, ...]:
    """Who else has the draft open now."""
    rows = session.execute(
        select(DraftPresence.officer, DraftPresence.since)
        .where(DraftPresence.draft == draft.id, DraftPresence.officer != officer.id, DraftPresence.seen_at >= at - GONE_AFTER)
        .order_by(DraftPresence.since)
    ).all()
    names = Directory(session).names(who for who, _ in rows)
    return tuple(Presence(names[who], since) for who, since in rows)


def file_row(row: DraftFile, names: Mapping[UUID, str]) -> DraftFileRow:
    """A file as it is shown."""
    text = None if row.content is None else text_of(row.path, row.content)
    return DraftFileRow(row.path, row.revision, text, names.get(row.by, ""), row.at)


def draft_rows(session: Session, officer: Officer, drafts: Iterable[Draft]) -> tuple[DraftRow, ...]:
    """Drafts as they are shown to the officer."""
    rows = list(drafts)
    wrote = writers(session, [row.id for row in rows])
    named = [who for row in rows for who in (row.begun_by, row.changed_by, row.submitted_by, row.commented_by)]
    names = Directory(session).names([*named, *(who for every in wrote.values() for who in every)])
    return tuple(_row(row, officer, wrote.get(row.id, []), names) for row in rows)


def _row(draft: Draft, officer: Officer, wrote: Collection[UUID], names: Mapping[UUID, str]) -> DraftRow:
    mine = officer.id in wrote
    return DraftRow(
        id=draft.id,
        process=draft.process,
        name=Text(draft.name, draft.name_en),
        base=draft.base,
        newest=draft.newest,
        state=draft.state,
        revision=draft.revision,
        begun_by=names.get(draft.begun_by, ""),
        begun_at=draft.begun_at,
        changed_by=names.get(draft.changed_by, ""),
        changed_at=draft.changed_at,
        writers=tuple(names[who] for who in wrote if who in names),
        reason=draft.reason,
        submitted_by=names.get(draft.submitted_by, "") if draft.submitted_by else "",
        submitted_at=draft.submitted_at,
        comment=draft.comment,
        commented_by=names.get(draft.commented_by, "") if draft.commented_by else "",
        commented_at=draft.commented_at,
        published=draft.published,
        actions=_actions(draft.state, officer, mine=mine),
        refused=OWN_WORK if mine and draft.state == "in_review" else None,
        imported=draft.imported is not None,
    )


def _actions(state: str, officer: Officer, *, mine: bool) -> tuple[str, ...]:
    if not officer.roles & set(EDITORS):
        return ()
    if state == "open":
        return ("edit", "submit", "discard") if mine else ("edit", "submit")
    if state == "in_review":
        return ("return",) if mine else ("return", "publish")
    return ()
