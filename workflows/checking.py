"""Answers to a form, checked: a form-js schema becomes a marshmallow schema; answers become clean facts, or an error per field.

The browser checks too, but only what this module says counts.
"""

from __future__ import annotations

import math
import re
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, pre_load, validate

from workflows.engine.patterns import LONGEST
from workflows.errors import WrongAnswers
from workflows.forms import CHOICES, MANY, Options, choices_of, hidden, inputs, key_of

MAX_TEXT = 10_000
"""Characters in one answer."""
MAX_CODE = 200
"""Characters of an option's value."""
MAX_ROWS = 200
"""Rows of a repeating group."""
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
MESSAGES = {
    "required": ("此项必填。", "This answer is required."),
    "invalid": ("格式不正确。", "This is not a valid value."),
    "too_short": ("内容过短。", "This is too short."),
    "too_long": ("内容过长。", "This is too long."),
    "too_small": ("数值过小。", "The number is too small."),
    "too_large": ("数值过大。", "The number is too large."),
    "pattern": ("格式不符合要求。", "This does not have the required format."),
    "option": ("请从给出的选项中选择。", "Choose one of the options given."),
    "twice": ("有重复的选项。", "An option is chosen twice."),
}
CODES = {"required": "required", "null": "required", "invalid": "invalid", "type": "invalid"}


def clean(form: Mapping[str, Any], answers: Mapping[str, Any], options: Options) -> dict[str, Any]:
    """The answers to the visible fields, checked. Answers to hidden or unknown fields are dropped.

    Raises WrongAnswers with a sentence per field in both languages.
    """
    visible = [component for component in inputs(form) if not hidden(component, answers)]
    schema = _schema(form, visible, options)
    given = {key: value for component in visible if (value := answers.get(key := key_of(component))) not in (None, "")}
    try:
        return dict(schema.load(given))
    except ValidationError as error:
        told = _messages(error)
        raise WrongAnswers({key: _missing(visible, key, found) or _sentence(found) for key, found in told.items()}) from error


def clean_in_advance(form: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Some answers before the form is shown: each checked like `clean`, none required, lists of the case not known yet."""
    given = [component for component in inputs(form) if answers.get(key_of(component)) not in (None, "")]
    fitting = Schema.from_dict({key_of(component): _field(component, None) for component in given})(unknown=EXCLUDE)
    try:
        return dict(fitting.load(answers, partial=True))
    except ValidationError as error:
        raise WrongAnswers({key: _sentence(found) for key, found in _messages(error).items()}) from error


class _Schemas:
    """The schemas of forms, the most recently used ones: to make one takes longer than to use it."""

    def __init__(self, size: int = 512) -> None:
        self._size = size
        self._kept: OrderedDict[Any, tuple[Mapping[str, Any], Schema]] = OrderedDict()
        self._lock = Lock()

    def schema(self, form: Mapping[str, Any], visible: list[Mapping[str, Any]], options: Options) -> Schema:
        """The schema of the form's visible fields when these options are offered."""
        offered = tuple((key, tuple(choice["value"] for choice in listed)) for key, listed in sorted(options.items()))
        place = (id(form), tuple(map(key_of, visible)), offered)
        with self._lock:
            kept = self._kept.get(place)
            if kept is not None and kept[0] is form:
                self._kept.move_to_end(place)
                return kept[1]
        made = Schema.from_dict({key_of(component): _field(component, options) for component in visible})(unknown=EXCLUDE)
        with self._lock:
            self._kept[place] = (form, made)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made


_schema = _Schemas().schema


def _field(component: Mapping[str, Any], options: Options | None) -> fields.Field[Any]:
    rules = component.get("validate") or {}
    common: dict[str, Any] = {"required": bool(rules.get("required")), "error_messages": CODES}
    kind = component["type"]
    if kind in MANY:
        return fields.List(fields.String(validate=_one_of(component, options)), validate=[_some(rules), _once], **common)
    if kind in CHOICES:
        return fields.String(validate=_one_of(component, options), **common)
    if kind == "dynamiclist":
        rows = validate.Length(max=MAX_ROWS, error="too_long")
        return fields.List(fields.Nested(_row_schema(component, options), unknown=EXCLUDE), validate=rows, **common)
    return _plain_field(component, rules, common)


def _plain_field(component: Mapping[str, Any], rules: Mapping[str, Any], common: dict[str, Any]) -> fields.Field[Any]:
    kind = component["type"]
    if kind == "checkbox" and rules.get("required"):
        return fields.Boolean(validate=validate.Equal(True, error="required"), **common)
    if kind == "checkbox":
        return fields.Boolean(load_default=False, **{**common, "required": False})
    if kind == "number":
        return _Number(validate=_bounds(rules), **common)
    return fields.String(validate=_moment(component) if kind == "datetime" else _text_rules(rules), **common)


class _Number(fields.Float):
    """A number; a whole one is kept as an int, so that 5 stays 5."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        number = super()._deserialize(value, attr, data, **kwargs)
        if not math.isfinite(number):
            raise ValidationError("invalid")
        return int(number) if number == int(number) else number


class _Row(Schema):
    """A row of a repeating group."""

    @pre_load
    def answered(self, row: Any, **_: Any) -> Any:
        """The row without what was left empty: a browser sends those fields too."""
        return {key: value for key, value in row.items() if value not in (None, "")} if isinstance(row, Mapping) else row


def _row_schema(component: Mapping[str, Any], options: Options | None) -> type[Schema]:
    return _Row.from_dict({key_of(inner): _field(inner, options) for inner in inputs(component)})


def _text_rules(rules: Mapping[str, Any]) -> list[Any]:
    found: list[Any] = [validate.Length(max=min(int(rules.get("maxLength") or MAX_TEXT), MAX_TEXT), error="too_long"), _printable]
    if rules.get("minLength"):
        found.append(validate.Length(min=int(rules["minLength"]), error="too_short"))
    if rules.get("required"):
        found.append(_not_blank)
    if rules.get("pattern"):
        found += [validate.Length(max=LONGEST, error="too_long"), validate.Regexp(rules["pattern"], error="pattern")]
    return found


def _printable(value: str) -> None:
    # PostgreSQL stores no NUL, and no encoding stores half a surrogate pair.
    if UNSTORABLE.search(value):
        raise ValidationError("invalid")


def _not_blank(value: str) -> None:
    if not value.strip():
        raise ValidationError("required")


def _bounds(rules: Mapping[str, Any]) -> list[Any]:
    found: list[Any] = [validate.Range(max=10**15, error="too_large")]
    if rules.get("min") not in (None, ""):
        found.append(validate.Range(min=float(rules["min"]), error="too_small"))
    if rules.get("max") not in (None, ""):
        found.append(validate.Range(max=float(rules["max"]), error="too_large"))
    return found


def _moment(component: Mapping[str, Any]) -> Any:
    reader = fields.Date() if component.get("subtype", "date") == "date" else fields.DateTime(format="iso")

    def check(value: str) -> None:
        try:
            reader.deserialize(value)
        except ValidationError as error:
            raise ValidationError("invalid") from error

    return check


def _one_of(component: Mapping[str, Any], options: Options | None) -> Any:
    if options is None and component.get("valuesKey"):  # which they are is known when the form is shown
        return validate.Length(max=MAX_CODE, error="option")
    return validate.OneOf([choice["value"] for choice in choices_of(component, options)], error="option")


def _some(rules: Mapping[str, Any]) -> Any:
    return validate.Length(min=1 if rules.get("required") else 0, max=MAX_ROWS, error="required")


def _once(values: list[str]) -> None:
    if len(set(values)) != len(values):
        raise ValidationError("twice")


def _missing(visible: list[Mapping[str, Any]], key: str, found: Any) -> tuple[str, str] | None:
    """What the form itself says (`properties.missing`) where a required answer is missing: the law's words instead of ours."""
    words = next((component.get("properties") or {} for component in visible if key_of(component) == key), {})
    return (words["missing"], words.get("en.missing", words["missing"])) if "missing" in words and found == ["required"] else None


def _sentence(found: Any) -> tuple[str, str]:
    while isinstance(found, (list, dict)):
        found = next(iter(found.values())) if isinstance(found, dict) else found[0]
    return MESSAGES.get(str(found), MESSAGES["invalid"])


def _messages(error: ValidationError) -> dict[str, Any]:
    return dict(error.messages) if isinstance(error.messages, dict) else {"": error.messages}
