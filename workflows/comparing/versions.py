"""Compare two versions of a process, or a draft with a version: for the page, the API and the command line alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from uuid import UUID

from sqlalchemy.orm import Session

from workflows import access, publishing
from workflows.comparing.bundles import compare
from workflows.comparing.changes import EFFECTS, Change, Names
from workflows.contracts import Text
from workflows.designing import holding
from workflows.desk import Desk
from workflows.engine.bundle import MANIFEST
from workflows.engine.decision_table import TableError, read_table
from workflows.engine.diagram import read_diagram
from workflows.engine.file_shapes import ShapeRefused, read_manifest
from workflows.engine.secure_xml import XmlRefused
from workflows.errors import NotFound
from workflows.records import Version
from workflows.step import bundle_of
from workflows.views import Officer

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class ComparedDrawing:
    """A diagram that differs; `older` and `newer` say which side has it."""

    process: str
    name: Text
    file: str
    older: bool
    newer: bool


@dataclass(frozen=True)
class Comparison:
    """What differs between `old` and `new`, numbers of versions; `new` is None for a draft, `old` where nothing was published."""

    process: str
    name: Text
    old: int | None
    new: int | None
    changes: tuple[Change, ...]
    drawings: tuple[ComparedDrawing, ...]
    """The main process first, then by name of the file."""
    old_digest: str = ""
    new_digest: str = ""
    draft: UUID | None = None

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many changes have each effect, in the order of weight."""
        found = Counter(change.effect for change in self.changes)
        return {effect: found[effect] for effect in EFFECTS}


def of_versions(desk: Desk, officer: Officer, process: str, old: int, new: int) -> Comparison:
    """What version `new` of a process changed of version `old`. Raises NotFound, NotAllowed."""
    access.require(officer, *publishing.READERS)
    with desk.database.reading() as session:
        rows = [session.get(Version, (process, number)) for number in (old, new)]
        before, after = (row if row is not None else _missing() for row in rows)
        files = bundle_of(session, before.digest).files, bundle_of(session, after.digest).files
        name, digests = Text(after.name, after.name_en), (before.digest, after.digest)
    changes, drawings = told(desk, files[0], files[1])
    return Comparison(process, name, old, new, changes, drawings, *digests)


def of_draft(desk: Desk, officer: Officer, draft_id: UUID, old: int | None = None) -> Comparison:
    """What a draft changes of version `old`; without one, of the version that it began with, else of the newest.

    Raises NotFound, NotAllowed.
    """
    with desk.database.reading() as session:
        draft = holding.find(session, officer, draft_id)
        last = publishing.newest(session, draft.process)
        number = old or draft.base or (last.number if last else None)
        before, digest = _published(session, draft.process, number)
        after = holding.files_of(session, draft)
        process, name = draft.process, Text(draft.name, draft.name_en)
    changes, drawings = told(desk, before, after)
    return Comparison(process, name, number, None, changes, drawings, digest, "", draft_id)


def told(desk: Desk, old: Files, new: Files) -> tuple[tuple[Change, ...], tuple[ComparedDrawing, ...]]:
    """The changes between two sets of files in the words of this installation, and the diagrams that differ."""
    return compare(old, new, _names(desk, old, new)), tuple(_drawings(old, new))


def draft_source(desk: Desk, officer: Officer, draft_id: UUID, process: str) -> bytes:
    """The BPMN source of one process of a draft, as it is stored. Raises NotFound, NotAllowed."""
    with desk.database.reading() as session:
        files = holding.files_of(session, holding.find(session, officer, draft_id))
    found = next((content for path, content in files.items() if path.endswith(".bpmn") and PurePosixPath(path).stem == process), None)
    if found is None:
        raise NotFound
    return found


def _missing() -> Version:
    raise NotFound


def _published(session: Session, process: str, number: int | None) -> tuple[Files, str]:
    if number is None:
        return {}, ""
    row = session.get(Version, (process, number)) or _missing()
    return bundle_of(session, row.digest).files, row.digest


def _drawings(old: Files, new: Files) -> Iterator[ComparedDrawing]:
    main = _main(new) or _main(old)
    differing = {path for path in {*old, *new} if path.endswith(".bpmn") and old.get(path) != new.get(path)}
    for path in sorted(differing, key=lambda path: (PurePosixPath(path).stem != main, path)):
        process = PurePosixPath(path).stem
        yield ComparedDrawing(process, _name(new.get(path) or old.get(path) or b"", process), path, path in old, path in new)


def _main(files: Files) -> str:
    try:
        return str(read_manifest(files.get(MANIFEST, b""))["process"])
    except ShapeRefused:
        return ""


def _name(content: bytes, process: str) -> Text:
    try:
        name = read_diagram(content).name
    except XmlRefused:
        return Text(process, process)
    return name if name.zh else Text(process, process)


def _names(desk: Desk, *sides: Files) -> Names:
    """What clocks, services, tables and called processes are called, by the kind of value that names them."""
    files = {path: content for side in sides for path, content in side.items()}
    return {
        "clock": {rule.id: rule.name for rule in desk.rules.rules.values()},
        "service": {key: service.name for key, service in desk.services.items()},
        "decision": {PurePosixPath(path).stem: _title(path, content) for path, content in files.items() if path.endswith(".dmn")},
        "called": {
            stem: _name(content, stem) for path, content in files.items() if (stem := PurePosixPath(path).stem) and path.endswith(".bpmn")
        },
    }


def _title(path: str, content: bytes) -> Text:
    stem = PurePosixPath(path).stem
    try:
        return read_table(stem, content).title
    except (XmlRefused, TableError):
        return Text(stem, stem)
