"""Running cases on another version of their process, as the designer sees them: where they stand, and nothing of their content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from workflows.contracts import Text


@dataclass(frozen=True)
class Place:
    """A step at which a case waits."""

    process: str
    element: str
    name: Text


@dataclass(frozen=True)
class MigrationReason:
    """Why a case is blocked or needs a decision, or what is good to know: `weight` is blocked, decide or note."""

    weight: str
    rule: str
    process: str
    element: str
    message: Text


@dataclass(frozen=True)
class CaseOnVersion:
    """A case on another version than its own. `verdict`: moves, decide, blocked; `version` is the one that it began on."""

    id: UUID
    number: str
    version: int
    agency: Text
    places: tuple[Place, ...]
    verdict: str
    reasons: tuple[MigrationReason, ...]
    moved: bool = False


@dataclass(frozen=True)
class MigrationPage:
    """Every unfinished case of a process that runs on another version than `number`; `counts` by verdict, `total` with those not judged."""

    process: str
    name: Text
    number: int
    cases: tuple[CaseOnVersion, ...]
    counts: Mapping[str, int]
    total: int
