"""What is wrong with a state: nobody may do its step, two tokens stand where one should, or two steps at the same time overwrite each other.

A fault's `rule` is one of

    nobody          no agency has the part that the lane asks for
    twice           an element is under way more than once: tokens were not brought together (on a road that news begins beside the main one,
                    it may: the news may come again)
    lost_update     two steps under way at the same time write the same fact of the case
    waits_for_ever  nobody, no news and no clock can move the case on
    never_ends      the case goes on for ever and no road leads to an end
    stops           the engine stops: a condition or a table cannot be evaluated
    open_clock      the case ends while a clock that binds an agency runs
    rule            a rule of `rules.yaml` is broken
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workflows.engine.diagram import Diagram
from workflows.engine.running_case import Waiting
from workflows.oracle.reading import MUST_BE_GIVEN, part
from workflows.oracle.stepping import Node, Wrote

Found = tuple[str, str, Node, tuple[str, ...]]
"""(rule, element, state, detail)."""


@dataclass(frozen=True)
class Fault:
    """Something wrong at the end of a path: which rule of the oracle, on which element, and the state where it shows."""

    rule: str
    process: str
    element: str
    node: Node
    detail: tuple[str, ...] = ()


def of_people(people: list[Waiting], node: Node, main: frozenset[str]) -> Iterator[Found]:
    """What is wrong with who is waited for; `main` are the elements of the main road."""
    for token in people:
        asked = token.element.agency
        alone = asked == "member" and not token.branch and not node.standing.branched
        if not token.element.called and (alone or (asked in MUST_BE_GIVEN and ("", part(asked)) not in node.known)):
            yield "nobody", token.element.id, node, (asked,)
    for (element, _), tokens in Counter((token.element.id, token.branch) for token in people).items():
        if tokens > 1 and element in main:
            yield "twice", element, node, ()


def of_writes(writes: list[tuple[Waiting, Wrote]], node: Node) -> Iterator[Found]:
    """What is lost where two steps that are under way at the same time write the same fact.

    A step that is under way more than once is no such pair: it is `twice`, or news came again.
    """
    for number, (one, wrote) in enumerate(writes):
        for other, wrote_too in writes[number + 1 :]:
            lost = sorted(fact for fact in wrote.keys() & wrote_too if _differ(wrote[fact] | wrote_too[fact]))
            if one.branch == other.branch and one.element.id != other.element.id and lost:
                yield "lost_update", one.element.id, node, (other.element.id, *lost)


def _differ(said: set[str]) -> bool:
    """Whether not all say the same value: an element stands for whatever it may say."""
    return len(said) > 1 or any("/" in one for one in said)


def main_road(diagram: Diagram) -> frozenset[str]:
    """What the case itself comes to; what is left is on roads that events begin beside it which do not interrupt."""
    reached: set[str] = set()
    left = [diagram.start.id]
    while left:
        name = left.pop()
        if name not in reached and name in diagram.elements:
            reached.add(name)
            left += [flow.target for flow in diagram.outgoing(name)]
            left += [event.id for event in diagram.boundary(name) if event.interrupts]
            left += [one.id for one in diagram.elements.values() if one.within == name and one.kind == "startEvent"]
    return frozenset(reached)


def without_an_end(states: Mapping[str, Node], last: Iterable[str]) -> Node | None:
    """The first of the states from which no road comes to one of `last`, the ends and the states that are stuck."""
    behind: dict[str, list[str]] = {}
    for key, node in states.items():
        for further in node.further:
            behind.setdefault(further.key, []).append(key)
    left = list(last)
    leads_on = set(left)
    while left:
        for key in behind.get(left.pop(), ()):
            if key not in leads_on:
                leads_on.add(key)
                left.append(key)
    return next((node for key, node in states.items() if key not in leads_on), None)
