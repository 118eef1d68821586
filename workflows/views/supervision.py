"""What supervisors and designers see over all cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from workflows.contracts import AgencyRef, Text
from workflows.views.tasks import CaseRef, TaskRow


@dataclass(frozen=True)
class WallCell:
    """A number on the overdue wall and the filter that lists exactly these tasks."""

    key: str
    name: Text
    red: int
    yellow: int
    green: int
    none: int

    @property
    def total(self) -> int:
        """All open tasks behind the row."""
        return self.red + self.yellow + self.green + self.none


@dataclass(frozen=True)
class Wall:
    """What a supervisor sees first: counts by agency and by step, worst first."""

    total: WallCell
    by_agency: tuple[WallCell, ...]
    by_step: tuple[WallCell, ...]
    oldest: tuple[TaskRow, ...]


@dataclass(frozen=True)
class LateClock:
    """A limit of a whole case that ran out and is still not met; it stands beside the tasks on the wall."""

    id: UUID
    case: CaseRef
    rule: str
    name: Text
    article: str
    agency: AgencyRef
    due: datetime


@dataclass(frozen=True)
class VersionRow:
    """A published version of a process."""

    process: str
    number: int
    name: Text
    digest: str
    author: str
    reason: str
    published_at: datetime
    open_cases: int
    all_cases: int
    reviewer: str = ""
    """The second person, who published it; empty where it did not come of a draft."""


@dataclass(frozen=True)
class ProcessRow:
    """A process with its newest version."""

    key: str
    name: Text
    latest: VersionRow
    versions: tuple[VersionRow, ...] = field(default=())
