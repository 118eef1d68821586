"""Two readings of a file of entries (YAML, the settings of a field): entries and values that differ, each with the way to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

KEYS = ("id", "name", "value", "key")
"""What an entry of a list is known by: the first of these that every entry has, each another."""
Way = tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """What stands at one way in the one reading and in the other; None where nothing does. `order`: only the order of a list differs."""

    way: Way
    old: str | None
    new: str | None
    order: bool = False


def differences(old: Any, new: Any, way: Way = ()) -> Iterator[Difference]:
    """What differs between two values, the deepest way that says it."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _within(_worded(old), _worded(new), way)
    elif (was := _keyed(old)) is not None and (now := _keyed(new)) is not None and was[0] == now[0]:
        yield from _within(was[1], now[1], way)
        common = [[key for key in side if key in was[1] and key in now[1]] for side in (was[1], now[1])]
        if common[0] != common[1]:
            yield Difference(way, "、".join(common[0]), "、".join(common[1]), order=True)
    elif said(old) != said(new):
        yield Difference(way, said(old), said(new))


def said(value: Any) -> str:
    """A value in a line; the same line for the same value only."""
    return (
        value
        if isinstance(value, str) and value not in UNSURE
        else json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, default=str)
    )


UNSURE = {"true", "false", "null"}


def _plain(value: Any) -> Any:
    """YAML has keys of any kind, and JSON only words."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in _worded(value).items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple | set) else value


def _within(old: Mapping[str, Any], new: Mapping[str, Any], way: Way) -> Iterator[Difference]:
    for key in dict.fromkeys((*old, *new)):
        if key not in new:
            yield Difference((*way, key), said(old[key]), None)
        elif key not in old:
            yield Difference((*way, key), None, said(new[key]))
        else:
            yield from differences(old[key], new[key], (*way, key))


def _worded(found: Mapping[Any, Any]) -> dict[str, Any]:
    return {key if isinstance(key, str) else said(key): value for key, value in found.items()}


def _keyed(value: Any) -> tuple[str, dict[str, Any]] | None:
    """A list of entries by what each is known by; None for every other value."""
    if not isinstance(value, list) or not value or not all(isinstance(one, Mapping) for one in value):
        return None
    for key in KEYS:
        names = [one[key] for one in value if isinstance(one.get(key), str)]
        if len(names) == len(value) == len(set(names)):
            return key, dict(zip(names, value, strict=True))
    return None
