"""Which facts still matter, seen from a token: those that something ahead may read before anything surely writes them anew.

A backward data-flow analysis over the diagrams of a bundle, through calls and embedded subprocesses, to a fixed point. What lies behind
no longer tells two states apart, so that a long road does not multiply its stages, and loops end.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from workflows import forms
from workflows.contracts import Service
from workflows.engine.bundle import Bundle
from workflows.engine.diagram import Element
from workflows.engine.expressions import names
from workflows.oracle.deciding import is_plain
from workflows.oracle.domains import Domains
from workflows.oracle.rules import Rule, looked_at, looked_at_in_the_end
from workflows.vocabulary import LANE_CAPACITIES

Names = frozenset[str]
NONE: Names = frozenset()
MUST_BE_GIVEN = LANE_CAPACITIES - {"receiving", "superior", "member"}
"""Parts in a case that nobody has unless a service gave it; a `member` is the agency of the branch."""

OF_THE_STEP = frozenset({"officers"})
"""Option lists whose answer belongs to the step alone: the second officer of one step is not that of another."""


def part(capacity: str) -> str:
    """The name under which a part in the case stands among its facts: it is given by services and looked at by lanes."""
    return f"@{capacity}"


def mark(rule: str) -> str:
    """The name under which it stands among the facts of a case how far a rule has come."""
    return f"#{rule}"


class Reading:
    """The facts that matter at each element of a bundle."""

    def __init__(
        self, bundle: Bundle, domains: Domains, services: Mapping[str, Service], rules: tuple[Rule, ...], ensured: Mapping[str, str]
    ) -> None:
        """`rules` look at facts when a step is done and when the case ends; `ensured`: gate → the condition that it lets nothing pass without."""
        self._bundle = bundle
        self._domains = domains
        self._services = services
        self._rules = rules
        self._ensured = ensured
        self.always = self._with_hiding(looked_at_in_the_end(rules) | {mark(rule.id) for rule in rules if rule.requires})
        self._found: dict[tuple[str, Names], dict[str, Names]] = {}
        self.after: dict[str, Names] = dict.fromkeys(bundle.diagrams, self.always)
        """Process → what is read once it is over, wherever it was called from."""
        while self._again():
            pass

    def ahead(self, process: str, element: str) -> Names:
        """What may still be read, seen from a token on `element`: in its process, after it, and on roads that events may begin."""
        live = self._live(process, self.after[process])
        return live[element] | self._beside(process, element, live)

    def touched(self, process: str) -> Names:
        """What routes of all that the process, and what it calls, read or write; parts in the case among it."""
        return self._closed[process][0]

    def written(self, process: str) -> Names:
        """Every fact that the process, and what it calls, may write."""
        return self._closed[process][1]

    @cached_property
    def _closed(self) -> dict[str, tuple[Names, Names]]:
        found = {process: self._own(process) for process in self._bundle.diagrams}
        changed = True
        while changed:
            changed = False
            for process, diagram in self._bundle.diagrams.items():
                below = [found[element.called] for element in diagram.elements.values() if element.called in found]
                more = (found[process][0].union(*(one for one, _ in below)), found[process][1].union(*(one for _, one in below)))
                changed, found[process] = changed or more != found[process], more
        return found

    def _own(self, process: str) -> tuple[Names, Names]:
        diagram = self._bundle.diagrams[process]
        elements = diagram.elements.values()
        written = NONE.union(*(self.writes(element) for element in elements if not element.collection))
        read = NONE.union(
            *(self.reads(element) for element in elements), *(names(flow.condition) for flow in diagram.flows if flow.condition)
        )
        touched = {name for name in self._with_hiding(read | written) if name in self._domains.routing or name[0] in "@#"}
        return frozenset(touched), frozenset(name for name in written if name[0] not in "@#")

    def reads(self, element: Element) -> Names:
        """What the element looks at before it is done: facts, and the part that its lane asks for."""
        table = self._bundle.tables.get(element.decision)
        found = frozenset(name for expression in table.inputs for name in names(expression)) if table and is_plain(table) else NONE
        asked = {part(element.agency)} if element.kind == "userTask" and element.agency in MUST_BE_GIVEN else set()
        return found | asked | ({element.collection} if element.collection else set())

    def told(self, process: str, element: Element) -> Names:
        """What rules, and the gate that the element names, look at once it is done."""
        ensured = names(self._ensured[element.gate]) if element.gate in self._ensured else NONE
        asked = {mark(rule.id) for rule in self._rules if any(step.names(process, element) for step in rule.steps())}
        return looked_at(self._rules, process, element) | ensured | asked

    def writes(self, element: Element) -> Names:
        """Every fact that the element may write, whether it routes or not, and every part that it gives."""
        if element.decision in self._bundle.tables:
            return frozenset(self._bundle.tables[element.decision].outputs)
        if element.form in self._bundle.forms:
            fields = forms.inputs(self._bundle.forms[element.form])
            return frozenset(forms.key_of(field) for field in fields if field.get("valuesKey") not in OF_THE_STEP)
        service = self._services.get(element.service)
        return service.provides | {part(capacity) for capacity in service.joins} if service else NONE

    def _surely_writes(self, element: Element) -> Names:
        if element.collection:
            return NONE  # a branch writes nothing that the whole case would read
        if element.form in self._bundle.forms:
            return frozenset(forms.key_of(component) for component in forms.inputs(self._bundle.forms[element.form]))
        return self.writes(element)

    def _with_hiding(self, found: Names) -> Names:
        more = found.union(*(names(forms.from_feel(self._domains.hides[name])) for name in found if name in self._domains.hides))
        return more if more == found else self._with_hiding(more)

    def _again(self) -> bool:
        """Carry what the callers read on to what they call; whether that was news."""
        changed = False
        for process, diagram in self._bundle.diagrams.items():
            live = self._live(process, self.after[process])
            for element in diagram.elements.values():
                if element.called in self.after:
                    more = self._leaving(process, element.id, live, self.after[process]) | self._beside(process, element.id, live)
                    changed = changed or not more <= self.after[element.called]
                    self.after[element.called] |= more
        return changed

    def _live(self, process: str, after: Names) -> dict[str, Names]:
        """Element → what is read from it on, when `after` is read once the process is over."""
        if (process, after) in self._found:
            return self._found[process, after]
        elements = self._bundle.diagrams[process].elements
        live = self._found[process, after] = dict.fromkeys(elements, NONE)
        changed = True
        while changed:
            changed = False
            for name, element in elements.items():
                found = self._with_hiding(self._through(process, element, live, after))
                if found != live[name]:
                    live[name], changed = found, True
        return live

    def _through(self, process: str, element: Element, live: Mapping[str, Names], after: Names) -> Names:
        diagram = self._bundle.diagrams[process]
        leaving = self._leaving(process, element.id, live, after)
        aside = NONE.union(*(live[event.id] for event in diagram.boundary(element.id)))
        read = self.reads(element).union(*(names(flow.condition) for flow in diagram.outgoing(element.id) if flow.condition))
        if element.kind == "subProcess":
            begins = (one.id for one in diagram.elements.values() if one.within == element.id and one.kind == "startEvent")
            return NONE.union(aside, read, *(live[start] for start in begins))
        if element.called in self._bundle.diagrams:
            inside = self._live(element.called, leaving | self.always)[self._bundle.diagrams[element.called].start.id]
            return aside | read | inside | self.told(process, element) | (leaving if element.collection else NONE)
        return ((leaving | self.told(process, element)) - self._surely_writes(element)) | read | aside

    def _leaving(self, process: str, name: str, live: Mapping[str, Names], after: Names) -> Names:
        diagram = self._bundle.diagrams[process]
        following = diagram.outgoing(name)
        if following:
            return NONE.union(*(live[flow.target] for flow in following if flow.target in live))
        within = diagram.elements[name].within
        return self._leaving(process, within, live, after) if within else after

    def _beside(self, process: str, name: str, live: Mapping[str, Names]) -> Names:
        """What the roads read that events on the edge of the element, and of what encloses it, may begin at any time."""
        found, diagram = NONE, self._bundle.diagrams[process]
        while name:
            found = found.union(*(live[event.id] for event in diagram.boundary(name)))
            name = diagram.elements[name].within
        return found
