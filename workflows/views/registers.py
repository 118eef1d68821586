"""Rows and pages of the registers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from workflows.contracts import AdRefusal, AdViolation, PenaltyRow, Text
from workflows.views.tasks import CaseRef


@dataclass(frozen=True)
class SubjectLine:
    """A line of the list of subjects."""

    id: UUID
    name: str
    code: str
    kind: str
    ownership: str
    names: tuple[str, ...]
    penalties: int
    violations: int
    at: datetime


@dataclass(frozen=True)
class PersonLine:
    """Somebody behind a subject; of an identity number only the last four places are there to be shown."""

    name: str
    part: str
    id_last: str


@dataclass(frozen=True)
class SubjectPage:
    """A subject with everything the registers know of it, as far as this officer may see it."""

    line: SubjectLine
    id_last: str
    people: tuple[PersonLine, ...]
    penalties: tuple[PenaltyRow, ...]
    violations: tuple[AdViolation, ...]
    counted: int
    """Violations of the last 24 months, by the day that counts."""
    refusals: tuple[AdRefusal, ...]
    cases: tuple[CaseRef, ...]
    """The cases that this officer may see."""


@dataclass(frozen=True)
class PenaltyLine:
    """A line of the list of penalties."""

    penalty: PenaltyRow
    subject: UUID


@dataclass(frozen=True)
class AdLine:
    """A line of the list of punished advertisements; `counted` is how many the subject has in the 24 months that end today."""

    violation: AdViolation
    subject: UUID
    counted: int


@dataclass(frozen=True)
class RefusalLine:
    """A line of the list of refusals."""

    refusal: AdRefusal
    subject: UUID
    in_force: bool


@dataclass(frozen=True)
class MatterLine:
    """A matter with all its columns. `lead` and `members` are function codes, `sources` the kinds of clues."""

    code: str
    name: str
    name_en: str
    lead: str
    members: tuple[str, ...]
    basis: str
    objects: str
    measures: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class MatterVersion:
    """A version of the matter list. Version 0 is the list that ships."""

    version: int
    status: str
    reason: str
    by: str
    published_at: datetime | None
    in_force: bool = False
    matters: tuple[MatterLine, ...] = ()


@dataclass(frozen=True)
class MatterChange:
    """A matter that differs between two versions; None on the side that does not have it."""

    code: str
    before: MatterLine | None
    after: MatterLine | None
    columns: tuple[str, ...]


@dataclass(frozen=True)
class TrainingLine:
    """A line of an officer's training ledger."""

    id: UUID
    on: date
    hours: Decimal
    topic: str
    provider: str
    by: str
    recorded_at: datetime
    withdrawn_reason: str = ""


@dataclass(frozen=True)
class TrainingLedger:
    """An officer's year: `required` is None where the jurisdiction sets no figure."""

    username: str
    name: str
    agency: Text
    certificate: str | None
    certificate_until: date | None
    year: int
    hours: Decimal
    required: int | None
    lines: tuple[TrainingLine, ...] = ()

    @property
    def short(self) -> bool:
        """Whether the hours are below the figure."""
        return self.required is not None and self.hours < self.required


@dataclass(frozen=True)
class FileFault:
    """Something wrong in a file: line (1: the names of the columns), column, what to do."""

    line: int
    column: str
    text: Text


@dataclass(frozen=True)
class FileRow:
    """What entering a row would do: `state` is new, changed or same; `changes` are (column, before, after)."""

    line: int
    state: str
    name: str
    authority: str
    number: str
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class FileImport:
    """A file of penalties that was read. Until it is entered, `rows` says what entering would do now."""

    id: UUID
    file_name: str
    at: datetime
    by: str
    entered_at: datetime | None
    new: int
    changed: int
    same: int
    faults: tuple[FileFault, ...] = ()
    rows: tuple[FileRow, ...] = ()
