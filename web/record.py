"""The auditor's page: is the record whole, and what does it say of one case."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.links import PAGE_ROWS
from workflows import history

screen = Blueprint("record", __name__, url_prefix="/record")


@screen.get("")
@audience("auditor")
def verified() -> str:
    """The cases to choose from; the check itself is fetched by the page, since it reads the whole record."""
    q = request.args.get("q", "").strip()
    page = history.cases(current_desk(), current_officer(), q=q, cursor=request.args.get("cursor"), limit=PAGE_ROWS)
    return render_template("record/verified.html", page=page, q=q)


@screen.get("/check")
@audience("auditor")
def check() -> str:
    """Recompute every chain; each changed, removed or reordered row is named."""
    faults = history.verify(current_desk(), current_officer())
    whole = not request.headers.get("HX-Request")
    return render_template("record/check.html" if whole else "record/_faults.html", faults=faults)


@screen.get("/open")
@audience("auditor")
def open_record() -> Response:
    """The record whose case id was typed or copied from a fault."""
    case_id = request.args.get("case", type=UUID)
    return redirect(url_for("record.of_case", case_id=case_id) if case_id else url_for("record.verified"))


@screen.get("/<uuid:case_id>")
@audience("auditor")
def of_case(case_id: UUID) -> str:
    """The record of one case, without its content."""
    page = history.record(current_desk(), current_officer(), case_id, cursor=request.args.get("cursor"), limit=PAGE_ROWS * 2)
    return render_template("record/of_case.html", page=page, case_id=case_id)
