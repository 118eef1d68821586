"""Supervision orders (督办单): a case of their own under the case they are about, with receipt, reply and assessment."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from workflows import access, advance, journal, posting
from workflows.contracts import Message, ParticipantChange, Text
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.errors import NotAllowed, NotFound, WrongAnswers
from workflows.records import Case, Participant, Version
from workflows.rows import as_page, case_ref, case_rows, cases_of, page
from workflows.views import CaseRef, CaseRow, Officer, Page

PROCESS = "supervision"
KINDS = {
    "order": Text("督办", "order"),
    "report": Text("要求报告", "demand for a report"),
    "explain": Text("要求说明", "demand for an explanation"),
}
MAX_DAYS = 60


def order(desk: Desk, officer: Officer, case_id: UUID, *, addressee: str, kind: str, text: str, reply_days: int) -> CaseRef:
    """Order an agency of the case to act, report or explain, within `reply_days` working days.

    For supervisors and heads of an agency above the addressee. Raises WrongAnswers per field, NotFound, NotAllowed.
    """
    access.require(officer, *sorted(access.WALL_ROLES))
    with desk.database.transaction() as session:
        people = Directory(session)
        case = access.find_case(session, people, officer, case_id, lock=True)
        takes_part = session.scalars(select(Participant.agency).where(Participant.case == case.id, Participant.until.is_(None))).all()
        _check(kind, text, reply_days, addressee, set(takes_part))
        if addressee not in people.below(officer.agency.code):
            raise NotAllowed("只能督办下级单位。", "Orders go to agencies below yours.")
        version = session.scalars(select(Version).where(Version.process == PROCESS).order_by(Version.number.desc()).limit(1)).first()
        if version is None:
            raise NotFound("尚未发布督办流程。", "The process of supervision orders is not published.")
        name = people.refs[addressee].name
        step = advance.open_case(
            desk,
            session.connection(),
            officer,
            version=version,
            title=f"{KINDS[kind].zh}：{name.zh} · {case.title}"[:300],
            facts={"order_kind": kind, "order_text": text.strip(), "reply_days": reply_days},
            agency=officer.agency.code,
            parent=case,
            relation="supervision",
            participants=(
                ParticipantChange(officer.agency.code, "issuer", "发出督办单"),
                ParticipantChange(addressee, "addressee", "被督办"),
            ),
        )
        posting.post(
            session,
            key=f"order:{step.case.id}",
            message=Message(
                kind="order",
                to_agency=addressee,
                to_role="head",
                subject=Text(f"督办单 {step.case.number}", f"Supervision order {step.case.number}"),
                text=Text(
                    f"{officer.agency.name.zh}就 {case.number} 发出督办：{text.strip()}",
                    f"{officer.agency.name.en} on {case.number}: {text.strip()}",
                ),
            ),
            case=step.case.id,
            at=desk.now(),
        )
        payload = {"order": step.case.number, "addressee": addressee, "kind": kind, "text": text.strip(), "reply_days": reply_days}
        journal.write(session, case=case, kind="order_issued", at=desk.now(), officer=officer, payload=payload)
        return case_ref(step.case)


def orders(desk: Desk, officer: Officer, *, status: str | None = None, cursor: str | None = None, limit: int = 25) -> Page[CaseRow]:
    """Supervision orders that the officer may see, newest first."""
    with desk.database.reading() as session:
        people = Directory(session)
        keys = select(Case.opened_at, Case.id).where(Case.process == PROCESS, access.case_seen(officer, people))
        if status:
            keys = keys.where(Case.status == status)
        found, following, total = page(session, keys, moment=Case.opened_at, key=Case.id, newest_first=True, cursor=cursor, limit=limit)
        return as_page(case_rows(session, people, desk.now(), cases_of(session, found)), following, total)


def _check(kind: str, text: str, reply_days: int, addressee: str, takes_part: set[str]) -> None:
    wrong: dict[str, tuple[str, str]] = {}
    if kind not in KINDS:
        wrong["kind"] = ("请选择督办方式。", "Choose what kind of order it is.")
    if not text.strip():
        wrong["text"] = ("请写明督办要求。", "Say what is demanded.")
    if not 1 <= reply_days <= MAX_DAYS:
        wrong["reply_days"] = (f"答复期限须为 1–{MAX_DAYS} 个工作日。", f"The time to reply is 1 to {MAX_DAYS} working days.")
    if addressee not in takes_part:
        wrong["addressee"] = ("该单位未参与本案。", "This agency takes no part in the case.")
    if wrong:
        raise WrongAnswers(wrong)
