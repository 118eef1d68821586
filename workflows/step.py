"""One step of one case: what it has in hand between the lock and the commit, and how it begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from workflows import directory as who
from workflows import in_hand
from workflows.contracts import CaseToOpen, ParticipantRef
from workflows.database import connection_of
from workflows.desk import Desk
from workflows.engine.bundle import SHELF, Bundle
from workflows.engine.diagram import Element
from workflows.engine.elements import EngineError
from workflows.engine.running_case import RunningCase
from workflows.engine.state import UnknownState
from workflows.errors import DataDamaged, HandlerFailed
from workflows.facts import Facts
from workflows.forms import confidential
from workflows.in_hand import CaseInHand, ClockInHand, Hand, PartInHand, TaskInHand
from workflows.records import Bundle as BundleRow
from workflows.registers.entering import Entering
from workflows.views import Officer
from workflows.writing import Writes

log = structlog.get_logger()
CONTENT = select(BundleRow.content).where(BundleRow.digest == bindparam("digest"))


@dataclass
class Step:
    """One step of one case, from the lock to the commit."""

    desk: Desk
    connection: Connection
    """The step's transaction."""
    case: CaseInHand
    officer: Officer | None
    now: datetime
    bundle: Bundle
    facts: Facts
    running: RunningCase
    people: who.Directory
    tasks: dict[UUID, TaskInHand]
    """Open tasks of the case by id."""
    clocks: list[ClockInHand]
    """Clocks of the case that run."""
    known_parts: list[PartInHand] | None = None
    """Who takes part, where it was read already: `parts`."""
    writes: Writes = field(default_factory=Writes)
    notes: list[dict[str, str]] = field(default_factory=list)
    papers: list[dict[str, str]] = field(default_factory=list)
    """Documents that this step issued: name and number of each."""
    task: TaskInHand | None = None
    """The task that is being completed: facts of the step come from it."""
    entering: Entering | None = None
    """What services enter into the registers, once one does."""
    cases: list[CaseToOpen] = field(default_factory=list)
    """Cases that a service wants opened under this one."""
    relation: str = ""
    """What the case, when it is opened, is to its parent."""
    suspends: bool = False
    """Whether the case, when it is opened, lets its parent rest."""
    timers: set[UUID] = field(default_factory=set)
    """The timer events that have a clock, which has their id."""

    @property
    def parts(self) -> list[PartInHand]:
        """Who takes part now, in the order in which they came; read when first asked for."""
        if self.known_parts is None:
            self.known_parts = in_hand.parts_of(self.connection, self.case.id)
        return self.known_parts

    @property
    def participants(self) -> tuple[ParticipantRef, ...]:
        """Who takes part now, in the order in which they came."""
        return tuple(ParticipantRef(self.people.refs[part.agency], part.capacity) for part in self.parts)

    def agency_of(self, element: Element, branch: str) -> str:
        """The agency that the lane of `element` means in `branch`; the one that opened the case where nobody has that part."""
        return self._meant(element, branch) or self.case.agency

    def agency_present(self, element: Element, branch: str) -> str:
        """The same for what an agency must do or wait for itself. Raises HandlerFailed where nobody has that part."""
        agency = self._meant(element, branch)
        if agency is None or agency not in self.people.refs:
            raise cannot_move(EngineError(f"{element.id}: no agency takes part as {element.agency!r} (branch {branch!r})"))
        return agency

    def _meant(self, element: Element, branch: str) -> str | None:
        return who.resolve(element.agency, branch, self.case.agency, lambda: self.participants, self.people)


def begin(desk: Desk, people: who.Directory, hand: Hand, officer: Officer | None) -> Step:
    """Restore the case in `hand` for one step. Raises DataDamaged."""
    bundle = bundle_of(hand.connection, hand.case.digest)
    try:
        running = RunningCase.restore(bundle, hand.facts, hand.case.state)
    except UnknownState as error:
        raise DataDamaged(f"案件状态无法读取：{error}", f"The state of the case cannot be read: {error}") from error
    step = Step(desk, hand.connection, hand.case, officer, desk.now(), bundle, hand.facts, running, people, hand.tasks, hand.clocks)
    if "timer" in bundle.waits_for:
        step.timers = {event.id for event in running.timers()}
    return step


def bundle_of(work: Session | Connection, digest: str) -> Bundle:
    """The parsed bundle of a digest, from the shelf of this process."""
    return SHELF.bundle(digest, lambda: connection_of(work).execute(CONTENT, {"digest": digest}).scalar_one())


def facts_of(session: Session, case: UUID) -> Facts:
    """The stored facts of a case by branch."""
    return in_hand.facts_of(session.connection(), case)


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
