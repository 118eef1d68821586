"""Playing a case of a draft, and which of its elements the draft's scenarios go over. Nothing is stored; a play is sent whole at each move."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apiflask import APIBlueprint, HTTPError
from flask import Response, jsonify, request
from flask_wtf.csrf import CSRFError
from marshmallow import ValidationError, fields, validate
from werkzeug.exceptions import RequestEntityTooLarge

from web import trial
from web.api import door
from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.designs.data import READERS, expired
from web.language import language
from web.schemas.shape import Shape
from workflows.designing import drafts

screen = APIBlueprint("designs_trying", __name__, url_prefix="/designs", enable_openapi=False)

LARGEST = 1024 * 1024
"""Bytes of a run that is sent: some hundred forms, filled in."""
MOST_STEPS = 300
"""Steps of a run; the longest of ours has some sixty."""
MOST_KEYS = 100

door.guard(screen, LARGEST)
screen.register_error_handler(CSRFError, expired)


def _mapping() -> fields.Dict:
    return fields.Dict(keys=fields.String(), load_default=dict, validate=validate.Length(max=MOST_KEYS))


class Run(Shape):
    """A run so far, in the words of a scenario, and the move to make now."""

    begins = fields.Date(allow_none=True, load_default=None)
    parts = _mapping()
    facts = _mapping()
    steps = fields.List(fields.Dict(keys=fields.String()), load_default=list, validate=validate.Length(max=MOST_STEPS))
    move = fields.Dict(keys=fields.String(), allow_none=True, load_default=None)


@screen.post("/<uuid:draft_id>/try")
@audience(*READERS)
def play(draft_id: UUID) -> Response:
    """Replay the run on the files as they are stored, make the move, and tell where the case stands."""
    files = drafts.stored(current_desk(), current_officer(), draft_id)
    run = _run()
    begins = run.pop("begins")
    return jsonify(trial.play(files, {**run, "begins": begins and begins.isoformat()}, language()))


@screen.post("/<uuid:draft_id>/coverage")
@audience(*READERS)
def coverage(draft_id: UUID) -> Response:
    """How many of the draft's scenarios pass each element and flow."""
    return jsonify(trial.coverage(drafts.stored(current_desk(), current_officer(), draft_id), language()))


def _run() -> dict[str, Any]:
    if len(request.get_data()) > LARGEST:  # the guard of the page's token has opened the body before ours could bound it
        raise RequestEntityTooLarge
    sent = request.get_json()  # not silent: what is no JSON is not the empty run
    try:
        return dict(Run().load(sent))
    except ValidationError as error:
        raise HTTPError(422, detail={"json": error.messages}) from error
