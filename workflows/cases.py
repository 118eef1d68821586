"""A case as people see it: open one, list them, read its parts, remark, follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import exists, select

from workflows import access, advance, case_family, checking, forms, happenings, in_hand, journal
from workflows.case_family import UNFINISHED
from workflows.contracts import Text
from workflows.desk import Desk
from workflows.directory import Directory, participants_of
from workflows.engine.bundle import Bundle
from workflows.engine.running_case import Marks, RunningCase
from workflows.errors import NotAllowed, NotFound, OneCaseError, Stale, WrongAnswers
from workflows.facts import Facts
from workflows.publishing import version_row
from workflows.records import Case, Follow, Remark, Task, Version
from workflows.records.base import without_index
from workflows.rows import (
    COUNTED,
    as_page,
    case_matches,
    case_ref,
    case_rows,
    cases_of,
    leads_of,
    light_is,
    page,
    task_rows,
    worst,
)
from workflows.step import begin, bundle_of, facts_of
from workflows.views import (
    CasePage,
    CaseRef,
    CaseRow,
    Officer,
    Page,
    ProcessRow,
    RelatedRow,
    Stage,
    TaskRow,
)
from workflows.vocabulary import RELATIONS

MAX_TITLE = 200
MAX_TEXT = 4000
STATUSES = ("open", "suspended", "closed", "cancelled")
STAGES = frozenset({"callActivity", "userTask", "subProcess"})


def open_case(desk: Desk, officer: Officer, *, process: str, title: str, facts: Mapping[str, Any]) -> tuple[CaseRef, tuple[TaskRow, ...]]:
    """Open a case of the newest version of `process` at the officer's agency.

    `facts` may hold answers to the process's forms in advance; the first task asks for the rest. Raises NotFound for an unknown
    process, NotAllowed without a starter's role, WrongAnswers for a missing title or facts that no form knows.
    """
    with desk.database.transaction() as session:
        version = session.scalars(select(Version).where(Version.process == process).order_by(Version.number.desc()).limit(1)).first()
        if version is None or not desk.place.runs(process):
            raise NotFound(f"没有名为 {process} 的流程。", f"There is no process {process!r}.")
        bundle = bundle_of(session, version.digest)
        if not officer.roles & bundle.starters:
            raise NotAllowed("您的角色不能开立此类案件。", "Your role may not open a case of this process.")
        step = advance.open_case(
            desk,
            session.connection(),
            officer,
            version=version,
            title=_title(title),
            facts=_known_facts(bundle, facts),
            agency=officer.agency.code,
        )
        mine = (
            select(Task, Case)
            .join(Case, Case.id == Task.case)
            .where(Task.case == step.case.id, access.mine(officer) | access.pool(officer))
        )
        return case_ref(step.case), task_rows(step.people, desk.now(), [(row[0], row[1]) for row in session.execute(mine)])


def startable(desk: Desk, officer: Officer) -> tuple[ProcessRow, ...]:
    """Processes that the officer may open a case of."""
    with desk.database.reading() as session:
        newest: dict[str, Version] = {row.process: row for row in session.scalars(select(Version).order_by(Version.number))}
        return tuple(
            ProcessRow(key, Text(row.name, row.name_en), version_row(row))
            for key, row in newest.items()
            if desk.place.runs(key) and officer.roles & bundle_of(session, row.digest).starters
        )


def list_cases(
    desk: Desk,
    officer: Officer,
    *,
    status: str | None = None,
    q: str = "",
    light: str | None = None,
    cursor: str | None = None,
    limit: int = 25,
) -> Page[CaseRow]:
    """Cases that the officer may see, newest first."""
    now = desk.now()
    with desk.database.reading() as session:
        people = Directory(session)
        few = access.sees_few_cases(session, officer, people)
        keys = select(Case.opened_at, Case.id).where(access.case_granted(officer, people) if few else access.case_seen(officer, people))
        if status:
            if status not in STATUSES:
                raise OneCaseError(f"案件状态须为 {'、'.join(STATUSES)} 之一。", f"The status is one of: {', '.join(STATUSES)}.")
            keys = keys.where((without_index(Case.status) if few else Case.status) == status)
        if light:
            keys = keys.where(exists(select(Task.id).where(Task.case == Case.id, Task.state == "open", light_is(light, now))))
        if q.strip():
            keys = keys.where(case_matches(q))
        found, following, total = page(
            session,
            keys,
            moment=Case.opened_at,
            key=Case.id,
            newest_first=True,
            cursor=cursor,
            limit=limit,
            count_to=COUNTED if few else 0,
        )
        return as_page(case_rows(session, people, now, cases_of(session, found)), following, total)


def get(desk: Desk, officer: Officer, case_id: UUID) -> CasePage:
    """The head of a case page. Raises NotFound."""
    now = desk.now()
    with desk.database.reading() as session:
        people = Directory(session)
        case = access.find_case(session, people, officer, case_id)
        bundle = bundle_of(session, case.digest)
        tasks = session.scalars(
            select(Task).where(Task.case == case.id, Task.state == "open").order_by(Task.due_at.is_(None), Task.due_at)
        ).all()
        seen = access.case_seen(officer, people)
        parent = session.scalars(select(Case).where(Case.id == case.parent, seen)).one_or_none() if case.parent else None
        children = session.scalars(select(Case).where(Case.parent == case.id, seen).order_by(Case.opened_at)).all()
        running = RunningCase.restore(bundle, facts_of(session, case.id), case.state)
        follows = session.get(Follow, (officer.id, case.id, "follow")) is not None
        actions = ["comment", "unfollow" if follows else "follow"]
        if officer.roles & access.WALL_ROLES and case.status in UNFINISHED:
            actions += ["urge", "order"]
        return CasePage(
            case=case_ref(case),
            process_name=people.processes.get(case.process, bundle.name),
            version=case.version,
            digest=case.digest,
            opened_at=case.opened_at,
            opened_by=people.names([case.opened_by])[case.opened_by],
            closed_at=case.closed_at,
            lead=leads_of(session, people, [case.id]).get(case.id),
            parent=case_ref(parent) if parent is not None else None,
            children=tuple(
                RelatedRow(**vars(case_ref(child)), relation=RELATIONS.get(child.relation, Text(child.relation)), suspends=child.suspends)
                for child in children
            ),
            open_tasks=task_rows(people, now, [(task, case) for task in tasks]),
            worst_light=worst(now, tasks),
            why=access.reasons(session, officer, case, people),
            actions=tuple(actions),
            events=happenings.reportable(running.events(), officer, case, participants_of(session, people, case), people)
            if bundle.waits_for
            else (),
            stages=_stages(bundle, running.marks().get(bundle.process, Marks({}, ()))),
        )


def comment(desk: Desk, officer: Officer, case_id: UUID, *, text: str) -> None:
    """Leave a remark for everybody who sees the case."""
    words = text.strip().replace("\x00", "")[:MAX_TEXT]
    if not words:
        raise WrongAnswers({"text": ("请填写留言内容。", "Write the remark first.")})
    with desk.database.transaction() as session:
        case = access.find_case(session, Directory(session), officer, case_id, lock=True)
        session.add(Remark(id=uuid4(), case=case.id, task=None, officer=officer.id, at=desk.now(), text=words))
        journal.write(session, case=case, kind="remark", at=desk.now(), officer=officer, payload={"text": words})


def report_event(desk: Desk, officer: Officer, case_id: UUID, *, message: str, branch: str = "", text: str = "") -> CaseRef:
    """Report news that the case waits for (报告事件): whatever waits for it in that branch goes on. `text` says what happened.

    Raises NotFound, WrongAnswers without words, GateClosed while the case rests, Stale when nothing waits for it (any more), NotAllowed
    unless the officer's agency takes part and an event in a lane of its agency and their role waits for it.
    """
    words = text.strip().replace("\x00", "")[:MAX_TEXT]
    if not words:
        raise WrongAnswers({"text": ("请写明发生了什么。", "Say what happened.")})
    with desk.database.transaction() as session:
        people = Directory(session)
        case = access.find_case(session, people, officer, case_id, lock=True)
        case_family.refuse_while_suspended(session.connection(), case.id, case.status)
        hand = in_hand.take_case(session.connection(), case.id)
        assert hand is not None
        step = begin(desk, people, hand, officer)
        heard = [event for event in step.running.events() if (event.element.message.zh, event.branch) == (message, branch)]
        if not heard:
            raise Stale(
                "本案现在不等待这一事件，可能已有人报告或该环节已结束。",
                "The case does not wait for this event now; somebody may have reported it.",
            )
        if not happenings.reportable(heard, officer, hand.case, step.participants, people):
            raise NotAllowed("该事件由参与本案的其他单位或角色报告。", "This event is reported by another agency or role of the case.")
        advance.report(step, heard[0].element.message, branch, words)
        return case_ref(hand.case)


def follow(desk: Desk, officer: Officer, case_id: UUID, on: bool) -> None:
    """Follow a case (关注), or stop."""
    with desk.database.transaction() as session:
        case = access.find_case(session, Directory(session), officer, case_id)
        known = session.get(Follow, (officer.id, case.id, "follow"))
        if on and known is None:
            session.add(Follow(officer=officer.id, case=case.id, kind="follow", at=desk.now()))
        elif not on and known is not None:
            session.delete(known)


def _title(title: str) -> str:
    words = title.strip().replace("\x00", "")
    if not words:
        raise WrongAnswers({"title": ("请填写案件名称。", "Give the case a title.")})
    if len(words) > MAX_TITLE:
        raise WrongAnswers({"title": (f"案件名称不超过 {MAX_TITLE} 字。", f"A title has at most {MAX_TITLE} characters.")})
    return words


def _known_facts(bundle: Bundle, given: Mapping[str, Any]) -> dict[str, Any]:
    # Only what the first task asks: a fact of a later step would stand in the case before anybody answered for it.
    first = [bundle.forms[token.element.form] for token in RunningCase.start(bundle, Facts()).people() if token.element.form]
    asked = {forms.key_of(component) for form in first for component in forms.inputs(form)}
    unknown = sorted(set(given) - asked)
    if unknown:
        sentence = ("第一个环节的表单中没有这一项。", "The form of the first step has no such field.")
        raise WrongAnswers(dict.fromkeys(unknown, sentence))
    return {key: value for form in first for key, value in checking.clean_in_advance(form, given).items()}


def _stages(bundle: Bundle, marks: Marks) -> tuple[Stage, ...]:
    main = bundle.diagrams[bundle.process]
    found = []
    for element in main.elements.values():
        if element.kind not in STAGES or element.within:
            continue
        state = "active" if element.id in marks.tokens else "done" if element.id in marks.done else "ahead"
        found.append(Stage(element.id, element.name, state))
    return tuple(found)
