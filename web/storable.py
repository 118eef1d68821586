"""What comes in and can be stored: no U+0000, no half of a surrogate pair, no number without end, no nesting without end."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from flask import Flask, abort, request

from web.current_officer import asks_api

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
UPLOAD_LIMIT = 16 * 1024 * 1024
"""Bytes of one request."""
DEEPEST = 32
"""Lists and objects within each other; no form of ours needs more than four."""
REPLACEMENT = "\ufffd"


def register(app: Flask) -> None:
    """Refuse what stands in the address or the form of a page and cannot be stored; the API answers for itself."""
    app.before_request(_refuse)


def storable(value: Any) -> bool:
    """Whether a value as JSON gives it can be stored as it is."""
    try:
        return all(map(_fits, _leaves(value, 0)))
    except RecursionError:
        return False


def read_object(text: str) -> dict[str, Any]:
    """The JSON object in `text`, with what cannot be stored mended; {} when it is none."""
    try:
        found = json.loads(text)
        return _mended(found, 0) if isinstance(found, dict) else {}
    except (ValueError, RecursionError):
        return {}


def _refuse() -> None:
    if asks_api():
        return
    if not all(map(_fits, (request.view_args or {}).values())):
        abort(404)
    if not all(_fits(value) for values in (request.args, request.form) for _, value in values.items(multi=True)):
        abort(400)


def _leaves(value: Any, depth: int) -> Iterator[Any]:
    if depth > DEEPEST:
        raise RecursionError
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, depth + 1)
    else:
        yield value


def _fits(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, str) or not UNSTORABLE.search(value)


def _mended(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise RecursionError
    if isinstance(value, dict):
        return {_mended(key, depth): _mended(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_mended(inner, depth + 1) for inner in value]
    if isinstance(value, str):
        return UNSTORABLE.sub(REPLACEMENT, value)
    return value if _fits(value) else None
