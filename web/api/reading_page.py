"""The page at `/api` that lists every operation: drawn by the server from the specification, no script, no CDN."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from flask import Blueprint, current_app, render_template

from web.api.door import PREFIX
from web.api.openapi import operations_of
from web.audience import PUBLIC, audience

blueprint = Blueprint("api_page", __name__)
REFERENCE = "#/components/schemas/"


@blueprint.get("/api")
@audience(PUBLIC)
def index() -> str:
    """Everything that a program can call."""
    spec: dict[str, Any] = current_app._get_spec("json")  # type: ignore[attr-defined]  # noqa: SLF001 - the cached one
    groups = defaultdict(list)
    for path, method, operation in operations_of(spec):
        groups[operation["tags"][0]].append(_line(path, method, operation))
    return render_template(
        "api/index.html",
        groups=groups,
        tags={tag["name"]: tag["description"] for tag in spec["tags"]},
        prefix=PREFIX,
        schemas=_schemas(spec),
    )


def _line(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {})
    return {
        "method": method.upper(),
        "path": path.removeprefix(PREFIX),
        "summary": operation.get("summary", ""),
        "description": operation.get("description", ""),
        "parameters": [parameter for parameter in operation["parameters"] if parameter["in"] in ("path", "query")],
        "body": [(kind, _name(content["schema"])) for kind, content in body.items()],
        "answers": [(status, answer["description"], _answer(answer)) for status, answer in operation["responses"].items()],
    }


def _answer(answer: dict[str, Any]) -> str:
    return next((_name(content["schema"]) for content in answer.get("content", {}).values()), "")


def _name(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(REFERENCE)
    if "items" in schema:
        return f"[{_name(schema['items'])}]"
    if "allOf" in schema:
        return _name(schema["allOf"][0])
    return str(schema.get("format") or schema.get("type") or "JSON")


def _schemas(spec: dict[str, Any]) -> dict[str, list[tuple[str, str, str]]]:
    return {
        name: [(key, _name(member), member.get("description", "")) for key, member in schema.get("properties", {}).items()]
        for name, schema in sorted(spec["components"]["schemas"].items())
    }
