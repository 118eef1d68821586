"""Tasks, their clocks and facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from workflows.clock_rules import Ground
from workflows.contracts import AgencyRef, Text


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
    binds: str = "agency"
    """Whose limit it is: `agency`, `party` or `effect`."""
    counting: str = ""
    """What happens to a last day that is a holiday: `no_roll_forward` or `roll_to_working_day`."""
    other_due: datetime | None = None
    """The due moment by the other counting, where the law leaves both open."""
    paused_since: datetime | None = None
    excluded: float = 0
    """Time that did not count so far: hours, working days, otherwise calendar days."""
    actions: tuple[str, ...] = ()
    """`pause`, `resume`, `extend`: what this officer may do with it now."""
    excludes: tuple[Ground, ...] = ()
    extends: tuple[Ground, ...] = ()


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
class TaskPage:
    """Everything that the page of one task shows. `actions` are the verbs this officer may use now."""

    row: TaskRow
    form: Mapping[str, Any] | None
    """form-js schema, localised, or None where this officer may only read."""
    data: Mapping[str, Any]
    """Prefilled answers (draft first) and the option lists named by `valuesKey`."""
    revision: int
    actions: tuple[str, ...]
    refusals: Mapping[str, Text]
    """For an action that is missing from `actions`: why, with the article."""
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
class Completed:
    """The answer to a completion, the same for every repetition of it."""

    case: CaseRef
    next_tasks: tuple[TaskRow, ...]
    """Tasks that the officer can do next in this case, then the officer's other open tasks by due moment."""
