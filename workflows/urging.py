"""Urging an agency to get on with a step (催办): counted, recorded, sent to whoever has it, with the slip of the agency that urges."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from workflows import access, journal, posting
from workflows.contracts import Message, Text
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.documents import chinese, issuing
from workflows.errors import NotAllowed, Stale
from workflows.records import Case, Document, DocumentTemplate, Task
from workflows.step import bundle_of, facts_of
from workflows.views import Officer
from workflows.working_days import CHINA

SLIP = "催办单"
MOST = 4000
"""Characters of what is said."""


def urge(desk: Desk, officer: Officer, task_id: UUID, *, text: str) -> None:
    """Urge the agency to get on with an open task. Statutory time runs as before.

    Raises NotFound, Stale when the task is done, NotAllowed for colleagues without a supervising role.
    """
    with desk.database.transaction() as session:
        people = Directory(session)
        task, case = access.find_task(session, people, officer, task_id, lock=True)
        if task.state != "open":
            raise Stale("该任务已办结或者取消，不需要催办。", "The task was completed or cancelled; there is nothing to urge.")
        if task.agency == officer.agency.code and not officer.roles & access.WALL_ROLES:
            raise NotAllowed(
                "只有上级机关、督查人员或本单位负责人可以催办。", "Only a superior, a supervisor or the agency's head may urge."
            )
        task.urged += 1
        words = text.strip()[:MOST].replace("\x00", "") or "请尽快办理。"
        posting.post(
            session,
            key=f"urge:{task.id}:{task.urged}",
            message=Message(
                kind="urge",
                to_agency=task.agency,
                to_role=task.role,
                subject=Text(f"催办：{task.name}（{case.number}）", f"Urged: {task.name_en or task.name} ({case.number})"),
                text=Text(f"{officer.agency.name.zh}{officer.name}：{words}", f"{officer.name}, {officer.agency.name.en}: {words}"),
                documents=(SLIP,),
            ),
            case=case.id,
            task=task.id,
            officer=task.assignee,
            at=desk.now(),
        )
        _issue_slip(session, desk, people, officer, task, case, words)
        names = {"name": task.name, "name_en": task.name_en}
        payload = {"task": str(task.id), "element": task.element, **names, "branch": task.scope, "text": words}
        journal.write(session, case=case, kind="task_urged", at=desk.now(), officer=officer, payload=payload)


def _issue_slip(session: Session, desk: Desk, people: Directory, officer: Officer, task: Task, case: Case, words: str) -> None:
    due = chinese.moment(task.due_at.astimezone(CHINA).isoformat()) if task.due_at else ""
    document, template = issuing.rows(
        session.connection(),
        people,
        bundle_of(session, case.digest),
        SLIP,
        issuing.Issue(case.id, task.id, officer.agency.code, officer.id, task.scope, desk.now()),
        answers={"urge_step": task.name, "urge_due": due, "urge_text": words},
        facts=facts_of(session, case.id).view(task.scope),
    )
    if template is not None and session.get(DocumentTemplate, template["digest"]) is None:
        session.add(DocumentTemplate(**template))
        session.flush()
    session.add(Document(**document))
