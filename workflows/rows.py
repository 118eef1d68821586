"""Building the frozen rows of lists from table rows: names filled in, lights computed, each look-up made once a page."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from workflows.contracts import AgencyRef, Text
from workflows.directory import Directory
from workflows.errors import OneCaseError
from workflows.in_hand import CaseInHand, TaskInHand
from workflows.records import Case, Participant, Task, Version
from workflows.ticking import light
from workflows.views import CaseRef, CaseRow, Page, TaskRow

MAX_LIMIT = 100
FAR = datetime(9999, 12, 31, tzinfo=UTC)
"""Stands for "no due moment" in the order of lists: such tasks come last."""


def case_ref(case: Case | CaseInHand | CaseRef) -> CaseRef:
    """The head of a case."""
    return CaseRef(case.id, case.number, case.title, case.process, case.status)


def process_names(session: Session) -> dict[str, Text]:
    """Names of processes by key, of their newest version."""
    rows = session.execute(select(Version.process, Version.name, Version.name_en).order_by(Version.number))
    return {key: Text(name, name_en) for key, name, name_en in rows}


def task_rows(
    _session: Session, people: Directory, now: datetime, found: Iterable[tuple[Task | TaskInHand, Case | CaseRef]]
) -> tuple[TaskRow, ...]:
    """Inbox lines for tasks with their cases."""
    pairs = list(found)
    names = people.names([*(task.assignee for task, _ in pairs), *(task.completed_by for task, _ in pairs)])
    processes = people.processes
    return tuple(
        TaskRow(
            id=task.id,
            name=Text(task.name, task.name_en),
            element=task.element,
            process=task.process,
            process_name=processes.get(case.process, Text(case.process)),
            case=case_ref(case),
            agency=people.refs[task.agency],
            role=task.role,
            scope=task.scope,
            assignee=task.assignee.hex if task.assignee else None,
            assignee_name=names.get(task.assignee) if task.assignee else None,
            state=task.state,
            opened_at=task.opened_at,
            due=task.due_at,
            light=light(now, task.warn_at, task.due_at) if task.state == "open" else None,
            completed_at=task.completed_at,
            completed_by=names.get(task.completed_by) if task.completed_by else None,
            urged=task.urged,
        )
        for task, case in pairs
    )


def case_rows(session: Session, people: Directory, now: datetime, cases: Sequence[Case]) -> tuple[CaseRow, ...]:
    """Lines of a list of cases, with what is open in each."""
    ids = [case.id for case in cases]
    open_tasks: dict[UUID, list[Task]] = {}
    for task in session.scalars(select(Task).where(Task.case.in_(ids), Task.state == "open").order_by(Task.due_at, Task.id)):
        open_tasks.setdefault(task.case, []).append(task)
    leads = leads_of(session, people, ids)
    return tuple(
        CaseRow(
            case=case_ref(case),
            lead=leads.get(case.id),
            opened_at=case.opened_at,
            closed_at=case.closed_at,
            light=worst(now, open_tasks.get(case.id, [])),
            open_tasks=len(open_tasks.get(case.id, [])),
            steps=tuple(dict.fromkeys(Text(task.name, task.name_en) for task in open_tasks.get(case.id, [])))[:4],
        )
        for case in cases
    )


def leads_of(session: Session, people: Directory, cases: Sequence[UUID]) -> dict[UUID, AgencyRef]:
    """The lead agency of each case that has one."""
    rows = session.execute(
        select(Participant.case, Participant.agency).where(
            Participant.case.in_(cases), Participant.capacity == "lead", Participant.until.is_(None)
        )
    )
    return {case: people.refs[agency] for case, agency in rows}


def worst(now: datetime, tasks: Iterable[Task]) -> str | None:
    """The worst light of open tasks."""
    lights = {light(now, task.warn_at, task.due_at) for task in tasks}
    return next((colour for colour in ("red", "yellow", "green") if colour in lights), None)


def light_is(colour: str, now: datetime) -> ColumnElement[bool]:
    """The condition on `Task` under which its light is `colour` (`none`: no clock)."""
    if colour == "red":
        return Task.due_at < now
    if colour == "yellow":
        return and_(Task.due_at >= now, Task.warn_at <= now)
    if colour == "green":
        return and_(Task.due_at >= now, Task.warn_at > now)
    if colour == "none":
        return Task.due_at.is_(None)
    raise OneCaseError(f"没有这种灯色：{colour}。", f"There is no light {colour!r}: use red, yellow, green or none.")


def matches(text: str) -> ColumnElement[bool]:
    """The condition on a task or case line under which `text` is in its number, title or step."""
    pattern = f"%{_escaped(text)}%"
    return or_(Case.number.like(pattern, escape="\\"), Case.title.like(pattern, escape="\\"), Task.name.like(pattern, escape="\\"))


def case_matches(text: str) -> ColumnElement[bool]:
    """The same for a list of cases."""
    pattern = f"%{_escaped(text)}%"
    return or_(Case.number.like(pattern, escape="\\"), Case.title.like(pattern, escape="\\"))


def _escaped(text: str) -> str:
    return text.strip()[:100].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def page(
    session: Session,
    query: Select[*tuple[Any, ...]],
    *,
    moment: InstrumentedAttribute[Any],
    key: InstrumentedAttribute[Any],
    newest_first: bool,
    cursor: str | None,
    limit: int,
) -> tuple[list[Any], str | None, int]:
    """One key-set page of `query` ordered by (`moment`, `key`): its rows, the next cursor, the count of the whole list.

    Rows without a moment come last. Nothing is cut silently: a page that is not the last has a cursor.
    """
    if not 1 <= limit <= MAX_LIMIT:
        raise OneCaseError(f"每页条数须在 1 到 {MAX_LIMIT} 之间。", f"A page has between 1 and {MAX_LIMIT} items.")
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    order = func.coalesce(moment, FAR) if not newest_first else moment
    if cursor:
        at, last = _read_cursor(cursor)
        later = or_(order < at, and_(order == at, key < last)) if newest_first else or_(order > at, and_(order == at, key > last))
        query = query.where(later)
    query = query.order_by(order.desc(), key.desc()) if newest_first else query.order_by(order, key)
    rows = list(session.execute(query.add_columns(moment.label("page_moment"), key.label("page_key")).limit(limit + 1)))
    following = None
    if len(rows) > limit:
        rows = rows[:limit]
        following = _write_cursor(rows[-1].page_moment or FAR, rows[-1].page_key)
    return rows, following, total


def _write_cursor(at: datetime, key: UUID) -> str:
    return base64.urlsafe_b64encode(json.dumps([at.isoformat(), key.hex]).encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[datetime, UUID]:
    try:
        at, key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return datetime.fromisoformat(at).astimezone(UTC), UUID(hex=key)
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise OneCaseError("翻页位置无效，请从第一页开始。", "The cursor is not valid; start from the first page.") from error


def as_page(items: Iterable[Any], following: str | None, total: int) -> Page[Any]:
    """The frozen page."""
    return Page(tuple(items), following, total)
