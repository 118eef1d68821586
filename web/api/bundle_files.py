"""The files of a bundle as a request brings them: parts of a multipart body, or texts in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apiflask import HTTPError
from flask import request
from marshmallow import ValidationError

from web.schemas.shape import Shape
from workflows.errors import WrongAnswers

MULTIPART: Mapping[str, bool] = {"x-multipart": True}
"""What the documentation of such a route says."""


def in_parts() -> bool:
    """Whether the request is multipart."""
    return request.mimetype == "multipart/form-data"


def parts() -> dict[str, bytes]:
    """The files of a multipart request by name. Raises WrongAnswers without one."""
    files = {file.filename or name: file.stream.read() for name, file in request.files.items(multi=True)}
    if not files:
        raise WrongAnswers({"files": ("请附上文件。", "Attach the files.")})
    return files


def in_json(shape: type[Shape]) -> dict[str, Any]:
    """The JSON of the request, if it has this shape."""
    try:
        return dict(shape().load(request.get_json(silent=True) or {}))
    except ValidationError as error:
        raise HTTPError(422, detail={"json": error.messages}) from error


def encoded(texts: Mapping[str, str]) -> dict[str, bytes]:
    """Texts as the files that they are."""
    return {name: text.encode() for name, text in texts.items()}
