"""The plain shapes of the registers: what a handler reads of them and what it may enter. Part of `workflows.contracts`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from workflows.working_days import months_after

SubjectKind = Literal["institution", "person", "platform", "supplier", "other"]
Ownership = Literal["public", "private", "unknown"]
PersonPart = Literal["legal_representative", "principal", "actual_controller", "practitioner"]
PenaltySource = Literal["own", "province", "other_region"]
PenaltyState = Literal["effective", "annulled", "in_dispute"]
AdBasis = Literal["55", "58", "measures"]
"""What an advertisement violated: 广告法 art. 55 (false), art. 58 (unreviewed, forbidden content), or the 医疗广告管理办法."""


@dataclass(frozen=True)
class PersonRef:
    """Somebody behind a subject. `id_digest` is the salted digest of the identity number ('' unknown): equal digests, same person."""

    name: str
    part: PersonPart
    id_digest: str = ""


@dataclass(frozen=True)
class SubjectRef:
    """A regulated subject (监管对象). `code` is its unified social credit code ('' without one), `names` every other name it goes by."""

    id: UUID
    name: str
    code: str
    kind: SubjectKind
    ownership: Ownership
    names: tuple[str, ...] = ()
    people: tuple[PersonRef, ...] = ()


@dataclass(frozen=True)
class PenaltyRow:
    """An administrative penalty (行政处罚), whoever decided it. `act` is a code of the matter list, such as `illegal_practice`."""

    id: UUID
    subject_name: str
    subject_code: str
    """As the decision writes them; the code '' where it names none."""
    act: str
    act_on: date | None
    """The day of the act, where it is known."""
    decided_on: date
    authority: str
    """Name of the authority that decided."""
    function: str
    """Its function code (HEALTH, AMR …): only HEALTH's penalties count for 法释〔2016〕27号 art. 2(4)."""
    region: str
    source: PenaltySource
    number: str
    """Number of the decision (文号)."""
    kinds: tuple[str, ...]
    """warning, fine, confiscate, suspend, revoke …: the values of the penalty forms."""
    fine: Decimal | None
    """In yuan; None when no fine was imposed."""
    status: PenaltyState
    summary: bool
    """By the summary procedure (行政处罚法 art. 51)."""
    certified_copy: bool
    """Whether a certified copy of the decision is at hand, as the transfer package wants it."""
    case_number: str = ""
    """The case of this installation in which it was decided, '' for others."""
    matched_by: str = ""
    """How a search found it: `code`, `name`, `variant` or `person`. All but `code` are for an officer to confirm."""


@dataclass(frozen=True)
class AdViolation:
    """A punished advertisement. The law counts acts (违法行为); which of the two days counts is a setting, so both are kept."""

    subject_name: str
    subject_code: str
    act_on: date
    decided_on: date
    basis: AdBasis
    number: str
    case_number: str = ""


def violations_within(
    violations: Iterable[AdViolation], day: date, *, counted: Literal["act_on", "decided_on"] = "act_on", months: int = 24
) -> tuple[AdViolation, ...]:
    """Those whose `months`, counted from their `counted` day, are not over on `day`: the first of three falls out (广告法 art. 55).

    An act of 2024-03-10 counts on 2026-03-10, one of 2024-03-09 does not.
    """
    return tuple(one for one in violations if getattr(one, counted) <= day <= months_after(getattr(one, counted), months))


@dataclass(frozen=True)
class AdRefusal:
    """For this long the review authority accepts no advertisement application of the subject (广告法 art. 55, 58). Both days belong to it."""

    subject_name: str
    subject_code: str
    since: date
    until: date
    basis: str
    number: str


@dataclass(frozen=True)
class MatterRow:
    """A row of the matter list in force (执法事项清单). `lead` and `members` are function codes."""

    code: str
    name: str
    lead: str
    members: tuple[str, ...]
    basis: str
    version: int
    name_en: str = ""


@dataclass(frozen=True)
class OfficerQualification:
    """An officer's certificate and the training hours of the calendar year of the step; `required` is None where nobody set a figure.

    `enforced`: the place refuses whoever has fewer; elsewhere the figure is only shown.
    """

    username: str
    certificate: str | None
    certificate_until: date | None
    hours_this_year: Decimal
    required: int | None = None
    enforced: bool = False


@dataclass(frozen=True)
class ChildCase:
    """A case that this one opened. `relation` is why; `facts` are those of its whole case, without what is confidential."""

    number: str
    process: str
    title: str
    status: str
    relation: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NewPerson:
    """Somebody behind a subject to be entered. The identity number is stored as its salted digest and its last four places only."""

    name: str
    part: PersonPart
    id_number: str = ""


@dataclass(frozen=True)
class NewSubject:
    """Enter a subject, or add what is new (names, people, ownership) to the one that has this code, else this very name."""

    name: str
    code: str = ""
    kind: SubjectKind = "institution"
    ownership: Ownership = "unknown"
    names: tuple[str, ...] = ()
    people: tuple[NewPerson, ...] = ()


@dataclass(frozen=True)
class NewPenalty:
    """Enter a penalty; the one that is there under the same authority and number is changed instead. Its subject is entered with it."""

    subject_name: str
    subject_code: str
    act: str
    act_on: date | None
    decided_on: date
    authority: str
    """Name of the authority; for our own, the name in the directory."""
    function: str
    number: str
    kinds: tuple[str, ...]
    fine: Decimal | None = None
    region: str = ""
    source: PenaltySource = "own"
    summary: bool = False
    certified_copy: bool = False
    status: PenaltyState = "effective"
    id_number: str = ""
    """Of a natural person; stored as digest and last four places."""
    subject_kind: SubjectKind = "institution"
    """What the subject is, where it is not known yet."""


@dataclass(frozen=True)
class PenaltyStatus:
    """A penalty is annulled, in dispute or effective again, or its certified copy has come (`certified_copy` None: unchanged)."""

    penalty: UUID
    status: PenaltyState
    reason: str
    certified_copy: bool | None = None


@dataclass(frozen=True)
class NewAdViolation:
    """Enter a punished advertisement, one entry an act; the same subject, number and day of the act is changed instead."""

    subject_name: str
    subject_code: str
    act_on: date
    decided_on: date
    basis: AdBasis
    number: str


@dataclass(frozen=True)
class NewAdRefusal:
    """Refuse the subject's advertisement applications from `since` until `until`; the same subject and number is changed instead."""

    subject_name: str
    subject_code: str
    since: date
    until: date
    basis: str
    number: str


RegisterEntry = NewSubject | NewPenalty | PenaltyStatus | NewAdViolation | NewAdRefusal
"""What a handler may enter; written in the transaction of the step, with the case that caused it."""
