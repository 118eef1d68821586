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
from workflows.trying import history
from workflows.working_days import CHINA

screen = APIBlueprint("designs_trying", __name__, url_prefix="/designs", enable_openapi=False)

LARGEST = 1024 * 1024
"""Bytes of a run that is sent: some hundred forms, filled in."""
MOST_STEPS = 300
"""Steps of a run; the longest of ours has some sixty."""
MOST_KEYS = 100
MOST_COURSES = 500

door.guard(screen, LARGEST)
screen.register_error_handler(CSRFError, expired)


def _mapping() -> fields.Dict:
    return fields.Dict(keys=fields.String(), load_default=dict, validate=validate.Length(max=MOST_KEYS))


class Beginning(Shape):
    """How a played case begins."""

    begins = fields.Date(allow_none=True, load_default=None)
    parts = _mapping()
    facts = _mapping()


class Courses(Beginning):
    """Random courses: how many, and the seed that makes them the same again."""

    seed = fields.Integer(strict=True, load_default=1, validate=validate.Range(0, 2**31 - 1))
    courses = fields.Integer(strict=True, load_default=100, validate=validate.Range(1, MOST_COURSES))


class Run(Beginning):
    """A run so far, in the words of a scenario, and the move to make now."""

    steps = fields.List(fields.Dict(keys=fields.String()), load_default=list, validate=validate.Length(max=MOST_STEPS))
    move = fields.Dict(keys=fields.String(), allow_none=True, load_default=None)


@screen.post("/<uuid:draft_id>/try")
@audience(*READERS)
def play(draft_id: UUID) -> Response:
    """Replay the run on the files as they are stored, make the move, and tell where the case stands."""
    files = drafts.stored(current_desk(), current_officer(), draft_id)
    return jsonify(trial.play(files, _sent(Run), language()))


@screen.post("/<uuid:draft_id>/coverage")
@audience(*READERS)
def coverage(draft_id: UUID) -> Response:
    """How many of the draft's scenarios pass each element and flow."""
    return jsonify(trial.coverage(drafts.stored(current_desk(), current_officer(), draft_id), language()))


@screen.post("/<uuid:draft_id>/courses")
@audience(*READERS)
def courses(draft_id: UUID) -> Response:
    """How long a case of the draft takes and how often each clock runs out, in random courses."""
    desk, officer = current_desk(), current_officer()
    files = drafts.stored(desk, officer, draft_id)
    wanted = _sent(Courses)
    today = desk.now().astimezone(CHINA).date().isoformat()
    past = {key: [span.least, span.usual, span.most] for key, span in history.spans(desk, officer).items()}
    told = trial.courses(files, {**wanted, "begins": wanted["begins"] or today, "history": past}, language())
    return jsonify({**told, "history": len(past)})


def _sent(shape: type[Shape]) -> dict[str, Any]:
    if len(request.get_data()) > LARGEST:  # the guard of the page's token has opened the body before ours could bound it
        raise RequestEntityTooLarge
    sent = request.get_json()  # not silent: what is no JSON is not the empty run
    try:
        loaded = dict(shape().load(sent))
    except ValidationError as error:
        raise HTTPError(422, detail={"json": error.messages}) from error
    return {**loaded, "begins": loaded["begins"] and loaded["begins"].isoformat()}
