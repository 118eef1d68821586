"""A completion as the gates see it: who tries what, and what the case knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Protocol
from uuid import UUID

from workflows.contracts import Registers
from workflows.rulebook import Rulebook, load_rulebook
from workflows.views import Officer
from workflows.working_days import CHINA


class Doers(Protocol):
    """Who completed an element of the case, or named as the second officer there."""

    def __call__(self, *elements: str) -> frozenset[UUID]:
        """Ids of the officers."""


def nobody(*elements: str) -> frozenset[UUID]:  # noqa: ARG001 - the answer of a case in which nothing was done
    """No officer."""
    return frozenset()


@dataclass(frozen=True)
class Colleague:
    """An officer as a gate needs to know one."""

    username: str
    agency: str
    active: bool
    certificate: str | None
    certificate_until: date | None
    id: UUID | None = None

    def certified(self, today: date) -> bool:
        """Whether the enforcement certificate is valid on `today`."""
        return bool(self.certificate) and (self.certificate_until is None or self.certificate_until >= today)


@dataclass(frozen=True)
class Attempt:
    """A completion on its way: who, in which branch, with which answers, and what the case knows."""

    officer: Officer
    agency: str
    role: str
    branch: str
    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    today: date
    colleagues: Mapping[str, Colleague]
    """Officers of the task's agency, by username."""
    investigators: frozenset[UUID]
    """Ids of the officers who investigated in this case."""
    open_children: tuple[str, ...]
    """Numbers of cases under this one that are still open."""
    police_told: bool
    """Whether the transfer has reached the police and its copy the procuratorate."""
    recused: frozenset[str] = frozenset()
    """Usernames of who was recused in this case."""
    doers: Doers = field(default=nobody, compare=False)
    """Element ids → ids of the officers who completed one of these elements in this case."""
    registers: Registers | None = field(default=None, compare=False)
    """What the registers know; None where a gate is tried without a database."""
    known: Mapping[str, Any] = field(default_factory=dict)
    """The facts as they were before these answers."""
    above: Mapping[str, Any] = field(default_factory=dict)
    """The facts of the case under which this one stands; empty where there is none."""
    rules: Rulebook = field(default_factory=load_rulebook, compare=False)
    """The clock rules of the place, for gates that ask whether a term is over."""

    def last_day(self, rule: str, start: object) -> date | None:
        """The last day of the term `rule` counted from the ISO day `start`; None without a day."""
        day = iso_day(start)
        if day is None:
            return None
        begun = datetime.combine(day, time(), tzinfo=CHINA)
        return self.rules.due(self.rules.rules[rule], begun).at.date()


def iso_day(told: object) -> date | None:
    """The day of a date answer; None where it is empty or no day."""
    try:
        return datetime.fromisoformat(told).date() if isinstance(told, str) and told else None
    except ValueError:
        return None
