"""Which facts still matter: those that something ahead may read before anything surely writes them anew.

A backward data-flow analysis over the diagrams of a bundle, through calls and embedded subprocesses, to a fixed point. What a person
surely writes is what every combination of routing answers of the form holds; a branch writes nothing that the whole case would read.
"""

from __future__ import annotations

from functools import cache

import handlers
from tests.factories.reading import read_by
from tests.factories.routing import outcomes
from workflows.engine.bundle import Bundle
from workflows.engine.diagram import Element
from workflows.engine.expressions import names
from workflows.engine.running_case import Waiting

Names = frozenset[str]
NONE: Names = frozenset()


def facts_ahead(bundle: Bundle, token: Waiting) -> Names:
    """Facts that the case may still read, seen from `token`: in its process, and in those that called it."""
    return _ahead(bundle, token.process, token.element, token.via)[0]


def facts_behind(bundle: Bundle, token: Waiting) -> Names:
    """Facts that the case may still read once `token` has gone on: two answers that agree on these lead to the same state."""
    return _ahead(bundle, token.process, token.element, token.via)[1]


@cache
def _ahead(bundle: Bundle, process: str, element: Element, via: tuple[str, ...]) -> tuple[Names, Names]:
    calls = {caller: at for caller, _, at in (one.partition("/") for one in via)}
    after, beside = _after(bundle, process, calls)
    live = _entering(bundle, process, after)
    beside |= _beside(bundle, process, element.within, live)
    chosen = NONE.union(*(names(flow.condition) for flow in bundle.diagrams[process].outgoing(element.id) if flow.condition))
    return live[element.id] | beside, _leaving(bundle, process, element.id, live, after) | chosen | beside


def _after(bundle: Bundle, process: str, calls: dict[str, str]) -> tuple[Names, Names]:
    """What is read after `process` has ended, where it was called from; and what events on the edges of its callers read."""
    for caller, element in calls.items():
        diagram = bundle.diagrams[caller]
        if diagram.elements[element].called == process:
            further, beside = _after(bundle, caller, {name: at for name, at in calls.items() if name != caller})
            live = _entering(bundle, caller, further)
            return _leaving(bundle, caller, element, live, further), beside | _beside(bundle, caller, element, live)
    return NONE, NONE


def _beside(bundle: Bundle, process: str, element: str, live: dict[str, Names]) -> Names:
    """What the roads read that events on the edge of `element`, and of what encloses it, may begin at any time."""
    found = NONE
    while element:
        found = found.union(*(live[event.id] for event in bundle.diagrams[process].boundary(element)))
        element = bundle.diagrams[process].elements[element].within
    return found


@cache
def _entering(bundle: Bundle, process: str, after: Names) -> dict[str, Names]:
    """Element → what is read from it on, when `after` is read once the process is over."""
    elements = bundle.diagrams[process].elements
    live = dict.fromkeys(elements, NONE)
    changed = True
    while changed:
        changed = False
        for name, element in elements.items():
            found = _through(bundle, process, element, _leaving(bundle, process, name, live, after), live)
            if found != live[name]:
                live[name], changed = found, True
    return live


def _leaving(bundle: Bundle, process: str, name: str, live: dict[str, Names], after: Names) -> Names:
    diagram = bundle.diagrams[process]
    element = diagram.elements[name]
    following = diagram.outgoing(name)
    if following:
        return NONE.union(*(live[flow.target] for flow in following))
    return _leaving(bundle, process, element.within, live, after) if element.within else after


def _through(bundle: Bundle, process: str, element: Element, leaving: Names, live: dict[str, Names]) -> Names:
    diagram = bundle.diagrams[process]
    aside = NONE.union(*(live[event.id] for event in diagram.boundary(element.id)))
    read = {name for flow in diagram.outgoing(element.id) if flow.condition for name in names(flow.condition)} | aside
    if element.kind == "subProcess":
        return aside.union(*(live[one.id] for one in diagram.elements.values() if one.within == element.id and one.kind == "startEvent"))
    if element.called:
        start = next(one.id for one in bundle.diagrams[element.called].elements.values() if one.kind == "startEvent" and not one.within)
        inside = _entering(bundle, element.called, NONE if element.collection else leaving)[start]
        return inside | aside | ({element.collection} | leaving if element.collection else NONE)
    if element.collection:
        return leaving | {element.collection} | aside
    return (leaving - _writes(bundle, element)) | read | _reads(bundle, element)


def _reads(bundle: Bundle, element: Element) -> Names:
    if element.decision:
        return frozenset(name for expression in bundle.tables[element.decision].inputs for name in names(expression))
    return read_by(element.service) if element.service else NONE


def _writes(bundle: Bundle, element: Element) -> Names:
    if element.decision:
        return frozenset(bundle.tables[element.decision].outputs)
    if element.service:
        return handlers.TABLE[element.service].provides if element.service in handlers.TABLE else NONE
    if element.form:
        return frozenset.intersection(*(frozenset(answers) for answers in outcomes(bundle, element)))
    return NONE
