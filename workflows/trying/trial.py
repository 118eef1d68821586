"""A run that somebody plays: replayed from its beginning, one move further, and where it stands then. Nothing is kept between two moves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from workflows.engine.bundle import Bundle
from workflows.errors import OneCaseError, WrongAnswers
from workflows.trying.playing import Play
from workflows.trying.rehearsal import Stand
from workflows.trying.scenarios import FAILURES, Scenario, ScenarioFailed, begin, scenario_of, take, waiting_at
from workflows.trying.standing import standing


def go(bundle: Bundle, services: Mapping[str, Stand], told: Mapping[str, Any], language: str, now: datetime) -> dict[str, Any]:
    """Replay `told` (a scenario as it is written, `name` aside) and take its `move`, if there is one; where the case stands then.

    The answer has `taken` (the move as it was taken, its answers cleaned), or `refused` (`message`, and `fields` by the form's keys) and
    the standing before the move; `broken` (`at`, counted from 1, and `message`) when a step of the run does not fit the bundle any more.
    Raises ScenarioFailed for what is no run, or for a case that cannot begin.
    """
    scenario = scenario_of("", {"name": "—", **told, "steps": told.get("steps", [])})
    case, broken = _replayed(scenario, bundle, services, now, language)
    move, taken, refused = told.get("move"), None, None
    if move is not None and broken is None:
        scenario_of("", {"name": "—", "steps": [move]})
        try:
            taken = _take(case, move)
        except (OneCaseError, ScenarioFailed, *FAILURES) as error:
            refused = _refusal(error, language)
            case, broken = _replayed(scenario, bundle, services, now, language)
    return {"taken": taken, "refused": refused, "broken": broken, "standing": standing(case, language)}


def _replayed(
    scenario: Scenario, bundle: Bundle, services: Mapping[str, Stand], now: datetime, language: str
) -> tuple[Play, dict[str, Any] | None]:
    case = begin(scenario, bundle, services, now)
    for number, step in enumerate(scenario.steps, 1):
        try:
            take(case, step)
        except (OneCaseError, ScenarioFailed, *FAILURES) as error:
            whole = Scenario("", "", scenario.steps[: number - 1], {}, scenario.parts, scenario.facts, scenario.begins)
            return _replayed(whole, bundle, services, now, language)[0], {"at": number, **_refusal(error, language)}
    return case, None


def _take(case: Play, move: Mapping[str, Any]) -> dict[str, Any]:
    """The move as an officer would have to make it; as it is written into a scenario."""
    if "do" not in move:
        take(case, move)
        return dict(move)
    people = case.people()
    number = waiting_at(move, "do", people)
    branch = people[number].branch
    answers = move.get("answers")
    given = case.complete(number, answers if isinstance(answers, dict) else {})
    return {"do": str(move["do"]), **({"branch": branch} if branch else {}), "answers": given}


def _refusal(error: Exception, language: str) -> dict[str, Any]:
    english = language.startswith("en")
    if isinstance(error, WrongAnswers):
        fields = {key: en if english else zh for key, (zh, en) in error.fields.items()}
        return {"message": error.en if english else error.zh, "fields": fields}
    if isinstance(error, OneCaseError | ScenarioFailed):
        article = getattr(error, "article", None)
        return {"message": error.en if english else error.zh, "fields": {}, **({"article": article} if article else {})}
    return {"message": f"This step cannot be taken: {error}" if english else f"这一步无法进行：{error}", "fields": {}}
