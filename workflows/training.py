"""Training hours of officers (执法人员培训学时): a ledger each, summed by calendar year (沪卫监督〔2024〕37号 （一）)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows import journal
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.errors import NotAllowed, NotFound, WrongAnswers
from workflows.jurisdiction import Jurisdiction
from workflows.records import Officer as OfficerRow
from workflows.records import Training
from workflows.registers import scope
from workflows.registers.qualifications import in_year, required_hours
from workflows.rows import as_page
from workflows.views import Officer, Page
from workflows.views.registers import TrainingLedger, TrainingLine
from workflows.working_days import CHINA

MOST_HOURS = Decimal(24)
"""Of one day."""
EARLIEST = 2000
"""No ledger goes further back."""
LONGEST, LONGEST_REASON = 200, 300


def ledger(desk: Desk, officer: Officer, username: str, *, year: int | None = None) -> TrainingLedger:
    """An officer's ledger of a year: one's own, or one of the agencies whose hours one keeps. Raises NotFound."""
    with desk.database.reading() as session:
        people = Directory(session)
        row = _whose(session, people, officer, username)
        return _ledgers(session, people, desk.place, [row], year or _today(desk).year, with_lines=True)[0]


def list_ledgers(
    desk: Desk, officer: Officer, *, year: int | None = None, q: str = "", cursor: str | None = None, limit: int = 25
) -> Page[TrainingLedger]:
    """Active officers of the agencies whose hours one keeps, by username. `cursor` is the last username of the page before."""
    with desk.database.reading() as session:
        people = Directory(session)
        agencies = scope.agencies_trained(officer, people)
        if not agencies:
            _refuse()
        query = select(OfficerRow).where(OfficerRow.agency.in_(agencies), OfficerRow.active)
        if q.strip():
            asked = q.strip()[:100]
            query = query.where(OfficerRow.username.contains(asked, autoescape=True) | OfficerRow.name.contains(asked, autoescape=True))
        total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
        if cursor:
            query = query.where(OfficerRow.username > cursor)
        size = max(1, min(limit, 100))
        rows = session.scalars(query.order_by(OfficerRow.username).limit(size + 1)).all()
        following = rows[size - 1].username if len(rows) > size else None
        return as_page(_ledgers(session, people, desk.place, rows[:size], year or _today(desk).year, with_lines=False), following, total)


def may_record(desk: Desk, officer: Officer, username: str) -> bool:
    """Whether the officer keeps the hours of `username`, whom the officer may see."""
    with desk.database.reading() as session:
        return username != officer.username and bool(scope.agencies_trained(officer, Directory(session)))


def record(desk: Desk, officer: Officer, username: str, *, on: date | None, hours: str, topic: str, provider: str) -> UUID:
    """Add hours to an officer's ledger; nobody records the own ones. Raises NotFound, NotAllowed, WrongAnswers."""
    worth = _checked(_today(desk), on, hours, topic, provider)
    with desk.database.transaction() as session:
        people = Directory(session)
        row = _kept(session, people, officer, username)
        line = Training(
            id=uuid4(),
            officer=row.id,
            on=on,
            hours=worth,
            topic=topic.strip(),
            provider=provider.strip(),
            recorded_by=officer.id,
            recorded_at=desk.now(),
        )
        session.add(line)
        session.flush()
        payload = {"name": f"{row.name} {worth}", "username": username, "on": str(on), "hours": str(worth), "topic": topic.strip()}
        journal.write(session, case=None, kind="training_recorded", at=desk.now(), officer=officer, payload=payload)
        return line.id


def withdraw(desk: Desk, officer: Officer, line_id: UUID, reason: str) -> None:
    """Take a wrong line out of the sum; it stays readable with the reason. Raises NotFound, NotAllowed, WrongAnswers."""
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise WrongAnswers({"reason": (f"请写明理由（{LONGEST_REASON} 字以内）。", f"Say why, in at most {LONGEST_REASON} characters.")})
    with desk.database.transaction() as session:
        people = Directory(session)
        line = session.get(Training, line_id, with_for_update=True)
        if line is None:
            raise NotFound
        whose = session.get_one(OfficerRow, line.officer)
        _kept(session, people, officer, whose.username)
        if line.withdrawn_at is not None:
            return
        line.withdrawn_at, line.withdrawn_reason = desk.now(), reason.strip()
        payload = {"name": f"{whose.name} {line.hours}", "username": whose.username, "on": str(line.on), "reason": reason.strip()}
        journal.write(session, case=None, kind="training_withdrawn", at=desk.now(), officer=officer, payload=payload)


def _whose(session: Session, people: Directory, officer: Officer, username: str) -> OfficerRow:
    row = session.scalars(select(OfficerRow).where(OfficerRow.username == username)).first()
    if row is None or (row.id != officer.id and row.agency not in scope.agencies_trained(officer, people)):
        raise NotFound
    return row


def _kept(session: Session, people: Directory, officer: Officer, username: str) -> OfficerRow:
    row = _whose(session, people, officer, username)
    if not scope.agencies_trained(officer, people):
        _refuse()
    if row.id == officer.id:
        raise NotAllowed("不能登记自己的学时，请由上级或管理员登记。", "Nobody records the own hours; a superior or an administrator does.")
    return row


def _refuse() -> None:
    raise NotAllowed("学时由本单位或上级的负责人、督查人员和管理员登记。", "Hours are kept by heads, supervisors and administrators.")


def _ledgers(
    session: Session, people: Directory, place: Jurisdiction, rows: Sequence[OfficerRow], year: int, *, with_lines: bool
) -> tuple[TrainingLedger, ...]:
    ids = [row.id for row in rows]
    sums = dict(
        session.execute(
            select(Training.officer, func.sum(Training.hours)).where(Training.officer.in_(ids), *in_year(year)).group_by(Training.officer)
        ).all()
    )
    lines = _lines(session, people, ids, year) if with_lines else {}
    required = required_hours(place)
    return tuple(
        TrainingLedger(
            username=row.username,
            name=row.name,
            agency=people.refs[row.agency].name,
            certificate=row.certificate,
            certificate_until=row.certificate_until,
            year=year,
            hours=Decimal(sums.get(row.id) or 0),
            required=required,
            lines=lines.get(row.id, ()),
        )
        for row in rows
    )


def _lines(session: Session, people: Directory, ids: Sequence[UUID], year: int) -> Mapping[UUID, tuple[TrainingLine, ...]]:
    of_year = (Training.on >= date(year, 1, 1), Training.on <= date(year, 12, 31))
    rows = session.scalars(select(Training).where(Training.officer.in_(ids), *of_year).order_by(Training.on, Training.id)).all()
    called = people.names(row.recorded_by for row in rows)
    found: dict[UUID, tuple[TrainingLine, ...]] = {}
    for row in rows:
        by = called.get(row.recorded_by, "") if row.recorded_by else ""
        line = TrainingLine(row.id, row.on, row.hours, row.topic, row.provider, by, row.recorded_at, row.withdrawn_reason)
        found[row.officer] = (*found.get(row.officer, ()), line)
    return found


def _checked(today: date, on: date | None, hours: str, topic: str, provider: str) -> Decimal:
    wrong: dict[str, tuple[str, str]] = {}
    if on is None or on > today or on.year < EARLIEST:
        wrong["on"] = ("请填写不晚于今天的培训日期。", "Give the day of the training, not in the future.")
    worth = _hours(hours)
    if worth is None:
        wrong["hours"] = (f"学时须大于 0、不超过 {MOST_HOURS}，最多一位小数。", f"More than 0, at most {MOST_HOURS}, one decimal place.")
    for name, text in (("topic", topic), ("provider", provider)):
        if not text.strip() or len(text) > LONGEST:
            wrong[name] = (f"请填写，{LONGEST} 字以内。", f"Required, at most {LONGEST} characters.")
    if wrong or worth is None:
        raise WrongAnswers(wrong)
    return worth


def _hours(text: str) -> Decimal | None:
    try:
        worth = Decimal(text.strip())
    except ArithmeticError:
        return None
    return worth if worth.is_finite() and 0 < worth <= MOST_HOURS and worth == round(worth, 1) else None


def _today(desk: Desk) -> date:
    return desk.now().astimezone(CHINA).date()
