"""One step of one case: what it has in hand between the lock and the commit, and how it begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import directory as who
from workflows.contracts import ParticipantRef
from workflows.desk import Desk
from workflows.engine.bundle import SHELF, Bundle
from workflows.engine.diagram import Element
from workflows.engine.running_case import RunningCase
from workflows.engine.state import UnknownState
from workflows.errors import DataDamaged, HandlerFailed
from workflows.facts import Facts
from workflows.forms import confidential
from workflows.records import Bundle as BundleRow
from workflows.records import Case, Fact, Task
from workflows.views import Officer

log = structlog.get_logger()


@dataclass
class Step:
    """One step of one case, from the lock to the commit."""

    desk: Desk
    session: Session
    case: Case
    officer: Officer | None
    now: datetime
    bundle: Bundle
    facts: Facts
    running: RunningCase
    people: who.Directory
    participants: tuple[ParticipantRef, ...]
    notes: list[dict[str, str]] = field(default_factory=list)
    task: Task | None = None
    """The task that is being completed: facts of the step come from it."""


def begin(desk: Desk, session: Session, case: Case, officer: Officer | None) -> Step:
    """Restore `case`, whose row is locked, for one step."""
    bundle = bundle_of(session, case.digest)
    facts = facts_of(session, case.id)
    try:
        running = RunningCase.restore(bundle, facts, case.state)
    except UnknownState as error:
        raise DataDamaged(f"案件状态无法读取：{error}", f"The state of the case cannot be read: {error}") from error
    people = who.Directory(session)
    return Step(desk, session, case, officer, desk.now(), bundle, facts, running, people, who.participants_of(session, people, case))


def bundle_of(session: Session, digest: str) -> Bundle:
    """The parsed bundle of a digest, from the shelf of this process."""
    return SHELF.bundle(digest, lambda: session.get_one(BundleRow, digest).content)


def facts_of(session: Session, case: UUID) -> Facts:
    """The stored facts of a case by branch."""
    stored: dict[str, dict[str, Any]] = {}
    for branch, name, value in session.execute(select(Fact.scope, Fact.name, Fact.value).where(Fact.case == case)):
        stored.setdefault(branch, {})[name] = value
    return Facts(stored)


def journal_answers(bundle: Bundle, element: Element, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as the record may hold them: confidential ones (the reporter's identity) stay out."""
    secret = confidential(bundle.forms[element.form]) if element.form else {}
    return {key: ("***" if key in secret and value else value) for key, value in answers.items()}


def cannot_move(error: Exception) -> HandlerFailed:
    """The error to raise when the engine or a table refuses; the details go to the log."""
    log.error("case_cannot_move", error=str(error))
    return HandlerFailed(
        f"流程无法继续：{error}。案件保持原状，已填内容未丢失；请联系流程设计人员。",
        f"The case cannot move on: {error}. It stays where it was; tell the process designer.",
    )
