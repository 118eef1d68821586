"""A document of a case (文书) on a page made for printing."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template

from web.audience import CASE_WORKERS, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from workflows import casefile

screen = Blueprint("documents", __name__, url_prefix="/documents")


@screen.get("/<uuid:document_id>")
@audience(*CASE_WORKERS)
def show(document_id: UUID) -> str:
    """Title, number, what was stated, agency and date, in the look of an official paper."""
    document = casefile.document(current_desk(), current_officer(), document_id)
    return render_template("documents/show.html", document=document)
