"""What the verbs hand to the doors: frozen rows and pages, never ORM objects.

Times are aware datetimes in UTC. `light` is `green`, `yellow` (nearing), `red` (overdue) or None (no clock).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from workflows.contracts import AgencyRef, Text

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
    """One page of a list. `next` is the cursor of the following page or None; `total` counts the whole list."""

    items: tuple[Row, ...]
    next: str | None
    total: int


@dataclass(frozen=True)
class CaseRef:
    """The head of a case on another page."""

    id: UUID
    number: str
    title: str
    process: str
    status: str


@dataclass(frozen=True)
class TaskRow:
    """A line of an inbox or of the overdue wall. `state` is `open`, `completed` or `cancelled`."""

    id: UUID
    name: Text
    element: str
    process: str
    process_name: Text
    case: CaseRef
    agency: AgencyRef
    role: str
    scope: str
    assignee: str | None
    assignee_name: str | None
    state: str
    opened_at: datetime
    due: datetime | None
    light: str | None
    completed_at: datetime | None = None
    completed_by: str | None = None
    urged: int = 0
    """How often it was urged (催办)."""


@dataclass(frozen=True)
class ClockRow:
    """A clock of a case. `state` is `running`, `paused` or `stopped`; `breached_at` is set when it ran out."""

    id: UUID
    rule: str
    name: Text
    article: str
    unit: str
    length: int
    started_at: datetime
    due: datetime
    light: str
    state: str
    statutory: bool
    provisional: bool
    to_be_confirmed: bool
    task_id: UUID | None
    task_name: Text | None
    agency: AgencyRef | None
    breached_at: datetime | None
    stopped_at: datetime | None
    entries: tuple[tuple[datetime, str, str], ...] = ()
    """(when, kind, reason) of each entry in the clock's ledger."""


@dataclass(frozen=True)
class TaskPage:
    """Everything that the page of one task shows. `actions` are the verbs this officer may use now."""

    row: TaskRow
    form: Mapping[str, Any] | None
    """form-js schema, localised, or None where this officer may only read."""
    data: Mapping[str, Any]
    """Prefilled answers (draft first) and the option lists named by `valuesKey`."""
    revision: int
    actions: tuple[str, ...]
    refusals: Mapping[str, str]
    """For an action that is missing from `actions`: why (Chinese sentence with the article)."""
    clock: ClockRow | None
    facts: tuple[FactRow, ...]
    draft_at: datetime | None
    answers: Mapping[str, Any] | None
    """What was answered, for a completed task."""
    digest: str
    """The bundle that the case runs on; the diagram is drawn from it."""
    colleagues: tuple[tuple[str, str], ...] = ()
    """(username, name) of those to whom the task may be handed over."""


@dataclass(frozen=True)
class FactRow:
    """One fact of a case with its provenance. `value_text` is what a person reads."""

    name: str
    label: Text
    scope: str
    value: Any
    value_text: Text
    group: Text
    """The step that produced it."""
    task_id: UUID | None
    by: str | None
    at: datetime


@dataclass(frozen=True)
class Completed:
    """The answer to a completion, the same for every repetition of it."""

    case: CaseRef
    next_tasks: tuple[TaskRow, ...]
    """Tasks that the officer can do next in this case, then the officer's other open tasks by due moment."""


@dataclass(frozen=True)
class ParticipantRow:
    """An agency's part in a case, with the cause of its access."""

    agency: AgencyRef
    capacity: str
    capacity_name: Text
    cause: str
    since: datetime
    until: datetime | None
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class DocumentRow:
    """A document that a step issued (文书)."""

    id: UUID
    name: str
    number: str
    agency: AgencyRef
    by: str
    issued_at: datetime
    task_id: UUID
    scope: str
    content: tuple[tuple[Text, Text], ...] = ()
    """(label, value) pairs, filled when one document is opened."""


@dataclass(frozen=True)
class EventRow:
    """A line of the record."""

    seq: int
    at: datetime
    kind: str
    title: Text
    who: str
    agency: str
    detail: Mapping[str, Any]
    digest: str


@dataclass(frozen=True)
class Drawing:
    """One diagram of a case's bundle with its state: bpmn-js marks."""

    process: str
    name: Text
    xml_digest: str
    tokens: Mapping[str, int]
    done: tuple[str, ...]
    lights: Mapping[str, str]
    called: Mapping[str, str]
    """Call activity id → called process id."""


@dataclass(frozen=True)
class CasePage:
    """The head of a case page; its parts are fetched by their own verbs."""

    case: CaseRef
    process_name: Text
    version: int
    digest: str
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None
    lead: AgencyRef | None
    parent: CaseRef | None
    children: tuple[CaseRef, ...]
    open_tasks: tuple[TaskRow, ...]
    worst_light: str | None
    why: tuple[str, ...]
    """Why this officer can see the case (为什么我能看到)."""
    actions: tuple[str, ...]
    """`urge`, `order`, `comment`, `follow`, `unfollow`."""
    stages: tuple[Stage, ...] = ()


@dataclass(frozen=True)
class Stage:
    """A step of the main road with its state: `done`, `active` or `ahead`."""

    element: str
    name: Text
    state: str


@dataclass(frozen=True)
class CaseRow:
    """A line of the list of cases."""

    case: CaseRef
    lead: AgencyRef | None
    opened_at: datetime
    closed_at: datetime | None
    light: str | None
    open_tasks: int
    steps: tuple[Text, ...]
    """Names of the open tasks (at most three, then …)."""


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


@dataclass(frozen=True)
class ProcessRow:
    """A process with its newest version."""

    key: str
    name: Text
    latest: VersionRow
    versions: tuple[VersionRow, ...] = field(default=())


@dataclass(frozen=True)
class Counts:
    """The badges of the inbox, from the same predicates as the lists."""

    todo: int
    pool: int
    todo_red: int
    todo_yellow: int
    notices: int


@dataclass(frozen=True)
class AgencyRow:
    """A line of the directory of agencies."""

    agency: AgencyRef
    parent_name: str | None
    officers: int
    open_tasks: int


@dataclass(frozen=True)
class CommentRow:
    """A remark in a case's thread."""

    at: datetime
    who: str
    agency: str
    text: str
    task_name: Text | None


@dataclass(frozen=True)
class Fault:
    """A broken place in the record: which stream, which row, and how it was changed."""

    stream: str
    seq: int
    kind: str
    text: Text
