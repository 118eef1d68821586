"""Facts as a reader meets them: step by step, in the order in which they were established."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from workflows.contracts import Text
from workflows.views import FactRow

PARTY = ("subject_name", "subject_kind")
"""Facts that a later form asks again: they belong to the cause all the same."""


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
    """Facts grouped by the step that established them, oldest step first; what a later step emptied is left out."""
    groups: dict[tuple[str, str, UUID | None], list[FactRow]] = {}
    for fact in facts:
        if fact.value is None:
            continue
        groups.setdefault((fact.group.zh, fact.scope, fact.task_id), []).append(fact)
    steps = (_step(rows) for rows in groups.values())
    return tuple(sorted(steps, key=lambda step: step.at))


def cause(facts: Iterable[FactRow]) -> Step | None:
    """What the case is about: the party, wherever it was last named, and what the first step established; nothing that is empty."""
    known = tuple(facts)
    steps = by_step(known)
    if not steps:
        return None
    party = [fact for name in PARTY for fact in known if fact.name == name and fact.scope == ""]
    about = [*party, *(fact for fact in steps[0].facts if fact not in party)]
    return replace(steps[0], facts=tuple(fact for fact in about if fact.value not in (None, "", [])))


def _step(rows: list[FactRow]) -> Step:
    last = max(rows, key=lambda fact: fact.at)
    return Step(last.group, last.scope, last.by, last.at, last.task_id, tuple(rows))
