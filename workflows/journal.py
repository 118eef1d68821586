"""Writing the record: one more line on a stream's hash chain, in the transaction of what it tells.

A stream is a case (its id) or `system` (sign-ins, users, publications). Each line's digest covers the line and the digest
before it; the stream's length and head are kept beside it, so a changed, removed, reordered or cut-off line is found. A chain
rewritten whole is found only against a head kept by a witness.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from workflows.contracts import Text
from workflows.records import Case, Event, Stream
from workflows.views import Officer

ALGORITHM = "sha256"
SYSTEM = "system"
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
    "clock_recounted": Text("期限重新计算：{name}", "Clock counted anew: {name}"),
    "clock_extended": Text("延长期限：{name}", "Clock extended: {name}"),
    "event_reported": Text("报告事件：{name}", "Reported: {name}"),
    "timer_fired": Text("定时事件届期：{name}", "Timer ran out: {name}"),
    "order_issued": Text("发出督办单 {order}", "Supervision order {order} issued"),
    "document_reissued": Text("重新制发文书：{name}", "Document issued again: {name}"),
    "case_file_taken": Text("导出案卷（{format}）", "Case file taken ({format})"),
    "template_replaced": Text("更换文书模板：{paper}", "Template replaced: {paper}"),
    "penalties_imported": Text("导入行政处罚：{name}", "Penalties imported: {name}"),
    "matters_published": Text("发布事项清单：{name}", "Matter list published: {name}"),
    "training_recorded": Text("登记培训学时：{name}", "Training hours recorded: {name}"),
    "training_withdrawn": Text("撤回培训学时：{name}", "Training hours withdrawn: {name}"),
    "register_entered": Text("登记：{name}", "Entered: {name}"),
    "case_migrated": Text("迁移到流程第 {number} 版", "Moved to version {number} of the process"),
    "case_closed": Text("结案", "Case closed"),
    "case_opened_under": Text("发起关联程序 {case}", "{case} opened under this case"),
    "case_under_closed": Text("关联案件 {case} 办结", "{case}, under this case, closed"),
    "signed_in": Text("登录", "Signed in"),
    "locked_out": Text("账号锁定", "Account locked"),
    "officer_created": Text("新建账号：{username}", "Account created: {username}"),
    "officer_activated": Text("启用账号：{username}", "Account activated: {username}"),
    "officer_deactivated": Text("停用账号：{username}", "Account deactivated: {username}"),
    "officer_roles": Text("变更角色：{username}", "Roles changed: {username}"),
    "password_reset": Text("重置密码：{username}", "Password reset: {username}"),
    "password_changed": Text("修改密码", "Password changed"),
    "version_published": Text("发布流程版本：{process}", "Process version published: {process}"),
    "draft_begun": Text("新建流程草稿：{name}", "Draft begun: {name}"),
    "draft_submitted": Text("提交流程草稿审核：{name}", "Draft submitted for review: {name}"),
    "draft_returned": Text("退回流程草稿：{name}", "Draft sent back: {name}"),
    "draft_discarded": Text("作废流程草稿：{name}", "Draft discarded: {name}"),
}


def write(session: Session, *, case: Case | None, kind: str, at: datetime, officer: Officer | None, payload: Mapping[str, Any]) -> None:
    """Append one line about `case` (or the system). The case row must be locked; times never run backwards in a stream."""
    if case is not None:
        told = line(str(case.id), case.record_length, case.record_head, kind=kind, at=at, officer=officer, payload=payload)
        case.record_length, case.record_head = told["seq"], told["digest"]
    else:
        stream = _system(session)
        told = line(stream.name, stream.length, stream.head, kind=kind, at=at, officer=officer, payload=payload)
        stream.length, stream.head = told["seq"], told["digest"]
    session.add(Event(**told))


def line(
    stream: str, length: int, head: str, *, kind: str, at: datetime, officer: Officer | None, payload: Mapping[str, Any]
) -> dict[str, Any]:
    """The row of the next line of a stream that is `length` lines long and ends in the digest `head`."""
    told: dict[str, Any] = {
        "stream": stream,
        "seq": length + 1,
        "kind": kind,
        "at": at.astimezone(UTC),
        "officer": officer.id if officer else None,
        "agency": officer.agency.code if officer else None,
        "payload": dict(payload),
        "algorithm": ALGORITHM,
        "previous": head,
    }
    return {**told, "digest": digest_of(SimpleNamespace(**told))}


def title(kind: str, payload: Mapping[str, Any]) -> Text:
    """What a line tells, in words; its English takes `name_en` for `name` where the payload has it."""
    template = TITLES.get(kind, Text(kind, kind))
    words = defaultdict(str, {key: value for key, value in payload.items() if isinstance(value, str)})
    english = defaultdict(str, words | {key.removesuffix("_en"): value for key, value in words.items() if key.endswith("_en") and value})
    return Text(template.zh.format_map(words), template.en.format_map(english))


def digest_of(line: Event | SimpleNamespace) -> str:
    """The digest that `line` must have, hex."""
    told = {
        "stream": line.stream,
        "seq": line.seq,
        "kind": line.kind,
        "at": line.at.astimezone(UTC).isoformat(),
        "officer": _hex(line.officer),
        "agency": line.agency,
        "payload": line.payload,
        "previous": line.previous,
    }
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new(line.algorithm, text.encode()).hexdigest()


def _hex(value: UUID | None) -> str | None:
    return value.hex if value else None


def _system(session: Session) -> Stream:
    stream = session.get(Stream, SYSTEM, with_for_update=True)
    if stream is None:  # the first line of all; two that begin at once make one row, and the second waits for the first's line
        insert = (sqlite if session.get_bind().dialect.name == "sqlite" else postgresql).insert
        session.execute(insert(Stream).values(name=SYSTEM, length=0, head="").on_conflict_do_nothing())
        stream = session.get_one(Stream, SYSTEM, with_for_update=True)
    return stream
