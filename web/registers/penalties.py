"""Administrative penalties: the list, and bringing a file in: read, looked at, entered."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.errors import explain
from web.language import sentence as _
from web.links import PAGE_ROWS
from web.registers.doors import KEEPERS, READERS
from web.registers.matters import act_names
from workflows import penalties, penalty_import
from workflows.functions import FUNCTION_NAMES
from workflows.registers.penalty_columns import COLUMNS
from workflows.registers.sheet import LARGEST, MOST_ROWS, UnreadableFile

screen = Blueprint("penalties", __name__, url_prefix="/registers/penalties")


@screen.get("")
@audience(*READERS)
def every() -> str:
    """Penalties by subject, source, act and state."""
    q = request.args.get("q", "").strip()
    asked = {name: request.args.get(name) or None for name in penalties.FILTERS}
    page = penalties.list_penalties(current_desk(), current_officer(), q=q, **asked, cursor=request.args.get("cursor"), limit=PAGE_ROWS)
    return render_template(
        "registers/penalties.html",
        page=page,
        penalty_rows=[(row.penalty, row.subject) for row in page.items],
        q=q,
        asked=asked,
        acts=act_names(),
        sources=penalties.SOURCES,
        states=penalties.STATES,
        functions=FUNCTION_NAMES,
    )


@screen.get("/imports")
@audience(*KEEPERS)
def imports() -> str:
    """The form for a file, what its columns are, and the files of before."""
    return _form()


@screen.post("/imports")
@audience(*KEEPERS)
def read() -> Response | tuple[str, int]:
    """Read a file; nothing is entered yet."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return _form(_("请选择文件。")), 422
    try:
        shown = penalty_import.read(current_desk(), current_officer(), upload.filename, upload.stream.read(LARGEST + 1))
    except UnreadableFile as error:
        return _form(explain(error)), error.status
    return redirect(url_for("penalties.look", import_id=shown.id), code=303)


@screen.get("/imports/<uuid:import_id>")
@audience(*KEEPERS)
def look(import_id: UUID) -> str:
    """What is wrong with a file, or what entering it would do."""
    return render_template("registers/import.html", file=penalty_import.get(current_desk(), current_officer(), import_id))


@screen.post("/imports/<uuid:import_id>")
@audience(*KEEPERS)
def enter(import_id: UUID) -> Response:
    """Enter the file, whole."""
    done = penalty_import.enter(current_desk(), current_officer(), import_id)
    flash(_("已导入：新增 %(new)s，变更 %(changed)s，已有 %(same)s", new=done.new, changed=done.changed, same=done.same), "done")
    return redirect(url_for("penalties.look", import_id=import_id), code=303)


def _form(wrong: str = "") -> str:
    page = penalty_import.list_imports(current_desk(), current_officer(), cursor=request.args.get("cursor"), limit=PAGE_ROWS)
    return render_template("registers/imports.html", page=page, wrong=wrong, columns=COLUMNS, rows=MOST_ROWS, megabytes=LARGEST // 2**20)
