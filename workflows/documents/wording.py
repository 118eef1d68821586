"""How a document words what is stored: labels of the case's own forms and of those above it, and what the case is about (案由)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import forms
from workflows.directory import Directory
from workflows.documents import chinese
from workflows.engine.bundle import Bundle
from workflows.fact_rows import SERVICE_FACTS, components_of, option_labels, words_of
from workflows.forms import CHOICES, MANY, inputs, key_of
from workflows.records import Case, Version
from workflows.step import bundle_of

CODE = re.compile("[a-z][a-z_]+")
"""How the options of a choice are stored."""
TOPICS = frozenset({"drug_device", "medical_waste", "licensing", "harmful_info", "touts"})
"""Matters whose label names a field and no violation."""


class Rows(list[Any]):
    """The rows of a repeating group: a loop goes over them, in a sentence they are read one after the other."""

    def __str__(self) -> str:
        return "；".join("，".join(str(value) for value in row.values() if value) for row in self)


@dataclass(frozen=True)
class Wording:
    """The fields and options that a case's facts may come from: a case under another one inherits facts that its own forms never ask for."""

    components: Mapping[str, Mapping[str, Any]]
    options: forms.Options

    def words(self, name: str, value: Any) -> Any:
        """A stored value as a document says it; a repeating group stays a list of rows."""
        component = self.components.get(name)
        if component is not None:
            return self._of_field(component, value)
        lines = [str(item) for item in value] if isinstance(value, list) else [words_of(None, value, {}, {}).zh]
        return chinese.dates_in(("\n" if any("。" in line for line in lines) else "、").join(lines))

    def _of_field(self, component: Mapping[str, Any], value: Any) -> Any:
        if component["type"] == "dynamiclist":
            inner = list(inputs(component))
            return Rows({key_of(one): self._of_field(one, item.get(key_of(one))) for one in inner} for item in value)
        if component["type"] == "datetime":
            return chinese.moment(value)
        return forms.shown(component, value, self.options)


def wording(session: Session, people: Directory, bundle: Bundle, case: Case, known: Mapping[str, Any]) -> Wording:
    """The wording of a case for the values in `known`: its own bundle's comes before that of the cases above it."""
    components: dict[str, Mapping[str, Any]] = {}
    options: dict[str, list[dict[str, str]]] = {}
    for above, its in reversed(list(_upwards(session, bundle, case))):
        fields = components_of(its)
        components |= fields
        options |= option_labels(session, people, above, fields, known)[0]
    strange = {name for name, value in known.items() if name not in {*components, *SERVICE_FACTS} and _is_code(value)}
    return Wording({**_elsewhere(session, strange), **components}, options)


def _is_code(value: Any) -> bool:
    return bool(CODE.fullmatch(value)) if isinstance(value, str) else isinstance(value, list) and bool(value) and all(map(_is_code, value))


def _elsewhere(session: Session, names: Collection[str]) -> dict[str, Mapping[str, Any]]:
    """The choices of other processes that ask for these facts: a service may hand a fact to a case that no form on the way asked for."""
    found: dict[str, Mapping[str, Any]] = {}
    if names:
        for digest in session.scalars(select(Version.digest).order_by(Version.published_at)):
            fields = components_of(bundle_of(session, digest))
            found |= {name: fields[name] for name in names if name in fields and fields[name]["type"] in CHOICES | MANY}
    return found


def _upwards(session: Session, bundle: Bundle, case: Case) -> Iterator[tuple[Case, Bundle]]:
    yield case, bundle
    above = session.get(Case, case.parent) if case.parent else None
    if above is not None:
        yield from _upwards(session, bundle_of(session, above.digest), above)


def cause(said: Mapping[str, Any], raw: Mapping[str, Any]) -> str:
    """`涉嫌非医师行医`: the act that is punished, else the matter of the clue, without the articles that the options show."""
    act = str(said.get("penalty_act") or "").split("（", 1)[0]
    matter = str(said.get("matter") or "") + ("方面违法" if raw.get("matter") in TOPICS else "")
    return f"涉嫌{act or matter or '违法'}"
