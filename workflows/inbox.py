"""What waits for an officer: the lists, their badges, and the box of notices. Lists and badges share one predicate."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from workflows import access
from workflows.contracts import Text
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.errors import NotFound, OneCaseError
from workflows.records import Case, Follow, Notice, NoticeRead, Task
from workflows.rows import as_page, case_ref, light_is, matches, page, task_rows
from workflows.views import Counts, NoticeRow, Officer, Page, TaskRow

VIEWS = ("todo", "pool", "done", "started", "cc", "followed")
SORTS = ("due", "opened")


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
        query = select(Task, Case).join(Case, Case.id == Task.case).where(_predicate(officer, people, view))
        if case is not None:
            query = query.where(Task.case == case)
        if light:
            query = query.where(Task.state == "open", light_is(light, now))
        if q.strip():
            query = query.where(matches(q))
        done = view == "done"
        moment = Task.completed_at if done else Task.due_at if sort == "due" else Task.opened_at
        rows, following, total = page(session, query, moment=moment, key=Task.id, newest_first=done, cursor=cursor, limit=limit)
        return as_page(task_rows(session, people, now, [(row[0], row[1]) for row in rows]), following, total)


def counts(desk: Desk, officer: Officer) -> Counts:
    """The badges."""
    now = desk.now()
    with desk.database.reading() as session:
        mine = access.mine(officer)
        return Counts(
            todo=_count(session, mine),
            pool=_count(session, access.pool(officer)),
            todo_red=_count(session, mine & light_is("red", now)),
            todo_yellow=_count(session, mine & light_is("yellow", now)),
            notices=session.scalar(select(func.count()).select_from(Notice).where(_box(officer), ~_read(officer))) or 0,
        )


def notices(desk: Desk, officer: Officer, *, cursor: str | None = None, limit: int = 25) -> Page[NoticeRow]:
    """The officer's box of notices, newest first."""
    with desk.database.reading() as session:
        query = select(Notice, Case).outerjoin(Case, Case.id == Notice.case).where(_box(officer))
        rows, following, total = page(session, query, moment=Notice.at, key=Notice.id, newest_first=True, cursor=cursor, limit=limit)
        read = {
            row.notice: row.at
            for row in session.scalars(
                select(NoticeRead).where(NoticeRead.officer == officer.id, NoticeRead.notice.in_([found[0].id for found in rows]))
            )
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
            for notice, case, *_ in rows
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
        return (Task.state == "open") & (Case.opened_by == officer.id) & access.case_seen(officer, people)
    if view in {"cc", "followed"}:
        kind = "follow" if view == "followed" else "cc"
        follows = exists(select(Follow.case).where(Follow.case == Case.id, Follow.officer == officer.id, Follow.kind == kind))
        return (Task.state == "open") & follows & access.case_seen(officer, people)
    raise OneCaseError(f"没有这个列表：{view}。", f"There is no view {view!r}: use one of {', '.join(VIEWS)}.")


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Task).where(condition)) or 0


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
