"""A clock rule as `bpmn/clocks.yaml` writes it, and the reading of that file: every row whole, or an error that names row and key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.contracts import Text
from workflows.working_days import UNITS

DIRECTIONS = ("forward", "backward")
NO_ROLL, ROLL, OPEN = "no_roll_forward", "roll_to_working_day", "open"
COUNTINGS = (NO_ROLL, ROLL, OPEN)
BINDS = ("agency", "party", "effect")
TOLD = (
    "officer", "head", "legal", "lead", "receiving", "superior", "government", "procuratorate", "police", "health",
)  # fmt: skip
"""Who can be told of a breach; `workflows.telling` says who that is in a case."""
LADDER = (("officer", "head"), ("lead",), ("superior",))
"""Who is told where a rule names nobody (an internal setting)."""
MAX_STEPS = 3
NOTHING = Text("")
RECORDED = Text("记录超期，逐级提醒；案件照常办理", "Recorded and told step by step; the case goes on")


class RuleError(ValueError):
    """A row of `clocks.yaml` that cannot be read."""


@dataclass(frozen=True)
class Ground:
    """A reason to stop counting, or to lengthen. `by` is in the rule's unit and 0 for a pause; `times`: how often it may be used."""

    basis: str
    name: Text
    article: str
    by: int = 0
    times: int = 0
    to_be_confirmed: bool = False


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
    note: Text = NOTHING
    starts: Text = NOTHING
    on_breach: Text = RECORDED
    starts_from: str = ""
    """The fact that holds the day from which it counts, where that is not the moment of the step."""
    length_from: str = ""
    """The fact that holds its length, where the order itself sets it."""
    excludes: tuple[Ground, ...] = ()
    extends: tuple[Ground, ...] = ()
    tells: tuple[tuple[str, ...], ...] = LADDER
    counting: str = NO_ROLL
    binds: str = "agency"
    jurisdictions: tuple[str, ...] = ()

    @property
    def direction(self) -> str:
        """`backward` counts back from the start."""
        return "backward" if self.length < 0 else "forward"

    def excluding(self, basis: str) -> Ground | None:
        """The ground `basis` on which time does not count."""
        return next((ground for ground in self.excludes if ground.basis == basis), None)

    def extending(self, basis: str) -> Ground | None:
        """The ground `basis` on which the term may be lengthened."""
        return next((ground for ground in self.extends if ground.basis == basis), None)


def read_rules(rows: Iterable[Mapping[str, Any]]) -> dict[str, Rule]:
    """The rules of a file by id. Raises RuleError with the row and the key."""
    found: dict[str, Rule] = {}
    for row in rows:
        rule = _rule(row)
        if rule.id in found:
            raise RuleError(f"clocks.yaml: {rule.id} stands twice")
        found[rule.id] = rule
    return found


KEYS = frozenset({
    "id", "name", "name_en", "article", "unit", "length", "warn", "direction", "starts", "starts_en", "starts_from", "length_from",
    "excludes", "extends", "tells", "on_breach", "on_breach_en", "binds", "counting", "statutory", "setting", "to_be_confirmed",
    "jurisdictions", "note", "note_en",
})  # fmt: skip


def _rule(row: Mapping[str, Any]) -> Rule:
    name = row.get("id", "a row without id")
    if unknown := set(row) - KEYS:
        raise RuleError(f"clocks.yaml: {name}: unknown key {', '.join(sorted(unknown))}")
    try:
        rule = Rule(
            id=row["id"],
            name=_text(row, "name"),
            article=row["article"],
            unit=_one_of(row, "unit", UNITS, None),
            length=int(row["length"]),
            warn=int(row.get("warn", 1)),
            statutory=bool(row.get("statutory", True)),
            setting=bool(row.get("setting", False)),
            to_be_confirmed=bool(row.get("to_be_confirmed", False)),
            note=_text(row, "note"),
            starts=_text(row, "starts"),
            on_breach=_text(row, "on_breach") if row.get("on_breach") else RECORDED,
            starts_from=row.get("starts_from", ""),
            length_from=row.get("length_from", ""),
            excludes=tuple(_ground(name, ground) for ground in row.get("excludes", ())),
            extends=tuple(_ground(name, ground) for ground in row.get("extends", ())),
            tells=_tells(row),
            counting=_one_of(row, "counting", COUNTINGS, NO_ROLL),
            binds=_one_of(row, "binds", BINDS, "agency"),
            jurisdictions=tuple(row.get("jurisdictions", ())),
        )
    except KeyError as error:
        raise RuleError(f"clocks.yaml: {name}: {error} is missing") from error
    _agree(row, rule)
    return rule


def _agree(row: Mapping[str, Any], rule: Rule) -> None:
    """What one column says must fit what another says."""
    if row.get("direction", "forward") != rule.direction:
        raise RuleError(f"clocks.yaml: {rule.id}: direction and the sign of length disagree")
    if rule.direction == "backward" and (rule.excludes or rule.extends):
        raise RuleError(f"clocks.yaml: {rule.id}: what is counted backwards is neither paused nor extended")
    if rule.counting != NO_ROLL and rule.unit in {"hour", "working_day"}:
        raise RuleError(f"clocks.yaml: {rule.id}: counting is about a last day that is a holiday; {rule.unit} knows none")
    if any(ground.by <= 0 or ground.times <= 0 for ground in rule.extends):
        raise RuleError(f"clocks.yaml: {rule.id}: extends: by and times are at least 1")


def _text(row: Mapping[str, Any], key: str) -> Text:
    return Text(row.get(key) or "", row.get(f"{key}_en") or "")


def _one_of(row: Mapping[str, Any], key: str, allowed: tuple[str, ...], default: str | None) -> str:
    value = row[key] if default is None else row.get(key, default)
    if value not in allowed:
        raise RuleError(f"clocks.yaml: {row.get('id')}: {key} {value!r} is not one of {', '.join(allowed)}")
    return str(value)


def _ground(rule: str, row: Mapping[str, Any]) -> Ground:
    try:
        return Ground(
            row["basis"],
            _text(row, "name"),
            row["article"],
            int(row.get("by", 0)),
            int(row.get("times", 0)),
            bool(row.get("to_be_confirmed", False)),
        )
    except KeyError as error:
        raise RuleError(f"clocks.yaml: {rule}: a ground lacks {error}") from error


def _tells(row: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    steps = tuple(tuple(step) for step in row.get("tells", LADDER))
    unknown = {who for step in steps for who in step} - set(TOLD)
    if unknown:
        raise RuleError(f"clocks.yaml: {row['id']}: tells {', '.join(sorted(unknown))}, which is none of {', '.join(TOLD)}")
    if not steps or len(steps) > MAX_STEPS or not all(steps):
        raise RuleError(f"clocks.yaml: {row['id']}: tells has one to {MAX_STEPS} steps, none of them empty")
    return steps
