"""Every way through a bundle on the real engine: each state once, whatever road led to it.

Two states are the same when the same people, news and clocks are waited for in the same branches, the same agencies take part, and every fact that
anything still ahead reads has the same value. What lies behind no longer tells two states apart, so that a long road does not
multiply its stages, and loops end.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from SpiffWorkflow.util.task import TaskState

from tests.factories.liveness import facts_ahead
from tests.factories.routing import outcomes
from tests.factories.walks import Walk

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


def explore(start: Walk, most: int, *, every_order: bool = True, usual: Mapping[str, Collection[object]] | None = None) -> Explored:
    """Every state that the walk can come to. Raises AssertionError beyond `most` states, which says that facts multiply.

    Without `every_order`, of several people who are waited for at once only the first and the last go on; a fact in `usual` is
    answered with these values only.
    """
    found = Explored(places=_over(start))
    seen = {signature(start)}
    frontier = deque([start])
    while frontier:
        walk = frontier.popleft()
        found.states += 1
        assert found.states <= most, f"more than {most} states; the last: {walk.waits()}"
        if not walk.moves():
            if walk.running.closed:
                found.ends += 1
            else:
                found.dead_ends.append(f"nobody is waited for: {walk.look()}")
            continue
        for further in _steps(walk, every_order=every_order, usual=usual or {}):
            found.places |= _over(further)
            mark = signature(further)
            if mark not in seen:
                seen.add(mark)
                frontier.append(further)
    return found


def _steps(walk: Walk, *, every_order: bool, usual: Mapping[str, Collection[object]]) -> Iterator[Walk]:
    """The case after each thing that can happen next."""
    waiting = walk.people()
    for number, token in enumerate(waiting):
        if not every_order and 0 < number < len(waiting) - 1:
            continue
        for answers in outcomes(walk.bundle, token.element):
            if any(fact in usual and value not in usual[fact] for fact, value in answers.items()):
                continue
            further = walk.fork()
            further.answer(number, answers)
            yield further
    for number, (process, element) in enumerate(_events(walk), len(waiting)):
        # News may come again and again; once more than once shows all that there is to see.
        if not waiting or walk.running.times_done(process, element) < TWICE:
            further = walk.fork()
            further.move(number, {})
            yield further


def _events(walk: Walk) -> list[Place]:
    """The news and the timers that are waited for, in the order of the walk's moves."""
    return [(process, element) for _, process, element, _ in walk.news()] + [(timer.process, timer.element.id) for timer in walk.timers()]


def signature(walk: Walk) -> str:
    """What tells one state from another."""
    waiting = [*walk.people(), *walk.running.events(), *walk.timers()]
    ahead = frozenset[str]().union(*(facts_ahead(walk.bundle, token) for token in waiting)) if waiting else frozenset()
    known = {branch: {name: value for name, value in facts.items() if name in ahead} for branch, facts in walk.known().items()}
    tokens = {process: dict(sorted(marks.tokens.items())) for process, marks in walk.running.marks().items()}
    parts = sorted((part.capacity, part.agency.code) for part in walk.participants)
    return json.dumps([walk.waits(), _events(walk), tokens, known, parts], sort_keys=True, ensure_ascii=False, default=str)


def _over(walk: Walk) -> set[Place]:
    """Elements and flows that the last step went over: an element's completed children say which flow was taken."""
    home = walk.bundle.homes
    found: set[Place] = set()
    for part in walk.running._parts():
        process = home[part.spec.name]
        diagram = walk.bundle.diagrams[process]
        for task in part.tasks.values():
            element = getattr(task.task_spec, "bpmn_id", None)
            if element not in diagram.elements or not task.has_state(TaskState.COMPLETED):
                continue
            found.add((process, element))
            entered = {getattr(child.task_spec, "bpmn_id", None) for child in task.children if not child.has_state(TaskState.CANCELLED)}
            found |= {(process, flow.id) for flow in diagram.outgoing(element) if flow.target in entered}
    return found
