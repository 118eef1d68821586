"""Regulated subjects: the list, and one with everything that is known of it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from web.audience import audience
from web.current_desk import current_desk, current_time
from web.current_officer import current_officer
from web.formats import BEIJING
from web.links import PAGE_ROWS
from web.registers.doors import READERS
from web.registers.matters import act_names
from workflows import subjects

screen = Blueprint("subjects", __name__, url_prefix="/registers/subjects")


@screen.get("")
@audience(*READERS)
def every() -> str:
    """Subjects by name, code and kind."""
    q, kind = request.args.get("q", "").strip(), request.args.get("kind")
    kind = kind if kind in subjects.KINDS else None
    page = subjects.list_subjects(current_desk(), current_officer(), q=q, kind=kind, cursor=request.args.get("cursor"), limit=PAGE_ROWS)
    return render_template("registers/subjects.html", page=page, q=q, kind=kind, kinds=subjects.KINDS)


@screen.get("/<uuid:subject_id>")
@audience(*READERS)
def one(subject_id: UUID) -> str:
    """One subject: names, people, penalties, advertisements, cases."""
    found = subjects.get(current_desk(), current_officer(), subject_id)
    rows = [(row, None) for row in found.penalties]
    today = current_time().astimezone(BEIJING).date()
    return render_template("registers/subject.html", subject=found, penalty_rows=rows, acts=act_names(), today=today)
