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

BUNDLE_SUFFIXES = (".bpmn", ".form", ".dmn", ".yaml", ".docx")
MANIFEST = "bundle.yaml"


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
    return bundles_in(shipped())


def bundles_in(place: Traversable) -> dict[str, dict[str, bytes]]:
    """Every bundle folder of `place`: name → {path: bytes}."""
    folders = sorted((entry for entry in place.iterdir() if (entry / MANIFEST).is_file()), key=lambda entry: entry.name)
    return {folder.name: read_bundle(folder, beside=place) for folder in folders}


def read_bundle(folder: Traversable, *, beside: Traversable) -> dict[str, bytes]:
    """The files of a bundle folder by path relative to it, and under their names those of the folders `beside` it that it includes.

    Raises LookupError for an included folder that is not there.
    """
    found = _files(folder)
    wanted = _includes(found.get(MANIFEST))
    while wanted:
        name = wanted.pop(0)
        if f"{name}/{MANIFEST}" in found or name == folder.name:
            continue
        if not (beside / name / MANIFEST).is_file():
            message = (
                f"{folder.name} 的清单引用了不存在的目录 {name} / {folder.name} includes {name!r}, and there is no such folder beside it"
            )
            raise LookupError(message)
        included = _files(beside / name)
        found |= {f"{name}/{path}": content for path, content in included.items()}
        wanted += _includes(included[MANIFEST])
    return found


def _includes(manifest: bytes | None) -> list[str]:
    try:
        told = yaml.safe_load(manifest or b"")
    except yaml.YAMLError:
        return []  # the check says what is wrong with it
    named = told.get("includes") if isinstance(told, dict) else None
    return [name for name in named if isinstance(name, str) and name.isidentifier()] if isinstance(named, list) else []


def _files(folder: Traversable, prefix: str = "") -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            found |= _files(entry, f"{prefix}{entry.name}/")
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
