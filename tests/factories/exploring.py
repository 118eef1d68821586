"""Every way through a bundle on the real engine: each state once, whatever road led to it.

Two states are the same when the same people, news and clocks are waited for in the same branches, every fact that anything still ahead reads has the same
value, and the same agencies take part if anything ahead looks at them. What lies behind no longer tells two states apart, so that a long road does not
multiply its stages, and loops end.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.factories.liveness import facts_ahead, facts_behind
from tests.factories.reading import PARTICIPANTS
from tests.factories.routing import outcomes
from tests.factories.walks import Walk
from workflows.engine.bundle import Bundle
from workflows.engine.running_case import Waiting

Place = tuple[str, str]
"""(process, element or flow)."""

TWICE = 2


@dataclass
class Explored:
    """What was found: places that tokens went over, the number of states and of ends, and what is wrong."""

    places: set[Place] = field(default_factory=set)
    states: int = 0
    ends: int = 0
    dead_ends: list[str] = field(default_factory=list)
    endless: list[str] = field(default_factory=list)
    """States from which no road comes to an end, or to a dead end."""


def explore(start: Walk, most: int, *, usual: Mapping[str, Collection[object]] | None = None) -> Explored:
    """Every state that the walk can come to. Raises AssertionError beyond `most` states, which says that facts multiply.

    A fact in `usual` is answered with these values only.
    """
    found = Explored(places=start.running.went_over())
    before: dict[str, list[str]] = {(first := signature(start)): []}
    last = []
    frontier = deque([(first, start)])
    while frontier:
        mark, walk = frontier.popleft()
        found.states += 1
        assert found.states <= most, f"more than {most} states; the last: {walk.waits()}"
        if not walk.moves():
            last.append(mark)
            if walk.running.closed:
                found.ends += 1
            else:
                found.dead_ends.append(f"nobody is waited for: {walk.look()}")
            continue
        for further in _steps(walk, usual or {}):
            found.places |= further.running.went_over()
            reached = signature(further)
            if reached not in before:
                before[reached] = []
                frontier.append((reached, further))
            before[reached].append(mark)
    found.endless = sorted(before.keys() - _leading_to(last, before))
    return found


def _leading_to(last: list[str], before: Mapping[str, list[str]]) -> set[str]:
    """The states from which one of `last` can be reached."""
    found, left = set(last), list(last)
    while left:
        further = [mark for mark in before[left.pop()] if mark not in found]
        found.update(further)
        left += further
    return found


def _steps(walk: Walk, usual: Mapping[str, Collection[object]]) -> Iterator[Walk]:
    """The case after each thing that can happen next."""
    waiting, blob = walk.people(), walk.running.save()
    for number, token in enumerate(waiting):
        for answers in _unlike(walk.bundle, token, usual):
            further = walk.fork(blob)
            further.answer(number, answers)
            yield further
    for number, (process, element) in enumerate(_events(walk), len(waiting)):
        # News may come again and again; once more than once shows all that there is to see.
        if not waiting or walk.running.times_done(process, element) < TWICE:
            further = walk.fork(blob)
            further.move(number, {})
            yield further


def _unlike(bundle: Bundle, token: Waiting, usual: Mapping[str, Collection[object]]) -> list[dict[str, Any]]:
    """Answers of which no two differ only in what nothing reads any more."""
    read = facts_behind(bundle, token)
    found: dict[str, dict[str, Any]] = {}
    for answers in outcomes(bundle, token.element):
        if all(value in usual[fact] for fact, value in answers.items() if fact in usual):
            found.setdefault(repr(sorted((fact, value) for fact, value in answers.items() if fact in read)), answers)
    return list(found.values())


def _events(walk: Walk) -> list[Place]:
    """The news and the timers that are waited for, in the order of the walk's moves."""
    return [(process, element) for _, process, element, _ in walk.news()] + [(timer.process, timer.element.id) for timer in walk.timers()]


def signature(walk: Walk) -> str:
    """What tells one state from another."""
    waiting = [*walk.people(), *walk.running.events(), *walk.timers()]
    ahead = frozenset[str]().union(*(facts_ahead(walk.bundle, token) for token in waiting))
    known = {branch: read for branch, facts in walk.known().items() if (read := {name: facts[name] for name in facts if name in ahead})}
    tokens = {process: marks.tokens for process, marks in walk.running.marks().items() if marks.tokens}
    parts = sorted((part.capacity, part.agency.code) for part in walk.participants) if PARTICIPANTS in ahead else []
    return json.dumps([walk.waits(), _events(walk), tokens, known, parts], sort_keys=True, ensure_ascii=False, default=str)
