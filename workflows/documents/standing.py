"""Whether an issued document still says what the case says: computed when it is read, so issuing costs nothing for it.

A document holds the values that it was filled with. Where the case's fact is another one now, the document is stale; it is not
where the document said nothing about the fact yet, and not for who acted in the step (`OF_THE_ACT`). A document that another took
the place of is no longer watched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.directory import Directory
from workflows.documents.issuing import CONFIDENTIAL
from workflows.documents.registry import OF_THE_ACT, paper
from workflows.documents.values import MASKED
from workflows.engine.bundle import Bundle
from workflows.fact_rows import components_of, label_of, option_labels, words_of
from workflows.facts import Facts
from workflows.records import Case, Document, Fact
from workflows.views import Changed

NOTHING: tuple[Any, ...] = (None, "", [])


@dataclass(frozen=True)
class Standing:
    """`current`, `stale` with what changed, or `replaced` by another document."""

    state: str = "current"
    changes: tuple[Changed, ...] = ()
    replaced_by: UUID | None = None


def standings(session: Session, people: Directory, bundle: Bundle, case: Case, rows: Sequence[Document]) -> dict[UUID, Standing]:
    """The standing of every document of a case; `rows` are all of them, in the order in which they were issued."""
    facts, since = _facts(session, case.id)
    later = _successors(rows)
    again = _made_again(rows)
    differing = {row.id: _differing(row, facts, again=row.id in again) for row in rows if row.id not in later}
    told = _words(session, people, bundle, case, [(name, value) for found in differing.values() for name, *both in found for value in both])
    components = components_of(bundle)
    return {
        row.id: Standing("replaced", replaced_by=later[row.id])
        if row.id in later
        else Standing(
            "stale" if differing[row.id] else "current",
            tuple(
                Changed(
                    label_of(components.get(name), name),
                    told(name, old),
                    told(name, new),
                    _when(row.scope, name, since) or row.issued_at,
                )
                for name, old, new in differing[row.id]
            ),
        )
        for row in rows
    }


def used(row: Document, *, again: bool = False) -> Mapping[str, Any]:
    """The values that the document shows. `again`: the step was done again and made a record of its own, so its answers are not this one's."""
    answers = row.content["answers"]
    shown = {**(answers if row.content.get("rest", True) else {}), **row.content["facts"]}
    unwatched = CONFIDENTIAL | OF_THE_ACT | (answers.keys() if again else set())
    return {name: value for name, value in shown.items() if value not in NOTHING and value != MASKED and name not in unwatched}


def _differing(row: Document, facts: Facts, *, again: bool) -> list[tuple[str, Any, Any]]:
    now = facts.view(row.scope)
    return [(name, value, now.get(name)) for name, value in used(row, again=again).items() if now.get(name) != value]


def _made_again(rows: Sequence[Document]) -> set[UUID]:
    """Documents of which a later step made another of the same name."""
    latest: set[tuple[str, str, str]] = set()
    found = set()
    for row in reversed(rows):
        key = (row.name, row.scope, row.agency)
        if key in latest:
            found.add(row.id)
        latest.add(key)
    return found


def _successors(rows: Sequence[Document]) -> dict[UUID, UUID]:
    """Document → the one that took its place: issued to replace it, or by the same step again."""
    found = {row.replaces: row.id for row in rows if row.replaces is not None}
    latest: dict[tuple[str, str, str], UUID] = {}
    for row in reversed(rows):
        key = (row.name, row.scope, row.agency)
        if not paper(row.name).repeats and key in latest:
            found.setdefault(row.id, latest[key])
        latest[key] = row.id
    return found


def _facts(session: Session, case: UUID) -> tuple[Facts, dict[tuple[str, str], datetime]]:
    stored: dict[str, dict[str, Any]] = {}
    since = {}
    for scope, name, value, at in session.execute(select(Fact.scope, Fact.name, Fact.value, Fact.at).where(Fact.case == case)):
        stored.setdefault(scope, {})[name] = value
        since[scope, name] = at
    return Facts(stored), since


def _when(scope: str, name: str, since: Mapping[tuple[str, str], datetime]) -> datetime | None:
    parts = scope.split("/") if scope else []
    around = ["/".join(parts[:count]) for count in range(len(parts), -1, -1)]
    return next((since[place, name] for place in around if (place, name) in since), None)


def _words(session: Session, people: Directory, bundle: Bundle, case: Case, values: Sequence[tuple[str, Any]]) -> Any:
    components = components_of(bundle)
    zh, en = option_labels(session, people, case, components, dict(values)) if values else ({}, {})
    return lambda name, value: words_of(components.get(name), value, zh, en)
