"""A procedure of its own under a case (关联程序): which ones an officer may open there, and opening one.

Which process may stand under another case, and who opens it, is said by its bundle (`under` in `bundle.yaml`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import access, advance, case_family, journal
from workflows.contracts import ParticipantChange, Text
from workflows.desk import Desk
from workflows.directory import Directory, participants_of
from workflows.engine.bundle import Under
from workflows.errors import NotAllowed, WrongAnswers
from workflows.records import Case, Version
from workflows.rows import case_ref
from workflows.step import bundle_of, facts_of
from workflows.views import CaseRef, Officer, OpenableProcess
from workflows.vocabulary import RELATIONS

MAX_TITLE = 200
ALONG = frozenset({"lead", "member", "superior", "police", "procuratorate"})
"""Capacities that take part in what is opened under their case as well."""


def openable(desk: Desk, officer: Officer, case_id: UUID) -> tuple[OpenableProcess, ...]:
    """Processes that the officer may open under the case now. Raises NotFound."""
    with desk.database.reading() as session:
        case = access.find_case(session, Directory(session), officer, case_id)
        if case.status not in case_family.UNFINISHED:
            return ()
        return tuple(
            OpenableProcess(version.process, Text(version.name, version.name_en), suspends=under.suspends)
            for version, under in _standing_under(session)
            if officer.roles & under.roles
        )


def open_case(desk: Desk, officer: Officer, case_id: UUID, *, process: str, title: str, facts: Mapping[str, Any]) -> CaseRef:
    """Open a case of `process` under the case `case_id`, at the officer's agency; the parent's parties come along.

    The facts that the bundle inherits are the parent's, `facts` come over them. Raises NotFound, NotAllowed without a role that may,
    WrongAnswers for a missing title, an unknown process or a parent that is over.
    """
    with desk.database.transaction() as session:
        people = Directory(session)
        parent = access.find_case(session, people, officer, case_id, lock=True)
        version, under = _wanted(session, officer, parent, process)
        words = title.strip().replace("\x00", "")[:MAX_TITLE] or f"{version.name}：{parent.title}"[:MAX_TITLE]
        sheet = facts_of(session, parent.id)
        known = {**sheet.view(), "recused_officers": list(sheet.recused())}
        step = advance.open_case(
            desk,
            session.connection(),
            officer,
            version=version,
            title=words,
            facts={**{name: known[name] for name in under.inherits if name in known}, **facts},
            agency=officer.agency.code,
            parent=parent,
            participants=_along(session, people, parent),
            relation=process if process in RELATIONS else "related",
            suspends=under.suspends,
        )
        if under.suspends:
            parent.status = "suspended"
        payload = {"case": step.case.number, "title": words, "process": process, "suspends": under.suspends}
        journal.write(session, case=parent, kind="case_opened_under", at=desk.now(), officer=officer, payload=payload)
        return case_ref(step.case)


def _wanted(session: Session, officer: Officer, parent: Case, process: str) -> tuple[Version, Under]:
    found = next((pair for pair in _standing_under(session) if pair[0].process == process), None)
    if found is None:
        raise WrongAnswers({"process": ("没有可在案件下发起的此类程序。", "No such procedure is opened under a case.")})
    if parent.status not in case_family.UNFINISHED:
        raise WrongAnswers({"process": ("本案已办结，不能再发起关联程序。", "The case is over; nothing is opened under it any more.")})
    if not officer.roles & found[1].roles:
        raise NotAllowed("您的角色不能发起此类程序。", "Your role may not open this procedure.")
    return found


def _standing_under(session: Session) -> list[tuple[Version, Under]]:
    newest = {row.process: row for row in session.scalars(select(Version).order_by(Version.number))}
    bundles = [(row, bundle_of(session, row.digest).under) for row in newest.values()]
    return [(row, under) for row, under in bundles if under is not None]


def _along(session: Session, people: Directory, parent: Case) -> tuple[ParticipantChange, ...]:
    parts = participants_of(session, people, parent)
    return tuple(ParticipantChange(part.agency.code, part.capacity, f"参与 {parent.number}") for part in parts if part.capacity in ALONG)
