"""The plain shapes that cross a floor: what a handler gets and returns, what a check finds.

`handlers/` imports this module and nothing else of `workflows`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from workflows.register_rows import (
    AdRefusal,
    AdViolation,
    ChildCase,
    MatterRow,
    NewAdRefusal,
    NewAdViolation,
    NewPenalty,
    NewPerson,
    NewSubject,
    OfficerQualification,
    PenaltyRow,
    PenaltyStatus,
    PersonRef,
    RegisterEntry,
    SubjectRef,
    violations_within,
)
from workflows.working_days import CHINA, months_after

__all__ = [
    "CHINA",
    "AdRefusal",
    "AdViolation",
    "AgencyRef",
    "CaseToOpen",
    "ChildCase",
    "Finding",
    "Handler",
    "HandlerCall",
    "HandlerResult",
    "MatterRow",
    "Message",
    "NewAdRefusal",
    "NewAdViolation",
    "NewPenalty",
    "NewPerson",
    "NewSubject",
    "OfficerQualification",
    "ParticipantChange",
    "ParticipantRef",
    "PenaltyRow",
    "PenaltyStatus",
    "PersonRef",
    "RegisterEntry",
    "Registers",
    "RelatedCase",
    "Service",
    "SubjectRef",
    "Text",
    "months_after",
    "nearest",
    "violations_within",
]


@dataclass(frozen=True)
class Text:
    """A name in both languages of the interface; Chinese first."""

    zh: str
    en: str = ""

    def __str__(self) -> str:
        """The Chinese text, which is the one of record."""
        return self.zh

    def local(self, language: str) -> str:
        """The text for a language tag such as `zh` or `en`; Chinese where there is no translation."""
        return self.en if language.startswith("en") and self.en else self.zh


@dataclass(frozen=True)
class Finding:
    """One thing that a check found. `severity` is `error` (may not be published) or `warning`."""

    severity: str
    rule: str
    element: str
    message: str
    message_en: str
    file: str = ""
    path: tuple[str, ...] = ()
    """The way to it, as `process/element`, where it takes a way to show."""
    steps: tuple[Text, ...] = ()
    """What happens on the way, one for each of `path`."""

    fix: Text | None = None
    """What the one-click repair is called, where there is one."""

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Finding:
        """The finding that `dataclasses.asdict` made a mapping of, after a way through JSON."""
        steps, fix = tuple(Text(**step) for step in told["steps"]), told["fix"] and Text(**told["fix"])
        return cls(**{**told, "path": tuple(told["path"]), "steps": steps, "fix": fix})


@dataclass(frozen=True)
class AgencyRef:
    """An agency as a handler or a page needs it. `function` is a code of domain.md (HEALTH, PSB …)."""

    code: str
    function: str
    level: str
    name: Text
    parent: str | None = None
    region: str = ""


def nearest(agencies: Iterable[AgencyRef], function: str, near: AgencyRef) -> str | None:
    """The code of the agency with `function` in the region of `near`, else at its level, else anywhere; None without one."""
    having = [ref for ref in agencies if ref.function == function]
    same_region = [ref for ref in having if ref.region == near.region]
    same_level = [ref for ref in having if ref.level == near.level]
    return next((ref.code for ref in (*same_region, *same_level, *having)), None)


@dataclass(frozen=True)
class ParticipantRef:
    """An agency's part in a case. `capacity` is receiving, candidate, lead, member, superior, source, recipient …"""

    agency: AgencyRef
    capacity: str


@dataclass(frozen=True)
class RelatedCase:
    """Another case on the same subject, as far as a duplicate search may tell."""

    id: UUID
    number: str
    title: str
    status: str


class Registers(Protocol):
    """Read-only look-ups that a handler may make. What this very step enters is not seen yet."""

    def agencies(self) -> tuple[AgencyRef, ...]:
        """Every agency of the installation."""

    def called(self, term: str, otherwise: Text) -> Text:
        """What the place calls a thing (一案一策, 一案一方案); `otherwise` where it has no word of its own."""

    def cases_of_subject(self, name: str, code: str) -> tuple[RelatedCase, ...]:
        """Other cases whose subject has this name or unified social credit code."""

    def cases_led_by(self, agency: str) -> int:
        """How many cases under way the agency of this code leads."""

    def subjects_like(self, name: str, code: str) -> tuple[SubjectRef, ...]:
        """Registered subjects: the one with this unified social credit code first, then those that go by this name or a variant of it."""

    def penalties_of(self, name: str, code: str) -> tuple[PenaltyRow, ...]:
        """Penalties of the subject under every name, and of the people behind it, from every source; newest decision first."""

    def penalties_in_case(self) -> tuple[PenaltyRow, ...]:
        """Penalties decided in this case, its parent, that one's other children or its own: one act is not fined twice (行政处罚法 art. 29)."""

    def ad_violations_of(self, name: str, code: str) -> tuple[AdViolation, ...]:
        """Punished advertisements of the subject under every name, oldest act first."""

    def ad_refusal_on(self, name: str, code: str, day: date) -> AdRefusal | None:
        """The refusal under which an application of the subject falls on `day`; the one that lasts longest."""

    def matter(self, code: str) -> MatterRow | None:
        """The matter of this code in the matter list in force."""

    def qualification(self, username: str) -> OfficerQualification | None:
        """An officer's certificate and training hours of this year; None for nobody."""

    def children(self) -> tuple[ChildCase, ...]:
        """The cases that this one opened, oldest first."""


@dataclass(frozen=True)
class HandlerCall:
    """What a handler is given: facts to read, never a session to write with."""

    service: str
    case_id: UUID
    case_number: str
    case_title: str
    element: str
    scope: str
    now: datetime
    facts: Mapping[str, Any]
    """The facts of the case, overlaid by those of the branch in `scope`."""
    branches: Mapping[str, Mapping[str, Any]]
    """Facts by branch (agency code) of the multi-instance stages."""
    participants: tuple[ParticipantRef, ...]
    registers: Registers
    issued: Mapping[str, str] = field(default_factory=dict)
    """Documents that the step has issued so far: name → number (文号)."""


@dataclass(frozen=True)
class ParticipantChange:
    """`agency` takes part in `capacity` from now on (or, with `ends`, no longer)."""

    agency: str
    capacity: str
    cause: str
    ends: bool = False


@dataclass(frozen=True)
class Message:
    """Something that leaves the case after the commit, at least once, to an agency's inbox of notices."""

    kind: str
    to_agency: str
    subject: Text
    text: Text
    documents: tuple[str, ...] = ()
    to_role: str = "officer"


@dataclass(frozen=True)
class CaseToOpen:
    """A case to open under this one (另案处理 and the like): of the newest published version of `process`, at the agency `agency`.

    `relation` says what it is to this case (a word of `vocabulary.RELATIONS`); with `suspends`, nothing in this case may be
    completed until it is closed. `facts` may be any: they are what the opening case knows.
    """

    process: str
    title: str
    agency: str
    relation: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    participants: tuple[ParticipantChange, ...] = ()
    suspends: bool = False


@dataclass(frozen=True)
class HandlerResult:
    """What a handler answers; `advance` writes all of it in the transaction of the step."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    participants: tuple[ParticipantChange, ...] = ()
    messages: tuple[Message, ...] = ()
    entries: tuple[RegisterEntry, ...] = ()
    """What the registers learn from this step."""
    cases: tuple[CaseToOpen, ...] = ()
    """Cases to open under this one."""
    note: Text | None = None
    """One line for the case's record."""


class Handler(Protocol):
    """A service that a diagram may call: a plain function without side effects."""

    def __call__(self, call: HandlerCall) -> HandlerResult:
        """Answer the call; raise any exception to leave the case where it was."""


@dataclass(frozen=True)
class Service:
    """A row of the handlers' TABLE: the function, its names for the designer, and the facts it sets."""

    call: Handler
    name: Text
    provides: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()
    """The parts in the case (capacities) that it gives to agencies: the path oracle asks who could do a step."""
    values: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    """Fact → all the values that it may set, where they are few: what the oracle need not take as free."""
    about: str = ""
    """What it does, in a Chinese sentence for the designer; in English the first line of its docstring says it."""
