"""Forms: a form-js schema becomes a marshmallow schema; answers become clean facts, or an error per field.

The browser checks too, but only what this module says counts. Conditions of fields (`conditional.hide`) are FEEL in form-js;
the part of it that our forms use (`=a = "x" and b != "y"`) is translated to our own expression language.
"""

from __future__ import annotations

import math
import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from threading import Lock
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from workflows.engine.expressions import ExpressionError, evaluate
from workflows.errors import WrongAnswers

Options = Mapping[str, list[dict[str, str]]]
"""Option lists by the `valuesKey` of a field."""

CHOICES = frozenset({"select", "radio"})
MANY = frozenset({"checklist", "taglist"})
INPUTS = frozenset({"textfield", "textarea", "number", "checkbox", "datetime"}) | CHOICES | MANY
COMPONENTS = INPUTS | {"text", "group", "dynamiclist", "separator", "spacer"}
NAMING = ("label", "dateLabel", "text")
WORDED = (*NAMING, "timeLabel", "description")
"""Properties of a component that a person reads; the English ones stand in its `properties` as `en` and `en.<property>`."""
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


def inputs(form: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The components of `form` that take an answer, in order; groups are flattened."""
    yield from _inputs(form.get("components") or [])


def _inputs(components: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        if component["type"] == "group":
            yield from _inputs(component.get("components") or [])
        elif component["type"] in INPUTS | {"dynamiclist"} and not component.get("disabled") and not component.get("readonly"):
            yield component


def key_of(component: Mapping[str, Any]) -> str:
    """The name of the fact that a component's answer becomes."""
    return str(component.get("path") if component["type"] == "dynamiclist" else component.get("key"))


def confidential(form: Mapping[str, Any]) -> dict[str, str]:
    """Fields that only one role may read: key → role."""
    return {
        key_of(component): component["properties"]["confidential"]
        for component in inputs(form)
        if "confidential" in (component.get("properties") or {})
    }


def options_named(form: Mapping[str, Any]) -> frozenset[str]:
    """The option lists that the form names by `valuesKey`, in its repeating groups too."""
    found = [component for outer in inputs(form) for component in (outer, *inputs(outer))]
    return frozenset(str(component["valuesKey"]) for component in found if component.get("valuesKey"))


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
        raise WrongAnswers({key: _sentence(found) for key, found in _messages(error).items()}) from error


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


def hidden(component: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    """Whether a field is hidden given the other answers."""
    condition = (component.get("conditional") or {}).get("hide")
    if not condition:
        return False
    try:
        return bool(evaluate(from_feel(condition), answers))
    except ExpressionError:
        return False


def from_feel(condition: str) -> str:
    """A form-js condition in our expression language: `=a = "x"` becomes `a == "x"`."""
    parts = re.split(r'("[^"]*")', condition.strip().removeprefix("="))
    return "".join(part if part.startswith('"') else re.sub(r"(?<![<>!=])=(?!=)", "==", part) for part in parts).strip()


def localised(form: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The form with its labels in `language`; the English ones stand in each component's `properties`."""
    return {**form, "components": [_localised(component, language) for component in form.get("components") or []]}


def localised_options(options: Options, language: str) -> dict[str, list[dict[str, str]]]:
    """The option lists with their labels in `language`."""
    english = language.startswith("en")
    return {
        key: [{"value": one["value"], "label": (english and one.get("label_en")) or one["label"]} for one in listed]
        for key, listed in options.items()
    }


def _localised(component: Mapping[str, Any], language: str) -> dict[str, Any]:
    own = dict(component)
    words = own.get("properties") or {}
    if language.startswith("en"):
        for target in WORDED:
            english = words.get(f"en.{target}") or (words.get("en") if target in NAMING else None)
            if english and own.get(target):
                own[target] = english
        if own.get("values"):
            own["values"] = [{**value, "label": words.get(f"en.{value['value']}", value["label"])} for value in own["values"]]
    if own.get("components"):
        own["components"] = [_localised(inner, language) for inner in own["components"]]
    return own


def shown(component: Mapping[str, Any], value: Any, options: Options, language: str = "zh") -> str:
    """An answer as a person reads it: labels instead of codes."""
    if value is None or value == "":
        return ""
    if component["type"] == "dynamiclist":
        rows = [[shown(inner, row.get(key_of(inner)), options, language) for inner in inputs(component)] for row in value]
        return "；".join("，".join(filter(None, row)) for row in rows)
    labels = {choice["value"]: choice["label"] for choice in _choices(_localised(component, language), options)}
    if isinstance(value, bool):
        return ("Yes" if value else "No") if language.startswith("en") else ("是" if value else "否")
    if isinstance(value, list):
        return ("、" if not language.startswith("en") else ", ").join(labels.get(item, str(item)) for item in value)
    return str(labels.get(value, value))


def _choices(component: Mapping[str, Any], options: Options | None) -> list[dict[str, str]]:
    if component.get("valuesKey"):
        return (options or {}).get(component["valuesKey"], [])
    return list(component.get("values") or [])


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


def _row_schema(component: Mapping[str, Any], options: Options | None) -> type[Schema]:
    return Schema.from_dict({key_of(inner): _field(inner, options) for inner in inputs(component)})


def _text_rules(rules: Mapping[str, Any]) -> list[Any]:
    found: list[Any] = [validate.Length(max=min(int(rules.get("maxLength") or MAX_TEXT), MAX_TEXT), error="too_long"), _printable]
    if rules.get("minLength"):
        found.append(validate.Length(min=int(rules["minLength"]), error="too_short"))
    if rules.get("required"):
        found.append(_not_blank)
    if rules.get("pattern"):
        found.append(validate.Regexp(rules["pattern"], error="pattern"))
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
    return validate.OneOf([choice["value"] for choice in _choices(component, options)], error="option")


def _some(rules: Mapping[str, Any]) -> Any:
    return validate.Length(min=1 if rules.get("required") else 0, max=MAX_ROWS, error="required")


def _once(values: list[str]) -> None:
    if len(set(values)) != len(values):
        raise ValidationError("twice")


def _sentence(found: Any) -> tuple[str, str]:
    while isinstance(found, (list, dict)):
        found = next(iter(found.values())) if isinstance(found, dict) else found[0]
    return MESSAGES.get(str(found), MESSAGES["invalid"])


def _messages(error: ValidationError) -> dict[str, Any]:
    return dict(error.messages) if isinstance(error.messages, dict) else {"": error.messages}
