"""The shapes of a bundle's forms and manifest: checked before anything reads them, since they come from outside."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

import yaml
from marshmallow import INCLUDE, Schema, ValidationError, fields, validate

MAX_BYTES = 512 * 1024
MAX_DEPTH = 40
"""Levels of a YAML file: the time to read them grows with their square."""
KEPT = 512
"""Files whose reading is remembered: bundles include each other's, and a release publishes all of them in one go."""


class ShapeRefused(ValueError):
    """A file that has not the shape that its readers rely on."""


class _Lenient(Schema):
    class Meta:
        """Editors add much that we do not read."""

        unknown = INCLUDE


class _Choice(_Lenient):
    value = fields.String(required=True)
    label = fields.String(required=True)


class _Limits(_Lenient):
    required = fields.Boolean(allow_none=True)
    minLength = fields.Integer(allow_none=True)  # noqa: N815 - form-js's own names
    maxLength = fields.Integer(allow_none=True)  # noqa: N815
    min = fields.Float(allow_none=True)
    max = fields.Float(allow_none=True)
    pattern = fields.String(allow_none=True)


class _Conditional(_Lenient):
    hide = fields.String(allow_none=True)


class _Component(_Lenient):
    type = fields.String(required=True)
    key = fields.String()
    path = fields.String()
    id = fields.String()
    label = fields.String(allow_none=True)
    valuesKey = fields.String(allow_none=True)  # noqa: N815
    values = fields.List(fields.Nested(_Choice), allow_none=True)
    limits = fields.Nested(_Limits, data_key="validate", allow_none=True)
    conditional = fields.Nested(_Conditional, allow_none=True)
    properties = fields.Dict(keys=fields.String(), allow_none=True)
    components = fields.List(fields.Nested(lambda: _Component()), allow_none=True)  # noqa: PLW0108 - its own name is not known yet


class _Form(_Lenient):
    components = fields.List(fields.Nested(_Component), required=True)


class _Under(_Lenient):
    roles = fields.List(fields.String(), required=True, validate=validate.Length(min=1))
    suspends = fields.Boolean(allow_none=True)
    inherits = fields.List(fields.String(), allow_none=True)


class _Manifest(_Lenient):
    process = fields.String(required=True, validate=validate.Length(1, 60))
    name = fields.String(required=True, validate=validate.Length(1, 100))
    name_en = fields.String(allow_none=True, validate=validate.Length(max=150))
    starters = fields.List(fields.String(), allow_none=True)
    options = fields.Dict(keys=fields.String(), values=fields.List(fields.Nested(_Choice)), allow_none=True)
    includes = fields.List(fields.String(), allow_none=True)
    under = fields.Nested(_Under, allow_none=True)


class _TableTest(_Lenient):
    name = fields.String(required=True, validate=validate.Length(min=1))
    given = fields.Dict(keys=fields.String(), required=True)
    then = fields.Dict(keys=fields.String(), required=True, validate=validate.Length(min=1))


@lru_cache(maxsize=KEPT)
def read_form(content: bytes) -> dict[str, Any]:
    """A form file, only to be looked at: bundles that include the same file share it. Raises ShapeRefused."""
    try:
        form = json.loads(content)
        _check(_Form(), form)
        _patterns(form["components"])
    except (ValueError, RecursionError) as error:
        raise ShapeRefused(str(error)) from error
    return dict(form)


def read_manifest(content: bytes) -> dict[str, Any]:
    """A bundle's manifest. Raises ShapeRefused; aliases are refused because they can unfold without end."""
    manifest = read_yaml(content)
    _check(_Manifest(), manifest)
    return dict(manifest)


@lru_cache(maxsize=KEPT)
def read_table_tests(content: bytes) -> list[dict[str, Any]]:
    """The rows of a decision table's tests: name, given (facts), then (what is decided); shared like forms. Raises ShapeRefused."""
    rows = read_yaml(content)
    if not isinstance(rows, list) or not rows:
        raise ShapeRefused("a list of {name, given, then} is wanted")
    for row in rows:
        _check(_TableTest(), row)
    return rows


def read_yaml(content: bytes) -> Any:
    """A YAML file of a bundle. Raises ShapeRefused for what is none, is too large or too deep, or has an alias, which unfolds without end."""
    if len(content) > MAX_BYTES:
        raise ShapeRefused(f"larger than {MAX_BYTES // 1024} KB")
    try:
        _flat(content)
        return yaml.safe_load(content)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ShapeRefused(" ".join(str(error).split())) from error


def _flat(content: bytes) -> None:
    """Event by event, so that what would take long to read is refused before it has been."""
    depth = 0
    for event in yaml.parse(content):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise ShapeRefused(f"deeper than {MAX_DEPTH} levels")
        if isinstance(event, yaml.AliasEvent):
            raise ShapeRefused("aliases (*name) are not allowed")


def _check(schema: Schema, thing: Any) -> None:
    if not isinstance(thing, dict):
        raise ShapeRefused("an object is wanted")
    try:
        schema.load(thing)
    except ValidationError as error:
        raise ShapeRefused(json.dumps(error.messages, ensure_ascii=False)[:300]) from error


def _patterns(components: list[dict[str, Any]]) -> None:
    for component in components:
        try:
            re.compile((component.get("validate") or {}).get("pattern") or "")
        except re.error as error:
            raise ShapeRefused(f"pattern of {component.get('key')}: {error}") from error
        _patterns(component.get("components") or [])
