"""What a form already holds when its task is opened: the case's facts, and what was typed before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows import forms
from workflows.records import Task


def prefilled(
    form: Mapping[str, Any], facts: Mapping[str, Any], task: Task, hidden: frozenset[str], options: forms.Options
) -> dict[str, Any]:
    """What the fields already hold: the case's facts, then what was typed."""
    typed = (task.draft if task.state == "open" else task.answers) or {}
    return known(form, facts, hidden, options) | {key: value for key, value in typed.items() if key not in hidden}


def known(form: Mapping[str, Any], facts: Mapping[str, Any], hidden: frozenset[str], options: forms.Options) -> dict[str, Any]:
    """What the case knows of the form's fields. A field may begin with another's fact (`prefill`)."""
    found: dict[str, Any] = {}
    for component in _every(form.get("components") or []):
        key = str(component.get("key") or component.get("path") or "")
        start = str((component.get("properties") or {}).get("prefill", ""))
        source = key if key in facts else start
        if key and source in facts and not {key, source} & hidden:
            found[key] = _offered(component, facts[source], options)
    return found


def _offered(component: Mapping[str, Any], value: Any, options: forms.Options) -> Any:
    if component["type"] not in forms.MANY or component.get("valuesKey") not in options or not isinstance(value, list):
        return value
    offered = {option["value"] for option in options[component["valuesKey"]]}
    return [choice for choice in value if choice in offered]


def _every(components: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [inner for component in components for inner in (component, *_every(component.get("components") or []))]
