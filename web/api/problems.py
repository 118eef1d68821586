"""Refusals for programs: problem documents (RFC 9457) with a stable `code`, in the language of `Accept-Language`."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from http.client import UNAUTHORIZED
from typing import Any

import structlog
from apiflask import APIBlueprint, HTTPError
from flask import Response, jsonify, request
from werkzeug.exceptions import HTTPException

from web.api.language import pick, spoken
from web.api.sentences import in_chinese
from web.language import CHINESE
from web.schemas.draft import DraftFile
from web.schemas.process import Finding
from web.titles import TITLES
from workflows.errors import ChangedElsewhere, DiagramRefused, OneCaseError, Unavailable, WrongAnswers

log = structlog.get_logger(__name__)

CODES = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    422: "wrong_request",
    429: "too_many_requests",
    500: "internal",
    503: "unavailable",
}
DETAILS = {
    400: ("请求读不懂，请检查格式。", "The request cannot be read; check its form."),
    404: ("没有找到，或不在您的权限范围内。", "Not found, or not within your access."),
    405: ("此地址不支持这种操作。", "This address does not support the method."),
    413: ("请求过大。", "The request is too large."),
    415: ("请发送 application/json。", "Send application/json."),
    422: ("请求中有需要更正的内容。", "Some of the request needs correcting."),
    429: ("请求过于频繁，请稍后再试。", "Too many requests; try again in a moment."),
    500: ("系统出现意外。", "Something unexpected happened."),
}
UNNAMED = "request"
"""The key in `errors` for what is wrong with the request as a whole."""


def register(blueprint: APIBlueprint) -> None:
    """Answer every error of the blueprint's routes with a problem document."""
    blueprint.register_error_handler(OneCaseError, refused)
    blueprint.register_error_handler(HTTPError, misfit)
    blueprint.register_error_handler(HTTPException, strayed)
    blueprint.register_error_handler(Exception, unforeseen)


def refused(error: OneCaseError) -> Response:
    """A verb said no."""
    more: dict[str, Any] = {}
    if error.article:
        more["article"] = error.article
    if isinstance(error, WrongAnswers):
        more["errors"] = {field: [pick(zh, en)] for field, (zh, en) in error.fields.items()}
    if isinstance(error, DiagramRefused):
        more["findings"] = Finding(many=True).dump(error.findings)
    if isinstance(error, ChangedElsewhere):
        more["theirs"] = DraftFile().dump(error.theirs)
    response = document(error.status, error.code, pick(error.zh, error.en), **more)
    if error.status == UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, Unavailable):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def misfit(error: HTTPError) -> Response:
    """The request does not fit its schema."""
    status = error.status_code
    more = {"errors": dict(_by_field(error.detail))} if error.detail else {}
    return document(status, CODES.get(status, "bad_request"), _detail(status, error.message or ""), **more)


def strayed(error: HTTPException) -> Response:
    """The web framework's own refusals."""
    status = error.code or 500
    response = document(status, CODES.get(status, "bad_request"), _detail(status, error.description or error.name))
    response.headers.extend((name, value) for name, value in error.get_headers() if name.lower() != "content-type")
    return response


def unforeseen(error: Exception) -> Response:
    """Nobody thought of this: it is logged under a reference, and only the reference is shown."""
    reference = secrets.token_hex(4)
    log.error("unforeseen error", reference=reference, path=request.path, exc_info=error)
    return document(
        500,
        "internal",
        pick(f"系统出现意外，编号 {reference}。", f"Something unexpected happened; reference {reference}."),
        reference=reference,
    )


def document(status: int, code: str, detail: str, **more: Any) -> Response:
    """The problem document."""
    zh, en = TITLES.get(status, TITLES[400])
    response = jsonify({"type": "about:blank", "title": pick(zh, en), "status": status, "code": code, "detail": detail, **more})
    response.status_code = status
    response.mimetype = "application/problem+json"
    response.headers["Content-Language"] = spoken()
    return response


def _detail(status: int, otherwise: str) -> str:
    return pick(*DETAILS[status]) if status in DETAILS else otherwise


def _by_field(detail: Any) -> Iterator[tuple[str, list[str]]]:
    """`{"json": {"a": {"b": ["…"]}}}` → `("a.b", ["…"])`."""
    for place in detail.values() if isinstance(detail, Mapping) else (detail,):
        yield from _flat(place, "")


def _flat(part: Any, name: str) -> Iterator[tuple[str, list[str]]]:
    if isinstance(part, Mapping):
        for key, inner in part.items():
            yield from _flat(inner, name if key == "_schema" else f"{name}.{key}".lstrip("."))
        return
    sentences = [str(sentence) for sentence in (part if isinstance(part, list) else [part])]
    yield name or UNNAMED, [in_chinese(sentence) if spoken() == CHINESE else sentence for sentence in sentences]
