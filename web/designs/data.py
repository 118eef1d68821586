"""What the editor's script asks for and sends: JSON for a signed-in browser, refusals as problem documents in the language of the page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apiflask import APIBlueprint, HTTPError
from flask import Response, jsonify, request
from flask_wtf.csrf import CSRFError
from marshmallow import ValidationError

from web.api import door, problems
from web.api.language import pick
from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.designs.vocabulary import Vocabulary
from web.errors import SENTENCES
from web.schemas.draft import (
    DraftFiles,
    FindingToRepair,
    Here,
    OneDraft,
    PublishedOver,
    Reason,
    RepairedFile,
    RevisionQuery,
    SavedFile,
    SentBack,
    WrittenText,
)
from web.schemas.process import Finding
from web.schemas.shape import Shape
from workflows.contracts import Finding as Found
from workflows.designing import drafts, repairing, reviewing
from workflows.designing import vocabulary as words

screen = APIBlueprint("designs_data", __name__, url_prefix="/designs", enable_openapi=False)

EDITORS = ("designer",)
READERS = ("designer", "admin")
LARGEST = 8 * 1024 * 1024
"""Bytes of a request: the longest file that a draft takes, with every character escaped."""

door.guard(screen, LARGEST)


@screen.errorhandler(CSRFError)
def expired(_: CSRFError) -> Response:
    """The page was open for longer than its session."""
    return problems.document(400, "bad_request", pick(*SENTENCES[400]))


@screen.get("/vocabulary")
@audience(*READERS)
def vocabulary() -> Response:
    """What the properties of an element are chosen from; with `design`, that draft's forms, tables and processes too."""
    wanted = request.args.get("design", type=UUID)
    return _told(Vocabulary, words.vocabulary(current_desk(), current_officer(), wanted))


@screen.get("/<uuid:draft_id>/files")
@audience(*READERS)
def files(draft_id: UUID) -> Response:
    """Every file of the draft, and who else has it open."""
    page = drafts.opened(current_desk(), current_officer(), draft_id)
    return _told(DraftFiles, {**vars(page), "me": current_officer().name})


@screen.put("/<uuid:draft_id>/files/<path:path>")
@audience(*EDITORS)
def write(draft_id: UUID, path: str) -> Response:
    """Save one file."""
    return _told(SavedFile, drafts.write(current_desk(), current_officer(), draft_id, path, **_sent(WrittenText)))


@screen.delete("/<uuid:draft_id>/files/<path:path>")
@audience(*EDITORS)
def remove(draft_id: UUID, path: str) -> Response:
    """Take one file out."""
    given = _loaded(RevisionQuery, request.args.to_dict(), "query")
    return _told(SavedFile, drafts.remove(current_desk(), current_officer(), draft_id, path, **given))


@screen.post("/<uuid:draft_id>/presence")
@audience(*EDITORS)
def presence(draft_id: UUID) -> Response:
    """Say that the draft is open here; who else has it open."""
    return _told(Here, {"here": drafts.presence(current_desk(), current_officer(), draft_id)})


@screen.post("/<uuid:draft_id>/check")
@audience(*READERS)
def check(draft_id: UUID) -> Response:
    """What is wrong with the files as they are stored."""
    return jsonify(findings=[told_finding(found) for found in drafts.check(current_desk(), current_officer(), draft_id)])


@screen.post("/<uuid:draft_id>/fix")
@audience(*EDITORS)
def fix(draft_id: UUID) -> Response:
    """Repair one finding."""
    return _told(RepairedFile, repairing.repair(current_desk(), current_officer(), draft_id, **_sent(FindingToRepair)))


@screen.post("/<uuid:draft_id>/submit")
@audience(*EDITORS)
def submit(draft_id: UUID) -> Response:
    """Put the draft before a second person."""
    return _told(OneDraft, reviewing.submit(current_desk(), current_officer(), draft_id, **_sent(Reason)))


@screen.post("/<uuid:draft_id>/return")
@audience(*EDITORS)
def send_back(draft_id: UUID) -> Response:
    """Back to its writers."""
    return _told(OneDraft, reviewing.send_back(current_desk(), current_officer(), draft_id, **_sent(SentBack)))


@screen.post("/<uuid:draft_id>/publish")
@audience(*EDITORS)
def publish(draft_id: UUID) -> Response:
    """Publish what somebody else wrote."""
    return _told(OneDraft, reviewing.publish(current_desk(), current_officer(), draft_id, **_sent(PublishedOver)))


@screen.post("/<uuid:draft_id>/discard")
@audience(*EDITORS)
def discard(draft_id: UUID) -> Response:
    """Give the draft up."""
    return _told(OneDraft, drafts.discard(current_desk(), current_officer(), draft_id))


def _told(shape: type[Shape], thing: object) -> Response:
    return jsonify(shape().dump(thing))


def _sent(shape: type[Shape]) -> dict[str, Any]:
    """The JSON of the request, if it has this shape."""
    return _loaded(shape, request.get_json(silent=True), "json")


def _loaded(shape: type[Shape], given: Any, place: str) -> dict[str, Any]:
    try:
        return dict(shape().load({} if given is None else given))
    except ValidationError as error:
        raise HTTPError(422, detail={place: error.messages}) from error


def told_finding(found: Found) -> dict[str, Any]:
    """A finding with its sentence in the language of the page."""
    told: dict[str, Any] = Finding().dump(found)
    told["message"] = pick(found.message, told.pop("message_en") or found.message)
    told["fix"] = found.fix and pick(found.fix.zh, found.fix.en or found.fix.zh)
    told["steps"] = [pick(step.zh, step.en or step.zh) for step in found.steps]
    return told
