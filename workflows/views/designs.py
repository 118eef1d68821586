"""Drafts of processes as their editors, reviewers and readers see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from workflows.contracts import Finding, Text


@dataclass(frozen=True)
class Presence:
    """Somebody else who has the draft open, and since when."""

    name: str
    since: datetime


@dataclass(frozen=True)
class DraftFileRow:
    """A file of a draft. `text` is None for what is not edited (.docx) and for a file that was removed."""

    path: str
    revision: int
    text: str | None
    by: str
    at: datetime | None


@dataclass(frozen=True)
class DraftRow:
    """A line of the list of drafts. `state`: open, in_review, published, discarded."""

    id: UUID
    process: str
    name: Text
    base: int | None
    """The version that it began as a copy of."""
    newest: int
    """The newest version of the process when it began; 0 for none."""
    state: str
    revision: int
    begun_by: str
    begun_at: datetime
    changed_by: str
    changed_at: datetime
    writers: tuple[str, ...]
    """Names of those who began it, wrote in it or submitted it: they do not review it."""
    reason: str
    submitted_by: str
    submitted_at: datetime | None
    comment: str
    commented_by: str
    commented_at: datetime | None
    published: int | None
    actions: tuple[str, ...]
    """What the officer may do with it now: edit, submit, return, publish, discard."""
    refused: Text | None = None
    """Why the officer may not publish it, where another could."""
    imported: bool = False
    """Made of another tool's diagram; what became of it there is told (`ImportNote`)."""


@dataclass(frozen=True)
class ImportNote:
    """What an import changed in another tool's diagram, or `refused`: left in the file, where the check finds it."""

    file: str
    element: str
    refused: bool
    message: Text


@dataclass(frozen=True)
class ImportedDraft:
    """A draft that was made of another tool's diagram, what was refused and changed in it; refusals first."""

    row: DraftRow
    notes: tuple[ImportNote, ...]


@dataclass(frozen=True)
class DraftPage:
    """A draft with its files, and who else has it open."""

    row: DraftRow
    files: tuple[DraftFileRow, ...]
    here: tuple[Presence, ...]


@dataclass(frozen=True)
class SavedFile:
    """What became of a file that was written or removed."""

    revision: int
    at: datetime
    here: tuple[Presence, ...]


@dataclass(frozen=True)
class FileChange:
    """A file that differs between two sets: `kind` is added, removed or changed."""

    path: str
    kind: str


@dataclass(frozen=True)
class ReviewPage:
    """What a second person looks at before publishing."""

    row: DraftRow
    against: int | None
    """The version that `changes` compares with; None where nothing is published."""
    changes: tuple[FileChange, ...]
    findings: tuple[Finding, ...]
    replaces: int
    """The newest version now; 0 for none. Publishing makes the one after it."""
