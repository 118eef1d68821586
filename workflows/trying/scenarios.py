"""Runs that are kept beside a diagram (`scenarios/NAME.yaml`): what people answer, step by step, and what must have come of it.

    name: 公安机关不予立案
    parts: {receiving: HEALTH, lead: HEALTH}    # by function; without it the case is one that the health administration opens
    facts: {crime_name: 非法行医罪}              # what is known when it begins
    steps:
      - {do: register_clue, answers: {clue_source: routine_check}}
      - {report: 暴力抗法}
      - {expire: wait_reply}
    then: {closed: true, facts: {transfer_outcome: not_filed}, waits: [triage]}

A step names an element that waits, with `branch` where several wait; answers are checked by the form as an officer's are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from workflows.checking import clean_in_advance
from workflows.contracts import AgencyRef, Finding, ParticipantRef, nearest
from workflows.engine.bundle import Bundle, read_bundle
from workflows.engine.decision_table import TableError
from workflows.engine.elements import EngineError
from workflows.engine.expressions import ExpressionError
from workflows.engine.file_shapes import ShapeRefused, read_yaml
from workflows.errors import WrongAnswers
from workflows.facts import Facts
from workflows.jurisdictions import load_jurisdiction
from workflows.trying.rehearsal import EmptyRegisters, Rehearsal, Stand

FOLDER = "scenarios/"
MOVES = ("do", "report", "expire")
MAX_STEPS = 500
OPENED: Mapping[str, str] = {"receiving": "HEALTH"}


class ScenarioFailed(Exception):
    """A scenario that does not run, or does not come to what it says; `element` is where."""

    def __init__(self, zh: str, en: str, element: str = "") -> None:
        """What happened instead."""
        super().__init__(en)
        self.zh = zh
        self.en = en
        self.element = element


@dataclass(frozen=True)
class Scenario:
    """A run: its steps as they are written, and what must be true after them."""

    path: str
    name: str
    steps: tuple[Mapping[str, Any], ...]
    then: Mapping[str, Any] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=lambda: OPENED)
    facts: Mapping[str, Any] = field(default_factory=dict)


def read_scenario(path: str, content: bytes) -> Scenario:
    """A scenario file as written. Raises ScenarioFailed saying what is wrong with it."""
    try:
        told = read_yaml(content)
    except ShapeRefused as error:
        raise ScenarioFailed("不是有效的 YAML。", f"Not valid YAML: {error}") from error
    steps = told.get("steps") if isinstance(told, dict) else None
    if not isinstance(steps, list) or not told.get("name") or not all(isinstance(step, dict) for step in steps) or len(steps) > MAX_STEPS:
        raise ScenarioFailed(
            f"场景须有 name 和 steps（至多 {MAX_STEPS} 步）。", f"A scenario has a name and a list of steps, {MAX_STEPS} at most."
        )
    for step in steps:
        if len(set(MOVES) & set(step)) != 1:
            raise ScenarioFailed(f"每一步须为 {'、'.join(MOVES)} 之一。", f"Each step is one of {', '.join(MOVES)}.")
    then, parts, facts = (_mapping(told.get(name)) for name in ("then", "parts", "facts"))
    return Scenario(path, str(told["name"]), tuple(steps), then, parts or OPENED, facts)


def _mapping(told: Any) -> dict[str, Any]:
    if told is not None and not isinstance(told, dict):
        raise ScenarioFailed("then、parts、facts 须为对照表。", "then, parts and facts are mappings.")
    return dict(told or {})


def begin(scenario: Scenario, bundle: Bundle, services: Mapping[str, Stand], now: datetime) -> Rehearsal:
    """A case at the beginning of the scenario. Raises ScenarioFailed for a part whose function no agency of the demonstration has."""
    agencies = _stage()
    own = next((ref for ref in reversed(agencies) if ref.function == scenario.parts.get("receiving", OPENED["receiving"])), None)
    found = {} if own is None else {capacity: nearest(agencies, function, own) for capacity, function in scenario.parts.items()}
    missing = [capacity for capacity in scenario.parts if not found.get(capacity)]
    if missing:
        raise ScenarioFailed(f"演示机构中没有可作为 {missing[0]} 的机关。", f"The demonstration has no agency for the part {missing[0]!r}.")
    by_code = {ref.code: ref for ref in agencies}
    parts = tuple(ParticipantRef(by_code[str(code)], capacity) for capacity, code in found.items())
    facts = Facts({"": dict(scenario.facts)})
    return Rehearsal(bundle, services, EmptyRegisters(agencies), now, participants=parts, facts=facts)


def scenarios_of(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The scenario files of a bundle, without those of the bundles that it includes: those are run there."""
    return ((path, content) for path, content in sorted(files.items()) if path.startswith(FOLDER) and path.endswith(".yaml"))


def run(scenario: Scenario, case: Rehearsal) -> set[tuple[str, str]]:
    """Take every step and look at the end; (process, element or flow) of all that the case went over. Raises ScenarioFailed."""
    over = case.running.went_over()
    for number, step in enumerate(scenario.steps, 1):
        try:
            take(case, step)
        except WrongAnswers as error:
            zh, en = next(iter(error.fields.values()))
            field_name = next(iter(error.fields))
            raise ScenarioFailed(
                f"第 {number} 步，{field_name}：{zh}", f"Step {number}, {field_name}: {en}", str(step.get("do"))
            ) from error
        except (EngineError, ExpressionError, TableError, LookupError, TypeError, ValueError, AttributeError, AssertionError) as error:
            raise ScenarioFailed(
                f"第 {number} 步无法进行：{error}", f"Step {number} cannot be taken: {error}", str(step.get("do", ""))
            ) from error
        over |= case.running.went_over()
    _look(scenario.then, case)
    return over


def take(case: Rehearsal, step: Mapping[str, Any]) -> None:
    """One step of a scenario. Raises ScenarioFailed when nothing of that name waits, WrongAnswers, and whatever services raise."""
    if "report" in step:
        case.report(str(step["report"]), str(step.get("branch") or ""))
        return
    kind = "do" if "do" in step else "expire"
    waiting = case.people() if kind == "do" else case.timers()
    element, branch = str(step[kind]), step.get("branch")
    for number, token in enumerate(waiting):
        if token.element.id == element and branch in (None, token.branch):
            if kind == "expire":
                case.expire(number)
            else:
                case.answer(number, clean_in_advance(case.bundle.forms[token.element.form], step.get("answers") or {}))
            return
    there = "、".join(token.element.id for token in waiting) or "—"
    raise ScenarioFailed(
        f"「{element}」此时没有等待办理；等待的是：{there}。", f"{element!r} does not wait now; what waits: {there}.", element
    )


def findings(files: Mapping[str, bytes], services: Mapping[str, Stand], now: datetime) -> Iterator[Finding]:
    """An error for each scenario of a checked bundle that does not run or comes to something else."""
    for path, content in scenarios_of(files):
        try:
            scenario = read_scenario(path, content)
            run(scenario, _begun(scenario, read_bundle(files), services, now))
        except ScenarioFailed as error:
            yield Finding("error", "scenario_failed", error.element, f"场景未通过：{error.zh}", f"The scenario fails: {error.en}", path)


def _begun(scenario: Scenario, bundle: Bundle, services: Mapping[str, Stand], now: datetime) -> Rehearsal:
    try:
        return begin(scenario, bundle, services, now)
    except (EngineError, ExpressionError, TableError, LookupError, TypeError, ValueError, AssertionError) as error:
        raise ScenarioFailed(f"案件无法开始：{error}", f"The case cannot begin: {error}") from error


@cache
def _stage() -> tuple[AgencyRef, ...]:
    """The agencies among which scenarios play, wherever the installation is: those of the demonstration."""
    listed = load_jurisdiction("demo").agencies
    return tuple(AgencyRef(one.code, one.function, one.level, one.name, one.parent, one.region) for one in listed)


def _look(then: Mapping[str, Any], case: Rehearsal) -> None:
    if "closed" in then and bool(then["closed"]) != case.running.closed:
        waits = "、".join(token.element.id for token in case.people()) or "—"
        raise ScenarioFailed(
            f"案件{'未' if then['closed'] else '已'}办结；等待：{waits}。", f"closed is {case.running.closed}; what waits: {waits}."
        )
    known = case.facts.view()
    for fact, wanted in (then.get("facts") or {}).items():
        if known.get(fact) != wanted:
            raise ScenarioFailed(
                f"{fact} 应为 {wanted!r}，实际为 {known.get(fact)!r}。", f"{fact} is {known.get(fact)!r}, it should be {wanted!r}."
            )
    waiting = sorted(token.element.id for token in case.people())
    if "waits" in then and waiting != sorted(then["waits"]):
        raise ScenarioFailed(
            f"等待的是 {waiting}，应为 {sorted(then['waits'])}。", f"{waiting} wait, it should be {sorted(then['waits'])}."
        )
