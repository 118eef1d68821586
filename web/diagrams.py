"""Processes, their versions and their diagrams; and the check of a file that is not published yet."""

from __future__ import annotations

import io
import zipfile

from flask import Blueprint, Response, abort, render_template, request

from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.element_names import names_of
from workflows import decision_sheets, diagrams
from workflows.errors import OneCaseError
from workflows.views import ProcessRow, VersionRow

screen = Blueprint("diagrams", __name__, url_prefix="/diagrams")

READERS = ("designer", "supervisor", "head", "presiding", "legal", "officer", "deputy", "intake")
UNPACKED_LIMIT = 8 * 1024 * 1024
"""Bytes of all files of an uploaded bundle together, unpacked; a bundle of ours has about 0.3 MB."""
FILE_LIMIT = 200
"""Files in an uploaded bundle."""


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
    files = unpack(upload.filename, upload.stream.read(UNPACKED_LIMIT + 1))
    findings = diagrams.check(current_desk(), files)
    return render_template("diagrams/check.html", findings=findings, file=upload.filename)


@screen.get("/source/<digest>/<process>.bpmn")
@audience("signed_in")
def source(digest: str, process: str) -> Response:
    """The BPMN source of one process; a digest never changes its meaning, so the browser may keep it."""
    response = Response(diagrams.xml(current_desk(), digest, process), mimetype="application/xml")
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def unpack(name: str, content: bytes) -> dict[str, bytes]:
    """The files of a bundle, or the one diagram; refuses what is too large before unpacking it."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        _refuse_if_too_large(len(content))
        return {name.rsplit("/", 1)[-1]: content}
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        entries = [entry for entry in bundle.infolist() if not entry.is_dir()]
        _refuse_if_too_large(sum(entry.file_size for entry in entries), len(entries))
        return {entry.filename: bundle.read(entry) for entry in entries}


def _refuse_if_too_large(size: int, count: int = 1) -> None:
    if size > UNPACKED_LIMIT or count > FILE_LIMIT:
        raise TooLarge


class TooLarge(OneCaseError):
    """An upload beyond what a diagram can sensibly be."""

    status = 413
    code = "too_large"

    def __init__(self) -> None:
        """Say the limit."""
        super().__init__("文件过大：解包后不得超过 8 MB、200 个文件。", "The file is too large: 8 MB and 200 files at most, unpacked.")


def _numbered(process: ProcessRow, number: int) -> VersionRow:
    every = process.versions or (process.latest,)
    return next((v for v in every if v.number == number), None) or abort(404)
