"""`/openapi.json` as the public interface promises it: only `/api/v1`, every error a problem document, bearer tokens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apiflask import APIFlask
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from web.api.door import PREFIX
from web.api.repeats import HEADER, LONGEST_KEY
from web.schemas.problem import Problem

Json = dict[str, Any]
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
ALWAYS = {"401": "No valid token", "403": "Not allowed", "500": "Something went wrong; nothing was changed"}
MEANINGS = {
    "400": "The request cannot be read",
    "404": "Not found, or not within your access (the two are not told apart)",
    "409": "Not possible now: the law forbids it, or somebody was quicker",
    "413": "The request is too large",
    "422": "Fields need correcting",
    "429": "Too many attempts",
    "503": "A service failed; the case stays where it was",
}
ABOUT = (
    "Joint-enforcement cases of several agencies (一案一策). Sign in with POST /api/v1/tokens and send the token as "
    "`Authorization: Bearer`. Times are ISO 8601 with offset, ids are UUIDs, lists are pages `{items, next, total}`."
)
REPEAT = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
    "description": "The same key with the same body gets the first answer again; with another body 409 idempotency_mismatch.",
}
LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "example": "en"},
    "description": "Language of sentences: zh (default) or en.",
}


def register(app: APIFlask) -> None:
    """Set what APIFlask writes, then finish it by hand."""
    app.config.update(OPENAPI_VERSION="3.0.3", AUTO_SERVERS=False, AUTO_404_RESPONSE=True, AUTO_OPERATION_ID=True)
    app.spec_processor(finished)  # type: ignore[arg-type]  # ours is JSON, not YAML


def finished(spec: Json) -> Json:
    """The specification, completed."""
    spec["info"] |= {"title": "OneCase 一案一策", "description": ABOUT}
    spec["paths"] = {path: operations for path, operations in spec["paths"].items() if path.startswith(PREFIX)}
    schemas = spec.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("ValidationError", "HTTPError"):
        schemas.pop(unused, None)
    schemas["Problem"] = _problem_schema()
    spec["components"]["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    spec["security"] = [{"bearer": []}]
    spec["tags"] = [tag for tag in spec.get("tags", []) if tag["name"] in _tags_used(spec)]
    for path, method, operation in operations_of(spec):
        _finish(path, method, operation)
    return spec


def operations_of(spec: Json) -> Iterator[tuple[str, str, Json]]:
    """Every (path, method, operation)."""
    for path, operations in spec["paths"].items():
        for method, operation in operations.items():
            yield path, method, operation


def _finish(path: str, method: str, operation: Json) -> None:
    parameters = operation.setdefault("parameters", [])
    for parameter in parameters:
        if parameter["in"] == "path":
            parameter["required"] = True
            if parameter["name"].endswith("_id"):
                parameter["schema"] = {"type": "string", "format": "uuid"}
    parameters.append(LANGUAGE)
    signing_in = path == f"{PREFIX}/tokens"
    if signing_in:
        operation["security"] = []
    elif method == "post":
        parameters.append(REPEAT)
    _finish_body(operation)
    _finish_responses(method, operation)


def _finish_body(operation: Json) -> None:
    if "requestBody" not in operation:
        return
    operation["requestBody"]["required"] = True
    if operation.pop("x-multipart", False):
        parts = {"type": "object", "additionalProperties": {"type": "string", "format": "binary"}}
        operation["requestBody"]["content"]["multipart/form-data"] = {"schema": parts}


def _finish_responses(method: str, operation: Json) -> None:
    responses = operation["responses"]
    expected = dict(ALWAYS)
    if "requestBody" in operation or method == "post":
        expected |= {status: MEANINGS[status] for status in ("400", "404", "409", "413", "422")}
    if any(parameter["in"] in ("query", "path") for parameter in operation["parameters"]):
        expected |= {status: MEANINGS[status] for status in ("400", "404", "422")}  # an id, or a value that cannot be stored
    for status in {*expected, *(status for status in responses if status >= "400")}:
        meaning = expected.get(status) or MEANINGS.get(status) or responses[status].get("description", "Refused")
        responses[status] = {"description": meaning, "content": PROBLEM}
    operation["responses"] = dict(sorted(responses.items()))


def _problem_schema() -> Json:
    plugin = MarshmallowPlugin()
    lone = APISpec("", "", "3.0.3", plugins=[plugin])
    lone.components.schema("Problem", schema=Problem)
    schema: Json = lone.to_dict()["components"]["schemas"]["Problem"]
    return schema


def _tags_used(spec: Json) -> set[str]:
    return {tag for _, _, operation in operations_of(spec) for tag in operation.get("tags", ())}
