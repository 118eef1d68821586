"""A completion as the gates see it: who tries what, and what the case knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from workflows.contracts import Registers
from workflows.views import Officer


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
