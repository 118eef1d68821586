"""Answers of people who are only supposed: to each question of a form one that the form accepts, chosen by the weights of the guesses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import Any

from workflows.forms import CHOICES, MANY, Options, choices_of, hidden, inputs, key_of
from workflows.trying.guesses import Guesses
from workflows.working_days import CHINA

WORDS = "试办"
SPREAD = 10
"""How far a number without an upper bound may lie above its lower one."""


def answers_to(form: Mapping[str, Any], options: Options, now: datetime, guesses: Guesses, random: Random) -> dict[str, Any]:
    """An answer to every question that is shown, one after the other: what is answered above may hide what is below."""
    given: dict[str, Any] = {}
    for component in inputs(form):
        if not hidden(component, given):
            answer = _answer(component, options, now, guesses, random)
            if answer is not None:
                given[key_of(component)] = answer
    return given


def _answer(component: Mapping[str, Any], options: Options, now: datetime, guesses: Guesses, random: Random) -> Any:
    kind, required, key = component["type"], bool((component.get("validate") or {}).get("required")), key_of(component)
    values = [choice["value"] for choice in choices_of(component, options)] if kind in CHOICES | MANY else [True, False]
    if kind in CHOICES or (kind == "checkbox" and not required):
        return _one(key, values, guesses, random)
    if kind in MANY:
        return _some(key, values, required, guesses, random)
    if kind == "dynamiclist":
        return [answers_to(component, options, now, guesses, random)]
    return True if kind == "checkbox" else _written(component, now.astimezone(CHINA), random)


def _written(component: Mapping[str, Any], now: datetime, random: Random) -> Any:
    """What is typed and not chosen."""
    rules = component.get("validate") or {}
    if component["type"] == "number":
        least = int(float(rules.get("min") or 0))
        most = int(float(rules["max"])) if rules.get("max") not in (None, "") else least + SPREAD
        return random.randint(least, max(least, most))
    if component["type"] == "datetime":
        return now.date().isoformat() if component.get("subtype", "date") == "date" else now.isoformat(timespec="minutes")
    if rules.get("pattern") and not rules.get("required"):
        return None  # nobody guesses a number that has to look right
    return WORDS * (1 + int(rules.get("minLength") or 0) // len(WORDS))


def _one(key: str, values: list[Any], guesses: Guesses, random: Random) -> Any:
    weights = [guesses.weight(key, value) for value in values]
    return random.choices(values, weights)[0] if sum(weights) > 0 else None


def _some(key: str, values: list[Any], required: bool, guesses: Guesses, random: Random) -> list[Any]:
    """Each with the chance weight : 1 + weight, so that a value without a weight is there as often as not."""
    chances = {value: guesses.weight(key, value) for value in values}
    chosen = [value for value, weight in chances.items() if random.random() * (1 + weight) < weight]
    return chosen or ([_one(key, values, guesses, random)] if required and values else [])
