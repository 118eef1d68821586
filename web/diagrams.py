"""Processes, their versions and their diagrams; and the check of a file that is not published yet."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request

from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.downloads import download
from web.element_names import names_of
from workflows import decision_sheets, diagrams
from workflows.designing import exchange
from workflows.designing.archive import UPLOAD_LIMIT, unpacked
from workflows.views import ProcessRow, VersionRow

screen = Blueprint("diagrams", __name__, url_prefix="/diagrams")

READERS = ("designer", "supervisor", "head", "presiding", "legal", "officer", "deputy", "intake")


@screen.get("")
@audience(*READERS)
def processes() -> str:
    """Every published process with its newest version."""
    return render_template("diagrams/processes.html", processes=diagrams.list_processes(current_desk(), current_officer()))


@screen.get("/<key>")
@audience(*READERS)
def versions(key: str) -> str:
    """All versions of one process: who published it, why, and how many cases run on it."""
    return render_template("diagrams/versions.html", process=diagrams.versions(current_desk(), current_officer(), key))


@screen.get("/<key>/<int(max=2147483647):number>")
@audience(*READERS)
def version(key: str, number: int) -> str:
    """The diagrams of one version with the open tasks counted on each element."""
    desk, officer = current_desk(), current_officer()
    process = diagrams.versions(desk, officer, key)
    drawings = diagrams.drawings(desk, officer, key, number)
    wanted = request.args.get("process")
    drawing = next((d for d in drawings if d.process == wanted), drawings[0] if drawings else None)
    return render_template(
        "diagrams/version.html",
        process=process,
        version=_numbered(process, number),
        drawings=drawings,
        drawing=drawing,
        names=names_of(drawing),
        tables=decision_sheets.list_sheets(desk, officer, key, number),
    )


@screen.get("/<key>/<int(max=2147483647):number>/bundle.zip")
@audience("designer")
def bundle(key: str, number: int) -> Response:
    """All files of one version as one zip."""
    return download(*exchange.export_version(current_desk(), current_officer(), key, number))


@screen.get("/check")
@audience("designer")
def check_form() -> str:
    """Choose a file to have it checked."""
    return render_template("diagrams/check.html", findings=None, file=None)


@screen.post("/check")
@audience("designer")
def check() -> str | tuple[str, int]:
    """Check an uploaded diagram or bundle and show the findings in words; nothing is stored."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return render_template("diagrams/check.html", findings=None, file=None, missing=True), 422
    files = unpacked(upload.filename, upload.stream.read(UPLOAD_LIMIT + 1))
    findings = diagrams.check(current_desk(), files)
    return render_template("diagrams/check.html", findings=findings, file=upload.filename)


@screen.get("/source/<digest>/<process>.bpmn")
@audience("signed_in")
def source(digest: str, process: str) -> Response:
    """The BPMN source of one process; a digest never changes its meaning, so the browser may keep it."""
    response = Response(diagrams.xml(current_desk(), digest, process), mimetype="application/xml")
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def _numbered(process: ProcessRow, number: int) -> VersionRow:
    every = process.versions or (process.latest,)
    return next((v for v in every if v.number == number), None) or abort(404)
