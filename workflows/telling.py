"""Who a clock rule's `tells` are in a case: agencies and the roles there that get the message."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflows.contracts import Text
from workflows.directory import Directory, participants_of
from workflows.records import Case, Clock, Task

Receiver = tuple[str, str]
"""An agency's code and a role there."""
NAMES = {
    "officer": Text("承办人", "officer"),
    "head": Text("负责人", "head"),
    "legal": Text("法制审核", "legal reviewer"),
    "lead": Text("牵头机关", "lead agency"),
    "receiving": Text("受理机关", "receiving agency"),
    "superior": Text("上级机关", "superior"),
    "government": Text("人民政府", "government"),
    "procuratorate": Text("检察机关", "procuratorate"),
    "police": Text("公安机关", "police"),
    "health": Text("卫生健康部门", "health authority"),
}
"""The words of `tells`."""
FUNCTIONS = {"government": "GOV", "procuratorate": "PROC", "police": "PSB", "health": "HEALTH"}


@dataclass(frozen=True)
class Place:
    """Where a clock runs: its case, its task if it has one, and everybody's directory."""

    session: Session
    people: Directory
    case: Case
    clock: Clock
    task: Task | None

    @property
    def agency(self) -> str:
        """The agency that has the clock."""
        return self.clock.agency or self.case.agency

    @property
    def role(self) -> str:
        """Who works on it there."""
        return self.task.role if self.task is not None else "officer"


def receivers(place: Place, told: Iterable[str]) -> list[Receiver]:
    """Who is told, each once. A word that means nobody in this case (no lead yet, no superior) adds nobody."""
    return list(dict.fromkeys(receiver for who in told for receiver in _MEANS[who](place)))


def _own(role: str) -> Callable[[Place], list[Receiver]]:
    return lambda place: [(place.agency, role)]


def _lead(place: Place) -> list[Receiver]:
    parts = participants_of(place.session, place.people, place.case)
    return [(part.agency.code, "officer") for part in parts if part.capacity == "lead" and part.agency.code != place.agency]


def _superior(place: Place) -> list[Receiver]:
    above = place.people.refs[place.agency].parent
    return [(above, "officer"), (above, "supervisor")] if above else []


def _with_function(who: str) -> Callable[[Place], list[Receiver]]:
    def find(place: Place) -> list[Receiver]:
        agency = place.people.by_function(FUNCTIONS[who], place.case.agency)
        return [(agency, "supervisor" if who == "government" else "officer")] if agency else []

    return find


_MEANS: dict[str, Callable[[Place], list[Receiver]]] = {
    "officer": lambda place: [(place.agency, place.role)],
    "head": _own("head"),
    "legal": _own("legal"),
    "lead": _lead,
    "receiving": lambda place: [(place.case.agency, "officer")],
    "superior": _superior,
    **{who: _with_function(who) for who in FUNCTIONS},
}
