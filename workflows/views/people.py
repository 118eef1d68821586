"""Who acts, and pages of rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from workflows.contracts import AgencyRef, Text
from workflows.views.tasks import CaseRef

Row = TypeVar("Row")


@dataclass(frozen=True)
class Officer:
    """A signed-in person. `roles` ⊆ intake officer head presiding deputy legal supervisor designer admin security auditor."""

    id: UUID
    username: str
    name: str
    agency: AgencyRef
    roles: frozenset[str]
    certificate: str | None = None
    certificate_until: date | None = None
    active: bool = True
    locked: bool = False


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list. `next` is the cursor of the following page or None.

    `total` counts the whole list; None says that the list is long and was not counted.
    """

    items: tuple[Row, ...]
    next: str | None
    total: int | None


@dataclass(frozen=True)
class AgencyRow:
    """A line of the directory of agencies."""

    agency: AgencyRef
    parent_name: str | None
    officers: int
    open_tasks: int


@dataclass(frozen=True)
class NoticeRow:
    """A message in a person's or agency's box."""

    id: UUID
    kind: str
    subject: Text
    text: Text
    case: CaseRef | None
    at: datetime
    read_at: datetime | None


@dataclass(frozen=True)
class Counts:
    """The badges of the inbox, from the same predicates as the lists."""

    todo: int
    pool: int
    todo_red: int
    todo_yellow: int
    notices: int
