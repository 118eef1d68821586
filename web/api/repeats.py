"""`Idempotency-Key` on every POST: the same request by the same officer gets the answer that the first one got."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import structlog
from apiflask import APIBlueprint
from flask import Response, g, request

from web.current_desk import current_desk
from web.current_officer import current_officer
from workflows import idempotency
from workflows.errors import OneCaseError, Unavailable

if TYPE_CHECKING:
    from workflows.database import Companion

log = structlog.get_logger(__name__)

HEADER = "Idempotency-Key"
LONGEST_KEY = 120
LONGEST_ROUTE = 200
PASSING = (401, 429)
"""Answers that are about the moment, not about the request."""
IDEMPOTENT = frozenset({"api_tasks.claim", "api_tasks.complete", "api_tasks.save"})
"""Calls that change nothing the second time: a copy of one need not wait until it is known what became of the first."""


class BadKeyError(OneCaseError):
    """The key cannot be kept."""

    status = 400
    code = "bad_idempotency_key"

    def __init__(self) -> None:
        super().__init__("Idempotency-Key 应为 1 至 120 个可见的 ASCII 字符。", "Idempotency-Key takes 1 to 120 visible ASCII characters.")


def register(blueprint: APIBlueprint) -> None:
    """Honour the key on the blueprint's routes."""
    blueprint.before_request(_again)
    blueprint.after_request(_keep)


def _again() -> Response | None:
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST" or "Authorization" not in request.headers:
        return None  # signing in is not kept: its answer is a secret
    if not 1 <= len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise BadKeyError
    route, sent, reserve = _route(), _fingerprint(), request.endpoint not in IDEMPOTENT
    desk, officer = current_desk(), current_officer()
    first = desk.database.retried(lambda: idempotency.remembered(desk, officer, key, route, sent, reserve=reserve))
    if first is None:
        g.repeat = (key, route, sent, reserve)
        return None
    status, answer = first
    return _given_again(status, answer)


def companion() -> Companion | None:
    """What the transaction of this request's work does as well: note under its key that it is done."""
    key, route, _, reserved = g.get("repeat", ("", "", "", False))
    officer = current_officer() if reserved else None
    return (lambda session: idempotency.note_done(session, officer, key, route)) if officer else None


def _given_again(status: int, answer: dict[str, object]) -> Response:
    return Response(str(answer["body"]), status=status, mimetype=str(answer["type"]), headers={"Idempotent-Replayed": "true"})


def _keep(response: Response) -> Response:
    if "repeat" in g:
        status = 503 if response.status_code in PASSING else response.status_code
        answer = {"type": response.mimetype, "body": response.get_data(as_text=True)}
        _remember(status, answer, *g.pop("repeat"))
    return response


def _remember(status: int, answer: Any, key: str, route: str, sent: str, reserved: bool) -> None:
    desk, officer = current_desk(), current_officer()
    try:
        desk.database.retried(lambda: idempotency.remember(desk, officer, key, route, sent, status, answer, reserved=reserved))
    except Unavailable as error:  # the work is done or refused, whatever becomes of its answer
        log.warning("the answer under an Idempotency-Key could not be kept", code=error.code)


def _route() -> str:
    route = f"{request.method} {request.path}"
    return route if len(route) <= LONGEST_ROUTE else hashlib.sha256(route.encode()).hexdigest()


def _fingerprint() -> str:
    """A hash of what was sent, the same whatever the order of JSON keys or the boundary of a multipart body."""
    digest = hashlib.sha256()
    for piece in _pieces():
        digest.update(len(piece).to_bytes(8, "big") + piece)
    return digest.hexdigest()


def _pieces() -> Iterator[bytes]:
    if request.mimetype == "multipart/form-data":
        for name, value in sorted(request.form.items(multi=True)):
            yield from (name.encode(), value.encode())
        for name, file in request.files.items(multi=True):
            yield from (name.encode(), (file.filename or "").encode(), file.stream.read())
            file.stream.seek(0)
        return
    parsed = request.get_json(silent=True)
    yield request.get_data() if parsed is None else json.dumps(parsed, sort_keys=True).encode()
