"""A file as an answer, with a Chinese name that every browser keeps."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "dmn": "application/xml",
}


def download(name: str, content: bytes) -> Response:
    """The answer that saves `content` as `name`; it is kept by no cache, the next one may be another."""
    kind = name.rsplit(".", 1)[-1]
    response = Response(content, mimetype=TYPES[kind])
    response.headers["Content-Disposition"] = f"attachment; filename=\"document.{kind}\"; filename*=UTF-8''{quote(name)}"
    response.headers["Cache-Control"] = "no-store"
    return response
