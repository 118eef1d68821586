"""Agencies and officers as the verbs need them: look-ups, and which agency a lane means in a case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Row, bindparam, func, select
from sqlalchemy.orm import Session

from workflows.contracts import AgencyRef, ParticipantRef, RelatedCase, Text, nearest
from workflows.database import connection_of
from workflows.records import Agency, Case, DocumentTemplate, Epoch, Fact, Officer, Participant, TemplateEdition, Version
from workflows.signed_in import Account
from workflows.views import Officer as OfficerView
from workflows.vocabulary import LANE_CAPACITIES


def agency_ref(row: Agency | Row[*tuple[Any, ...]]) -> AgencyRef:
    """The frozen form of an agency row."""
    return AgencyRef(row.code, row.function, row.level, Text(row.name, row.name_en), row.parent, row.region)


def officer_view(row: Officer | Account, agency: AgencyRef) -> OfficerView:
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


@dataclass(frozen=True)
class Member:
    """An active officer as lists of who may do something need one."""

    id: UUID
    username: str
    name: str
    agency: str
    roles: frozenset[str]
    certificate: str | None
    certificate_until: date | None


@dataclass(eq=False)
class Book:
    """What does not change while its epoch lasts: agencies, names of processes, and, as they are asked for, officers.

    Shared by the threads of a process: entries are only ever added, and every thread would add the same.
    """

    refs: dict[str, AgencyRef]
    signs: dict[str, str]
    processes: dict[str, Text]
    """Names of processes by key, of their newest version."""
    templates: dict[str, frozenset[str]]
    """The stored templates of documents by content hash, with the facts that each names."""
    editions: dict[tuple[str, str], str | None]
    """Agency and document → the content hash of the template that the agency uses; None where it went back to the one that ships."""
    members: dict[str, tuple[Member, ...]] = field(default_factory=dict)
    names: dict[UUID, str] = field(default_factory=dict)
    below: dict[str, frozenset[str]] = field(default_factory=dict)


BOOKS: WeakKeyDictionary[Engine, tuple[str, Book]] = WeakKeyDictionary()
"""The newest book of each database that this process works on, with its epoch."""
SUBJECT = ("subject_name", "subject_code")
"""The facts by which other cases of the same subject are found."""
MAX_SUBJECT = 200
"""Characters of them that are compared: PostgreSQL indexes no long texts."""
TOKEN = Epoch.of_directory()
AGENCIES = select(Agency.__table__).order_by(Agency.level.desc(), Agency.code)
VERSIONS = select(Version.process, Version.name, Version.name_en).order_by(Version.number)
TEMPLATES = select(DocumentTemplate.digest, DocumentTemplate.reads)
EDITIONS = select(TemplateEdition.agency, TemplateEdition.paper, TemplateEdition.digest).order_by(TemplateEdition.number)
MEMBERS = select(Officer.__table__).where(Officer.agency == bindparam("agency"), Officer.active).order_by(Officer.username)


def _read_book(connection: Connection) -> Book:
    rows = connection.execute(AGENCIES).all()
    return Book(
        refs={row.code: agency_ref(row) for row in rows},
        signs={row.code: row.sign or row.code for row in rows},
        processes={key: Text(name, name_en) for key, name, name_en in connection.execute(VERSIONS)},
        templates={digest: frozenset(reads) for digest, reads in connection.execute(TEMPLATES)},
        editions={(agency, paper): digest for agency, paper, digest in connection.execute(EDITIONS)},
    )


class Directory:
    """Every agency and officer of the installation, as of this transaction."""

    def __init__(self, work: Session | Connection, epoch: str = "") -> None:
        """Reads in the transaction `work` when first asked. `epoch`: the directory's, where the caller has read it already."""
        self._work = work
        self._epoch = epoch

    @cached_property
    def _connection(self) -> Connection:
        return connection_of(self._work)

    @cached_property
    def _book(self) -> Book:
        epoch = self._epoch or self._connection.scalar(TOKEN) or ""
        known, book = BOOKS.get(self._connection.engine, ("", None))
        if book is None or known != epoch:
            book = _read_book(self._connection)
            BOOKS[self._connection.engine] = (epoch, book)
        return book

    @property
    def refs(self) -> dict[str, AgencyRef]:
        """Agencies by code."""
        return self._book.refs

    @property
    def processes(self) -> dict[str, Text]:
        """Names of processes by key, of their newest version."""
        return self._book.processes

    def agencies(self) -> tuple[AgencyRef, ...]:
        """Every agency."""
        return tuple(self.refs.values())

    def sign(self, code: str) -> str:
        """The agency's sign in document numbers."""
        return self._book.signs[code]

    def template_used(self, agency: str, paper: str) -> str | None:
        """The content hash of the agency's own template of a document; None when it uses the one that ships."""
        return self._book.editions.get((agency, paper))

    def template_reads(self, digest: str) -> frozenset[str] | None:
        """The facts that a stored template names; None for one that is not stored."""
        return self._book.templates.get(digest)

    def in_region(self, code: str) -> tuple[AgencyRef, ...]:
        """Agencies that work in the region of `code`."""
        return tuple(ref for ref in self.agencies() if ref.region == self.refs[code].region)

    def below(self, code: str) -> frozenset[str]:
        """Agencies that `code` supervises, at any depth."""
        if code not in self._book.below:
            found: set[str] = set()
            layer = {code}
            while layer:
                layer = {ref.code for ref in self.agencies() if ref.parent in layer} - found
                found |= layer
            self._book.below[code] = frozenset(found)
        return self._book.below[code]

    def names(self, ids: Iterable[UUID | None]) -> dict[UUID, str]:
        """Officers' names by id."""
        wanted = {officer for officer in ids if officer is not None}
        known = self._book.names
        missing = wanted - known.keys()
        if missing:
            known.update(self._connection.execute(select(Officer.id, Officer.name).where(Officer.id.in_(missing))).all())
        return {officer: known[officer] for officer in wanted if officer in known}

    def names_of(self, usernames: Iterable[str]) -> dict[str, str]:
        """Officers' names by username."""
        wanted = set(usernames)
        if not wanted:
            return {}
        return dict(self._connection.execute(select(Officer.username, Officer.name).where(Officer.username.in_(wanted))).all())

    def agencies_of(self, ids: Iterable[UUID]) -> dict[UUID, AgencyRef]:
        """Officers' agencies by officer id."""
        rows = self._connection.execute(select(Officer.id, Officer.agency).where(Officer.id.in_(set(ids))))
        return {officer_id: self.refs[agency] for officer_id, agency in rows}

    def officers(self, agency: str) -> tuple[Member, ...]:
        """Active officers of an agency, by username."""
        known = self._book.members
        if agency not in known:
            known[agency] = tuple(map(_member, self._connection.execute(MEMBERS, {"agency": agency})))
        return known[agency]

    def holding(self, agency: str, role: str) -> tuple[Member, ...]:
        """Active officers of `agency` who may do tasks of `role`."""
        return tuple(member for member in self.officers(agency) if may_act_as(member.roles, role))

    def by_function(self, function: str, near: str) -> str | None:
        """The agency with `function` in the region of `near`, else at its level, else anywhere."""
        return nearest(self.agencies(), function, self.refs[near])

    def cases_of_subject(self, name: str, code: str, besides: UUID | None = None) -> tuple[RelatedCase, ...]:
        """Cases whose subject has this name or code."""
        wanted = [(key, found_by(key, text)) for key, text in zip(SUBJECT, (name, code), strict=True) if text]
        found: dict[UUID, RelatedCase] = {}
        for key, text in wanted:
            rows = self._connection.execute(
                select(Case.id, Case.number, Case.title, Case.status)
                .join(Fact, Fact.case == Case.id)
                .where(Fact.name == key, Fact.text == text, Fact.is_looked_up(), Fact.scope == "")
                .order_by(Case.opened_at.desc())
                .limit(20)
            )
            found |= {row.id: RelatedCase(row.id, row.number, row.title, row.status) for row in rows if row.id != besides}
        return tuple(found.values())

    def cases_led_by(self, code: str) -> int:
        """How many cases that are not over the agency leads."""
        leading = (Participant.agency == code) & (Participant.capacity == "lead") & Participant.until.is_(None)
        under_way = (
            select(func.count()).select_from(Participant).join(Case, Case.id == Participant.case).where(leading, Case.closed_at.is_(None))
        )
        return self._connection.scalar(under_way) or 0


def found_by(name: str, value: Any) -> str:
    """The text by which the fact `name` is looked up; empty for all but those of the subject."""
    return value[:MAX_SUBJECT] if name in SUBJECT and isinstance(value, str) else ""


def _member(row: Row[*tuple[Any, ...]]) -> Member:
    return Member(row.id, row.username, row.name, row.agency, frozenset(row.roles), row.certificate, row.certificate_until)


def may_act_as(roles: frozenset[str], role: str) -> bool:
    """Whether somebody with `roles` may do a task of `role`: who presides acts as the head (令310 第五条), a deputy does not."""
    return role in roles or (role == "head" and "presiding" in roles)


def participants_of(session: Session, directory: Directory, case: Case) -> tuple[ParticipantRef, ...]:
    """Who takes part now, in the order in which they came."""
    rows = session.scalars(
        select(Participant).where(Participant.case == case.id, Participant.until.is_(None)).order_by(Participant.since, Participant.id)
    )
    return tuple(ParticipantRef(directory.refs[row.agency], row.capacity) for row in rows)


class Agencies(Protocol):
    """The agencies there are."""

    @property
    def refs(self) -> Mapping[str, AgencyRef]:
        """Each by its code."""

    def by_function(self, function: str, near: str) -> str | None:
        """The agency with `function` in the region of `near`, else at its level, else anywhere."""


def resolve(
    agency: str, branch: str, receiving: str, participants: Callable[[], tuple[ParticipantRef, ...]], directory: Agencies
) -> str | None:
    """The agency code that a lane's `agency` means in a case that `receiving` opened, or None when nobody has that part yet."""
    if agency == "member":
        return branch.rsplit("/", 1)[-1] or None
    if agency == "receiving":
        return receiving
    if agency not in LANE_CAPACITIES:
        return directory.by_function(agency, receiving)
    by_capacity = {part.capacity: part.agency.code for part in participants()}
    if agency == "superior" and "superior" not in by_capacity:
        return directory.refs[receiving].parent or receiving
    return by_capacity.get(agency)


def pick_assignee(directory: Directory, lanes: Mapping[str, str], agency: str, role: str, recused: Collection[str] = ()) -> UUID | None:
    """Who gets a new task: whoever did the last one of this lane in this case, or the only one who can; otherwise the pool.

    Nobody among the usernames of `recused` gets one (行政处罚法 第四十三条).
    """
    able = {member.id for member in directory.holding(agency, role) if member.username not in recused}
    latest = lanes.get(lane(agency, role))
    if latest is not None and UUID(hex=latest) in able:
        return UUID(hex=latest)
    return next(iter(able)) if len(able) == 1 else None


def lane(agency: str, role: str) -> str:
    """The key of a lane in `Case.lanes`."""
    return f"{agency}/{role}"
