"""Bundles out and in as files: a draft or a version as one zip, a draft of what somebody brings."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from workflows import access
from workflows.designing import blank, draft_files, holding
from workflows.designing.archive import unpacked, zipped
from workflows.desk import Desk
from workflows.engine.bundle import MANIFEST
from workflows.engine.diagram import read_diagram
from workflows.engine.secure_xml import XmlRefused
from workflows.errors import NotFound
from workflows.importing import Options, Refusal, import_diagram, is_foreign
from workflows.records import Version
from workflows.step import bundle_of
from workflows.views import DraftRow, ImportedDraft, ImportNote, Officer

DIAGRAMS = (".bpmn", ".xml")


def bring(
    desk: Desk,
    officer: Officer,
    files: Mapping[str, bytes],
    *,
    process: str = "",
    base: int | None = None,
    options: Options = Options(),  # noqa: B008 - it is frozen
) -> DraftRow:
    """A draft of these files; one diagram without a manifest gets one, and another tool's is imported, as `options` say.

    `process` is the one that they must be of, `base` the version that they were drawn from. Raises FileRefused, TooLarge,
    NotFound for a base that there is none, NotAllowed; nothing is stored then.
    """
    access.require(officer, *holding.EDITORS)
    given, notes = _bundle(files, options)
    kept = draft_files.accepted(given)
    key, _ = draft_files.manifest_of(kept)
    if process and key != process:
        raise draft_files.FileRefused(f"文件属于流程 {key}，不是 {process}。", f"The files are of the process {key!r}, not of {process!r}.")
    with desk.database.transaction() as session:
        if base is not None and session.get(Version, (key, base)) is None:
            raise NotFound
        origin = "files" if notes is None else "import"
        return holding.begin(session, officer, kept, desk.now(), base=base, origin=origin, imported=notes)


def bring_upload(desk: Desk, officer: Officer, name: str, content: bytes, options: Options = Options()) -> DraftRow:  # noqa: B008 - it is frozen
    """A draft of an uploaded zip or diagram. Raises what `bring` raises."""
    access.require(officer, *holding.EDITORS)
    return bring(desk, officer, unpacked(name, content), options=options)


def imported(desk: Desk, officer: Officer, draft_id: UUID) -> ImportedDraft:
    """What an import made of the diagram that the draft began with. Raises NotFound, also for a draft that was not imported; NotAllowed."""
    with desk.database.reading() as session:
        draft = holding.find(session, officer, draft_id)
        if draft.imported is None:
            raise NotFound
        return ImportedDraft(holding.draft_rows(session, officer, [draft])[0], holding.imported(draft))


def export(desk: Desk, officer: Officer, draft_id: UUID) -> tuple[str, bytes]:
    """A draft as one zip: its name and the bytes, the same for the same files. Raises NotFound, NotAllowed."""
    with desk.database.reading() as session:
        draft = holding.find(session, officer, draft_id)
        return f"{draft.process}-draft.zip", zipped(holding.files_of(session, draft))


def export_version(desk: Desk, officer: Officer, process: str, number: int) -> tuple[str, bytes]:
    """A published version as one zip. Raises NotFound, NotAllowed."""
    access.require(officer, *holding.READERS)
    with desk.database.reading() as session:
        version = session.get(Version, (process, number))
        if version is None:
            raise NotFound
        return f"{process}-v{number}.zip", zipped(bundle_of(session, version.digest).files)


def _bundle(files: Mapping[str, bytes], options: Options) -> tuple[dict[str, bytes], list[ImportNote] | None]:
    """The files of a bundle, where somebody brings a diagram alone: ours with a manifest, another tool's as an import makes it, with notes."""
    drawn = [path for path in files if path.endswith(DIAGRAMS)]
    if MANIFEST in files or len(drawn) != 1:
        return dict(files), None
    content = files[drawn[0]]
    others = {path: kept for path, kept in files.items() if path != drawn[0]}
    if is_foreign(content):
        made, notes = _imported(content, options)
        return {**others, **made}, notes
    return {**_with_manifest(content), **others}, None


def _imported(content: bytes, options: Options) -> tuple[Mapping[str, bytes], list[ImportNote]]:
    made = import_diagram(content, options)
    if not made.files:
        told = made.refusals[0].message
        raise draft_files.FileRefused(told.zh, told.en)
    notes = [ImportNote(one.file, one.element, isinstance(one, Refusal), one.message) for one in made.notes]
    return made.files, notes


def _with_manifest(content: bytes) -> dict[str, bytes]:
    try:
        diagram = read_diagram(content)
    except XmlRefused as error:
        raise draft_files.FileRefused(error.zh, error.en) from error
    key = diagram.process
    if not draft_files.is_key(key):
        raise draft_files.no_key()
    name = diagram.name.zh[: draft_files.LONGEST_NAME] or key
    return {MANIFEST: blank.manifest(key, name, diagram.name.en[: draft_files.LONGEST_NAME_EN]), f"{key}.bpmn": content}
