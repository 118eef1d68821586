"""The rules that ship as data: clock rules with their articles, the working-day calendar, the files of the bundles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from workflows.clock_rules import NO_ROLL, OPEN, ROLL, Rule, read_rules
from workflows.engine.file_shapes import ShapeRefused
from workflows.engine.file_shapes import read_yaml as read_bounded
from workflows.working_days import CHINA, Calendar, Due, Pause, due

BUNDLE_SUFFIXES = (".bpmn", ".form", ".dmn", ".yaml", ".docx")
MANIFEST = "bundle.yaml"
DEEPEST = 4
"""Folders within a bundle's; deeper ones are not looked into, so that a link to a folder above ends."""


@dataclass(frozen=True)
class Rulebook:
    """Clock rules by id, the calendar they count on, and how the place counts where the law is silent on holidays."""

    rules: Mapping[str, Rule]
    calendar: Calendar
    holiday_counting: str = NO_ROLL

    def counting(self, rule: Rule) -> str:
        """What happens to a last day that is a holiday: `no_roll_forward` or `roll_to_working_day`."""
        return self.holiday_counting if rule.counting == OPEN else rule.counting

    def other_counting(self, rule: Rule) -> str | None:
        """The reading that is not followed here, where the law leaves both open."""
        if rule.counting != OPEN:
            return None
        return ROLL if self.holiday_counting == NO_ROLL else NO_ROLL

    def due(
        self, rule: Rule, start: datetime, *, length: int | None = None, counting: str | None = None, pauses: Sequence[Pause] = ()
    ) -> Due:
        """When `rule` (or the same rule with another `length` or `counting`) started at `start` runs out."""
        roll = (counting or self.counting(rule)) == ROLL
        return due(self.calendar, start, rule.length if length is None else length, rule.unit, roll=roll, pauses=pauses)

    def warn_at(self, rule: Rule, start: datetime, *, length: int | None = None, pauses: Sequence[Pause] = ()) -> datetime:
        """From when on the light is yellow: `rule.warn` units before the due moment, never before the start of a forward rule.

        A term whose last day is a holiday is warned of on the working day before: on the holiday nobody would see it.
        """
        total = rule.length if length is None else length
        if total < 0:
            return due(self.calendar, start, total - rule.warn, rule.unit).at
        if rule.warn >= total:
            return start
        usual = due(self.calendar, start, total - rule.warn, rule.unit, pauses=pauses).at
        last = self.due(rule, start, length=length, pauses=pauses).at.astimezone(CHINA)
        if rule.unit == "hour" or self.calendar.is_working(last.date()):
            return max(start, usual)
        return max(start, min(usual, datetime.combine(self.calendar.add_working_days(last.date(), -1), time(), tzinfo=CHINA)))

    def of_place(self, changed: Mapping[str, Mapping[str, Any]], holiday_counting: str) -> Rulebook:
        """The same rules as a place has them: single columns changed, by rule id and field of `Rule`."""
        rules = {key: replace(rule, **changed[key]) if key in changed else rule for key, rule in self.rules.items()}
        return replace(self, rules=rules, holiday_counting=holiday_counting)


def shipped() -> Traversable:
    """The folder `bpmn/` as it ships with the program."""
    return files("bpmn")


@cache
def load_rulebook() -> Rulebook:
    """The rulebook of this release."""
    return Rulebook(rules=read_rules(read_yaml(shipped() / "clocks.yaml")), calendar=_calendar(shipped() / "calendar"))


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
        told = read_bounded(manifest or b"")
    except ShapeRefused:
        return []  # the check says what is wrong with it
    named = told.get("includes") if isinstance(told, dict) else None
    return [name for name in named if isinstance(name, str) and name.isidentifier()] if isinstance(named, list) else []


def _files(folder: Traversable, prefix: str = "") -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir() and prefix.count("/") < DEEPEST:
            found |= _files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(BUNDLE_SUFFIXES) and entry.is_file():
            found[prefix + entry.name] = entry.read_bytes()
    return found


def jurisdiction(name: str = "demo") -> Mapping[str, Any]:
    """A jurisdiction file as it is written; `workflows.jurisdictions` reads and checks it."""
    return dict(read_yaml(shipped() / "jurisdictions" / f"{name}.yaml"))


def read_yaml(place: Traversable) -> Any:
    """The content of a YAML file."""
    return yaml.safe_load(place.read_text(encoding="utf-8"))


def _calendar(folder: Traversable) -> Calendar:
    years = [read_yaml(place) for place in folder.iterdir() if place.name.endswith(".yaml")]
    return Calendar.from_years(
        {
            year["year"]: {"holidays": list(year["holidays"]), "workdays": list(year["workdays"])}
            for year in years
            if year["status"] == "published"
        }
    )
