"""The record: read it, and prove that nobody changed it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows import access
from workflows.contracts import Text
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.errors import NotFound, OneCaseError
from workflows.journal import digest_of
from workflows.records import Case, Event, Stream
from workflows.rows import as_page, cases_of, page
from workflows.views import CaseRef, EventRow, Fault, Officer, Page

TITLES = {
    "case_opened": Text("开立案件", "Case opened"),
    "task_completed": Text("办结：{name}", "Completed: {name}"),
    "task_claimed": Text("认领：{name}", "Claimed: {name}"),
    "task_unclaimed": Text("放回：{name}", "Put back: {name}"),
    "task_transferred": Text("转办：{name}", "Handed over: {name}"),
    "task_urged": Text("催办：{name}", "Urged: {name}"),
    "remark": Text("留言", "Remark"),
    "clock_breached": Text("期限届满：{name}", "Clock ran out: {name}"),
    "clock_paused": Text("暂停计算期限：{name}", "Clock paused: {name}"),
    "clock_resumed": Text("恢复计算期限：{name}", "Clock resumed: {name}"),
    "clock_extended": Text("延长期限：{name}", "Clock extended: {name}"),
    "event_reported": Text("报告事件：{name}", "Reported: {name}"),
    "timer_fired": Text("定时事件届期：{name}", "Timer ran out: {name}"),
    "order_issued": Text("发出督办单 {order}", "Supervision order {order} issued"),
    "case_closed": Text("结案", "Case closed"),
    "case_opened_under": Text("发起关联程序 {case}", "{case} opened under this case"),
    "case_under_closed": Text("关联案件 {case} 办结", "{case}, under this case, closed"),
    "signed_in": Text("登录", "Signed in"),
    "locked_out": Text("账号锁定", "Account locked"),
    "version_published": Text("发布流程版本", "Version published"),
}
MAX_LIMIT = 200
MAX_DIGITS = 9
"""Digits of a line's number in a cursor: a record has fewer than a billion lines."""
BATCH = 2000


def record(desk: Desk, officer: Officer, case_id: UUID, *, cursor: str | None = None, limit: int = 50) -> Page[EventRow]:
    """The record of a case, newest first. `cursor` is the sequence number of the last line of the page before."""
    with desk.database.reading() as session:
        people = Directory(session)
        if "auditor" in officer.roles:
            case = session.get(Case, case_id)
            if case is None:
                raise NotFound
        else:
            case = access.find_case(session, people, officer, case_id)
        query = select(Event).where(Event.stream == str(case.id))
        total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
        if cursor:
            if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= MAX_DIGITS):
                raise OneCaseError("翻页位置无效，请从第一页开始。", "The cursor is not valid; start from the first page.")
            query = query.where(Event.seq < int(cursor))
        size = max(1, min(limit, MAX_LIMIT))
        rows = session.scalars(query.order_by(Event.seq.desc()).limit(size + 1)).all()
        shown = rows[:size]
        names = people.names([row.officer for row in shown])
        following = str(shown[-1].seq) if len(rows) > size else None
        return as_page((_row(row, names, people) for row in shown), following, total)


def cases(desk: Desk, officer: Officer, *, q: str = "", cursor: str | None = None, limit: int = 50) -> Page[CaseRef]:
    """Every case, newest first, for the auditor: number and process, and nothing of the content."""
    access.require(officer, "auditor")
    with desk.database.reading() as session:
        keys = select(Case.opened_at, Case.id)
        if q.strip():
            keys = keys.where(Case.number.contains(q.strip()[:100], autoescape=True))
        found, following, total = page(session, keys, moment=Case.opened_at, key=Case.id, newest_first=True, cursor=cursor, limit=limit)
        names = Directory(session).processes
        told = (
            CaseRef(row.id, row.number, names.get(row.process, Text(row.process)).zh, row.process, row.status)
            for row in cases_of(session, found)
        )
        return as_page(told, following, total)


def verify(desk: Desk, officer: Officer | None = None) -> tuple[Fault, ...]:
    """Walk every stream and name each row that was changed, removed, inserted or reordered; empty when all hold.

    A stream's length and head are compared with what its case (or `system`) says, so a cut tail and a removed stream are found.
    A record rewritten whole with its heads is found only against a checkpoint that somebody else keeps.
    """
    if officer is not None:
        access.require(officer, "auditor")
    with desk.database.reading() as session:
        expected = {
            str(case): (length, head) for case, length, head in session.execute(select(Case.id, Case.record_length, Case.record_head))
        }
        expected |= {row.name: (row.length, row.head) for row in session.scalars(select(Stream))}
        faults: list[Fault] = []
        for name, lines in groupby(_lines(session), key=lambda line: line.stream):
            faults += _check(name, lines, expected.pop(name, None))
        faults += [
            Fault(name, 1, "removed", Text(f"{length} 条记录全部缺失", f"all {length} lines are missing"))
            for name, (length, _) in expected.items()
            if length
        ]
        return tuple(faults)


def _lines(session: Session) -> Iterator[Event]:
    yield from session.scalars(select(Event).order_by(Event.stream, Event.seq, Event.id).execution_options(yield_per=BATCH))


def _holds(line: Event) -> bool:
    try:
        return digest_of(line) == line.digest
    except (ValueError, TypeError):  # an algorithm that there is none: somebody changed the line
        return False


def _check(name: str, lines: Iterator[Event], expected: tuple[int, str] | None) -> list[Fault]:
    faults: list[Fault] = []
    previous, seq = "", 0
    for line in lines:
        seq += 1
        if line.seq != seq:
            faults.append(Fault(name, seq, "removed", Text(f"第 {seq} 条缺失", f"line {seq} is missing")))
            seq = line.seq
        elif line.previous != previous:
            faults.append(Fault(name, seq, "reordered", Text(f"第 {seq} 条与前一条不衔接", f"line {seq} does not follow the one before")))
        if not _holds(line):
            faults.append(Fault(name, seq, "changed", Text(f"第 {seq} 条内容被改动", f"line {seq} was changed")))
        previous = line.digest
    return faults + _end(name, seq, previous, expected)


def _end(name: str, seq: int, head: str, expected: tuple[int, str] | None) -> list[Fault]:
    """Whether the stream ends where its case says that it does."""
    if expected is None:
        return [Fault(name, seq, "inserted", Text("不存在的案件的记录", "a record of no case"))]
    length, known_head = expected
    if seq < length:
        return [Fault(name, length, "removed", Text(f"末尾缺 {length - seq} 条", f"{length - seq} lines are cut off at the end"))]
    if seq > length:
        return [Fault(name, seq, "inserted", Text(f"末尾多 {seq - length} 条", f"{seq - length} lines were added at the end"))]
    if head != known_head:
        return [Fault(name, seq, "changed", Text("末条与案件所记不符", "the last line is not the one that the case knows"))]
    return []


def _row(line: Event, names: dict[UUID, str], people: Directory) -> EventRow:
    template = TITLES.get(line.kind, Text(line.kind, line.kind))
    words = {"name": "", "order": "", **{key: value for key, value in line.payload.items() if isinstance(value, str)}}
    return EventRow(
        seq=line.seq,
        at=line.at,
        kind=line.kind,
        title=Text(template.zh.format_map(words), template.en.format_map(words)),
        who=names.get(line.officer, "") if line.officer else "系统",
        agency=people.refs[line.agency].name if line.agency in people.refs else Text(""),
        detail=line.payload,
        digest=line.digest,
    )
