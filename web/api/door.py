"""The door of the public interface: what every route under `/api/v1` shares.

Only a bearer token opens it. A browser session does not, so that no other site's page can act through a cookie.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint
from flask import request

from web.api import problems, repeats
from web.security import csrf
from workflows.errors import NotFound, OneCaseError

PREFIX = "/api/v1"
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class UnstorableError(OneCaseError):
    """A character or number that no database can hold."""

    status = 422
    code = "wrong_request"

    def __init__(self) -> None:
        super().__init__(
            "请求中有无法保存的内容（U+0000、不成对的代理字符、非有限数字或层次过深）。",
            "The request holds what cannot be stored: U+0000, a lone surrogate, a number that is not finite, or nesting too deep.",
        )


def noun(name: str, about: str) -> APIBlueprint:
    """A blueprint for the calls of one noun."""
    blueprint = APIBlueprint(f"api_{name}", __name__, url_prefix=PREFIX, tag={"name": name, "description": about})
    csrf.exempt(blueprint)
    blueprint.before_request(_refuse_unstorable)
    repeats.register(blueprint)
    problems.register(blueprint)
    return blueprint


def ident(text: str) -> UUID:
    """The id in an address; a malformed one is an unknown one."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def _refuse_unstorable() -> None:
    """Before any verb: what SQL or JSON cannot hold is refused with a sentence instead of failing in the database."""
    if not all(map(_storable, (request.view_args or {}).values())):
        raise NotFound
    sent: list[Any] = [value for _, values in request.args.lists() for value in values]
    try:
        sent.append(request.get_json(silent=True) if request.is_json else None)
        if not all(map(_storable, _leaves(sent))):
            raise UnstorableError
    except RecursionError:
        raise UnstorableError from None


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield value


def _storable(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, str) or not UNSTORABLE.search(value)
