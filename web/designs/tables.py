"""A decision table of a draft as a grid: checked with the whole draft while it is typed, and saved into it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.decision_tables import grid_rows, typed_rows
from web.errors import explain
from web.language import sentence as _
from web.version_number import NUMBERS
from workflows.contracts import Text
from workflows.decision_editing import GridRow
from workflows.designing import tables
from workflows.designing.tables import DraftGrid
from workflows.errors import ChangedElsewhere, WrongAnswers

screen = Blueprint("design_tables", __name__, url_prefix="/designs/<uuid:draft_id>/tables")


@screen.get("/<name>")
@audience("designer")
def edit(draft_id: UUID, name: str) -> str:
    """The table as a grid to type into."""
    found = tables.grid(current_desk(), current_officer(), draft_id, name)
    return _page(found, found.grid.rows, found.revision)


@screen.post("/<name>")
@audience("designer")
def edited(draft_id: UUID, name: str) -> str | Response | tuple[str, int]:
    """Check what was typed, or save it into the draft; what is refused stands there again with everything typed."""
    desk, officer = current_desk(), current_officer()
    found = tables.grid(desk, officer, draft_id, name)
    rows, revision = typed_rows(len(found.grid.columns)), _revision()
    try:
        if request.form.get("then") == "save":
            tables.save(desk, officer, draft_id, name, rows, revision=revision)
            flash(_("已保存到草稿。"), "done")
            return redirect(url_for("design_tables.edit", draft_id=draft_id, name=name), code=303)
        findings, tests = tables.check(desk, officer, draft_id, name, rows)
    except WrongAnswers as error:
        return _page(found, rows, revision, wrong={place: Text(*words) for place, words in error.fields.items()}), error.status
    except ChangedElsewhere as error:  # saved once more, it stands over the colleague's
        return _page(found, rows, found.revision, refused=explain(error)), error.status
    return _page(found, rows, revision, findings=findings, tests=tests)


def _revision() -> int:
    typed = request.form.get("revision", "")
    return min(int(typed), NUMBERS) if typed.isascii() and typed.isdecimal() and len(typed) <= len(str(NUMBERS)) else 0


def _page(found: DraftGrid, rows: tuple[GridRow, ...], revision: int, **said: Any) -> str:
    return render_template(
        "designs/table.html",
        draft=found.row,
        path=found.path,
        revision=revision,
        sheet=found.sheet,
        columns=found.grid.columns,
        rows=grid_rows(found.grid, rows),
        **said,
    )
