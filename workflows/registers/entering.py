"""Writing into the registers, for a step or an import: whoever is meant is found first, so that nobody is entered twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import singledispatchmethod
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, select

from workflows.records import Penalty, Subject, SubjectName
from workflows.register_rows import (
    NewAdRefusal,
    NewAdViolation,
    NewPenalty,
    NewPerson,
    NewSubject,
    PenaltyStatus,
    RegisterEntry,
)
from workflows.registers import names
from workflows.registers.codes import Identity, tidy
from workflows.writing import Writes

LONGEST_NAME, LONGEST_NUMBER, LONGEST_CODE = 200, 80, 30
NOBODY = Identity()
Line = dict[str, str]


@dataclass
class Entering:
    """Entries of one step or one import: rows go into `writes`, and whoever was new a moment ago is known to the next entry."""

    connection: Connection
    writes: Writes
    salt: str
    """Of the digests of identity numbers."""
    case: UUID | None
    officer: UUID | None
    at: datetime
    known: dict[tuple[str, str], UUID] = field(default_factory=dict)
    """Subjects of this step by (kind of key, key)."""
    codes: dict[UUID, str] = field(default_factory=dict)
    """Their codes, '' without one."""
    lines: list[Line] = field(default_factory=list)
    """One for the record each: register, subject, number."""

    @singledispatchmethod
    def enter(self, entry: RegisterEntry) -> None:
        """Write one entry. Raises LookupError for a penalty that there is not, ValueError for what no column holds."""
        raise TypeError(type(entry).__name__)

    @enter.register
    def _(self, entry: NewSubject) -> None:
        subject = self.subject(entry.name, entry.code, entry.kind, ownership=entry.ownership)
        for name in entry.names:
            self._name(subject, name)
            self.known.setdefault((f"name {entry.kind == 'person'}", names.key(name)), subject)
        for person in entry.people:
            self.person(subject, person)
        self._told("subjects", entry.name, entry.code)

    @enter.register
    def _(self, entry: NewPenalty) -> None:
        self.enter_penalty(entry, Identity.of(entry.id_number, self.salt))

    @enter.register
    def _(self, entry: PenaltyStatus) -> None:
        found = self.connection.execute(select(Penalty.__table__).where(Penalty.id == entry.penalty)).one_or_none()
        if found is None:
            raise LookupError(f"登记簿中没有这一处罚 / no such penalty: {entry.penalty}")
        copy = found.certified_copy if entry.certified_copy is None else entry.certified_copy
        changed = {"status": entry.status, "status_reason": entry.reason[:300], "certified_copy": copy}
        self.writes.add("penalty_status", {"changed_id": entry.penalty, **changed})
        self._told("penalties", found.subject_name, found.number)

    @enter.register
    def _(self, entry: NewAdViolation) -> None:
        _bounded(entry.number, LONGEST_NUMBER)
        row = {name: getattr(entry, name) for name in ("act_on", "decided_on", "basis", "number")}
        self.writes.add("ad_violation", {"id": uuid4(), "subject": self._advertiser(entry), **row, **self._by()})
        self._told("advertisements", entry.subject_name, entry.number)

    @enter.register
    def _(self, entry: NewAdRefusal) -> None:
        _bounded(entry.number, LONGEST_NUMBER)
        if entry.until < entry.since:
            raise ValueError("不予受理的截止日早于起始日 / the refusal ends before it begins")
        row = {name: getattr(entry, name) for name in ("since", "until", "number")}
        row |= {"basis": entry.basis[:LONGEST_NAME]}
        self.writes.add("ad_refusal", {"id": uuid4(), "subject": self._advertiser(entry), **row, **self._by()})
        self._told("advertisements", entry.subject_name, entry.number)

    def enter_penalty(self, entry: NewPenalty, identity: Identity) -> UUID:
        """Write a penalty; returns whose it is. `identity` stands for the entry's identity number."""
        _bounded(entry.number, LONGEST_NUMBER)
        subject = self.punished(entry, identity)
        row = {name: getattr(entry, name) for name in PENALTY_FIELDS}
        row |= {
            "id": uuid4(),
            "subject": subject,
            "subject_code": tidy(entry.subject_code),
            "kinds": list(entry.kinds),
            "status_reason": "",
        }
        self.writes.add("penalty", {**row, **self._by()})
        self._told("penalties", entry.subject_name, entry.number)
        return subject

    def person(self, subject: UUID, person: NewPerson) -> None:
        """Somebody behind a subject; who is there already is not entered again."""
        _bounded(person.name, LONGEST_NAME)
        identity = Identity.of(person.id_number, self.salt)
        row = {"id": uuid4(), "subject": subject, "part": person.part, "key": names.key(person.name), "name": person.name.strip()}
        self.writes.add("subject_person", {**row, "id_digest": identity.digest, "id_last": identity.last, "case": self.case})

    def subject(self, name: str, code: str, kind: str, *, ownership: str = "unknown", identity: Identity = NOBODY) -> UUID:
        """The id of the subject, which is entered when nobody has it yet; a code or an ownership learnt now is kept."""
        name, code = name.strip(), tidy(code)
        _bounded(name, LONGEST_NAME)
        if len(code) > LONGEST_CODE:
            raise ValueError(f"代码过长 / the code is too long: {code}")
        sure = [pair for pair in (("code", code), ("identity", identity.digest)) if pair[1]]
        by_name = [] if kind == "person" and identity.digest else [(f"name {kind == 'person'}", names.key(name))]
        found = next((self.known[pair] for pair in sure if pair in self.known), None) or self._just_named(by_name, code)
        if found is None:
            found = self._stored(name, code, kind, identity, ownership) or self._new(name, code, kind, identity, ownership)
        self.known |= dict.fromkeys((*sure, *by_name), found)
        self.codes.setdefault(found, code)
        self._name(found, name)
        return found

    def _just_named(self, by_name: list[tuple[str, str]], code: str) -> UUID | None:
        """Who was entered under this name a moment ago, unless the codes say that these are two."""
        found = next((self.known[pair] for pair in by_name if pair in self.known), None)
        if found is None or (code and self.codes[found]):
            return None
        if code:
            self.codes[found] = code
            self.writes.add("subject_coded", {"changed_id": found, "code": code})
        return found

    def _stored(self, name: str, code: str, kind: str, identity: Identity, ownership: str) -> UUID | None:
        row = None
        if code:
            row = self.connection.execute(select(Subject.__table__).where(Subject.code == code)).one_or_none()
        elif identity.digest:
            same = select(Subject.__table__).where(Subject.id_digest == identity.digest, Subject.kind == "person")
            row = self.connection.execute(same.order_by(Subject.at).limit(1)).one_or_none()
        if row is None and not identity.digest:
            row = self._namesake(name, code, kind)
        if row is None:
            return None
        found = UUID(str(row.id))
        if code and row.code is None:
            self.writes.add("subject_coded", {"changed_id": found, "code": code})
        if ownership not in ("unknown", row.ownership):
            self.writes.add("subject_owned", {"changed_id": found, "ownership": ownership})
        self.codes[found] = row.code or code
        return found

    def _namesake(self, name: str, code: str, kind: str) -> Any:
        """The oldest subject of this very name. One with another code is another subject; a person is one without a number."""
        query = select(Subject.__table__).join(SubjectName, SubjectName.subject == Subject.id).where(SubjectName.key == names.key(name))
        if kind == "person":
            query = query.where(Subject.kind == "person", Subject.id_digest == "")
        else:
            query = query.where(Subject.kind != "person")
        if code:
            query = query.where(Subject.code.is_(None))
        return self.connection.execute(query.order_by(Subject.at, Subject.id).limit(1)).one_or_none()

    def _new(self, name: str, code: str, kind: str, identity: Identity, ownership: str) -> UUID:
        made = uuid4()
        row = {"id": made, "name": name, "code": code or None, "kind": kind, "ownership": ownership, "case": self.case, "at": self.at}
        self.writes.add("subject", {**row, "id_digest": identity.digest, "id_last": identity.last})
        return made

    def _name(self, subject: UUID, name: str) -> None:
        _bounded(name, LONGEST_NAME)
        self.writes.add("subject_name", {"subject": subject, "key": names.key(name), "core": names.core(name), "name": name.strip()})

    def punished(self, entry: NewPenalty, identity: Identity) -> UUID:
        """Whose penalty it is: known already where the same decision was entered before and says nothing else."""
        query = select(Penalty.subject, Penalty.subject_name, Subject.code).join(Subject, Subject.id == Penalty.subject)
        known = self.connection.execute(query.where(Penalty.authority == entry.authority, Penalty.number == entry.number)).one_or_none()
        if known and not identity.digest and _same(known, entry):
            return UUID(str(known.subject))
        kind = "person" if identity.digest else entry.subject_kind
        return self.subject(entry.subject_name, entry.subject_code, kind, identity=identity)

    def _advertiser(self, entry: NewAdViolation | NewAdRefusal) -> UUID:
        return self.subject(entry.subject_name, entry.subject_code, "institution")

    def _by(self) -> dict[str, Any]:
        return {"case": self.case, "officer": self.officer, "at": self.at}

    def _told(self, register: str, name: str, number: str) -> None:
        self.lines.append({"register": register, "name": f"{name.strip()} {number}".strip()})


PENALTY_FIELDS = (
    "subject_name", "act", "act_on", "decided_on", "authority", "function", "region", "source", "number", "fine", "status", "summary",
    "certified_copy",
)  # fmt: skip


def _same(known: Any, entry: NewPenalty) -> bool:
    code = tidy(entry.subject_code)
    return code == known.code if code else names.key(known.subject_name) == names.key(entry.subject_name)


def _bounded(text: str, longest: int) -> None:
    if not text.strip() or len(text) > longest:
        raise ValueError(f"名称或文号为空或超过 {longest} 字 / empty or longer than {longest} characters: {text[:40]!r}")
