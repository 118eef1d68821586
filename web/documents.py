"""Documents of a case (文书): on a page made for printing, as a file, issued again."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from web.audience import CASE_WORKERS, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.downloads import download
from web.errors import explain
from web.language import sentence as _
from workflows import casefile
from workflows.documents import papers
from workflows.documents.layout import Paragraph
from workflows.documents.sandbox import TemplateRefused

screen = Blueprint("documents", __name__, url_prefix="/documents")


@screen.get("/<uuid:document_id>")
@audience(*CASE_WORKERS)
def show(document_id: UUID) -> str:
    """The filled document in the look of an official paper, and whether it still says what the case says."""
    desk, officer = current_desk(), current_officer()
    document = casefile.document(desk, officer, document_id)
    try:
        layout, refused = papers.layout(desk, officer, document_id), None
    except TemplateRefused as error:  # the values are shown all the same
        layout, refused = None, explain(error)
    return render_template("documents/show.html", document=document, layout=layout, refused=refused, is_paragraph=_is_paragraph)


@screen.get("/<uuid:document_id>/file.<kind>")
@audience(*CASE_WORKERS)
def file(document_id: UUID, kind: str) -> Response:
    """The document as .docx or .pdf."""
    if kind not in papers.FORMATS:
        abort(404)
    return download(*papers.file(current_desk(), current_officer(), document_id, kind))


@screen.post("/<uuid:document_id>/reissue")
@audience(*CASE_WORKERS)
def reissue(document_id: UUID) -> Response:
    """Issue a stale document again."""
    made = papers.reissue(current_desk(), current_officer(), document_id)
    flash(_("已重新制发 %(name)s", name=f"{made.name} {made.number}".strip()), "done")
    return redirect(url_for("documents.show", document_id=made.id), code=303)


def _is_paragraph(block: object) -> bool:
    return isinstance(block, Paragraph)
