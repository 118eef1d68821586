"""The decision tables of a draft as grids that are typed into: what is typed is checked with the whole draft, its tests run, and saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from workflows import access, decision_editing, decision_sheets, diagrams
from workflows.contracts import Finding
from workflows.decision_editing import Grid, GridRow
from workflows.designing import drafts, holding
from workflows.designing.draft_files import FileRefused
from workflows.desk import Desk
from workflows.engine.bundle import Bundle, read_bundle
from workflows.engine.decision_table import TableError
from workflows.engine.secure_xml import XmlRefused
from workflows.records import DraftFile
from workflows.views import DraftRow, Officer, SavedFile, TableSheet, TableTest


@dataclass(frozen=True)
class DraftGrid:
    """A table of a draft: the grid, the table in words, where its file stands and at which revision it was read."""

    row: DraftRow
    path: str
    revision: int
    grid: Grid
    sheet: TableSheet


def grid(desk: Desk, officer: Officer, draft_id: UUID, name: str) -> DraftGrid:
    """The table `name` of a draft, ready to be changed. Raises NotFound, NotAllowed, FileRefused where the draft cannot be read so far."""
    access.require(officer, *holding.EDITORS)
    with desk.database.reading() as session:
        draft = holding.find(session, officer, draft_id)
        bundle = _bundle(holding.files_of(session, draft))
        path = decision_sheets.path_of(bundle, name)
        stored = session.get_one(DraftFile, (draft.id, path))
        row = holding.draft_rows(session, officer, [draft])[0]
        return DraftGrid(row, path, stored.revision, decision_editing.grid_of(bundle, name), decision_sheets.read(bundle, name))


def check(
    desk: Desk, officer: Officer, draft_id: UUID, name: str, rows: Sequence[GridRow]
) -> tuple[tuple[Finding, ...], tuple[TableTest, ...]]:
    """What the check says of the whole draft with these rows, and the table's tests, run on them; nothing is stored.

    Raises WrongAnswers (by `row-column` or `row-basis`), NotFound, NotAllowed, FileRefused.
    """
    files = drafts.stored(desk, officer, draft_id)
    bundle = _bundle(files)
    content = decision_editing.written(bundle, name, rows)
    path = decision_sheets.path_of(bundle, name)
    return diagrams.check(desk, {**files, path: content}), decision_editing.tests_of(bundle, name, content)


def save(desk: Desk, officer: Officer, draft_id: UUID, name: str, rows: Sequence[GridRow], *, revision: int) -> SavedFile:
    """Save the table with these rows. `revision` is the one that the grid began with. Raises what `check` and `drafts.write` raise."""
    access.require(officer, *holding.EDITORS)
    bundle = _bundle(drafts.stored(desk, officer, draft_id))
    content = decision_editing.written(bundle, name, rows)
    return drafts.write(desk, officer, draft_id, decision_sheets.path_of(bundle, name), text=content.decode(), revision=revision)


def _bundle(files: Mapping[str, bytes]) -> Bundle:
    """As much of a draft as a table is read with: a diagram may be half drawn meanwhile."""
    try:
        return read_bundle({path: content for path, content in files.items() if not path.endswith(".bpmn")})
    except (XmlRefused, TableError, ValueError, KeyError, TypeError) as error:
        raise FileRefused(
            "草稿中有表单、决策表或清单还无法读取，请先按问题清单改正，再按表格编辑。",
            "A form, a table or the manifest of the draft cannot be read yet: mend it first, as the list of problems says.",
        ) from error
