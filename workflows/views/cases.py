"""A case and its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from workflows.contracts import AgencyRef, Text
from workflows.views.tasks import CaseRef, TaskRow


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


NO_TEXT = Text("")


@dataclass(frozen=True)
class Changed:
    """A value that a document holds and that is another one in the case now."""

    label: Text
    old: Text
    new: Text
    at: datetime


@dataclass(frozen=True)
class DocumentRow:
    """A document that a step issued (文书)."""

    id: UUID
    name: str
    number: str
    """Empty for papers that bear none."""
    agency: AgencyRef
    by: str
    issued_at: datetime
    task_id: UUID
    scope: str
    content: tuple[tuple[Text, Text], ...] = ()
    """(label, value) pairs, filled when one document is opened."""
    kind: Text = NO_TEXT
    article: str = ""
    """What the document rests on."""
    version: int = 1
    state: str = "current"
    """`current`, `stale` (a fact on it changed) or `replaced` (another took its place)."""
    changes: tuple[Changed, ...] = ()
    blanks: tuple[Text, ...] = ()
    """Facts that the paper needs and that the case did not know: a line is left to be filled in by hand."""
    replaces: UUID | None = None
    replaced_by: UUID | None = None
    role: str = ""
    """Of the step that issued it: who may issue it again."""


@dataclass(frozen=True)
class EventRow:
    """A line of the record."""

    seq: int
    at: datetime
    kind: str
    title: Text
    who: str
    agency: Text
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
class Stage:
    """A step of the main road with its state: `done`, `active` or `ahead`."""

    element: str
    name: Text
    state: str


@dataclass(frozen=True)
class ReportableEvent:
    """News that the case waits for and that this officer may report: its name is how it is reported, in its branch."""

    message: str
    name: Text
    branch: str


@dataclass(frozen=True)
class OpenableProcess:
    """A process that an officer may open under a case; with `suspends`, the case rests meanwhile."""

    process: str
    name: Text
    suspends: bool


@dataclass(frozen=True)
class RelatedRow(CaseRef):
    """A case under another, and what it is to it."""

    relation: Text
    suspends: bool


@dataclass(frozen=True)
class LinkedCase:
    """A case with those that were opened under it."""

    case: CaseRef
    process_name: Text
    subject: str
    """The party's name; empty before it is known."""
    lead: AgencyRef | None
    link: Text
    """What ties it to the case above; of the first one, nothing."""
    below: tuple[LinkedCase, ...] = ()


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
    children: tuple[RelatedRow, ...]
    open_tasks: tuple[TaskRow, ...]
    worst_light: str | None
    why: tuple[Text, ...]
    """Why this officer can see the case (为什么我能看到)."""
    actions: tuple[str, ...]
    """`urge`, `order`, `comment`, `follow`, `unfollow`."""
    stages: tuple[Stage, ...] = ()
    events: tuple[ReportableEvent, ...] = ()
    """What this officer may report now."""


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
class CommentRow:
    """A remark in a case's thread."""

    at: datetime
    who: str
    agency: Text
    text: str
    task_name: Text | None


@dataclass(frozen=True)
class Fault:
    """A broken place in the record: which stream, which row, and how it was changed."""

    stream: str
    seq: int
    kind: str
    text: Text
