"""Drafts of a process: begun of files or of a version, written, checked, submitted, and published by a second person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, request

from web.api.bundle_files import MULTIPART, encoded, in_json, in_parts, parts
from web.api.door import ident, noun
from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.downloads import download
from web.schemas.draft import (
    DraftFiles,
    DraftQuery,
    Here,
    ImportNotes,
    NewDraft,
    OneDraft,
    ProcessDraft,
    PublishedOver,
    Reason,
    RemovedFile,
    SavedFile,
    SentBack,
    WrittenFile,
)
from web.schemas.page import page_of
from web.schemas.process import Findings
from web.storable import UPLOAD_LIMIT
from workflows import views
from workflows.designing import drafts, exchange, reviewing
from workflows.designing.archive import unpacked
from workflows.errors import NotFound, WrongAnswers

blueprint = noun("drafts", "流程草稿 · drafts of processes, their files and their review", largest=UPLOAD_LIMIT)
EDITORS = ("designer",)
READERS = ("designer", "admin")
ZIP: Any = {200: {"description": "The files", "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}}


@blueprint.get("/processes/<key>/drafts")
@audience(*READERS)
@blueprint.input(DraftQuery, location="query")
@blueprint.output(page_of(ProcessDraft))
@blueprint.doc(summary="Drafts of a process, the last changed first", responses=[403])
def list_drafts(key: str, query_data: dict[str, Any]) -> views.Page[views.DraftRow]:
    """List the drafts of a state."""
    return drafts.listed(current_desk(), current_officer(), process=key, **query_data)


@blueprint.post("/processes/<key>/drafts")
@audience(*EDITORS)
@blueprint.input(NewDraft, validation=False)
@blueprint.output(OneDraft, status_code=201)
@blueprint.doc(summary="Begin a draft of files, or of a version", responses=[403, 409, 413], extensions=dict(MULTIPART))
def begin_draft(key: str, json_data: object) -> views.DraftRow:  # noqa: ARG001 - read by hand, for it may come in parts
    """Begin a draft. Files of a diagram alone get a manifest; with `base` and no files it is a copy of that version."""
    desk, officer = current_desk(), current_officer()
    given = {} if in_parts() else in_json(NewDraft)
    files, base = _brought(given), given.get("base")
    if files:
        return exchange.bring(desk, officer, files, process=key, base=base)
    if base is None:
        raise WrongAnswers(
            {"files": ("请附上文件，或写明从哪一版开始（base）。", "Attach files, or name the version to begin with (base).")}
        )
    return drafts.begin(desk, officer, process=key, number=base)


@blueprint.get("/processes/<key>/drafts/<draft_id>")
@audience(*READERS)
@blueprint.output(OneDraft)
@blueprint.doc(summary="A draft", responses=[403])
def get_draft(key: str, draft_id: str) -> views.DraftRow:
    """Give one draft without its files."""
    return _head(key, draft_id)


@blueprint.get("/processes/<key>/drafts/<draft_id>/files")
@audience(*READERS)
@blueprint.output(DraftFiles)
@blueprint.doc(summary="A draft with its files", responses=[403])
def get_files(key: str, draft_id: str) -> dict[str, object]:
    """Give every file, and who else has the draft open."""
    page = drafts.opened(current_desk(), current_officer(), _known(key, draft_id))
    return {**vars(page), "me": current_officer().name}


@blueprint.put("/processes/<key>/drafts/<draft_id>/files")
@audience(*EDITORS)
@blueprint.input(WrittenFile)
@blueprint.output(SavedFile)
@blueprint.doc(summary="Save a file under the revision that it began with", responses=[403, 409, 413])
def put_file(key: str, draft_id: str, json_data: dict[str, Any]) -> views.SavedFile:
    """Save one file; who saves what somebody else saved meanwhile gets that text (409 changed_elsewhere)."""
    path = json_data.pop("path")
    return drafts.write(current_desk(), current_officer(), _known(key, draft_id), path, **json_data)


@blueprint.delete("/processes/<key>/drafts/<draft_id>/files")
@audience(*EDITORS)
@blueprint.input(RemovedFile, location="query")
@blueprint.output(SavedFile)
@blueprint.doc(summary="Take a file out", responses=[403, 409])
def delete_file(key: str, draft_id: str, query_data: dict[str, Any]) -> views.SavedFile:
    """Remove one file from the draft."""
    return drafts.remove(current_desk(), current_officer(), _known(key, draft_id), **query_data)


@blueprint.get("/processes/<key>/drafts/<draft_id>/bundle")
@audience(*READERS)
@blueprint.doc(summary="All files of a draft as one zip", responses={**ZIP, 403: {"description": "Not allowed"}})
def get_bundle(key: str, draft_id: str) -> Response:
    """Give the zip; the same files are the same bytes."""
    return download(*exchange.export(current_desk(), current_officer(), _known(key, draft_id)))


@blueprint.get("/processes/<key>/drafts/<draft_id>/imported")
@audience(*READERS)
@blueprint.output(ImportNotes)
@blueprint.doc(summary="What an import made of another tool's diagram", responses=[403])
def get_import(key: str, draft_id: str) -> dict[str, object]:
    """Give what was changed and refused; 404 for a draft that was not imported."""
    return {"notes": exchange.imported(current_desk(), current_officer(), _known(key, draft_id)).notes}


@blueprint.post("/processes/<key>/drafts/<draft_id>/presence")
@audience(*EDITORS)
@blueprint.output(Here)
@blueprint.doc(summary="Say that you have it open; who else has it", responses=[403])
def presence(key: str, draft_id: str) -> dict[str, object]:
    """Be seen for a minute."""
    return {"here": drafts.presence(current_desk(), current_officer(), _known(key, draft_id))}


@blueprint.post("/processes/<key>/drafts/<draft_id>/check")
@audience(*READERS)
@blueprint.output(Findings)
@blueprint.doc(summary="Check a draft as it is stored", responses=[403])
def check_draft(key: str, draft_id: str) -> dict[str, object]:
    """Say what is wrong with it, on which element, in plain words."""
    return {"findings": drafts.check(current_desk(), current_officer(), _known(key, draft_id))}


@blueprint.post("/processes/<key>/drafts/<draft_id>/submit")
@audience(*EDITORS)
@blueprint.input(Reason)
@blueprint.output(OneDraft)
@blueprint.doc(summary="Put a draft before a second person", responses=[403, 409])
def submit(key: str, draft_id: str, json_data: dict[str, str]) -> views.DraftRow:
    """Submit; its files do not change until it is sent back."""
    return reviewing.submit(current_desk(), current_officer(), _known(key, draft_id), **json_data)


@blueprint.post("/processes/<key>/drafts/<draft_id>/return")
@audience(*EDITORS)
@blueprint.input(SentBack)
@blueprint.output(OneDraft)
@blueprint.doc(summary="Send a draft back to its writers", responses=[403, 409])
def send_back(key: str, draft_id: str, json_data: dict[str, str]) -> views.DraftRow:
    """Send back, with the reason."""
    return reviewing.send_back(current_desk(), current_officer(), _known(key, draft_id), **json_data)


@blueprint.post("/processes/<key>/drafts/<draft_id>/publish")
@audience(*EDITORS)
@blueprint.input(PublishedOver)
@blueprint.output(OneDraft)
@blueprint.doc(summary="Publish a draft that somebody else wrote", responses=[403, 409])
def publish(key: str, draft_id: str, json_data: dict[str, Any]) -> views.DraftRow:
    """Publish as the next version; whoever wrote in it is refused (403 own_work)."""
    return reviewing.publish(current_desk(), current_officer(), _known(key, draft_id), **json_data)


@blueprint.post("/processes/<key>/drafts/<draft_id>/discard")
@audience(*EDITORS)
@blueprint.output(OneDraft)
@blueprint.doc(summary="Give a draft up", responses=[403, 409])
def discard(key: str, draft_id: str) -> views.DraftRow:
    """Discard; its files stay readable."""
    return drafts.discard(current_desk(), current_officer(), _known(key, draft_id))


def _brought(given: dict[str, Any]) -> dict[str, bytes]:
    if not in_parts():
        return encoded(given.get("files") or {})
    files = parts() if request.files else {}
    return unpacked(*next(iter(files.items()))) if len(files) == 1 else files


def _known(key: str, draft_id: str) -> UUID:
    """The id of a draft, if it is one of this process."""
    return _head(key, draft_id).id


def _head(key: str, draft_id: str) -> views.DraftRow:
    row = drafts.head(current_desk(), current_officer(), ident(draft_id))
    if row.process != key:
        raise NotFound
    return row
