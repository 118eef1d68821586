"""The matter list (跨部门执法事项清单): a draft is edited, published with a reason, and stays readable for good.

鲁卫医监字〔2024〕1号 二（一）3 (the list and its four sources of clues), 济历城卫健发〔2022〕20号 三（一） (its columns).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from workflows import journal
from workflows.contracts import Text
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.errors import NotFound, OneCaseError, WrongAnswers
from workflows.records import Matter, MatterList
from workflows.registers import scope
from workflows.registers.matters import DRAFT, PUBLISHED, SHIPPED, in_force, shipped_matters
from workflows.views import Officer
from workflows.views.registers import MatterChange, MatterLine, MatterVersion
from workflows.vocabulary import FUNCTIONS

SOURCES = {
    "routine": Text("日常检查", "Routine checks"),
    "opinion": Text("舆情监测", "Public opinion"),
    "complaint": Text("投诉举报", "Complaints and reports"),
    "self_inspection": Text("自查报告", "Self-inspection reports"),
}
"""Where the list's clues come from (二（一）3)."""
COLUMNS = ("name", "name_en", "lead", "members", "basis", "objects", "measures", "sources")
CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
LONGEST = 1000


def versions(desk: Desk, officer: Officer) -> tuple[MatterVersion, ...]:
    """Every version, the newest first, without its matters; a draft is shown to who keeps the list."""
    with desk.database.reading() as session:
        people = Directory(session)
        query = select(MatterList).order_by(MatterList.version.desc())
        if not scope.keeps(officer, people):
            query = query.where(MatterList.status == PUBLISHED)
        rows = session.scalars(query).all()
        called, current = people.names(row.officer for row in rows), in_force(session.connection())
        made = tuple(
            MatterVersion(
                row.version,
                row.status,
                row.reason,
                called.get(row.officer, "") if row.officer else "",
                row.published_at,
                row.version == current,
            )
            for row in rows
        )
        return (*made, MatterVersion(SHIPPED, PUBLISHED, "", "", None, current == SHIPPED))


def version(desk: Desk, officer: Officer, number: int | None = None) -> MatterVersion:
    """A version with its matters; the one in force without a number. Raises NotFound, also for a draft that is not one's to keep."""
    with desk.database.reading() as session:
        wanted = in_force(session.connection()) if number is None else number
    head = next((one for one in versions(desk, officer) if one.version == wanted), None)
    if head is None:
        raise NotFound
    with desk.database.reading() as session:
        return MatterVersion(head.version, head.status, head.reason, head.by, head.published_at, head.in_force, _matters(session, wanted))


def compare(desk: Desk, officer: Officer, before: int, after: int) -> tuple[MatterChange, ...]:
    """What differs from one version to another, by matter. Raises NotFound."""
    old = {one.code: one for one in version(desk, officer, before).matters}
    new = {one.code: one for one in version(desk, officer, after).matters}
    codes = list(dict.fromkeys((*new, *old)))
    changes = (MatterChange(code, old.get(code), new.get(code), _differing(old.get(code), new.get(code))) for code in codes)
    return tuple(change for change in changes if change.columns)


def may_keep(desk: Desk, officer: Officer) -> bool:
    """Whether the officer keeps the list."""
    with desk.database.reading() as session:
        return scope.keeps(officer, Directory(session))


def begin_draft(desk: Desk, officer: Officer) -> int:
    """The number of the draft: the one there is, or a new one that begins as a copy of the list in force. Raises NotAllowed."""
    with desk.database.transaction() as session:
        scope.require_keeper(officer, Directory(session))
        known = _draft(session)
        if known is not None:
            return known
        number = (session.scalar(select(func.max(MatterList.version))) or SHIPPED) + 1
        copied = _matters(session, in_force(session.connection()))
        session.add(MatterList(version=number, status=DRAFT, officer=officer.id))
        session.flush()
        if copied:
            session.execute(insert(Matter), [_as_row(number, place, one) for place, one in enumerate(copied)])
        return number


def save(desk: Desk, officer: Officer, matter: MatterLine) -> None:
    """Add the matter to the draft, or change the one of this code. Raises NotAllowed, NotFound without a draft, WrongAnswers."""
    _check(matter)
    with desk.database.transaction() as session:
        number = _own_draft(session, officer)
        known = session.get(Matter, (number, matter.code))
        last = session.scalar(select(func.max(Matter.place)).where(Matter.version == number))
        place = known.place if known else (-1 if last is None else last) + 1
        session.merge(Matter(**_as_row(number, place, matter)))


def remove(desk: Desk, officer: Officer, code: str) -> None:
    """Take the matter out of the draft. Raises NotAllowed, NotFound."""
    with desk.database.transaction() as session:
        number = _own_draft(session, officer)
        known = session.get(Matter, (number, code))
        if known is None:
            raise NotFound
        session.delete(known)


def publish(desk: Desk, officer: Officer, reason: str) -> int:
    """The draft is in force from now on; the reason is kept. Raises NotAllowed, NotFound, WrongAnswers, OneCaseError for an empty list."""
    if not reason.strip():
        raise WrongAnswers({"reason": ("请写明发布理由。", "Say why this version is published.")})
    with desk.database.transaction() as session:
        number = _own_draft(session, officer)
        head = session.get_one(MatterList, number, with_for_update=True)
        listed = session.scalar(select(func.count()).select_from(Matter).where(Matter.version == number)) or 0
        if not listed:
            raise OneCaseError("清单中没有事项，不能发布。", "The list has no matters; it cannot be published.")
        head.status, head.reason, head.officer, head.published_at = PUBLISHED, reason.strip()[:LONGEST], officer.id, desk.now()
        payload = {"name": f"v{number}", "version": number, "matters": listed, "reason": head.reason}
        journal.write(session, case=None, kind="matters_published", at=desk.now(), officer=officer, payload=payload)
        return number


def discard(desk: Desk, officer: Officer) -> None:
    """Throw the draft away. Raises NotAllowed, NotFound."""
    with desk.database.transaction() as session:
        number = _own_draft(session, officer)
        session.execute(delete(Matter).where(Matter.version == number))
        session.execute(delete(MatterList).where(MatterList.version == number))


def _draft(session: Session) -> int | None:
    return session.scalar(select(MatterList.version).where(MatterList.status == DRAFT))


def _own_draft(session: Session, officer: Officer) -> int:
    scope.require_keeper(officer, Directory(session))
    number = _draft(session)
    if number is None:
        raise NotFound("没有草稿，请先新建草稿。", "There is no draft; begin one first.")
    return number


def _matters(session: Session, number: int) -> tuple[MatterLine, ...]:
    if number == SHIPPED:
        return tuple(map(_line, shipped_matters()))
    rows = session.execute(select(Matter.__table__).where(Matter.version == number).order_by(Matter.place)).mappings()
    return tuple(_line(dict(row)) for row in rows)


def _line(row: Mapping[str, Any]) -> MatterLine:
    lists = {name: tuple(row[name]) for name in ("members", "sources")}
    return MatterLine(code=row["code"], **{**{name: row[name] for name in COLUMNS}, **lists})


def _as_row(number: int, place: int, matter: MatterLine) -> dict[str, Any]:
    return {**vars(matter), "version": number, "place": place, "members": list(matter.members), "sources": list(matter.sources)}


def _differing(before: MatterLine | None, after: MatterLine | None) -> tuple[str, ...]:
    if before is None or after is None:
        return COLUMNS
    return tuple(name for name in COLUMNS if getattr(before, name) != getattr(after, name))


def _check(matter: MatterLine) -> None:
    wrong: dict[str, tuple[str, str]] = {}
    if not CODE.fullmatch(matter.code):
        wrong["code"] = (
            "代码用小写字母、数字和下划线，字母开头，2–40 位。",
            "Lower-case letters, digits and underscores, 2 to 40 of them.",
        )
    for name in ("name", "basis"):
        if not getattr(matter, name).strip():
            wrong[name] = ("请填写。", "This is required.")
    for name, longest in (("name", 200), ("name_en", 200), ("basis", LONGEST), ("objects", LONGEST), ("measures", LONGEST)):
        if len(getattr(matter, name)) > longest:
            wrong[name] = (f"超过 {longest} 字。", f"Longer than {longest} characters.")
    wrong |= _wrong_words("lead", [matter.lead], FUNCTIONS) | _wrong_words("members", matter.members, FUNCTIONS)
    wrong |= (
        _wrong_words("sources", matter.sources, SOURCES)
        if matter.sources
        else {"sources": ("至少选择一类线索来源。", "Choose at least one source.")}
    )
    if wrong:
        raise WrongAnswers(wrong)


def _wrong_words(name: str, given: Sequence[str], known: Collection[str]) -> dict[str, tuple[str, str]]:
    strange = [word for word in given if word not in known]
    return {name: (f"没有“{'、'.join(strange)}”这一项，请重新选择。", f"There is no {', '.join(strange)}.")} if strange else {}
