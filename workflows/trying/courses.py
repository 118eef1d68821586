"""Random courses of a case on the real engine (Monte Carlo): how many working days it takes, and how often each clock runs out.

Each task takes a time drawn from a triangle over its guessed span, and gets random answers that its form and its gate accept. Who does a
task has nothing else to do: nobody waits for anybody's hands. News is reported only where nothing else moves the case. The same seed gives
the same courses.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any
from uuid import UUID

from workflows.clock_rules import Rule
from workflows.engine.bundle import Bundle
from workflows.errors import OneCaseError
from workflows.trying.answering import answers_to
from workflows.trying.cast import stage
from workflows.trying.guesses import Guesses
from workflows.trying.playing import Play, PlayedClock
from workflows.trying.rehearsal import Stand
from workflows.trying.scenarios import FAILURES, MORNING, OPENED, Scenario, begin
from workflows.trying.working_axis import WorkingAxis

MOST_MOVES = 150
"""Moves of one course; one that has not ended by then is given up."""
BINS = 24
SHARES = (0.1, 0.5, 0.9)
ATTEMPTS = 12
"""How often other answers are tried where a gate refuses."""


@dataclass(frozen=True)
class Course:
    """One course: `days` in working days when the case was closed; the rules whose clocks ran, and ran out.

    One that was given up has no days, and says at which element it stood.
    """

    days: float | None
    stood: str
    ran: frozenset[str]
    breached: frozenset[str]
    moves: int


@dataclass
class Start:
    """Where every course begins. `parts` as in a scenario."""

    bundle: Bundle
    services: Mapping[str, Stand]
    first: date
    parts: Mapping[str, str] = field(default_factory=lambda: OPENED)
    facts: Mapping[str, Any] = field(default_factory=dict)
    guesses: Guesses = field(default_factory=Guesses)


@dataclass(frozen=True)
class Distribution:
    """What came of the courses: `days` of those that ended, in order; by clock rule in how many it ran and ran out.

    `stood`: element → how many courses were given up there.
    """

    courses: int
    days: tuple[float, ...]
    ran: Mapping[str, int]
    breached: Mapping[str, int]
    rules: Mapping[str, Rule]
    stood: Mapping[str, int]

    def quantile(self, share: float) -> float | None:
        """The days within which this share of the ended courses was closed; None when none ended."""
        return self.days[min(len(self.days) - 1, int(share * len(self.days)))] if self.days else None


def distribution(start: Start, seed: int, courses: int, most_moves: int) -> Distribution:
    """Play `courses` courses, fewer when they come to `most_moves` moves together. Raises ScenarioFailed where a case cannot begin."""
    random = Random(seed)  # noqa: S311 - a simulation that can be repeated, not a secret
    played: list[Course] = []
    moves = 0
    while len(played) < courses and moves < most_moves:
        played.append(_course(start, Random(random.getrandbits(64))))  # noqa: S311 - see above
        moves += played[-1].moves + 1
    ran = Counter(rule for course in played for rule in course.ran)
    breached = Counter(rule for course in played for rule in course.breached)
    rules = _first(start).cast.rules.rules
    days = sorted(course.days for course in played if course.days is not None)
    stood = Counter(course.stood for course in played if course.days is None)
    return Distribution(len(played), tuple(days), ran, breached, {rule: rules[rule] for rule in ran}, stood)


def _first(start: Start) -> Play:
    first = stage().rules.calendar.working_on_or_after(start.first)
    return begin(
        Scenario("", "", (), {}, start.parts, start.facts, first),
        start.bundle,
        start.services,
        datetime.combine(first, MORNING),
        traced=False,
    )


def _course(start: Start, random: Random) -> Course:
    play = _first(start)
    axis = WorkingAxis(play.cast.rules.calendar, start.first)
    done_at: dict[UUID, float] = {}
    ran: set[str] = set()
    here, moves = 0.0, 0
    while moves < MOST_MOVES:
        ran |= {clock.rule.id for clock in play.clocks if not clock.rings}
        if play.running.closed:
            break
        try:
            moved = _move(play, axis, here, done_at, start.guesses, random)
        except (OneCaseError, *FAILURES):
            moved = None
        if moved is None:
            break
        here, moves = moved, moves + 1
    breached = frozenset(clock.rule.id for clock in play.breached)
    stood = next((token.element.id for token in sorted(play.people(), key=lambda one: done_at.get(one.id, here))), "")
    return Course(here if play.running.closed else None, stood, frozenset(ran) | breached, breached, moves)


def _move(play: Play, axis: WorkingAxis, here: float, done_at: dict[UUID, float], guesses: Guesses, random: Random) -> float | None:
    """The next thing happens; where on the axis that is. None when nothing can move the case."""
    people = play.people()
    for token in people:
        if token.id not in done_at:
            span = guesses.span(token.process, token.element.id)
            done_at[token.id] = here + random.triangular(span.least, span.most, span.usual)
    ringing = min((clock for clock in play.clocks if clock.rings), key=lambda one: one.due, default=None)
    rings = max(here, axis.place(ringing.due)) if ringing else None
    number = min(range(len(people)), key=lambda one: done_at[people[one].id], default=None)
    if number is not None and (rings is None or done_at[people[number].id] <= rings):
        here = done_at[people[number].id]
        play.until(axis.moment(here))
        return here if _done(play, number, guesses, random) else None
    if ringing is not None and rings is not None:
        _ring(play, ringing)
        return rings
    news = play.news()
    if not news:
        return None
    message, _, _, branch = random.choice(news)
    play.report(message, branch)
    return here


def _ring(play: Play, ringing: PlayedClock) -> None:
    play.expire(next(number for number, token in enumerate(play.timers()) if token.id == ringing.token))


def _done(play: Play, number: int, guesses: Guesses, random: Random) -> bool:
    waiting = play.people()[number]
    options = play.offered(waiting)
    for _ in range(ATTEMPTS):
        try:
            play.complete(number, answers_to(play.form(waiting), options, play.now, guesses, random))
        except OneCaseError:
            continue
        return True
    return False


def told(found: Distribution, bundle: Bundle, language: str) -> dict[str, Any]:
    """The distribution in one language and as plain values; days are working days, to a tenth."""
    names = {element.id: element.name for diagram in bundle.diagrams.values() for element in diagram.elements.values()}
    return {
        "courses": found.courses,
        "ended": len(found.days),
        "quantiles": {str(share): _tenth(found.quantile(share)) for share in SHARES},
        "bins": _bins(found.days),
        "clocks": [
            {
                "rule": rule.id,
                "says": rule.name.local(language),
                "article": rule.article,
                "ran": found.ran[rule.id],
                "breached": found.breached.get(rule.id, 0),
            }
            for rule in sorted(found.rules.values(), key=lambda one: (-found.breached.get(one.id, 0) / found.ran[one.id], one.id))
        ],
        "stood": [
            {"element": element, "name": names[element].local(language) if element in names else element, "courses": count}
            for element, count in sorted(found.stood.items(), key=lambda one: (-one[1], one[0]))
        ],
    }


def _tenth(days: float | None) -> float | None:
    return None if days is None else round(days, 1)


def _bins(days: tuple[float, ...]) -> list[dict[str, float]]:
    """At most BINS bars of the same width, a whole number of working days each: from, to, how many courses."""
    if not days:
        return []
    width = math.ceil((days[-1] + 1e-9) / BINS) or 1
    counts = Counter(int(day // width) for day in days)
    return [{"from": place * width, "to": (place + 1) * width, "courses": counts[place]} for place in range(max(counts) + 1)]
