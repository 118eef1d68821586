"""The stage on which a case is only tried: the agencies, the invented people and the clock rules of the demonstration, wherever the installation is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from uuid import UUID, uuid5

from workflows.contracts import AgencyRef, nearest
from workflows.directory import Member, may_act_as
from workflows.jurisdiction import Jurisdiction
from workflows.jurisdictions import load_jurisdiction
from workflows.rulebook import Rulebook, jurisdiction, load_rulebook
from workflows.views import Officer

PLACE = "demo"
PEOPLE = UUID(int=2)
ALWAYS = date(2099, 12, 31)
"""Until when the invented certificates are valid."""
MORE = ("丙", "丁")
"""Officers whom every agency has besides those of the demonstration: a random case recuses more than it has."""


@dataclass(frozen=True)
class Cast:
    """Agencies by code, and who works there."""

    place: Jurisdiction
    members: tuple[Member, ...]

    @cached_property
    def refs(self) -> dict[str, AgencyRef]:
        """Every agency by its code."""
        return {one.code: AgencyRef(one.code, one.function, one.level, one.name, one.parent, one.region) for one in self.place.agencies}

    @cached_property
    def rules(self) -> Rulebook:
        """The clock rules as this place has them."""
        return load_rulebook().of_place(self.place.clocks, self.place.holiday_counting.value)

    def agencies(self) -> tuple[AgencyRef, ...]:
        """Every agency."""
        return tuple(self.refs.values())

    def in_region(self, code: str) -> tuple[AgencyRef, ...]:
        """Agencies that work in the region of `code`."""
        return tuple(ref for ref in self.agencies() if ref.region == self.refs[code].region)

    def by_function(self, function: str, near: str) -> str | None:
        """The agency with `function` in the region of `near`, else at its level, else anywhere."""
        return nearest(self.agencies(), function, self.refs[near])

    def officers(self, agency: str) -> tuple[Member, ...]:
        """Who works at an agency."""
        return tuple(member for member in self.members if member.agency == agency)

    def holding(self, agency: str, role: str) -> tuple[Member, ...]:
        """Who may do tasks of `role` there, the certified first, as some steps ask for it; where nobody may, one who is invented for it."""
        able = tuple(sorted((one for one in self.officers(agency) if may_act_as(one.roles, role)), key=lambda one: one.certificate is None))
        return able or (_member(f"{agency}.{role}", f"试办·{role}", agency, frozenset({role}), certified=True),)

    def officer(self, agency: str, role: str, recused: Collection[str] = ()) -> Officer:
        """The one who does the tasks of `role` there: the first whose username is not among `recused`, if there is one."""
        able = self.holding(agency, role)
        member = next((member for member in able if member.username not in recused), able[0])
        return Officer(
            id=member.id,
            username=member.username,
            name=member.name,
            agency=self.refs[agency],
            roles=member.roles,
            certificate=member.certificate,
            certificate_until=member.certificate_until,
        )


@cache
def stage() -> Cast:
    """The cast of the demonstration."""
    rows = jurisdiction("demo_people")["people"]
    members = (_member(row["username"], row["name"], row["agency"], frozenset(row["roles"]), certified=row["certified"]) for row in rows)
    place = load_jurisdiction(PLACE)
    more = (
        _member(f"{agency.code}.officer.{sign}", f"试办{sign}", agency.code, frozenset({"officer"}), certified=True)
        for agency in place.agencies
        for sign in MORE
    )
    return Cast(place, (*members, *more))


def _member(username: str, name: str, agency: str, roles: frozenset[str], *, certified: bool) -> Member:
    return Member(
        id=uuid5(PEOPLE, username),
        username=username,
        name=name,
        agency=agency,
        roles=roles,
        certificate="试办证件" if certified else None,
        certificate_until=ALWAYS if certified else None,
    )
