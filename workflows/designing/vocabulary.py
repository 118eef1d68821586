"""What the properties of an element are chosen from: lanes, clocks with what they would give from today, services, gates, documents.

The words are those of the program and of the place; forms, tables and called processes are those of the draft that is open.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from uuid import UUID

from workflows import access, forms
from workflows.clock_rules import Rule
from workflows.contracts import Service, Text
from workflows.designing import holding
from workflows.desk import Desk
from workflows.documents import registry
from workflows.engine.decision_table import TableError, read_table
from workflows.engine.diagram import read_diagram
from workflows.engine.file_shapes import ShapeRefused, read_form
from workflows.engine.secure_xml import XmlRefused
from workflows.fact_rows import label_of
from workflows.functions import FUNCTION_NAMES
from workflows.gates.names import NAMES
from workflows.views import Officer
from workflows.views.vocabulary import Choice, ClockChoice, FormChoice, FormField, ServiceChoice, TableChoice, Vocabulary
from workflows.vocabulary import CAPACITIES, CASE_ROLES, LANE_CAPACITIES, ROLES


def vocabulary(desk: Desk, officer: Officer, draft_id: UUID | None = None) -> Vocabulary:
    """Everything to choose from; with a draft, its forms, tables and processes too. Raises NotFound, NotAllowed."""
    access.require(officer, *holding.READERS)
    files: Mapping[str, bytes] = {}
    if draft_id is not None:
        with desk.database.reading() as session:
            files = holding.files_of(session, holding.find(session, officer, draft_id))
    now = desk.now()
    return Vocabulary(
        agencies=(
            *(Choice(code, name, "capacity") for code, name in CAPACITIES.items() if code in LANE_CAPACITIES),
            *(Choice(code, name, "function") for code, name in FUNCTION_NAMES.items()),
        ),
        roles=tuple(Choice(code, name) for code, name in ROLES.items() if code in CASE_ROLES),
        clocks=tuple(_clock(desk, rule, now) for rule in desk.rules.rules.values() if desk.place.has_clock(rule)),
        services=tuple(_service(key, service) for key, service in desk.services.items()),
        gates=tuple(Choice(key, name, article=article) for key, (name, article) in NAMES.items()),
        documents=tuple(Choice(paper.name.zh, paper.name, paper.kind, paper.article) for paper in registry.papers()),
        forms=tuple(_form(path, content) for path, content in _ending(files, ".form")),
        tables=tuple(_table(path, content) for path, content in _ending(files, ".dmn")),
        processes=tuple(_processes(files)),
    )


def _clock(desk: Desk, rule: Rule, now: datetime) -> ClockChoice:
    try:
        found = desk.rules.due(rule, now)
    except OverflowError:  # longer than a calendar counts
        found = None
    return ClockChoice(
        id=rule.id,
        name=rule.name,
        article=rule.article,
        unit=rule.unit,
        length=rule.length,
        setting=rule.setting,
        to_be_confirmed=rule.to_be_confirmed,
        due_today=found.at if found else None,
        provisional=found.provisional if found else False,
    )


def _service(key: str, service: Service) -> ServiceChoice:
    told = (inspect.getdoc(service.call) or "").partition("\n")[0]
    return ServiceChoice(key, service.name, Text(service.about or told, told), tuple(sorted(service.provides)))


def _ending(files: Mapping[str, bytes], suffix: str) -> Iterator[tuple[str, bytes]]:
    return ((path, content) for path, content in files.items() if path.endswith(suffix))


def _form(path: str, content: bytes) -> FormChoice:
    stem = PurePosixPath(path).stem
    try:
        asked = list(forms.inputs(read_form(content)))
    except ShapeRefused:  # the check says what is wrong with it
        asked = []
    fields = tuple(FormField(key, label_of(one, key), str(one["type"])) for one in asked if (key := forms.key_of(one)))
    return FormChoice(stem, Text(stem, stem), fields)


def _table(path: str, content: bytes) -> TableChoice:
    stem = PurePosixPath(path).stem
    try:
        table = read_table(stem, content)
    except (XmlRefused, TableError):
        return TableChoice(stem, Text(stem, stem), (), ())
    return TableChoice(stem, table.title, tuple(table.inputs), tuple(table.outputs))


def _processes(files: Mapping[str, bytes]) -> Iterator[Choice]:
    for _, content in _ending(files, ".bpmn"):
        try:
            diagram = read_diagram(content)
        except XmlRefused:
            continue
        if diagram.process:
            yield Choice(diagram.process, Text(diagram.name.zh or diagram.process, diagram.name.en))
