"""Agencies and officers as the verbs need them: look-ups, and which agency a lane means in a case."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.contracts import AgencyRef, ParticipantRef, RelatedCase, Text, nearest
from workflows.records import Agency, Case, Fact, Officer, Participant, Task
from workflows.views import Officer as OfficerView
from workflows.vocabulary import LANE_CAPACITIES


def agency_ref(row: Agency) -> AgencyRef:
    """The frozen form of an agency row."""
    return AgencyRef(row.code, row.function, row.level, Text(row.name, row.name_en), row.parent, row.region)


def officer_view(row: Officer, agency: AgencyRef) -> OfficerView:
    """The frozen form of an officer row."""
    return OfficerView(
        id=row.id,
        username=row.username,
        name=row.name,
        agency=agency,
        roles=frozenset(row.roles),
        certificate=row.certificate,
        certificate_until=row.certificate_until,
        active=row.active,
        locked=row.locked_until is not None,
    )


class Directory:
    """Every agency and officer of the installation, read once for one transaction."""

    def __init__(self, session: Session) -> None:
        """Reads when first asked."""
        self.session = session

    @cached_property
    def _rows(self) -> dict[str, Agency]:
        return {row.code: row for row in self.session.scalars(select(Agency).order_by(Agency.level.desc(), Agency.code))}

    @cached_property
    def refs(self) -> dict[str, AgencyRef]:
        """Agencies by code."""
        return {code: agency_ref(row) for code, row in self._rows.items()}

    def agencies(self) -> tuple[AgencyRef, ...]:
        """Every agency."""
        return tuple(self.refs.values())

    def sign(self, code: str) -> str:
        """The agency's sign in document numbers."""
        return self._rows[code].sign or code

    def in_region(self, code: str) -> tuple[AgencyRef, ...]:
        """Agencies that work in the region of `code`."""
        return tuple(ref for ref in self.agencies() if ref.region == self.refs[code].region)

    def below(self, code: str) -> frozenset[str]:
        """Agencies that `code` supervises, at any depth."""
        found: set[str] = set()
        layer = {code}
        while layer:
            layer = {ref.code for ref in self.agencies() if ref.parent in layer} - found
            found |= layer
        return frozenset(found)

    def names(self, ids: Iterable[UUID | None]) -> dict[UUID, str]:
        """Officers' names by id."""
        wanted = {officer for officer in ids if officer is not None}
        if not wanted:
            return {}
        return dict(self.session.execute(select(Officer.id, Officer.name).where(Officer.id.in_(wanted))).all())

    def names_of(self, usernames: Iterable[str]) -> dict[str, str]:
        """Officers' names by username."""
        wanted = set(usernames)
        if not wanted:
            return {}
        return dict(self.session.execute(select(Officer.username, Officer.name).where(Officer.username.in_(wanted))).all())

    def agencies_of(self, ids: Iterable[UUID]) -> dict[UUID, AgencyRef]:
        """Officers' agencies by officer id."""
        rows = self.session.execute(select(Officer.id, Officer.agency).where(Officer.id.in_(set(ids))))
        return {officer_id: self.refs[agency] for officer_id, agency in rows}

    def officers(self, agency: str) -> tuple[Officer, ...]:
        """Active officers of an agency, by name."""
        rows = self.session.scalars(select(Officer).where(Officer.agency == agency, Officer.active).order_by(Officer.username))
        return tuple(rows)

    def holding(self, agency: str, role: str) -> tuple[Officer, ...]:
        """Active officers of `agency` who may do tasks of `role`."""
        return tuple(row for row in self.officers(agency) if may_act_as(frozenset(row.roles), role))

    def by_function(self, function: str, near: str) -> str | None:
        """The agency with `function` in the region of `near`, else at its level, else anywhere."""
        return nearest(self.agencies(), function, self.refs[near])

    def cases_of_subject(self, name: str, code: str, besides: UUID | None = None) -> tuple[RelatedCase, ...]:
        """Cases whose subject has this name or code."""
        wanted = [(field, text) for field, text in (("subject_name", name), ("subject_code", code)) if text]
        found: dict[UUID, RelatedCase] = {}
        for field, text in wanted:
            rows = self.session.execute(
                select(Case.id, Case.number, Case.title, Case.status)
                .join(Fact, Fact.case == Case.id)
                .where(Fact.name == field, Fact.text == text, Fact.scope == "")
                .order_by(Case.opened_at.desc())
                .limit(20)
            )
            found |= {row.id: RelatedCase(row.id, row.number, row.title, row.status) for row in rows if row.id != besides}
        return tuple(found.values())


def may_act_as(roles: frozenset[str], role: str) -> bool:
    """Whether somebody with `roles` may do a task of `role`: who presides acts as the head (令310 第五条), a deputy does not."""
    return role in roles or (role == "head" and "presiding" in roles)


def participants_of(session: Session, directory: Directory, case: Case) -> tuple[ParticipantRef, ...]:
    """Who takes part now, in the order in which they came."""
    rows = session.scalars(
        select(Participant).where(Participant.case == case.id, Participant.until.is_(None)).order_by(Participant.since, Participant.id)
    )
    return tuple(ParticipantRef(directory.refs[row.agency], row.capacity) for row in rows)


def resolve(agency: str, branch: str, case: Case, participants: tuple[ParticipantRef, ...], directory: Directory) -> str | None:
    """The agency code that a lane's `agency` means in this case, or None when nobody has that part yet."""
    if agency == "member":
        return branch.rsplit("/", 1)[-1] or None
    if agency == "receiving":
        return case.agency
    by_capacity = {part.capacity: part.agency.code for part in participants}
    if agency == "superior" and "superior" not in by_capacity:
        return directory.refs[case.agency].parent or case.agency
    if agency in LANE_CAPACITIES:
        return by_capacity.get(agency)
    return directory.by_function(agency, case.agency)


def pick_assignee(session: Session, directory: Directory, case: Case, agency: str, role: str) -> UUID | None:
    """Who gets a new task: whoever did the last one of this lane in this case, or the only one who can; otherwise the pool."""
    able = {row.id for row in directory.holding(agency, role)}
    latest = session.scalars(
        select(Task.completed_by)
        .where(Task.case == case.id, Task.agency == agency, Task.role == role, Task.state == "completed")
        .order_by(Task.completed_at.desc())
        .limit(1)
    ).first()
    if latest in able:
        return latest
    return next(iter(able)) if len(able) == 1 else None


def count_open_tasks(session: Session) -> dict[str, int]:
    """Open tasks by agency."""
    rows = session.execute(select(Task.agency, func.count()).where(Task.state == "open").group_by(Task.agency))
    return dict(rows.all())
