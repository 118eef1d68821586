"""Diagrams: check them, publish a version, list and draw what is published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy import case as sql_case
from sqlalchemy.orm import Session

from workflows import access, choices, proofs, publishing
from workflows.checks.check import check_files
from workflows.checks.context import Known
from workflows.contracts import Finding, Text
from workflows.desk import Desk
from workflows.engine.bundle import MANIFEST, Bundle, pack, read_bundle
from workflows.errors import DiagramRefused, NotFound, OneCaseError, OwnWork
from workflows.gates import GATES
from workflows.oracle.judging import unreadable
from workflows.publishing import Publication
from workflows.records import Bundle as BundleRow
from workflows.records import Case, Task, Version
from workflows.repairs.fixes import offered
from workflows.rows import light_is
from workflows.step import bundle_of
from workflows.ticking import worse
from workflows.trying import scenarios
from workflows.views import Drawing, Officer, ProcessRow, VersionRow

LIGHTS = ("red", "yellow", "green")
READERS = publishing.READERS
NO_NOTES: Mapping[str, str] = {}


def check(
    desk: Desk, files: Mapping[str, bytes], *, paths: bool = False, watch: Callable[[int], None] = lambda _: None
) -> tuple[Finding, ...]:
    """What is wrong with a bundle's files, or with a diagram alone, in words; errors forbid publishing. Nothing is stored.

    With `paths`, a bundle without an error is gone on every path on the engine too; `watch` is told the number of states so far and may
    raise to stop.
    """
    findings = (*offered(files, check_files(files, _known(desk))), *unreadable(files))
    if MANIFEST not in files or any(finding.severity == "error" for finding in findings):
        return findings
    tried = tuple(scenarios.findings(files, {key: service.call for key, service in desk.services.items()}, desk.now()))
    if not paths or tried:
        return (*findings, *tried)
    return (*findings, *proofs.prove(desk, files, watch))


def unsound(desk: Desk, files: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """The errors of a bundle's files for which it cannot even be played; empty when it can."""
    if MANIFEST not in files:
        return (Finding("error", "manifest", "", "没有清单 bundle.yaml。", "There is no bundle.yaml.", MANIFEST),)
    findings = (*check_files(files, _known(desk)), *unreadable(files))
    return tuple(finding for finding in findings if finding.severity == "error")


def publish(
    desk: Desk, author: str, files: Mapping[str, bytes], *, reason: str, reviewer: str = "", notes: Mapping[str, str] = NO_NOTES
) -> VersionRow:
    """Publish a bundle as the next version of its process; the same content as the newest version publishes nothing new.

    `author` and `reviewer` are names; nobody is both. `notes` stand in the record beside them. Raises DiagramRefused with every finding
    when one is an error, OneCaseError without a reason, OwnWork.
    """
    if not reason.strip():
        raise OneCaseError("请填写发布理由。", "Give a reason for publishing.")
    if MANIFEST not in files:
        raise OneCaseError(
            "没有清单 bundle.yaml，无法发布；请把流程图放进流程包。", "There is no bundle.yaml: a diagram is published as part of a bundle."
        )
    if reviewer and reviewer.strip() == author.strip():
        raise OwnWork("不能审核本人起草的流程，请由另一人审核。", "Nobody reviews their own work; another person must.")
    digest, content = pack(files)
    with desk.database.reading() as session:
        same = session.scalars(select(Version).where(Version.digest == digest)).first()
        if same is not None and same == publishing.newest(session, same.process):
            return publishing.version_row(same)  # it was checked when it was published
    findings = check(desk, files)
    if any(finding.severity == "error" for finding in findings):
        raise DiagramRefused(findings)
    bundle = read_bundle(files)
    with desk.database.transaction() as session:
        last = publishing.newest(session, bundle.process)
        if last is not None and last.digest == digest:
            return publishing.version_row(last)
        new = Publication(digest, content, bundle.process, bundle.name, author, reason.strip(), reviewer, notes=notes)
        return publishing.version_row(publishing.enter(session, desk.now(), new))


def is_published(desk: Desk, files: Mapping[str, bytes]) -> bool:
    """Whether some version, the newest or an earlier one, has exactly this content."""
    digest, _ = pack(files)
    with desk.database.reading() as session:
        return session.scalars(select(Version.number).where(Version.digest == digest)).first() is not None


def list_processes(desk: Desk, officer: Officer) -> tuple[ProcessRow, ...]:
    """Every published process with its newest version."""
    access.require(officer, *READERS)
    with desk.database.reading() as session:
        counted = _case_counts(session)
        newest = {row.process: row for row in session.scalars(select(Version).order_by(Version.number))}
        return tuple(ProcessRow(key, Text(row.name, row.name_en), _row(row, counted)) for key, row in newest.items())


def versions(desk: Desk, officer: Officer, key: str) -> ProcessRow:
    """A process with all its versions, newest first. Raises NotFound."""
    access.require(officer, *READERS)
    with desk.database.reading() as session:
        rows = session.scalars(select(Version).where(Version.process == key).order_by(Version.number.desc())).all()
        if not rows:
            raise NotFound
        counted = _case_counts(session)
        listed = tuple(_row(row, counted) for row in rows)
        return ProcessRow(key, listed[0].name, listed[0], listed)


def drawings(desk: Desk, officer: Officer, key: str, number: int) -> tuple[Drawing, ...]:
    """The diagrams of a version, the main one first, with the count of open tasks on each element and the worst light."""
    access.require(officer, *READERS)
    now = desk.now()
    with desk.database.reading() as session:
        version = session.get(Version, (key, number))
        if version is None:
            raise NotFound
        bundle = bundle_of(session, version.digest)
        tokens: dict[str, dict[str, int]] = {}
        lights: dict[str, dict[str, str]] = {}
        for process, element, via, count, *lit in session.execute(_open_by_element(version, now)):
            # A task also counts on every call activity that led to it, up to the main road.
            for place in (f"{process}/{element}", *via.split()):
                home, _, node = place.partition("/")
                tokens.setdefault(home, {})[node] = tokens.get(home, {}).get(node, 0) + count
                for colour in (colour for colour, number in zip(LIGHTS, lit, strict=True) if number):
                    known = lights.setdefault(home, {})
                    known[node] = worse(known.get(node), colour) or colour
        return tuple(_drawing(bundle, process, tokens.get(process, {}), lights.get(process, {})) for process in bundle.reading_order)


def xml(desk: Desk, digest: str, process: str) -> bytes:
    """The BPMN source of one process of a stored bundle. Raises NotFound."""
    with desk.database.reading() as session:
        if session.get(BundleRow, digest) is None:
            raise NotFound
        bundle = bundle_of(session, digest)
        if process not in bundle.sources:
            raise NotFound
        return bundle.xml(process)


def form(desk: Desk, digest: str, name: str) -> Mapping[str, Any]:
    """A form of a stored bundle. Raises NotFound."""
    with desk.database.reading() as session:
        if session.get(BundleRow, digest) is None or name not in bundle_of(session, digest).forms:
            raise NotFound
        return bundle_of(session, digest).forms[name]


def _known(desk: Desk) -> Known:
    """What the check takes from the program."""
    return Known(
        services=frozenset(desk.services),
        clocks=frozenset(desk.rules.rules),
        gates=frozenset(GATES),
        provided=_provided(desk),
        settings=frozenset(rule.id for rule in desk.rules.rules.values() if rule.setting),
        options=choices.OFFERED,
    )


def _provided(desk: Desk) -> dict[str, frozenset[str]]:
    return {key: service.provides for key, service in desk.services.items()}


def _case_counts(session: Session) -> dict[tuple[str, int], tuple[int, int]]:
    still_open = func.sum(sql_case((Case.status == "open", 1), else_=0))
    rows = session.execute(select(Case.process, Case.version, still_open, func.count()).group_by(Case.process, Case.version))
    return {(process, version): (opened, total) for process, version, opened, total in rows}


def _row(row: Version, counted: Mapping[tuple[str, int], tuple[int, int]]) -> VersionRow:
    return publishing.version_row(row, *counted.get((row.process, row.number), (0, 0)))


def _open_by_element(version: Version, now: datetime) -> Select[*tuple[Any, ...]]:
    """Open tasks of a version by place, and how many of them are in each light."""
    places = (Task.process, Task.element, Task.via)
    lit = (func.sum(sql_case((light_is(colour, now), 1), else_=0)) for colour in LIGHTS)
    return (
        select(*places, func.count(), *lit)
        .join(Case, Case.id == Task.case)
        .where(Task.state == "open", Case.digest == version.digest)
        .group_by(*places)
    )


def _drawing(bundle: Bundle, process: str, tokens: Mapping[str, int], lights: Mapping[str, str]) -> Drawing:
    diagram = bundle.diagrams[process]
    called = {element.id: element.called for element in diagram.elements.values() if element.called}
    return Drawing(
        process, diagram.name, bundle.digest, tokens, (), {element: colour for element, colour in lights.items() if colour}, called
    )
