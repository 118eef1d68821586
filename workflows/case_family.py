"""What a case under another does to that one: it lets it rest, wakes it when the last one that did so is closed, and says so."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, func, select, update

from workflows import journal, posting
from workflows.contracts import Message, Text
from workflows.errors import GateClosed
from workflows.records import Case, Participant
from workflows.step import Step

UNFINISHED = ("open", "suspended")
TOLD = ("lead", "receiving")
"""Capacities whose agency hears that a case under theirs is closed: the first of them that takes part."""
_CASE = Case.__table__.c


def refuse_while_suspended(connection: Connection, case: UUID, status: str) -> None:
    """Raise GateClosed naming the cases for which a suspended one waits."""
    if status != "suspended":
        return
    waited = select(_CASE.number).where(_CASE.parent == case, _CASE.suspends, _CASE.status.in_(UNFINISHED)).order_by(_CASE.opened_at)
    numbers = "、".join(connection.execute(waited).scalars())
    raise GateClosed(
        f"本案因 {numbers} 中止办理，该案办结后自动恢复。已填内容可以暂存，法定期限照常计算。",
        f"The case rests until {numbers} is closed. What you typed can be saved; statutory time runs on.",
    )


def closed(step: Step) -> None:
    """The case of `step` is closed: tell the one above it, and wake it when nothing else lets it rest."""
    if step.case.parent is None:
        return
    parent = step.connection.execute(
        select(_CASE.id, _CASE.number, _CASE.status, _CASE.record_length, _CASE.record_head, _CASE.row_version)
        .where(_CASE.id == step.case.parent)
        .with_for_update()
    ).one()
    wakes = parent.status == "suspended" and not _others(step, parent)
    payload = {"case": step.case.number, "title": step.case.title, "resumed": wakes}
    told = journal.line(
        str(parent.id), parent.record_length, parent.record_head, kind="case_under_closed", at=step.now, officer=None, payload=payload
    )
    step.writes.add("event", told)
    changed = {"record_length": told["seq"], "record_head": told["digest"], "row_version": parent.row_version + 1}
    step.connection.execute(update(Case).where(_CASE.id == parent.id).values(**changed, **({"status": "open"} if wakes else {})))
    _tell(step, parent, wakes=wakes)


def _others(step: Step, parent: Row[Any, Any, Any, Any, Any, Any]) -> int:
    still = (_CASE.parent == parent.id) & _CASE.suspends & _CASE.status.in_(UNFINISHED) & (_CASE.id != step.case.id)
    return step.connection.scalar(select(func.count()).where(still)) or 0


def _tell(step: Step, parent: Row[Any, Any, Any, Any, Any, Any], *, wakes: bool) -> None:
    table = Participant.__table__.c
    parts = step.connection.execute(
        select(table.capacity, table.agency).where(table.case == parent.id, table.until.is_(None), table.capacity.in_(TOLD))
    )
    by_capacity = {part.capacity: part.agency for part in parts}
    agency = next((by_capacity[capacity] for capacity in TOLD if capacity in by_capacity), None)
    if agency is None:
        return
    end = ("，本案恢复办理", "; the case goes on") if wakes else ("", "")
    message = Message(
        kind="case_under_closed",
        to_agency=agency,
        subject=Text(f"关联案件办结：{step.case.number}", f"Closed: {step.case.number}"),
        text=Text(
            f"{parent.number} 的关联案件「{step.case.title}」已办结{end[0]}。",
            f"{step.case.title}, under {parent.number}, is closed{end[1]}.",
        ),
    )
    step.writes.add("message", posting.row(key=f"under_closed:{step.case.id}", message=message, case=parent.id, at=step.now))
