"""The designer's page of a version's running cases: what would become of each on it, and moving those that are wanted."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.errors import explain
from web.language import sentence as _
from workflows.case_migration import moving
from workflows.errors import OneCaseError
from workflows.views.migration import CaseOnVersion

screen = Blueprint("case_migration", __name__, url_prefix="/diagrams")


@screen.get("/<key>/<int(max=2147483647):number>/cases")
@audience("designer")
def preview(key: str, number: int) -> str:
    """Every unfinished case of the process on another version, with what would become of it on this one."""
    return _page(key, number)


@screen.post("/<key>/<int(max=2147483647):number>/cases")
@audience("designer")
def move(key: str, number: int) -> Response | tuple[str, int]:
    """Move the cases that were ticked; what is refused is said on the page, and the reason that was typed stays."""
    wanted = [found for typed in request.form.getlist("case") if (found := _ident(typed)) is not None]
    reason, decided = request.form.get("reason", ""), "decided" in request.form
    try:
        rows = moving.move(current_desk(), current_officer(), key, number, cases=wanted, reason=reason, decided=decided)
    except OneCaseError as error:
        return _page(key, number, error), error.status
    _tell(rows)
    return redirect(url_for("case_migration.preview", key=key, number=number), code=303)


def _tell(rows: tuple[CaseOnVersion, ...]) -> None:
    moved = sum(row.moved for row in rows)
    if not rows:
        flash(_("没有选中可迁移的案件。"), "info")
    elif moved == len(rows):
        flash(_("已迁移 %(n)s 件。", n=moved), "done")
    else:
        flash(_("已迁移 %(n)s 件，%(left)s 件留在原版本，原因见下表。", n=moved, left=len(rows) - moved), "info")


def _page(key: str, number: int, error: OneCaseError | None = None) -> str:
    page = moving.preview(current_desk(), current_officer(), key, number)
    ticked = set(request.form.getlist("case"))
    return render_template("diagrams/cases.html", page=page, typed=request.form, ticked=ticked, error=explain(error) if error else None)


def _ident(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
