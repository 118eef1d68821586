"""What a designer may choose from where a diagram names something outside itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.contracts import Text


@dataclass(frozen=True)
class Choice:
    """Something to choose: what the file says, and what people call it. `kind` groups a list."""

    value: str
    label: Text
    kind: str = ""
    article: str = ""


@dataclass(frozen=True)
class ClockChoice:
    """A clock rule, and when it would run out if it were started now. `setting`: the law gives no number."""

    id: str
    name: Text
    article: str
    unit: str
    length: int
    setting: bool
    to_be_confirmed: bool
    due_today: datetime | None
    provisional: bool
    """Whether the calendar of the due day's year is not published yet."""


@dataclass(frozen=True)
class ServiceChoice:
    """A service of the handlers' table: what it does in a line, and the facts that it sets."""

    key: str
    name: Text
    description: Text
    provides: tuple[str, ...]


@dataclass(frozen=True)
class FormField:
    """A fact that a form asks for."""

    key: str
    label: Text
    type: str


@dataclass(frozen=True)
class FormChoice:
    """A form of the draft."""

    value: str
    label: Text
    fields: tuple[FormField, ...]


@dataclass(frozen=True)
class TableChoice:
    """A decision table of the draft: the expressions that it reads and the facts that it sets."""

    value: str
    label: Text
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """Everything that the properties of an element are chosen from."""

    agencies: tuple[Choice, ...]
    roles: tuple[Choice, ...]
    clocks: tuple[ClockChoice, ...]
    services: tuple[ServiceChoice, ...]
    gates: tuple[Choice, ...]
    documents: tuple[Choice, ...]
    forms: tuple[FormChoice, ...] = ()
    tables: tuple[TableChoice, ...] = ()
    processes: tuple[Choice, ...] = ()
    """Processes of the draft that a call may name."""
