"""From draft to version: submit, look at what changed, send back or publish. Nobody publishes what they wrote in (四眼原则)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows import access, diagrams, proofs, publishing
from workflows.contracts import Finding
from workflows.designing import draft_files, holding
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.engine.bundle import pack
from workflows.errors import DiagramRefused, OneCaseError, WrongAnswers
from workflows.publishing import Publication
from workflows.records import Draft, DraftWriter, Version
from workflows.step import bundle_of
from workflows.views import DraftRow, FileChange, Officer, ReviewPage

LONGEST_REASON = 1000
LONGEST_AUTHOR = 100


class NothingChanged(OneCaseError):
    """The draft is what is published already."""

    status = 409
    code = "nothing_changed"

    def __init__(self) -> None:
        super().__init__(
            "草稿与现行版本完全相同，没有可发布的内容。", "The draft is the same as the newest version; there is nothing to publish."
        )


class Overtaken(OneCaseError):
    """Another version was published since the draft was begun, or since its reviewer looked."""

    status = 409
    code = "overtaken"

    def __init__(self, number: int) -> None:
        super().__init__(
            f"第 {number} 版已在此期间发布；发布本草稿会取代其内容，请对照第 {number} 版后再决定。",
            f"Version {number} was published meanwhile, and this draft would replace what it says. Compare with it, then decide.",
        )


def submit(desk: Desk, officer: Officer, draft_id: UUID, *, reason: str) -> DraftRow:
    """Put the draft before a second person; until it is sent back its files do not change.

    Raises DiagramRefused with every finding when one is an error, NothingChanged, Frozen, Stale, WrongAnswers, NotFound, NotAllowed.
    """
    why = _words("reason", reason, "请填写提交理由。", "Say why this is to be published.")
    revision, files = _as_it_stands(desk, officer, draft_id, state="open")
    _fit(desk, officer, draft_id, files)
    with desk.database.transaction() as session:
        draft, now = holding.held(session, officer, draft_id, state="open", revision=revision), desk.now()
        _is_something_new(session, draft, files)
        draft.state, draft.reason, draft.submitted_by, draft.submitted_at = "in_review", why, officer.id, now
        holding.changed(session, draft, officer, now)
        holding.told(session, draft, officer, now, "draft_submitted", reason=why, digest=pack(files)[0])
        return holding.draft_rows(session, officer, [draft])[0]


def send_back(desk: Desk, officer: Officer, draft_id: UUID, *, comment: str) -> DraftRow:
    """Back to its writers, with the reason. Raises Frozen, WrongAnswers, NotFound, NotAllowed."""
    why = _words("comment", comment, "请填写退回理由。", "Say why it goes back.")
    with desk.database.transaction() as session:
        draft, now = holding.held(session, officer, draft_id, state="in_review"), desk.now()
        draft.state, draft.comment, draft.commented_by, draft.commented_at = "open", why, officer.id, now
        holding.changed(session, draft, officer, now, wrote=False)
        holding.told(session, draft, officer, now, "draft_returned", reason=why)
        return holding.draft_rows(session, officer, [draft])[0]


def publish(desk: Desk, officer: Officer, draft_id: UUID, *, reason: str, over: int | None = None) -> DraftRow:
    """Publish what was submitted as the next version of its process, once every path of it is proved; running cases stay on theirs.

    `over` is the newest version that the reviewer has seen, which this one follows; without it, the one that was newest when the draft
    began. Raises OwnWork for whoever wrote in the draft, Overtaken, DiagramRefused, NothingChanged, Frozen, Stale, WrongAnswers,
    NotFound, NotAllowed; nothing is published then.
    """
    why = _words("reason", reason, "请填写发布理由。", "Give a reason for publishing.")
    with desk.database.reading() as session:
        access.require(officer, *holding.EDITORS)
        holding.not_own_work(session, holding.find(session, officer, draft_id), officer)
    revision, files = _as_it_stands(desk, officer, draft_id, state="in_review")
    _fit(desk, officer, draft_id, files)
    _refuse(proofs.verdict(desk, files))
    digest, content = pack(files)
    with desk.database.transaction() as session:
        draft, now = holding.held(session, officer, draft_id, state="in_review", revision=revision), desk.now()
        holding.not_own_work(session, draft, officer)
        last = publishing.newest(session, draft.process)
        if last is not None and last.number != (draft.newest if over is None else over):
            raise Overtaken(last.number)
        _is_something_new(session, draft, files)
        _, name = draft_files.manifest_of(files)
        new = Publication(digest, content, draft.process, name, _author(session, draft), why, reviewer=officer.name, draft=str(draft.id))
        version = publishing.enter(session, now, new, officer=officer)
        draft.state, draft.published = "published", version.number
        holding.changed(session, draft, officer, now, wrote=False)
        return holding.draft_rows(session, officer, [draft])[0]


def review(desk: Desk, officer: Officer, draft_id: UUID) -> ReviewPage:
    """What the draft changes, file by file, and what the check says of it. Raises NotFound, NotAllowed."""
    with desk.database.reading() as session:
        draft = holding.find(session, officer, draft_id)
        files = holding.files_of(session, draft)
        last = publishing.newest(session, draft.process)
        against = draft.base or (last.number if last else None)
        row = holding.draft_rows(session, officer, [draft])[0]
        changes = compared(_published(session, draft.process, against), files)
        replaces = last.number if last else 0
    return ReviewPage(row, against, changes, diagrams.check(desk, files), replaces)


def waiting(desk: Desk, officer: Officer) -> int:
    """How many drafts wait for a review that this officer may do."""
    if not officer.roles & set(holding.EDITORS):
        return 0
    wrote = select(DraftWriter.draft).where(DraftWriter.officer == officer.id)
    with desk.database.reading() as session:
        return session.scalar(select(func.count()).where(Draft.state == "in_review", Draft.id.not_in(wrote))) or 0


def compared(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[FileChange, ...]:
    """Which files are added, removed or changed, by path."""
    kinds = {path: "added" if path not in before else "removed" if path not in after else "changed" for path in {*before, *after}}
    return tuple(FileChange(path, kinds[path]) for path in sorted(kinds) if before.get(path) != after.get(path))


def _as_it_stands(desk: Desk, officer: Officer, draft_id: UUID, *, state: str) -> tuple[int, dict[str, bytes]]:
    """The revision and the files of a draft in `state`. The check of them takes a while and holds no lock."""
    with desk.database.reading() as session:
        access.require(officer, *holding.EDITORS)
        draft = holding.find(session, officer, draft_id)
        if draft.state != state:
            raise holding.Frozen(draft.state)
        return draft.revision, holding.files_of(session, draft)


def _fit(desk: Desk, officer: Officer, draft_id: UUID, files: Mapping[str, bytes]) -> None:
    """Before anything is locked: what is no news need not be checked, and a check takes a while."""
    with desk.database.reading() as session:
        _is_something_new(session, holding.find(session, officer, draft_id), files)
    _refuse(diagrams.check(desk, files))


def _refuse(findings: tuple[Finding, ...]) -> None:
    if any(finding.severity == "error" for finding in findings):
        raise DiagramRefused(findings)


def _is_something_new(session: Session, draft: Draft, files: Mapping[str, bytes]) -> None:
    key, _ = draft_files.manifest_of(files)
    if key != draft.process:
        raise draft_files.FileRefused(
            f"清单中的流程标识改成了 {key}，本草稿只能发布为 {draft.process}。",
            f"The manifest names the process {key!r} now; this draft can only be published as {draft.process!r}.",
        )
    last = publishing.newest(session, draft.process)
    if last is not None and last.digest == pack(files)[0]:
        raise NothingChanged


def _published(session: Session, process: str, number: int | None) -> Mapping[str, bytes]:
    version = session.get(Version, (process, number)) if number else None
    return bundle_of(session, version.digest).files if version is not None else {}


def _author(session: Session, draft: Draft) -> str:
    wrote = holding.writers(session, [draft.id]).get(draft.id, [])
    names = Directory(session).names(wrote)
    every = "、".join(names[who] for who in wrote)
    if len(every) <= LONGEST_AUTHOR:
        return every
    return f"{names[wrote[0]]}等{len(wrote)}人"[:LONGEST_AUTHOR]


def _words(field: str, said: str, zh: str, en: str) -> str:
    words = draft_files.CONTROL.sub("", said).strip()
    if not words or len(words) > LONGEST_REASON:
        raise WrongAnswers({field: (zh, en) if not words else ("不超过 1000 字。", "1000 characters at most.")})
    return words
