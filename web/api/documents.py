"""Documents as files, issued again; the case file; templates of documents."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from apiflask import HTTPError
from flask import Response, request
from marshmallow import ValidationError

from web.api.door import ident, noun
from web.audience import SIGNED_IN, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.downloads import TYPES, download
from web.schemas.document import AgencyQuery, CaseFileQuery, DocumentFileQuery, Edition, NewTemplate, Template
from web.schemas.page import page_of, whole
from web.schemas.part import Document
from web.storable import UPLOAD_LIMIT
from workflows import views
from workflows.documents import case_file, papers, templates
from workflows.documents.sandbox import LARGEST_FILE
from workflows.errors import WrongAnswers
from workflows.views.documents import EditionRow

blueprint = noun("documents", "文书 · documents as files, their templates, the case file", largest=UPLOAD_LIMIT)


def _files(*kinds: str) -> Any:
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {
        200: {"description": "The file", "content": {TYPES[kind]: binary for kind in kinds}},
        503: {"description": "No PDF can be made now"},
    }


@blueprint.get("/documents/<document_id>/file")
@audience(SIGNED_IN)
@blueprint.input(DocumentFileQuery, location="query")
@blueprint.doc(summary="A document as .docx or .pdf", responses=_files("docx", "pdf"))
def document_file(document_id: str, query_data: dict[str, str]) -> Response:
    """Give the filled document."""
    return download(*papers.file(current_desk(), current_officer(), ident(document_id), query_data["format"]))


@blueprint.post("/documents/<document_id>/reissue")
@audience(SIGNED_IN)
@blueprint.output(Document, status_code=201)
@blueprint.doc(summary="Issue a stale document again", responses=[403, 409])
def reissue(document_id: str) -> views.DocumentRow:
    """Issue a document again after a fact on it changed; a numbered one gets a new number and names the one that it replaces."""
    return papers.reissue(current_desk(), current_officer(), ident(document_id))


@blueprint.get("/cases/<case_id>/file")
@audience(SIGNED_IN)
@blueprint.input(CaseFileQuery, location="query")
@blueprint.doc(summary="The case file (案卷) as .zip or .pdf; the record says who took it", responses=_files("zip", "pdf"))
def file_of_case(case_id: str, query_data: dict[str, str]) -> Response:
    """Give every document with the facts, evidence, clocks and record, cut to what you may read."""
    return download(*case_file.export(current_desk(), current_officer(), ident(case_id), query_data["format"]))


@blueprint.get("/documents/templates")
@audience(*templates.EDITORS)
@blueprint.input(AgencyQuery, location="query")
@blueprint.output(page_of(Template))
@blueprint.doc(summary="Every document with the template that an agency uses", responses=[403])
def list_templates(query_data: dict[str, str]) -> dict[str, object]:
    """List the registry of documents."""
    return whole(templates.listed(current_desk(), current_officer(), agency=query_data["agency"]))


@blueprint.get("/documents/templates/<name>")
@audience(*templates.EDITORS)
@blueprint.input(AgencyQuery, location="query")
@blueprint.doc(summary="The template of a document, to be edited in Word", responses=_files("docx"))
def get_template(name: str, query_data: dict[str, str]) -> Response:
    """Give the .docx with its tags."""
    return download(*templates.file(current_desk(), current_officer(), name, agency=query_data["agency"]))


@blueprint.get("/documents/templates/<name>/editions")
@audience(*templates.EDITORS)
@blueprint.input(AgencyQuery, location="query")
@blueprint.output(page_of(Edition))
@blueprint.doc(summary="The editions of an agency's own template, newest first", responses=[403])
def editions(name: str, query_data: dict[str, str]) -> dict[str, object]:
    """List the editions."""
    return whole(templates.history(current_desk(), current_officer(), name, agency=query_data["agency"]))


@blueprint.post("/documents/templates/<name>")
@audience(*templates.EDITORS)
@blueprint.input(NewTemplate, validation=False)
@blueprint.output(Edition, status_code=201)
@blueprint.doc(summary="Use another template for what is issued from now on", responses=[403], extensions={"x-multipart": True})
def replace_template(name: str, json_data: object) -> EditionRow:  # noqa: ARG001 - it may come as a form with a file as well
    """Store a new edition if it fills with invented values; `content` null goes back to the template that ships."""
    given, content = _sent()
    return templates.replace(current_desk(), current_officer(), name, content, note=given["note"], agency=given["agency"])


def _sent() -> tuple[dict[str, str], bytes | None]:
    """The fields of the request, and the file: a part of a multipart body, or Base64 in JSON."""
    if request.mimetype == "multipart/form-data":
        upload = request.files.get("file")
        if upload is None:
            raise WrongAnswers({"file": ("请附上文件。", "Attach the file.")})
        return {"note": request.form.get("note", ""), "agency": request.form.get("agency", "")}, upload.stream.read(LARGEST_FILE + 1)
    try:
        given = NewTemplate().load(request.get_json(silent=True) or {})
    except ValidationError as error:
        raise HTTPError(422, detail={"json": error.messages}) from error
    try:
        content = None if given["content"] is None else base64.b64decode(given["content"], validate=True)
    except (binascii.Error, ValueError):
        raise WrongAnswers({"content": ("文件内容应为 Base64。", "The file is sent as Base64.")}) from None
    return given, content
