"""What a template may name: facts in words, the case, the document, the agency that issues it, the agencies that take part."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.contracts import nearest
from workflows.directory import Directory
from workflows.documents import chinese
from workflows.documents.issuing import CONFIDENTIAL, names_by_label
from workflows.documents.registry import OF_THE_ACT
from workflows.documents.wording import Wording, cause, wording
from workflows.engine.bundle import Bundle
from workflows.fact_rows import label_of
from workflows.records import Case, Document, Officer, Participant, Task

MASKED = "***"
NOTHING: tuple[Any, ...] = (None, "", [])
PEERS = {
    "police": "PSB",
    "procuratorate": "PROC",
    "court": "COURT",
    "government": "GOV",
    "health": "HEALTH",
    "market": "AMR",
    "network": "CAC",
}
"""`peers.police` and its like: the function that each word means."""
SERVICE_DOCUMENTS = {"members": "member"}
"""`parts.members`, beside the capacities themselves."""


def values_of(
    session: Session, people: Directory, bundle: Bundle, case: Case, row: Document, *, reads: frozenset[str], replaced: str
) -> dict[str, Any]:
    """Everything that the template of `row` may name. `reads` are the facts that it does name, `replaced` the paper that it replaces, in words."""
    answers = {name: value for name, value in row.content["answers"].items() if value != MASKED and name not in CONFIDENTIAL}
    known = {**answers, **{name: value for name, value in row.content["facts"].items() if name not in CONFIDENTIAL}}
    worded = wording(session, people, bundle, case, known)
    said = {name: worded.words(name, value) for name, value in known.items() if value not in NOTHING}
    by_label = {label: said[name] for label, name in names_by_label(bundle).items() if name in said}
    return {
        **said,
        "raw": known,
        "案情": by_label,
        "rest": _rest(worded, answers, said, {name.removeprefix("案情:") for name in reads}),
        "case": {"number": case.number, "title": case.title, "day": chinese.day(case.opened_at), "cause": cause(said, known)},
        "own": {"name": people.refs[row.agency].name.zh, "sign": people.sign(row.agency)},
        "doc": {**_document(session, row, known), "replaces": replaced},
        "parts": _parts(session, people, row),
        "peers": _peers(people, row.agency),
    }


def _rest(worded: Wording, answers: Mapping[str, Any], said: Mapping[str, Any], named: AbstractSet[str]) -> list[dict[str, str]]:
    """The answers of the step that the template does not name itself, but for those that say how the step was done and not what."""
    told = [
        (label_of(worded.components[name], name).zh, str(said[name]))
        for name in answers
        if name in said and name in worded.components and name not in named | OF_THE_ACT and worded.components[name]["type"] != "checkbox"
    ]
    return [{"label": label, "value": value} for label, value in told if label not in named and value]


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


def _peers(people: Directory, agency: str) -> dict[str, str]:
    """The other authorities of the agency's own region, by what they are."""
    own = people.refs[agency]
    here = [ref for ref in people.agencies() if ref.region == own.region]
    found = {name: nearest(here, function, own) for name, function in PEERS.items()}
    return {name: people.refs[code].name.zh for name, code in found.items() if code}
