"""What still lies ahead of a case: every element that it can come to from where it stands, through calls and loops."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from workflows import forms
from workflows.engine.bundle import Bundle
from workflows.engine.diagram import Diagram, Element
from workflows.engine.expressions import ExpressionError, names
from workflows.engine.running_case import Standing


class Ahead:
    """Everything that a case can come to on one version of its process."""

    def __init__(self, bundle: Bundle, standing: Standing) -> None:
        """`standing` may be of another version: what is not in this one is left out."""
        self._bundle = bundle
        self._standing = standing

    @cached_property
    def elements(self) -> frozenset[tuple[str, str]]:
        """(process, element); what it stands on is among them."""
        found: set[tuple[str, str]] = set()
        frontier = [
            (home, element)
            for scope, here in self._standing.under_way.items()
            if (home := self._bundle.homes.get(scope))
            for element in here
            if element in self._bundle.diagrams[home].elements
        ]
        while frontier:
            place = frontier.pop()
            if place not in found:
                found.add(place)
                frontier += self._following(*place)
        return frozenset(found)

    def passed_by(self, process: str, name: str) -> bool:
        """Whether the case has come by where the element stands now, and may end without it.

        It has where a case that begins on this version could not have done what this one did, or could not end, without the element.
        """
        diagram = self._bundle.diagrams[process]
        within = diagram.elements[name].within
        scope = within or process
        starts = [one.id for one in diagram.elements.values() if one.within == within and one.kind == "startEvent"]
        been = self._standing.done.get(scope, frozenset()) | self._standing.under_way.get(scope, frozenset())
        around = _reached(diagram, starts, without=name)
        on_the_way = not been & diagram.elements.keys() <= around or not _ends(diagram, around)
        return on_the_way and not self._comes_to(process, name)

    def _comes_to(self, process: str, name: str) -> bool:
        """Whether every way that is left leads through the element."""
        diagram = self._bundle.diagrams[process]
        scope = diagram.elements[name].within or process
        here = [one for one in self._standing.under_way.get(scope, ()) if one in diagram.elements]
        if here:
            return not _ends(diagram, _reached(diagram, here, without=name))
        return any(self._comes_to(*caller) for caller in self._callers(scope))

    def _callers(self, scope: str) -> Iterator[tuple[str, str]]:
        for process, diagram in self._bundle.diagrams.items():
            yield from (
                (process, one.id) for one in diagram.elements.values() if scope in {one.called, one.id if one.kind == "subProcess" else ""}
            )

    def unsaid(self, known: Collection[str], provided: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """The facts that something ahead reads, that are not `known`, and that nothing ahead says; `provided`: what each service sets."""
        read, said = set(), set(known)
        for process, name in self.elements:
            diagram = self._bundle.diagrams[process]
            element = diagram.elements[name]
            read |= set(self._read(diagram, element))
            said |= self._said(element, provided)
        return frozenset(read - said)

    def _following(self, process: str, name: str) -> Iterator[tuple[str, str]]:
        diagram = self._bundle.diagrams[process]
        element = diagram.elements[name]
        yield from ((process, one) for one in _next(diagram, name))
        if element.kind == "subProcess":
            yield from ((process, one.id) for one in diagram.elements.values() if one.within == name and one.kind == "startEvent")
        called = self._bundle.diagrams.get(element.called)
        if called is not None:
            yield called.process, called.start.id

    def _read(self, diagram: Diagram, element: Element) -> Iterator[str]:
        yield from filter(None, (element.collection,))
        table = self._bundle.tables.get(element.decision)
        for expression in (*(flow.condition for flow in diagram.outgoing(element.id)), *(table.inputs if table else ())):
            try:
                yield from names(expression) if expression else ()
            except ExpressionError:  # the check forbids it; here nothing is decided by it
                continue

    def _said(self, element: Element, provided: Mapping[str, frozenset[str]]) -> set[str]:
        form = self._bundle.forms.get(element.form)
        asked = {forms.key_of(component) for component in forms.inputs(form)} if form else set()
        decided = set(self._bundle.tables[element.decision].outputs) if element.decision in self._bundle.tables else set()
        return asked | decided | provided.get(element.service, frozenset())


def _next(diagram: Diagram, name: str) -> Iterator[str]:
    yield from (flow.target for flow in diagram.outgoing(name) if flow.target in diagram.elements)
    yield from (event.id for event in diagram.boundary(name))


def _reached(diagram: Diagram, sources: Iterable[str], *, without: str) -> set[str]:
    """What is reached within the scope of the sources (they too) without going over one element."""
    found: set[str] = set()
    frontier = list(sources)
    while frontier:
        here = frontier.pop()
        if here not in found and here != without:
            found.add(here)
            frontier += _next(diagram, here)
    return found


def _ends(diagram: Diagram, reached: Iterable[str]) -> bool:
    return any(diagram.elements[one].kind == "endEvent" for one in reached)
