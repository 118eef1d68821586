"""Templates of documents (文书模板): which there are, the file to edit, a new edition with its check."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.directory import below, every_agency
from web.downloads import download
from web.errors import explain
from web.language import sentence as _
from workflows.documents import templates
from workflows.documents.glossary import CHAPTERS
from workflows.documents.sandbox import LARGEST_FILE, TemplateRefused
from workflows.errors import WrongAnswers

screen = Blueprint("document_templates", __name__, url_prefix="/document-templates")


@screen.get("")
@audience(*templates.EDITORS)
def every() -> str:
    """Every document of the registry with the template that the agency uses."""
    agency = request.args.get("agency", "")
    rows = templates.listed(current_desk(), current_officer(), agency=agency)
    return render_template("documents/templates.html", rows=rows, agency=agency or current_officer().agency.code, agencies=_agencies())


@screen.get("/<name>")
@audience(*templates.EDITORS)
def one(name: str) -> str:
    """One template: the file to edit, its editions, the place to put a new one."""
    return _template_page(name, request.args.get("agency", ""))


@screen.get("/<name>/file.docx")
@audience(*templates.EDITORS)
def file(name: str) -> Response:
    """The template itself."""
    return download(*templates.file(current_desk(), current_officer(), name, agency=request.args.get("agency", "")))


@screen.post("/<name>")
@audience(*templates.EDITORS)
def replace(name: str) -> Response | tuple[str, int]:
    """Use another template from now on, or go back to the one that ships."""
    agency, note = request.form.get("agency", ""), request.form.get("note", "")
    upload = request.files.get("file")
    content = None if request.form.get("shipped") else upload.stream.read(LARGEST_FILE + 1) if upload else b""
    try:
        templates.replace(current_desk(), current_officer(), name, content, note=note, agency=agency)
    except (TemplateRefused, WrongAnswers) as error:
        return _template_page(name, agency, note=note, error=explain(error)), error.status
    flash(_("模板已更换，今后制发的文书使用新模板。"), "done")
    return redirect(url_for("document_templates.one", name=name, agency=agency or None), code=303)


def _template_page(name: str, agency: str, *, note: str = "", error: str | None = None) -> str:
    desk, officer = current_desk(), current_officer()
    editions = templates.history(desk, officer, name, agency=agency)
    row = next(row for row in templates.listed(desk, officer, agency=agency) if name in {row.id, row.name.zh, *row.also})
    return render_template(
        "documents/template.html",
        row=row,
        editions=editions,
        agency=agency or officer.agency.code,
        agencies=_agencies(),
        glossary=CHAPTERS,
        note=note,
        error=error,
    )


def _agencies() -> list[object]:
    officer = current_officer()
    codes = {officer.agency.code} | below(officer)
    return [agency for code, agency in every_agency().items() if code in codes]
