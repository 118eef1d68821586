"""What the rules of a check may look at, and how they say what they found."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from workflows.contracts import Finding
from workflows.engine.decision_table import DecisionTable
from workflows.engine.diagram import Diagram, Element, Flow
from workflows.picture.reading import Drawing, read_drawing

ALIKE = 0.6
"""How like a word must be to be offered; difflib's own measure and default."""
LONGEST_WORD = 60
"""Characters of a word that are compared."""


@dataclass(frozen=True)
class Known:
    """What a diagram may name outside its own files."""

    services: frozenset[str]
    clocks: frozenset[str]
    gates: frozenset[str]
    provided: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Service → facts it sets."""
    settings: frozenset[str] = frozenset()
    """Those of the clocks whose length the law does not give."""
    options: frozenset[str] = frozenset()
    """Option lists that a form may name besides those of its manifest; where none are told, the names are not looked at."""


@dataclass(frozen=True)
class Context:
    """One diagram and what it stands among. `alone`: a single file, whose forms and callees are not at hand."""

    file: str
    diagram: Diagram
    known: Known
    forms: Mapping[str, Mapping[str, Any]]
    tables: Mapping[str, DecisionTable]
    processes: frozenset[str]
    facts: frozenset[str]
    alone: bool

    @cached_property
    def drawing(self) -> Drawing:
        """The picture of the diagram."""
        return read_drawing(self.diagram.root)

    def error(self, rule: str, element: str, zh: str, en: str) -> Finding:
        """A finding that forbids publishing."""
        return Finding("error", rule, element, zh, en, self.file)

    def warning(self, rule: str, element: str, zh: str, en: str) -> Finding:
        """A finding that does not."""
        return Finding("warning", rule, element, zh, en, self.file)

    def reachable(self, start: str, *, beside: bool = False) -> set[str]:
        """Elements that a token may reach from `start`, itself included; `beside`: also what an event begins that does not interrupt."""
        reached, frontier = {start}, [start]
        while frontier:
            at = frontier.pop()
            events = {event.id for event in self.diagram.boundary(at) if beside or event.interrupts}
            new = ({flow.target for flow in self.diagram.outgoing(at)} | events) - reached
            reached |= new
            frontier += new
        return reached


def called(element: Element) -> tuple[str, str]:
    """How a person knows the element, in both languages."""
    return (f"「{element.name.zh or element.id}」", f"“{element.name.local('en') or element.id}”")


def meant(typed: str, known: Collection[str]) -> tuple[str, str]:
    """What somebody who typed `typed` may have meant, as the end of a sentence in both languages; '' where nothing is like it."""
    near = get_close_matches(typed[:LONGEST_WORD], sorted(known), n=3, cutoff=ALIKE)
    return (f"，相近的有：{'、'.join(near)}", f"; close to it: {', '.join(near)}") if near else ("", "")


def called_flow(diagram: Diagram, flow: Flow) -> tuple[str, str]:
    """How a person knows the flow, in both languages: by its name and by what it connects."""
    ends = [diagram.elements.get(end) for end in (flow.source, flow.target)]
    names_zh = [end.name.zh or end.id if end else "？" for end in ends]
    names_en = [end.name.local("en") or end.id if end else "?" for end in ends]
    own_zh, own_en = flow.name.zh and f"{flow.name.zh}：", flow.name.local("en") and f"{flow.name.local('en')}: "
    return (f"「{own_zh}{' → '.join(names_zh)}」", f"“{own_en}{' → '.join(names_en)}”")
