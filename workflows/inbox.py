"""What waits for an officer: the lists, their badges, and the box of notices. Lists and badges share one predicate."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, defer

from workflows import access
from workflows.contracts import Text
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.errors import NotFound, OneCaseError
from workflows.records import Case, Follow, Notice, NoticeRead, Task
from workflows.rows import COUNTED, as_page, case_ref, light_is, matches, page, task_rows, tasks_of
from workflows.views import Counts, NoticeRow, Officer, Page, TaskRow

VIEWS = ("todo", "pool", "done", "started", "cc", "followed")
SORTS = ("due", "opened")
COUNTED_WHOLE = ("todo", "pool")
"""Lists with a badge: both say the same number, however large it is."""


def list_tasks(
    desk: Desk,
    officer: Officer,
    view: str,
    *,
    case: UUID | None = None,
    light: str | None = None,
    q: str = "",
    sort: str = "due",
    cursor: str | None = None,
    limit: int = 25,
) -> Page[TaskRow]:
    """One page of a list of tasks.

    `view`: `todo` assigned to me, `pool` to be claimed, `done` completed by me, `started` open in cases that I opened, `cc` and
    `followed` open in cases that were copied to me or that I follow. `sort`: `due` (soonest first) or `opened` (oldest first).
    """
    if sort not in SORTS:
        raise OneCaseError(f"排序方式须为 {'、'.join(SORTS)} 之一。", f"Sort by one of: {', '.join(SORTS)}.")
    now = desk.now()
    with desk.database.reading() as session:
        people = Directory(session)
        moment = Task.completed_at if view == "done" else Task.due_at if sort == "due" else Task.opened_at
        keys = select(moment, Task.id).where(_predicate(officer, people, view))
        if case is not None:
            keys = keys.where(Task.case == case)
        if light:
            keys = keys.where(Task.is_open(), light_is(light, now))
        if q.strip():
            keys = keys.join(Case, Case.id == Task.case).where(matches(q))
        found, following, total = page(
            session,
            keys,
            moment=moment,
            key=Task.id,
            newest_first=view == "done",
            cursor=cursor,
            limit=limit,
            count_to=None if view in COUNTED_WHOLE else COUNTED,
        )
        return as_page(task_rows(people, now, tasks_of(session, found)), following, total)


def counts(desk: Desk, officer: Officer) -> Counts:
    """The badges."""
    now = desk.now()
    with desk.database.reading() as session:
        red, yellow = (func.count().filter(light_is(colour, now)) for colour in ("red", "yellow"))
        todo, overdue, nearly = session.execute(select(func.count(), red, yellow).select_from(Task).where(access.mine(officer))).one()
        return Counts(
            todo=todo,
            pool=session.scalar(select(func.count()).select_from(Task).where(access.pool(officer))) or 0,
            todo_red=overdue,
            todo_yellow=nearly,
            notices=session.scalar(select(func.count()).select_from(Notice).where(_box(officer), ~_read(officer))) or 0,
        )


def notices(desk: Desk, officer: Officer, *, cursor: str | None = None, limit: int = 25) -> Page[NoticeRow]:
    """The officer's box of notices, newest first."""
    with desk.database.reading() as session:
        keys = select(Notice.at, Notice.id).where(_box(officer))
        found, following, total = page(session, keys, moment=Notice.at, key=Notice.id, newest_first=True, cursor=cursor, limit=limit)
        whole = select(Notice, Case).outerjoin(Case, Case.id == Notice.case).where(Notice.id.in_(found)).options(defer(Case.state))
        rows = session.execute(whole.order_by(Notice.at.desc(), Notice.id.desc())).all()
        read = {
            row.notice: row.at
            for row in session.scalars(select(NoticeRead).where(NoticeRead.officer == officer.id, NoticeRead.notice.in_(found)))
        }
        people = Directory(session)
        seen = _visible(session, people, officer, {found[1].id for found in rows if found[1] is not None})
        items = [
            NoticeRow(
                id=notice.id,
                kind=notice.kind,
                subject=Text(*notice.body["subject"]),
                text=Text(*notice.body["text"]),
                case=case_ref(case) if case is not None and case.id in seen else None,
                at=notice.at,
                read_at=read.get(notice.id),
            )
            for notice, case in rows
        ]
        return as_page(items, following, total)


def read_notice(desk: Desk, officer: Officer, notice_id: UUID) -> None:
    """Mark a notice of the officer's box as read."""
    with desk.database.transaction() as session:
        notice = session.scalars(select(Notice).where(Notice.id == notice_id, _box(officer))).one_or_none()
        if notice is None:
            raise NotFound
        if session.get(NoticeRead, (notice_id, officer.id)) is None:
            session.add(NoticeRead(notice=notice_id, officer=officer.id, at=desk.now()))


def _predicate(officer: Officer, people: Directory, view: str) -> ColumnElement[bool]:
    if view == "todo":
        return access.mine(officer)
    if view == "pool":
        return access.pool(officer)
    if view == "done":
        return access.finished(officer)
    if view == "started":
        return _open_in(select(Case.id).where(Case.opened_by == officer.id, access.case_seen(officer, people)))
    if view in {"cc", "followed"}:
        kind = "follow" if view == "followed" else "cc"
        followed = select(Case.id).join(Follow, Follow.case == Case.id).where(Follow.officer == officer.id, Follow.kind == kind)
        return _open_in(followed.where(access.case_seen(officer, people)))
    raise OneCaseError(f"没有这个列表：{view}。", f"There is no view {view!r}: use one of {', '.join(VIEWS)}.")


def _open_in(cases: Select[UUID]) -> ColumnElement[bool]:
    return Task.is_open() & Task.case.in_(cases.correlate(None))  # another `Case` may stand outside


def _box(officer: Officer) -> ColumnElement[bool]:
    roles = set(officer.roles) | ({"head"} if "presiding" in officer.roles else set())
    return or_(
        Notice.officer == officer.id,
        (Notice.officer.is_(None)) & (Notice.agency == officer.agency.code) & Notice.role.in_(roles),
    )


def _read(officer: Officer) -> ColumnElement[bool]:
    return exists(select(NoticeRead.notice).where(NoticeRead.notice == Notice.id, NoticeRead.officer == officer.id))


def _visible(session: Session, people: Directory, officer: Officer, cases: set[UUID]) -> set[UUID]:
    return set(session.scalars(select(Case.id).where(Case.id.in_(cases), access.case_seen(officer, people))))
