"""May this officer see or do this? Everything that shows a row or changes one asks here; it answers, and never acts.

An agency sees the cases that it takes part in (a participant row is the grant, with its cause and its end), a superior sees
those of the agencies below it, nobody else knows that they exist. Tasks of another agency are not shown, except to a superior.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session

from workflows.contracts import Text
from workflows.directory import Directory, may_act_as
from workflows.errors import NotAllowed, NotFound
from workflows.gates import ARTICLES
from workflows.in_hand import TaskInHand
from workflows.records import Case, Participant, Task
from workflows.views import Officer
from workflows.vocabulary import CAPACITIES, CASE_ROLES, ROLES

SUPERVISING = frozenset({"supervisor", "head", "presiding", "officer"})
"""Roles that, in a superior agency, see the agencies below."""
WALL_ROLES = frozenset({"supervisor", "head", "presiding"})
"""Roles that see the overdue wall."""
FEW_GRANTS = 2000
"""Grants up to which a list of cases begins at them, and is counted."""
CONFIDENTIAL = frozenset({"reporter_name", "reporter_phone", "reporter_answer_text"})
"""Facts that only the intake of the receiving agency reads (举报人身份保密)."""


def require(officer: Officer, *roles: str) -> None:
    """Raise NotAllowed unless the officer has one of `roles`."""
    if not officer.roles & set(roles):
        wanted_zh = "、".join(ROLES[role].zh for role in roles)
        wanted_en = ", ".join(ROLES[role].en for role in roles)
        raise NotAllowed(f"此操作需要以下角色之一：{wanted_zh}。", f"This needs one of these roles: {wanted_en}.")


def works_on_cases(officer: Officer) -> bool:
    """Whether the officer's roles reach case content at all."""
    return bool(officer.roles & CASE_ROLES)


def agencies_seen(officer: Officer, people: Directory) -> frozenset[str]:
    """Agencies whose cases and tasks the officer may see: the own one, and those below for who supervises."""
    if not works_on_cases(officer):
        return frozenset()
    own = officer.agency.code
    return frozenset({own}) | (people.below(own) if officer.roles & SUPERVISING else frozenset())


def supervised(session: Session, officer: Officer) -> tuple[Directory, frozenset[str]]:
    """The agencies whose work the officer supervises. Raises NotAllowed for who has the role of none and no agency below."""
    people = Directory(session)
    if not (officer.roles & WALL_ROLES or people.below(officer.agency.code)):
        require(officer, *sorted(WALL_ROLES))
    return people, agencies_seen(officer, people)


def case_seen(officer: Officer, people: Directory) -> ColumnElement[bool]:
    """The condition on `Case` under which the officer may see one."""
    seen = agencies_seen(officer, people)
    return exists(select(Participant.id).where(Participant.case == Case.id, Participant.agency.in_(seen), Participant.until.is_(None)))


def case_granted(officer: Officer, people: Directory) -> ColumnElement[bool]:
    """The same condition, written so that a database begins at the grants: for lists of those who have few."""
    return Case.id.in_(_grants(officer, people))


def sees_few_cases(session: Session, officer: Officer, people: Directory) -> bool:
    """Whether the officer has so few grants that a list of cases is found faster from them than from the newest cases."""
    some = _grants(officer, people).limit(FEW_GRANTS + 1).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) <= FEW_GRANTS


def _grants(officer: Officer, people: Directory) -> Select[UUID]:
    return select(Participant.case).where(Participant.agency.in_(agencies_seen(officer, people)), Participant.until.is_(None))


def task_seen(officer: Officer, people: Directory) -> ColumnElement[bool]:
    """The condition on `Task` under which the officer may see one."""
    return Task.agency.in_(agencies_seen(officer, people))


def find_case(session: Session, people: Directory, officer: Officer, case_id: UUID, *, lock: bool = False) -> Case:
    """The case, if the officer may see it. `lock` holds its row until the transaction ends. Raises NotFound."""
    query = select(Case).where(Case.id == case_id, case_seen(officer, people))
    case = session.scalars(query.with_for_update(of=Case) if lock else query).one_or_none()
    if case is None:
        raise NotFound
    return case


def find_task(session: Session, people: Directory, officer: Officer, task_id: UUID, *, lock: bool = False) -> tuple[Task, Case]:
    """The task and its case, if the officer may see it. `lock` holds the case's row. Raises NotFound."""
    query = select(Task, Case).join(Case, Case.id == Task.case).where(Task.id == task_id, task_seen(officer, people))
    found = session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    task, case = found
    if lock:
        # In two statements: PostgreSQL reads only the locked row anew after it has waited, the task beside it would be the old one.
        session.refresh(case, with_for_update=True)
        session.refresh(task)
    return task, case


def may_work_on(officer: Officer, task: Task | TaskInHand, gate: str = "") -> None:
    """Raise NotAllowed unless the officer may act on the open task: its agency, its role, and nobody else's claim."""
    if task.agency != officer.agency.code:
        raise NotAllowed(
            "该任务属于下级单位，您只能查看、催办或督办。", "This task belongs to an agency below yours; you may read, urge or order."
        )
    if not may_act_as(officer.roles, task.role):
        role = ROLES.get(task.role)
        name_zh, name_en = (role.zh, role.en) if role else (task.role, task.role)
        extra = (
            ("，副职负责人不能代为决定", "; a deputy may not decide in the head's place")
            if task.role == "head" and "deputy" in officer.roles
            else ("", "")
        )
        raise NotAllowed(
            f"该任务须由本单位{name_zh}办理{extra[0]}。",
            f"This task is for the {name_en} of the agency{extra[1]}.",
            article=ARTICLES.get(gate),
        )


RESTS = Text("本案中止办理，待关联案件办结后恢复。", "The case rests until the case that interrupted it is closed.")


def actions(officer: Officer, task: Task, gate: str = "", *, rests: bool = False) -> tuple[tuple[str, ...], dict[str, Text]]:
    """The verbs the officer may use on the task now, and for those missing, why, with the article; nothing is completed while a case rests."""
    general = ("comment", "urge") if task.agency != officer.agency.code or officer.roles & WALL_ROLES else ("comment",)
    if task.state != "open":
        return ("comment",), {}
    try:
        may_work_on(officer, task, gate)
    except NotAllowed as refusal:
        article = refusal.article or ""
        reason = Text(refusal.zh + (f"（{article}）" if article else ""), refusal.en + (f" ({article})" if article else ""))
        return general, dict.fromkeys(("claim", "complete", "transfer"), reason)
    completing, refused = ((), {"complete": RESTS}) if rests else (("complete",), {})
    if task.assignee is None:
        return ("claim", *completing, "save", "transfer", *general), refused
    if task.assignee == officer.id:
        return (*completing, "save", "unclaim", "transfer", *general), refused
    return general, dict.fromkeys(("claim", "complete", "transfer"), Text("该任务已由同事认领。", "A colleague has claimed this task."))


def hides(officer: Officer, case: Case) -> frozenset[str]:
    """Facts of the case that are cut for this officer, on every page, export and answer."""
    return frozenset() if "intake" in officer.roles and officer.agency.code == case.agency else CONFIDENTIAL


def reasons(session: Session, officer: Officer, case: Case, people: Directory) -> tuple[Text, ...]:
    """Why the officer can see the case (为什么我能看到)."""
    rows = session.scalars(
        select(Participant).where(
            Participant.case == case.id, Participant.until.is_(None), Participant.agency.in_(agencies_seen(officer, people))
        )
    )
    found = []
    for row in rows:
        name, own = people.refs[row.agency].name, row.agency == officer.agency.code
        capacity = CAPACITIES.get(row.capacity, Text(row.capacity, row.capacity))
        zh = f"{'本单位' if own else '下级单位' + name.zh}作为{capacity.zh}参与本案（{row.cause}）"
        en = f"{'Your agency' if own else name.local('en') + ', below yours,'} takes part as {capacity.local('en')}"
        found.append(Text(zh, en))
    return tuple(dict.fromkeys(found))


def mine(officer: Officer) -> ColumnElement[bool]:
    """Open tasks assigned to the officer (待办)."""
    return Task.is_open() & (Task.assignee == officer.id)


def pool(officer: Officer) -> ColumnElement[bool]:
    """Open tasks that nobody has claimed and that the officer may claim (待领)."""
    roles = set(officer.roles) | ({"head"} if "presiding" in officer.roles else set())
    return Task.is_open() & Task.assignee.is_(None) & (Task.agency == officer.agency.code) & Task.role.in_(roles)


def is_todo_or_pool(officer: Officer, task: TaskInHand) -> bool:
    """Whether an open task is the officer's own or one to be claimed: `mine` and `pool`, for a task in hand."""
    if task.assignee is not None:
        return task.assignee == officer.id
    return task.agency == officer.agency.code and may_act_as(officer.roles, task.role)


def finished(officer: Officer) -> ColumnElement[bool]:
    """Tasks that the officer completed (已办)."""
    return Task.completed_by == officer.id
