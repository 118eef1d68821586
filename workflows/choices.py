"""The option lists that forms name by `valuesKey`: agencies, members, colleagues, and those of the bundle's manifest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from sqlalchemy.orm import Session

from workflows.contracts import AgencyRef, ParticipantRef
from workflows.directory import Directory, Member
from workflows.engine.bundle import Bundle
from workflows.gates import FINES, Colleague, fine_barred
from workflows.records import Case
from workflows.step import bundle_of
from workflows.tariffs import load_tariffs
from workflows.views import Officer
from workflows.working_days import CHINA

NOT_MEMBERS = frozenset({"GOV", "PROC", "COURT"})
"""Functions that supervise or judge and are not members of an administrative plan."""

OFFERED = frozenset({"agencies", "member_options", "officers", "police_organs", "chair_options", "tariff_options", "agency_officers"})
"""The lists that do not come from a manifest."""


class People(Protocol):
    """Whom a list may offer: the agencies, and who may do a task."""

    def agencies(self) -> tuple[AgencyRef, ...]:
        """Every agency."""

    def in_region(self, code: str) -> tuple[AgencyRef, ...]:
        """Agencies that work in the region of `code`."""

    def holding(self, agency: str, role: str) -> tuple[Member, ...]:
        """Active officers of `agency` who may do tasks of `role`."""


class OfAgency(Protocol):
    """A case: whose it is."""

    @property
    def agency(self) -> str:
        """The agency's code."""


class OfLane(OfAgency, Protocol):
    """A task: whose it is, and for which role."""

    @property
    def role(self) -> str:
        """The role."""


def options_for(
    participants: Callable[[], Iterable[ParticipantRef]],
    people: People,
    officer: Officer,
    case: OfAgency,
    task: OfLane,
    facts: Mapping[str, Any],
    now: datetime,
    bundle: Bundle,
    *,
    named: Collection[str] | None = None,
) -> dict[str, list[dict[str, str]]]:
    """Options by `valuesKey` for this task and this officer, or those in `named`; only what the law allows now is offered."""
    made: dict[str, Callable[[], list[dict[str, str]]]] = {
        "agencies": lambda: [_agency(ref) for ref in people.in_region(case.agency)],
        "member_options": lambda: _members(participants(), people.in_region(case.agency)),
        "officers": lambda: _certified(people, officer, task, now),
        "police_organs": lambda: _police(people, officer.agency),
        "chair_options": lambda: [_person(row.username, row.name) for row in people.holding(task.agency, task.role)],
        "tariff_options": tariff_options,
        "agency_officers": lambda: [_person(row.username, row.name) for row in people.holding(task.agency, "officer")],
        **{key: partial(_allowed, key, options, facts) for key, options in bundle.options.items()},
    }
    return {key: make() for key, make in made.items() if named is None or key in named}


def _members(participants: Iterable[ParticipantRef], region: Iterable[AgencyRef]) -> list[dict[str, str]]:
    leads = {part.agency.code for part in participants if part.capacity == "lead"}
    return [_agency(ref) for ref in region if ref.function not in NOT_MEMBERS and ref.code not in leads]


def _police(people: People, near: AgencyRef) -> list[dict[str, str]]:
    """Every police organ, the one of the same region and level first: which one a case may go to is for the gate to say."""
    organs = [ref for ref in people.agencies() if ref.function == "PSB"]
    return [_agency(ref) for ref in sorted(organs, key=lambda ref: (ref.region != near.region, ref.level != near.level, ref.code))]


def _allowed(key: str, options: Iterable[Mapping[str, str]], facts: Mapping[str, Any]) -> list[dict[str, str]]:
    locked = key == "penalty_options" and fine_barred(facts)
    return [dict(option) for option in options if not (locked and option["value"] in FINES)]


def labels_for(session: Session, people: Directory, case: Case, named: Iterable[str] = ()) -> dict[str, list[dict[str, str]]]:
    """Every option that a stored answer may name, for showing answers in words; `named` are the usernames among them."""
    officers = [_person(username, name) for username, name in people.names_of(named).items()]
    agencies = [_agency(ref) for ref in people.agencies()]
    lists = dict.fromkeys(("agencies", "member_options", "police_organs"), agencies)
    return {
        **lists,
        "officers": officers,
        "chair_options": officers,
        "agency_officers": officers,
        "tariff_options": tariff_options(),
        **bundle_of(session, case.digest).options,
    }


def tariff_options() -> list[dict[str, str]]:
    """The acts that have a tariff, with its article; what the legal office has still to check says so."""
    return [
        {
            "value": tariff.id,
            "label": f"{tariff.name.zh}（{tariff.basis}）",
            "label_en": f"{tariff.name.local('en')}{' (to be confirmed)' if tariff.to_be_confirmed else ''}",
        }
        for tariff in load_tariffs().values()
    ]


def _person(username: str, name: str) -> dict[str, str]:
    return {"value": username, "label": name, "label_en": name}


def _agency(ref: AgencyRef) -> dict[str, str]:
    return {"value": ref.code, "label": ref.name.zh, "label_en": ref.name.en}


def _named(row: Member) -> dict[str, str]:
    return {"value": row.username, "label": row.name, "label_en": row.name}


def _certified(people: People, officer: Officer, task: OfLane, now: datetime) -> list[dict[str, str]]:
    today = now.astimezone(CHINA).date()
    others = [row for row in people.holding(task.agency, task.role) if row.username != officer.username]
    able = [row for row in others if Colleague(row.username, row.agency, True, row.certificate, row.certificate_until).certified(today)]
    return [
        {"value": row.username, "label": f"{row.name}（{row.certificate}）", "label_en": f"{row.name} ({row.certificate})"} for row in able
    ]
