"""What a one-click repair is: its name, when it fits, and what it does to a file that is being changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from workflows.contracts import Text
from workflows.engine.diagram import Diagram, Element, Flow
from workflows.picture.redrawing import Sheet


@dataclass(frozen=True)
class Ward:
    """A file under repair: what it said before, the sheet that is changed, and the element that was found."""

    files: Mapping[str, bytes]
    diagram: Diagram
    sheet: Sheet
    element: str

    @property
    def step(self) -> Element:
        """The step that was found. Raises LookupError."""
        return self.diagram.elements[self.element]

    @property
    def flow(self) -> Flow:
        """The flow that was found. Raises LookupError."""
        found = next((flow for flow in self.diagram.flows if flow.id == self.element), None)
        if found is None:
            raise LookupError(self.element)
        return found

    @property
    def node(self) -> etree._Element:
        """What stands in the file for what was found. Raises LookupError."""
        return self.sheet.node(self.element)


@dataclass(frozen=True)
class Repair:
    """A repair. `mend` raises LookupError where it does not fit and leaves the sheet useless then."""

    label: Text
    mend: Callable[[Ward], None]
    then: frozenset[str] = frozenset()
    """Rules that may find something on the same element afterwards: what the designer has to say next."""


def must(holds: object) -> None:
    """Raise LookupError where a repair does not fit."""
    if not holds:
        raise LookupError
