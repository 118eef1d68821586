"""`Idempotency-Key` on every POST: the same request by the same officer gets the answer that the first one got."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from apiflask import APIBlueprint
from flask import Response, g, request

from web.current_desk import current_desk
from web.current_officer import current_officer
from workflows import idempotency
from workflows.errors import OneCaseError

HEADER = "Idempotency-Key"
LONGEST_KEY = 120
LONGEST_ROUTE = 200
PASSING = (401, 429)
"""Answers that are about the moment, not about the request."""


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
    route, sent = _route(), _fingerprint()
    first = idempotency.remembered(current_desk(), current_officer(), key, route, sent)
    if first is None:
        g.repeat = (key, route, sent)
        return None
    status, answer = first
    return _given_again(status, answer)


def _given_again(status: int, answer: dict[str, object]) -> Response:
    return Response(str(answer["body"]), status=status, mimetype=str(answer["type"]), headers={"Idempotent-Replayed": "true"})


def _keep(response: Response) -> Response:
    if "repeat" in g:
        key, route, sent = g.pop("repeat")
        status = 503 if response.status_code in PASSING else response.status_code
        answer = {"type": response.mimetype, "body": response.get_data(as_text=True)}
        idempotency.remember(current_desk(), current_officer(), key, route, sent, status, answer)
    return response


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
