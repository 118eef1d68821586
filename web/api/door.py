"""The door of the public interface: what every route under `/api/v1` shares.

Only a bearer token opens it. A browser session does not, so that no other site's page can act through a cookie.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint
from flask import request

from web.api import problems, repeats
from web.security import csrf
from web.storable import storable
from workflows.errors import NotFound, OneCaseError

PREFIX = "/api/v1"
LARGEST = 1024 * 1024
"""Bytes of a request; ten of the longest answers that a form takes."""


class UnstorableError(OneCaseError):
    """A character or number that no database can hold."""

    status = 422
    code = "wrong_request"

    def __init__(self) -> None:
        super().__init__(
            "请求中有无法保存的内容（U+0000、不成对的代理字符、非有限数字或层次过深）。",
            "The request holds what cannot be stored: U+0000, a lone surrogate, a number that is not finite, or nesting too deep.",
        )


def noun(name: str, about: str, *, largest: int = LARGEST) -> APIBlueprint:
    """A blueprint for the calls of one noun; a request has at most `largest` bytes."""
    blueprint = APIBlueprint(f"api_{name}", __name__, url_prefix=PREFIX, tag={"name": name, "description": about})
    csrf.exempt(blueprint)
    guard(blueprint, largest)
    repeats.register(blueprint)
    return blueprint


def guard(blueprint: APIBlueprint, largest: int) -> None:
    """A request of the blueprint's routes has at most `largest` bytes and nothing that cannot be stored; refusals are problem documents."""
    blueprint.before_request(_bounded(largest))
    blueprint.before_request(_refuse_unstorable)
    problems.register(blueprint)


def ident(text: str) -> UUID:
    """The id in an address; a malformed one is an unknown one."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def _bounded(largest: int) -> Callable[[], None]:
    def bound() -> None:
        request.max_content_length = largest

    return bound


def _refuse_unstorable() -> None:
    """Before any verb: what SQL or JSON cannot hold is refused with a sentence instead of failing in the database."""
    if not all(map(storable, (request.view_args or {}).values())):
        raise NotFound
    sent: list[Any] = [value for _, values in request.args.lists() for value in values]
    try:
        sent.append(_sent_json() if request.is_json else None)
    except RecursionError:
        raise UnstorableError from None
    if not storable(sent):
        raise UnstorableError


def _sent_json() -> Any:
    """The body; None when it is no JSON, which the schema of the route says better."""
    parsed = request.get_json(silent=True)
    if parsed is None:
        try:
            json.loads(request.get_data())
        except (json.JSONDecodeError, UnicodeDecodeError):
            return None
        except ValueError:  # a number with more digits than Python reads
            raise UnstorableError from None
    return parsed
