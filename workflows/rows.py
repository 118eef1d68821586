"""Building the frozen rows of lists from table rows: names filled in, lights computed, each look-up made once a page."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Row, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, defer

from workflows.contracts import AgencyRef, Text
from workflows.directory import Directory
from workflows.errors import OneCaseError
from workflows.in_hand import CaseInHand, TaskInHand
from workflows.records import Case, Participant, Task
from workflows.ticking import light
from workflows.views import CaseRef, CaseRow, Page, TaskRow

T = TypeVar("T")
MAX_LIMIT = 100
FAR = datetime(9999, 12, 31, tzinfo=UTC)
"""Stands for "no due moment" where a few rows are put in order: they come last."""
COUNTED = 1000
"""Rows up to which a list is counted; a longer one says that more follow, and not how many."""
IN_LISTS = (defer(Task.draft), defer(Task.answers), defer(Task.outcome))
"""What lists leave in the database: they show a task's head, not what was written in it."""
_HEAD = tuple(column for column in Task.__table__.c if column.key not in {"draft", "answers", "outcome"})
_CASE_HEAD = tuple(Case.__table__.c[field.name].label(f"case_{field.name}") for field in fields(CaseRef))
_WITH_CASE = select(*_HEAD, *_CASE_HEAD).join_from(Task.__table__, Case.__table__)


def case_ref(case: Case | CaseInHand | CaseRef) -> CaseRef:
    """The head of a case."""
    return CaseRef(case.id, case.number, case.title, case.process, case.status)


def tasks_of(session: Session, keys: Sequence[UUID]) -> list[tuple[Row[Any], CaseRef]]:
    """The heads of a page's tasks with those of their cases, in the order of `keys`.

    Plain columns: a page is shown and forgotten, and objects that a session watches would cost half of its time.
    """
    found = session.execute(_WITH_CASE.where(Task.id.in_(keys)))
    return _in_order(keys, [(row, CaseRef(*row[len(_HEAD) :])) for row in found], lambda pair: pair[0].id)


def cases_of(session: Session, keys: Sequence[UUID]) -> list[Case]:
    """The cases of a page in the order of `keys`, without their states."""
    query = select(Case).where(Case.id.in_(keys)).options(defer(Case.state))
    return _in_order(keys, session.scalars(query).all(), lambda row: row.id)


def _in_order(keys: Sequence[UUID], rows: Iterable[T], key_of: Callable[[T], UUID]) -> list[T]:
    place = {key: number for number, key in enumerate(keys)}
    return sorted(rows, key=lambda row: place[key_of(row)])


def task_rows(
    people: Directory, now: datetime, found: Iterable[tuple[Task | TaskInHand | Row[Any], Case | CaseRef]]
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
    waiting = select(Task).where(Task.case.in_(ids), Task.state == "open").order_by(Task.due_at, Task.id).options(*IN_LISTS)
    for task in session.scalars(waiting):
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
        return and_(Task.due_at >= now, or_(Task.warn_at.is_(None), Task.warn_at > now))
    if colour == "none":
        return Task.due_at.is_(None)
    raise OneCaseError(f"没有这种灯色：{colour}。", f"There is no light {colour!r}: use red, yellow, green or none.")


def matches(text: str) -> ColumnElement[bool]:
    """The condition on a task or case line under which `text` is in its number, title or step."""
    pattern = f"%{escaped(text)}%"
    return or_(Case.number.like(pattern, escape="\\"), Case.title.like(pattern, escape="\\"), Task.name.like(pattern, escape="\\"))


def case_matches(text: str) -> ColumnElement[bool]:
    """The same for a list of cases."""
    pattern = f"%{escaped(text)}%"
    return or_(Case.number.like(pattern, escape="\\"), Case.title.like(pattern, escape="\\"))


def escaped(text: str) -> str:
    """`text` as a part of a LIKE pattern whose escape is a backslash; at most a hundred characters of it."""
    return text.strip()[:100].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def page(
    session: Session,
    keys: Select[*tuple[Any, ...]],
    *,
    moment: InstrumentedAttribute[Any],
    key: InstrumentedAttribute[UUID],
    newest_first: bool = False,
    cursor: str | None,
    limit: int,
    total: int | None = None,
    count_to: int | None = COUNTED,
) -> tuple[list[UUID], str | None, int | None]:
    """One key-set page of a list ordered by (`moment`, `key`), a moment or a day: the keys of its rows, the next cursor, the length of the whole list.

    `keys` selects (`moment`, `key`) of every row of the list, and nothing else: an index answers it, and only the rows of the page are
    read whole. Rows without a moment come last. Nothing is cut silently: a page that is not the last has a cursor. A caller that knows
    the length gives `total`; otherwise rows are counted, at most `count_to` of them (None: all), and a longer list has the length None.
    """
    if not 1 <= limit <= MAX_LIMIT:
        raise OneCaseError(f"每页条数须在 1 到 {MAX_LIMIT} 之间。", f"A page has between 1 and {MAX_LIMIT} items.")
    found: list[Any] = []
    dated = isinstance(moment.property.columns[0].type, Date)
    for part in _parts(keys, moment, key, newest_first, _read_cursor(cursor, dated=dated) if cursor else None):
        if len(found) <= limit:
            found += session.execute(part.limit(limit + 1 - len(found)))
    following = _write_cursor(*found[limit - 1]) if len(found) > limit else None
    if total is None:
        total = len(found) if not cursor and following is None else _counted(session, keys, count_to)
    return [row[1] for row in found[:limit]], following, total


def _parts(
    keys: Select[*tuple[Any, ...]],
    moment: InstrumentedAttribute[Any],
    key: InstrumentedAttribute[UUID],
    newest_first: bool,
    after: tuple[datetime | date | None, UUID] | None,
) -> Iterator[Select[*tuple[Any, ...]]]:
    # In two parts, since no index has one order over moments and "none" that both databases would walk.
    dated, undated = keys.where(moment.is_not(None)), keys.where(moment.is_(None))
    dated = dated.order_by(moment.desc(), key.desc()) if newest_first else dated.order_by(moment, key)
    undated = undated.order_by(key.desc() if newest_first else key)
    at, last = after or (None, None)
    if at is not None:
        # The first half alone would do for an index to begin at; `or_` alone would not.
        begins, beyond = (moment <= at, moment < at) if newest_first else (moment >= at, moment > at)
        dated = dated.where(begins, or_(beyond, key < last if newest_first else key > last))
    elif last is not None:
        undated = undated.where(key < last if newest_first else key > last)
    if at is not None or last is None:
        yield dated
    if moment.property.columns[0].nullable:
        yield undated


def _counted(session: Session, keys: Select[*tuple[Any, ...]], most: int | None) -> int | None:
    if most == 0:
        return None
    bounded = keys if most is None else keys.limit(most + 1)
    number = session.scalar(select(func.count()).select_from(bounded.subquery())) or 0
    return None if most is not None and number > most else number


def _write_cursor(at: datetime | date | None, key: UUID) -> str:
    return base64.urlsafe_b64encode(json.dumps([at.isoformat() if at else None, key.hex]).encode()).decode().rstrip("=")


def _read_cursor(cursor: str, *, dated: bool) -> tuple[datetime | date | None, UUID]:
    try:
        at, key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if at is None:
            return None, UUID(hex=key)
        return date.fromisoformat(at) if dated else datetime.fromisoformat(at).astimezone(UTC), UUID(hex=key)
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise OneCaseError("翻页位置无效，请从第一页开始。", "The cursor is not valid; start from the first page.") from error


def as_page(items: Iterable[Any], following: str | None, total: int | None) -> Page[Any]:
    """The frozen page."""
    return Page(tuple(items), following, total)
