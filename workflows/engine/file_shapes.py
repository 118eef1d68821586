"""The shapes of a bundle's forms and manifest: checked before anything reads them, since they come from outside."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import lru_cache
from typing import Any, NoReturn

import yaml
from marshmallow import INCLUDE, Schema, ValidationError, fields, validate

from workflows.engine.patterns import PatternRefused, check_pattern

MAX_BYTES = 512 * 1024
"""Of a form; the longest of ours has a tenth of it."""
MAX_YAML = 128 * 1024
"""Bytes; the longest YAML file of ours has a tenth of it."""
MAX_VALUES = 15_000
"""Keys and values in a form or a YAML file; the longest of ours has a tenth of them."""
DEEPEST = 32
"""Lists and objects within each other."""
LARGEST = 10**15
"""No number of ours is larger, and every reader of JSON can hold this one."""
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""No database holds these, and no page can be sent with them."""
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C is fifty times as fast; what it loads was looked through for its depth first."""
KEPT = 512
"""Files whose reading is remembered: bundles include each other's, and a release publishes all of them in one go."""


class ShapeRefused(ValueError):
    """A file that has not the shape that its readers rely on."""


class ShapeUnbounded(ShapeRefused):
    """A file that must not be opened by anybody: without end, too deep, too large, or with what no database can hold."""


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
    form = read_json(content)
    _check(_Form(), form)
    _patterns(form["components"])
    return dict(form)


def read_json(content: bytes) -> Any:
    """A JSON file of a bundle. Raises ShapeRefused for what is none, is too large or too deep, or holds what cannot be stored."""
    if len(content) > MAX_BYTES:
        raise ShapeUnbounded(f"larger than {MAX_BYTES // 1024} KB")
    try:
        told = json.loads(content, parse_constant=_no_number)
    except RecursionError as error:
        raise ShapeUnbounded(f"nested more than {DEEPEST} deep") from error
    except ValueError as error:
        raise ShapeRefused(str(error)) from error
    _look_through(told)
    return told


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
    """A YAML file of a bundle. Raises ShapeRefused for what is none, is too large, or names a part again (an alias), which unfolds without end."""
    if len(content) > MAX_YAML:
        raise ShapeUnbounded(f"larger than {MAX_YAML // 1024} KB")
    try:
        _look_ahead(content)
        told = yaml.load(content, LOADER)  # noqa: S506 - one of the two safe loaders
    except ShapeRefused:
        raise
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise ShapeRefused(" ".join(str(error).split())[:300]) from error
    _look_through(told)
    return told


def _look_ahead(content: bytes) -> None:
    """Raise ShapeRefused for YAML that must not be loaded: its events come one by one, and nothing is made of them."""
    depth = 0
    for number, event in enumerate(yaml.parse(content, LOADER)):
        if isinstance(event, yaml.AliasEvent):
            raise ShapeUnbounded("aliases (*name) are not allowed")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise ShapeUnbounded(f"nested more than {DEEPEST} deep")
        if number > MAX_VALUES:
            raise ShapeUnbounded(f"more than {MAX_VALUES} values")


def _look_through(told: Any) -> None:
    """Raise ShapeRefused for what no reader behind this one is made for."""
    seen, waiting = 0, [(told, 0)]
    while waiting:
        value, depth = waiting.pop()
        seen += 1
        if depth > DEEPEST or seen > MAX_VALUES:
            raise ShapeUnbounded(f"nested more than {DEEPEST} deep, or more than {MAX_VALUES} values")
        if isinstance(value, dict):
            waiting += ((one, depth + 1) for pair in value.items() for one in pair)
        elif isinstance(value, list):
            waiting += ((one, depth + 1) for one in value)
        else:
            _fits(value)


def _fits(value: Any) -> None:
    if value is not None and not isinstance(value, str | int | float | date):
        raise ShapeRefused(f"a {type(value).__name__} is no value of ours")
    if isinstance(value, int | float) and not -LARGEST <= value <= LARGEST:
        raise ShapeRefused("a number without end, or larger than any of ours")
    if isinstance(value, str) and UNSTORABLE.search(value):
        raise ShapeUnbounded("a character that cannot be stored: U+0000 or half of a surrogate pair")


def _no_number(name: str) -> NoReturn:
    raise ShapeRefused(f"{name} is no number")


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
            check_pattern((component.get("validate") or {}).get("pattern") or "")
        except PatternRefused as error:
            raise ShapeRefused(f"pattern of {component.get('key')}: {error}") from error
        _patterns(component.get("components") or [])
