"""The rules that ship as data: clock rules with their articles, the working-day calendar, the files of the bundles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from workflows.contracts import Text
from workflows.working_days import UNITS, Calendar, Due, due

BUNDLE_SUFFIXES = (".bpmn", ".form", ".dmn", ".yaml")


@dataclass(frozen=True)
class Rule:
    """A clock rule of `bpmn/clocks.yaml`. `length` and `warn` are in `unit`s; `setting` = no number in the law."""

    id: str
    name: Text
    article: str
    unit: str
    length: int
    warn: int
    statutory: bool
    setting: bool = False
    to_be_confirmed: bool = False
    note: str = ""
    starts: str = ""
    on_breach: str = ""


@dataclass(frozen=True)
class Rulebook:
    """Clock rules by id, and the calendar they count on."""

    rules: Mapping[str, Rule]
    calendar: Calendar

    def due(self, rule: Rule, start: datetime, *, length: int | None = None) -> Due:
        """When `rule` (or the same rule with another `length`) started at `start` runs out."""
        return due(self.calendar, start, rule.length if length is None else length, rule.unit)

    def warn_at(self, rule: Rule, start: datetime, *, length: int | None = None) -> datetime:
        """From when on the light is yellow: `rule.warn` units before the due moment, never before the start."""
        total = rule.length if length is None else length
        return max(start, due(self.calendar, start, max(total - rule.warn, 0), rule.unit).at) if rule.warn < total else start


def shipped() -> Traversable:
    """The folder `bpmn/` as it ships with the program."""
    return files("bpmn")


@cache
def load_rulebook() -> Rulebook:
    """The rulebook of this release."""
    return Rulebook(rules=_rules(_yaml(shipped() / "clocks.yaml")), calendar=_calendar(shipped() / "calendar"))


def shipped_bundles() -> dict[str, dict[str, bytes]]:
    """Every bundle folder of `bpmn/`: name → {path: bytes}. A folder is a bundle when it holds `bundle.yaml`."""
    return {folder.name: read_bundle(folder) for folder in shipped().iterdir() if folder.is_dir() and (folder / "bundle.yaml").is_file()}


def read_bundle(folder: Traversable, prefix: str = "") -> dict[str, bytes]:
    """The files of a bundle folder, by path relative to it."""
    found: dict[str, bytes] = {}
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            found |= read_bundle(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(BUNDLE_SUFFIXES):
            found[prefix + entry.name] = entry.read_bytes()
    return found


def jurisdiction(name: str = "demo") -> Mapping[str, Any]:
    """A jurisdiction file: its agencies and settings."""
    return dict(_yaml(shipped() / "jurisdictions" / f"{name}.yaml"))


def _yaml(place: Traversable) -> Any:
    return yaml.safe_load(place.read_text(encoding="utf-8"))


def _rules(rows: list[Mapping[str, Any]]) -> dict[str, Rule]:
    return {row["id"]: _rule(row) for row in rows}


def _rule(row: Mapping[str, Any]) -> Rule:
    if row["unit"] not in UNITS:
        message = f"clock rule {row['id']}: unit {row['unit']!r} is not one of {', '.join(UNITS)}"
        raise ValueError(message)
    return Rule(
        id=row["id"],
        name=Text(row["name"], row.get("name_en", "")),
        article=row["article"],
        unit=row["unit"],
        length=int(row["length"]),
        warn=int(row.get("warn", 1)),
        statutory=bool(row.get("statutory", True)),
        setting=bool(row.get("setting", False)),
        to_be_confirmed=bool(row.get("to_be_confirmed", False)),
        note=row.get("note", "") or "",
        starts=row.get("starts", "") or "",
        on_breach=row.get("on_breach", "") or "",
    )


def _calendar(folder: Traversable) -> Calendar:
    years = [_yaml(place) for place in folder.iterdir() if place.name.endswith(".yaml")]
    return Calendar.from_years(
        {
            year["year"]: {"holidays": list(year["holidays"]), "workdays": list(year["workdays"])}
            for year in years
            if year["status"] == "published"
        }
    )
