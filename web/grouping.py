"""Facts as a reader meets them: step by step, in the order in which they were established."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from workflows.contracts import Text
from workflows.views import FactRow


@dataclass(frozen=True)
class Step:
    """The facts that one step produced (once for each branch of a parallel stage)."""

    name: Text
    scope: str
    by: str | None
    at: datetime
    task_id: UUID | None
    facts: tuple[FactRow, ...]


def by_step(facts: Iterable[FactRow]) -> tuple[Step, ...]:
    """Facts grouped by the step that established them, oldest step first."""
    groups: dict[tuple[str, str, UUID | None], list[FactRow]] = {}
    for fact in facts:
        groups.setdefault((fact.group.zh, fact.scope, fact.task_id), []).append(fact)
    steps = (_step(rows) for rows in groups.values())
    return tuple(sorted(steps, key=lambda step: step.at))


def _step(rows: list[FactRow]) -> Step:
    last = max(rows, key=lambda fact: fact.at)
    return Step(last.group, last.scope, last.by, last.at, last.task_id, tuple(rows))
