"""A case in which anybody may try anything, without a database: the verb `tasks.complete`, its checks and gates in their order, on a walk.

What a completion needs of the database (who is who, who did what, which cases stand under this one) is kept here; everything that
refuses is the program's own: `access.may_work_on`, `gates.not_recused`, `checking.clean`, the gate of the task.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from random import Random
from typing import Any
from uuid import UUID, uuid4

from tests.factories.walks import NOW, Directory, Walk, agencies
from workflows import access, checking, directory, forms, gates
from workflows.contracts import AgencyRef, HandlerCall, HandlerResult, nearest
from workflows.engine.running_case import Waiting
from workflows.errors import NotFound
from workflows.in_hand import TaskInHand
from workflows.rulebook import jurisdiction
from workflows.tariffs import load_tariffs
from workflows.views import Officer
from workflows.working_days import CHINA

TODAY = NOW.astimezone(CHINA).date()
AMOUNTS = (0, 1, 20_000, 20_000, 60_000, 100_001)
DAYS = ("2024-01-05", "2025-12-01", "2026-02-09", "2026-03-02", "2026-03-20")
LIKELY = 0.6
"""How often the usual road is taken where there are others."""
SETTLED = {"rejected", "not_filed"}


@cache
def people() -> tuple[Officer, ...]:
    """The people of the demonstration."""
    refs = {ref.code: ref for ref in agencies()}
    rows = jurisdiction("demo_people")["people"]
    return tuple(
        Officer(
            UUID(int=number), row["username"], row["name"], refs[row["agency"]], frozenset(row["roles"]), certificate="T" if row["certified"] else None
        )
        for number, row in enumerate(rows, 1)
    )  # fmt: skip


@dataclass(frozen=True)
class ByFunction:
    """As much of the directory as a lane's agency is found by."""

    @cached_property
    def refs(self) -> dict[str, AgencyRef]:
        return {ref.code: ref for ref in agencies()}

    def by_function(self, function: str, near: str) -> str | None:
        return nearest(agencies(), function, self.refs[near])


WHERE = ByFunction()


@dataclass
class Anybody:
    """A case on its way, who did what in it, and what became of the suspicion of a crime."""

    walk: Walk
    suspected: bool = False
    outcome: str | None = None
    """Of the transfer: what the service that settles it said last."""
    open_below: list[str] = field(default_factory=list)
    done: list[tuple[str, str, UUID, str]] = field(default_factory=list)
    """(process, element, officer, username of the second officer) of every completion."""
    receiving: str = "qinglan-health"

    def __post_init__(self) -> None:
        self.walk.services = {key: self._heard(key, service) for key, service in self.walk.services.items()}

    def again(self) -> Anybody:
        """The same case once more, for another course of things."""
        walk = self.walk.fork()
        walk.services = {key: getattr(service, "inner", service) for key, service in walk.services.items()}
        return dataclasses.replace(self, walk=walk, open_below=list(self.open_below), done=list(self.done))

    @property
    def pending(self) -> bool:
        """A crime is suspected and nothing has come of its transfer yet."""
        return self.suspected and self.outcome is None

    @property
    def due(self) -> bool:
        """A crime is suspected, and nobody with the power to do so has said that it is none."""
        return self.suspected and self.outcome not in SETTLED

    def agency_of(self, token: Waiting) -> str | None:
        return directory.resolve(token.element.agency, token.branch, self.receiving, lambda: self.walk.participants, WHERE)

    def able(self, token: Waiting) -> list[Officer]:
        """Who finds the task in the inbox."""
        agency = self.agency_of(token)
        return [one for one in people() if one.agency.code == agency and directory.may_act_as(one.roles, token.element.role)]

    def complete(self, number: int, officer: Officer, answers: Mapping[str, Any]) -> dict[str, Any]:
        """`officer` completes the `number`-th task that waits. Returns the answers as they were accepted; raises what the verb would."""
        token = self.walk.people()[number]
        task = self._task(token)
        if officer.agency.code != task.agency:
            raise NotFound
        access.may_work_on(officer, task, token.element.gate)
        gates.not_recused(officer, self.walk.facts.recused())
        form = self.walk.bundle.forms[token.element.form]
        given = checking.clean(form, answers, {key: self.options(key, task) for key in forms.options_named(form)})
        if token.element.gate:
            gates.GATES[token.element.gate](self._attempt(token, task, officer, given))
        self.done.append((token.process, token.element.id, officer.id, str(given.get("second_officer", ""))))
        self._suspect(given)
        self.walk.answer(number, given)
        return given

    def options(self, key: str, task: TaskInHand) -> list[dict[str, str]]:
        """More than the program would offer, so that its gates alone have to hold."""
        offered = self.walk.bundle.options.get(key)
        if offered is not None:
            return list(offered)
        if key == "tariff_options":
            return [{"value": name, "label": name} for name in load_tariffs()]
        if key in {"officers", "chair_options", "agency_officers"}:
            return [{"value": one.username, "label": one.name} for one in people() if one.agency.code == task.agency]
        return [{"value": ref.code, "label": ref.code} for ref in agencies()]

    def _suspect(self, given: Mapping[str, Any]) -> None:
        if given.get("classification") in {"crime", "both"}:
            self.suspected, self.outcome = True, None
        if "transfer" in (given.get("handling"), given.get("penalty_decision")) or given.get("legal_opinion") == "crime":
            self.suspected = True
            self.outcome = None if self.outcome in SETTLED else self.outcome  # what the police have already is not transferred again

    def _heard(self, key: str, service: Any) -> Any:
        def call(asked: HandlerCall) -> HandlerResult:
            result: HandlerResult = service(asked)
            self.open_below += [f"{case.process}-{len(self.open_below)}" for case in result.cases]
            self.outcome = result.facts.get("transfer_outcome", self.outcome) if key == "settle_transfer" else self.outcome
            return result

        call.inner = service  # type: ignore[attr-defined]
        return call

    def _task(self, token: Waiting) -> TaskInHand:
        element = token.element
        agency = self.agency_of(token)
        assert agency, f"nobody takes part as {element.agency}"
        return TaskInHand(
            id=token.id, case=uuid4(), process=token.process, element=element.id, name=element.name.zh, name_en=element.name.en,
            scope=token.branch, via="", agency=agency, role=element.role, assignee=None, state="open", revision=1, opened_at=NOW,
        )  # fmt: skip

    def _attempt(self, token: Waiting, task: TaskInHand, officer: Officer, given: dict[str, Any]) -> gates.Attempt:
        known = dict(self.walk.facts.view(token.branch))
        capacities = {part.capacity for part in self.walk.participants}
        return gates.Attempt(
            officer=officer, agency=task.agency, role=task.role, branch=token.branch, answers=given, facts={**known, **given}, today=TODAY,
            colleagues={
                one.username: gates.Colleague(one.username, one.agency.code, True, one.certificate, one.certificate_until, one.id)
                for one in people() if one.agency.code == task.agency
            },
            investigators=self._investigators(), open_children=tuple(self.open_below), police_told={"police", "procuratorate"} <= capacities,
            doers=self._doers, registers=Directory(), known=known,
        )  # fmt: skip

    def _investigators(self) -> frozenset[UUID]:
        paired = {
            (process, element.id)
            for process, drawn in self.walk.bundle.diagrams.items()
            for element in drawn.elements.values()
            if element.officers > 1
        }
        return self._of([row for row in self.done if row[:2] in paired])

    def _doers(self, *elements: str) -> frozenset[UUID]:
        return self._of([row for row in self.done if row[1] in elements])

    def _of(self, rows: list[tuple[str, str, UUID, str]]) -> frozenset[UUID]:
        seconds = {second for *_, second in rows}
        return frozenset(row[2] for row in rows) | {one.id for one in people() if one.username in seconds}


def plausible(case: Anybody, token: Waiting, chance: Random, *, usual: float = LIKELY) -> dict[str, Any]:
    """The form as somebody might fill it: what is required is there, what is chosen is anybody's guess, the usual road more often."""
    given: dict[str, Any] = {}
    known = case.walk.facts.view(token.branch)
    task = case._task(token)
    for component in forms.inputs(case.walk.bundle.forms[token.element.form]):
        if not forms.hidden(component, given):
            value = _value(case, component, task, chance, usual)
            if value is not None:
                given[forms.key_of(component)] = value
    for kinds, amount, told in (("penalties", "fine_amount", "penalties"), ("penalties_decided", "fine_decided", "penalties_notified")):
        if kinds in given and chance.random() < LIKELY and known.get(told) and kinds == "penalties_decided":
            given[kinds], given[amount] = list(known[told]), known.get("fine_notified") or 0
        elif kinds in given and chance.random() < LIKELY:
            given[amount] = 20_000 if "fine" in given[kinds] else 0
    return given


def _value(case: Anybody, component: Mapping[str, Any], task: TaskInHand, chance: Random, usual: float) -> Any:
    kind, rules = component["type"], component.get("validate") or {}
    if not rules.get("required") and chance.random() < usual / 2:
        return None
    if kind == "dynamiclist":
        row = {forms.key_of(one): _value(case, one, task, chance, usual) for one in forms.inputs(component)}
        return [{key: value for key, value in row.items() if value is not None}]
    options = component.get("values") or (case.options(component["valuesKey"], task) if component.get("valuesKey") else [])
    values = [option["value"] for option in options]
    if kind in forms.CHOICES:
        return (values[0] if chance.random() < usual else chance.choice(values)) if values else None
    if kind in forms.MANY:
        return chance.sample(values, k=min(len(values), chance.choice((1, 1, 2, 3))))
    return _plain(kind, component, bool(rules.get("required")), chance, usual)


def _plain(kind: str, component: Mapping[str, Any], required: bool, chance: Random, usual: float) -> Any:
    if kind == "checkbox":
        return (required and chance.random() < max(usual, 0.95)) or chance.random() < 1 - usual
    if kind == "number":
        return chance.choice(AMOUNTS)
    if kind == "datetime":
        day = chance.choice(DAYS)
        return day if component.get("subtype", "date") == "date" else f"{day}T09:00"
    return None if (component.get("validate") or {}).get("pattern") else "按规定办理"
