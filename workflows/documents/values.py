"""What a template may name: facts in words, the case, the document, the agency that issues it, the agencies that take part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import forms
from workflows.directory import Directory
from workflows.documents import chinese
from workflows.documents.issuing import CONFIDENTIAL, names_by_label
from workflows.engine.bundle import Bundle
from workflows.fact_rows import components_of, label_of, option_labels, words_of
from workflows.forms import inputs, key_of
from workflows.records import Case, Document, Officer, Participant, Task

MASKED = "***"
SERVICE_DOCUMENTS = {"members": "member"}
"""`parts.members`, beside the capacities themselves."""


class Rows(list[Any]):
    """The rows of a repeating group: a loop goes over them, in a sentence they are read one after the other."""

    def __str__(self) -> str:
        return "；".join("，".join(str(value) for value in row.values() if value) for row in self)


def values_of(
    session: Session, people: Directory, bundle: Bundle, case: Case, row: Document, *, reads: frozenset[str], replaced: str
) -> dict[str, Any]:
    """Everything that the template of `row` may name. `reads` are the facts that it does name, `replaced` the paper that it replaces, in words."""
    answers = {name: value for name, value in row.content["answers"].items() if value != MASKED and name not in CONFIDENTIAL}
    known = {**answers, **{name: value for name, value in row.content["facts"].items() if name not in CONFIDENTIAL}}
    components = components_of(bundle)
    zh, en = option_labels(session, people, case, components, known)

    def words(name: str) -> Any:
        component = components.get(name)
        return _words(component, known[name], zh) if component else words_of(None, known[name], zh, en).zh

    said = {name: words(name) for name, value in known.items() if value not in (None, "", [])}
    by_label = {label: said[name] for label, name in names_by_label(bundle).items() if name in said}
    named = {name.removeprefix("案情:") for name in reads}
    rest = [
        {"label": label_of(components.get(name), name).zh, "value": str(said[name])}
        for name in answers
        if name in said and name in components and name not in named and label_of(components[name], name).zh not in named
    ]
    return {
        **said,
        "raw": known,
        "案情": by_label,
        "rest": rest,
        "case": {"number": case.number, "title": case.title, "day": chinese.day(case.opened_at)},
        "own": {"name": people.refs[row.agency].name.zh, "sign": people.sign(row.agency)},
        "doc": {**_document(session, row, known), "replaces": replaced},
        "parts": _parts(session, people, row),
    }


def _words(component: Mapping[str, Any], value: Any, options: forms.Options) -> Any:
    if component["type"] == "dynamiclist":
        inner = list(inputs(component))
        return Rows({key_of(one): _words(one, item.get(key_of(one)), options) for one in inner} for item in value)
    if component["type"] == "datetime":
        return chinese.moment(value)
    return forms.shown(component, value, options)


def _document(session: Session, row: Document, known: Mapping[str, Any]) -> dict[str, Any]:
    second = known.get("second_officer")
    wanted = (Officer.id == row.officer) | (Officer.username == second) if isinstance(second, str) else Officer.id == row.officer
    acting = sorted(session.scalars(select(Officer).where(wanted)).all(), key=lambda officer: officer.id != row.officer)
    task = session.get(Task, row.task)
    return {
        "name": row.name,
        "number": row.number,
        "day": chinese.day(row.issued_at),
        "day_in_characters": chinese.day_in_characters(row.issued_at),
        "version": row.version,
        "officer": acting[0].name if acting else "",
        "officers": "、".join(officer.name + (f"（{officer.certificate}）" if officer.certificate else "") for officer in acting),
        "certificates": "、".join(officer.certificate for officer in acting if officer.certificate),
        "step": task.name if task is not None else "",
    }


def _parts(session: Session, people: Directory, row: Document) -> dict[str, str]:
    """Who took part when the document was issued, by capacity."""
    found: dict[str, list[str]] = {}
    query = select(Participant).where(Participant.case == row.case, Participant.since <= row.issued_at).order_by(Participant.since)
    for part in session.scalars(query):
        if part.until is None or part.until > row.issued_at:
            found.setdefault(part.capacity, []).append(people.refs[part.agency].name.zh)
    told = {capacity: "、".join(dict.fromkeys(names)) for capacity, names in found.items()}
    return {**told, **{name: told[capacity] for name, capacity in SERVICE_DOCUMENTS.items() if capacity in told}}
