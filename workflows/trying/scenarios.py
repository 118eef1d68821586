"""Runs that are kept beside a diagram (`scenarios/NAME.yaml`): what people answer, step by step, and what must have come of it.

    name: 公安机关不予立案
    parts: {receiving: HEALTH, lead: HEALTH}    # by function; without it the case is one that the health administration opens
    begins: 2026-03-02                          # its first day; without it, the day on which it is run
    facts: {crime_name: 非法行医罪}              # what is known when it begins
    steps:
      - {do: register_clue, answers: {clue_source: routine_check}}
      - {report: 暴力抗法}
      - {expire: wait_reply}                     # it is the moment at which this timer event's clock runs out
      - {wait: 10}                               # days pass; timer events that fall due take the case along
    then: {closed: true, facts: {transfer_outcome: not_filed}, waits: [triage]}

A step names an element that waits, with `branch` where several wait; answers are checked by the form as an officer's are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from workflows.checking import clean_in_advance
from workflows.contracts import Finding, ParticipantRef, nearest
from workflows.engine.bundle import Bundle, read_bundle
from workflows.engine.decision_table import TableError
from workflows.engine.elements import EngineError
from workflows.engine.expressions import ExpressionError
from workflows.engine.file_shapes import ShapeRefused, read_yaml
from workflows.engine.running_case import Waiting
from workflows.errors import WrongAnswers
from workflows.facts import Facts
from workflows.trying.cast import stage
from workflows.trying.playing import LONGEST_WAIT, Play
from workflows.trying.rehearsal import EmptyRegisters, Stand
from workflows.working_days import CHINA

FOLDER = "scenarios/"
MOVES = ("do", "report", "expire", "wait")
MAX_STEPS = 500
OPENED: Mapping[str, str] = {"receiving": "HEALTH"}
MORNING = time(9, tzinfo=CHINA)
"""When a played day begins."""


FAILURES = (EngineError, ExpressionError, TableError, LookupError, TypeError, ValueError, ArithmeticError, AttributeError, AssertionError)
"""What the engine and the services raise for a step that a case cannot take."""


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
    begins: date | None = None


def read_scenario(path: str, content: bytes) -> Scenario:
    """A scenario file as written. Raises ScenarioFailed saying what is wrong with it."""
    try:
        told = read_yaml(content)
    except ShapeRefused as error:
        raise ScenarioFailed("不是有效的 YAML。", f"Not valid YAML: {error}") from error
    return scenario_of(path, told)


def scenario_of(path: str, told: Any) -> Scenario:
    """The scenario that a mapping says. Raises ScenarioFailed saying what is wrong with it."""
    steps = told.get("steps") if isinstance(told, dict) else None
    if not isinstance(steps, list) or not told.get("name") or not all(isinstance(step, dict) for step in steps) or len(steps) > MAX_STEPS:
        raise ScenarioFailed(
            f"场景须有 name 和 steps（至多 {MAX_STEPS} 步）。", f"A scenario has a name and a list of steps, {MAX_STEPS} at most."
        )
    for step in steps:
        if len(set(MOVES) & set(step)) != 1:
            raise ScenarioFailed(f"每一步须为 {'、'.join(MOVES)} 之一。", f"Each step is one of {', '.join(MOVES)}.")
    then, parts, facts = (_mapping(told.get(name)) for name in ("then", "parts", "facts"))
    return Scenario(path, str(told["name"]), tuple(steps), then, parts or OPENED, facts, _day(told.get("begins")))


def _day(told: Any) -> date | None:
    try:
        return told if told is None or type(told) is date else date.fromisoformat(told)
    except (TypeError, ValueError) as error:
        raise ScenarioFailed("begins 须为日期（年-月-日）。", "begins is a day (YYYY-MM-DD).") from error


def _mapping(told: Any) -> dict[str, Any]:
    if told is not None and not isinstance(told, dict):
        raise ScenarioFailed("then、parts、facts 须为对照表。", "then, parts and facts are mappings.")
    return dict(told or {})


def begin(scenario: Scenario, bundle: Bundle, services: Mapping[str, Stand], now: datetime, *, traced: bool = True) -> Play:
    """A case at the beginning of the scenario; not `traced`, it does not know what it went over. Raises ScenarioFailed for a part whose function no agency of the demonstration has."""
    cast = stage()
    agencies = cast.agencies()
    own = next((ref for ref in reversed(agencies) if ref.function == scenario.parts.get("receiving", OPENED["receiving"])), None)
    found = {} if own is None else {capacity: nearest(agencies, function, own) for capacity, function in scenario.parts.items()}
    missing = [capacity for capacity in scenario.parts if not found.get(capacity)]
    if missing:
        raise ScenarioFailed(f"演示机构中没有可作为 {missing[0]} 的机关。", f"The demonstration has no agency for the part {missing[0]!r}.")
    parts = tuple(ParticipantRef(cast.refs[str(code)], capacity) for capacity, code in found.items())
    facts = Facts({"": dict(scenario.facts)})
    first = now if scenario.begins is None else datetime.combine(scenario.begins, MORNING)
    try:
        return Play(bundle, services, EmptyRegisters(agencies), first, participants=parts, facts=facts, traced=traced)
    except FAILURES as error:
        raise ScenarioFailed(f"案件无法开始：{error}", f"The case cannot begin: {error}") from error


def scenarios_of(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The scenario files of a bundle, without those of the bundles that it includes: those are run there."""
    return ((path, content) for path, content in sorted(files.items()) if path.startswith(FOLDER) and path.endswith(".yaml"))


def run(scenario: Scenario, case: Play) -> set[tuple[str, str]]:
    """Take every step and look at the end; (process, element or flow) of all that the case went over. Raises ScenarioFailed."""
    for number, step in enumerate(scenario.steps, 1):
        try:
            take(case, step)
        except WrongAnswers as error:
            zh, en = next(iter(error.fields.values()))
            field_name = next(iter(error.fields))
            raise ScenarioFailed(
                f"第 {number} 步，{field_name}：{zh}", f"Step {number}, {field_name}: {en}", str(step.get("do"))
            ) from error
        except FAILURES as error:
            raise ScenarioFailed(
                f"第 {number} 步无法进行：{error}", f"Step {number} cannot be taken: {error}", str(step.get("do", ""))
            ) from error
    _look(scenario.then, case)
    return case.over


def take(case: Play, step: Mapping[str, Any]) -> None:
    """One step of a scenario. Raises ScenarioFailed when nothing of that name waits, WrongAnswers, and whatever services raise."""
    if "report" in step:
        case.report(str(step["report"]), str(step.get("branch") or ""))
    elif "wait" in step:
        case.wait(_days(step["wait"]))
    elif "expire" in step:
        case.expire(waiting_at(step, "expire", case.timers()))
    else:
        people = case.people()
        number = waiting_at(step, "do", people)
        case.answer(number, clean_in_advance(case.form(people[number]), _mapping(step.get("answers"))))


def waiting_at(step: Mapping[str, Any], kind: str, waiting: Sequence[Waiting]) -> int:
    """Which of those that wait the step names. Raises ScenarioFailed."""
    element, branch = str(step[kind]), step.get("branch")
    for number, token in enumerate(waiting):
        if token.element.id == element and branch in (None, token.branch):
            return number
    there = "、".join(token.element.id for token in waiting) or "—"
    raise ScenarioFailed(
        f"「{element}」此时没有等待办理；等待的是：{there}。", f"{element!r} does not wait now; what waits: {there}.", element
    )


def _days(told: Any) -> int:
    if type(told) is not int or not 1 <= told <= LONGEST_WAIT:
        raise ScenarioFailed(f"wait 须为 1 至 {LONGEST_WAIT} 之间的天数。", f"wait is a number of days, 1 to {LONGEST_WAIT}.")
    return told


def findings(files: Mapping[str, bytes], services: Mapping[str, Stand], now: datetime) -> Iterator[Finding]:
    """An error for each scenario of a checked bundle that does not run or comes to something else."""
    for path, content in scenarios_of(files):
        try:
            scenario = read_scenario(path, content)
            run(scenario, begin(scenario, read_bundle(files), services, now))
        except ScenarioFailed as error:
            yield Finding("error", "scenario_failed", error.element, f"场景未通过：{error.zh}", f"The scenario fails: {error.en}", path)


def _look(then: Mapping[str, Any], case: Play) -> None:
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
