"""Forms: what a form-js schema asks for, in which language, and how an answer reads.

Conditions of fields (`conditional.hide`) are FEEL in form-js; the part of it that our forms use (`=a = "x" and b != "y"`) is
translated to our own expression language. Checking answers is `checking`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from workflows.engine.expressions import ExpressionError, evaluate

Options = Mapping[str, list[dict[str, str]]]
"""Option lists by the `valuesKey` of a field."""

CHOICES = frozenset({"select", "radio"})
MANY = frozenset({"checklist", "taglist"})
INPUTS = frozenset({"textfield", "textarea", "number", "checkbox", "datetime"}) | CHOICES | MANY
COMPONENTS = INPUTS | {"text", "group", "dynamiclist", "separator", "spacer"}
NAMING = ("label", "dateLabel", "text")
WORDED = (*NAMING, "timeLabel", "description")
"""Properties of a component that a person reads; the English ones stand in its `properties` as `en` and `en.<property>`."""


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


def hidden(component: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    """Whether a field is hidden given the other answers."""
    condition = (component.get("conditional") or {}).get("hide")
    if not condition:
        return False
    try:
        return bool(evaluate(from_feel(condition), answers))
    except ExpressionError:
        return False


@lru_cache(maxsize=4096)
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
    labels = {choice["value"]: choice["label"] for choice in choices_of(_localised(component, language), options)}
    if isinstance(value, bool):
        return ("Yes" if value else "No") if language.startswith("en") else ("是" if value else "否")
    if isinstance(value, list):
        return ("、" if not language.startswith("en") else ", ").join(labels.get(item, str(item)) for item in value)
    return str(labels.get(value, value))


def choices_of(component: Mapping[str, Any], options: Options | None) -> list[dict[str, str]]:
    """What a field offers: its own values, or the option list that it names."""
    if component.get("valuesKey"):
        return (options or {}).get(component["valuesKey"], [])
    return list(component.get("values") or [])
