"""Which elements and flows the scenarios of a bundle go over, and which none does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.contracts import Text
from workflows.engine.bundle import Bundle
from workflows.trying.rehearsal import Stand
from workflows.trying.scenarios import Scenario, ScenarioFailed, begin, read_scenario, run, scenarios_of


@dataclass(frozen=True)
class Told:
    """A scenario as it went: its name, what it says (None for a file that is none), and why it failed; None when it did not."""

    path: str
    name: str
    scenario: Scenario | None = None
    failed: Text | None = None


@dataclass(frozen=True)
class Coverage:
    """What the scenarios went over. `counts`: process → element or flow → number of scenarios, 0 for none."""

    scenarios: tuple[Told, ...]
    counts: Mapping[str, Mapping[str, int]]


def coverage(bundle: Bundle, services: Mapping[str, Stand], now: datetime) -> Coverage:
    """Run every scenario of the bundle; one that fails counts with what it went over before it failed."""
    passed: Counter[tuple[str, str]] = Counter()
    told = []
    for path, content in scenarios_of(bundle.files):
        scenario, failed, over = None, None, set[tuple[str, str]]()
        try:
            scenario = read_scenario(path, content)
            case = begin(scenario, bundle, services, now)
            over = case.over
            run(scenario, case)
        except ScenarioFailed as error:
            failed = Text(error.zh, error.en)
        passed.update(over)
        told.append(Told(path, scenario.name if scenario else path, scenario, failed))
    return Coverage(tuple(told), {process: _counts(bundle, process, passed) for process in bundle.diagrams})


def _counts(bundle: Bundle, process: str, passed: Counter[tuple[str, str]]) -> dict[str, int]:
    diagram = bundle.diagrams[process]
    return {part: passed[process, part] for part in (*diagram.elements, *(flow.id for flow in diagram.flows))}


def told(found: Coverage, language: str) -> dict[str, Any]:
    """The coverage in one language and as plain values."""
    scenarios = [
        {
            "path": one.path,
            "name": one.name,
            "failed": one.failed and one.failed.local(language),
            "run": one.scenario and _run(one.scenario),
        }
        for one in found.scenarios
    ]
    return {"scenarios": scenarios, "counts": found.counts}


def _run(scenario: Scenario) -> dict[str, Any]:
    begins = scenario.begins.isoformat() if scenario.begins else None
    return {"begins": begins, "parts": scenario.parts, "facts": scenario.facts, "steps": scenario.steps}
