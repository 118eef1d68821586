"""Issuing: which template a new document is filled from, which values it holds, and its number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection

from workflows.directory import Directory
from workflows.documents import registry
from workflows.documents.registry import Paper, shipped_template
from workflows.documents.template import Template, template
from workflows.engine.bundle import Bundle
from workflows.forms import inputs, key_of
from workflows.prepared import select_all
from workflows.working_days import CHINA
from workflows.writing import NEXT_SERIAL

CONFIDENTIAL = frozenset({"reporter_name", "reporter_phone"})
"""Facts that no document ever holds: the reporter's identity is kept apart from the file (举报人身份保密)."""
REST = "rest"
"""Named by a template that shows every answer of the step that it does not name itself."""
ALWAYS = ("subject_name", "subject_code", "subject_address", "matter", "penalty_act")


def template_of(paper: Paper, bundle: Bundle) -> Template:
    """The template that applies where the agency has none of its own: the bundle's (`documents/<id>.docx`), else the one that ships."""
    own = f"documents/{paper.id}.docx"
    found = next((content for path, content in bundle.files.items() if path == own or path.endswith(f"/{own}")), None)
    return template(paper.name.zh, found) if found is not None else shipped_template(paper.id)


def held(bundle: Bundle, reads: Iterable[str], facts: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a document keeps: of the facts that its template names, by name or by label, and who it is about."""
    by_label = names_by_label(bundle) if any(name.startswith("案情:") for name in reads) else {}
    names = {by_label.get(name.removeprefix("案情:"), "") if name.startswith("案情:") else name for name in reads} | set(ALWAYS)
    return {name: facts[name] for name in sorted(names - CONFIDENTIAL) if name in facts}


def names_by_label(bundle: Bundle) -> dict[str, str]:
    """Facts by the label of their field, where one label means one fact."""
    found: dict[str, set[str]] = {}
    for form in bundle.forms.values():
        for component in inputs(form):
            found.setdefault(str(component.get("label", "")), set()).add(key_of(component))
    return {label: next(iter(names)) for label, names in found.items() if len(names) == 1}


@dataclass(frozen=True)
class Issue:
    """Who issues a document, in which step of which case, and when."""

    case: UUID
    task: UUID
    agency: str
    officer: UUID
    branch: str
    at: datetime


def rows(
    connection: Connection,
    people: Directory,
    bundle: Bundle,
    name: str,
    issue: Issue,
    *,
    answers: Mapping[str, Any],
    facts: Mapping[str, Any],
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The row of a document that is issued now, numbered; and that of its template where it is not stored yet."""
    paper = registry.paper(name)
    digest, reads, unknown = _template_for(people, bundle, issue.agency, paper)
    document = {
        "id": uuid4(),
        "case": issue.case,
        "task": issue.task,
        "name": name,
        "number": number(connection, paper, people.sign(issue.agency), issue.at),
        "agency": issue.agency,
        "officer": issue.officer,
        "scope": issue.branch,
        "content": {"answers": dict(answers), "facts": held(bundle, reads, facts), "rest": REST in reads},
        "issued_at": issue.at,
        "template": digest,
        "version": 1,
        "replaces": None,
    }
    return document, unknown


def _template_for(people: Directory, bundle: Bundle, agency: str, paper: Paper) -> tuple[str, frozenset[str], dict[str, Any] | None]:
    """The template that the agency uses now, kept for as long as the document is; the facts that it names; its row when it is new."""
    own = people.template_used(agency, paper.id)
    if own is not None:
        return own, people.template_reads(own) or frozenset(), None
    ours = template_of(paper, bundle)
    known = people.template_reads(ours.digest)
    if known is not None:
        return ours.digest, known, None
    return ours.digest, ours.reads, {"digest": ours.digest, "content": ours.content, "reads": sorted(ours.reads)}


def number(connection: Connection, paper: Paper, sign: str, now: datetime) -> str:
    """The next number of the paper's series, `青卫罚〔2026〕1号`; empty for papers that bear none.

    Counted for each sign, series and year in the transaction that uses it: no gap, none twice.
    """
    if paper.series is None:
        return ""
    year = now.astimezone(CHINA).year
    return f"{sign}{paper.series}〔{year}〕{next_serial(connection, f'document:{sign}{paper.series}', year)}号"


def next_serial(connection: Connection, series: str, year: int) -> int:
    """The next number of a series; taken in the transaction that uses it, so there are no gaps."""
    [[[taken]]] = select_all(connection, [(NEXT_SERIAL, {"series": series, "year": year})])
    return int(taken)
