"""What would become of each running case on another version of its process, and moving those that may.

The two agree because they are one judgement: a move judges again under the case's lock, and tries the case on a copy first. Each case
moves in a transaction of its own; clocks, drafts and claims keep the ids of their tasks and stay as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from workflows import access, advance, forms, in_hand
from workflows.case_migration import judging
from workflows.case_migration.judging import BLOCKED, DECIDE, Reason
from workflows.contracts import ParticipantRef, Text
from workflows.desk import Desk
from workflows.directory import Directory, resolve
from workflows.engine.bundle import Bundle
from workflows.engine.running_case import RunningCase
from workflows.errors import NotFound, WrongAnswers
from workflows.records import Case, Task, Version
from workflows.step import begin, bundle_of
from workflows.views import Officer
from workflows.views.migration import CaseOnVersion, MigrationPage, MigrationReason, Place

DESIGNERS = ("designer",)
UNFINISHED = ("open", "suspended")
MOST = 500
"""Cases that one page judges, the longest open first; who has more moves these and looks again."""
LONGEST_REASON = 300


@dataclass(frozen=True)
class _Judged:
    running: RunningCase | None
    """The case as it would stand on the new version; None where it cannot."""
    reasons: tuple[Reason, ...]

    @property
    def verdict(self) -> str:
        return judging.verdict(self.reasons)


def preview(desk: Desk, officer: Officer, process: str, number: int) -> MigrationPage:
    """What would become of every unfinished case of the process on version `number`, by case; nothing is changed.

    Of a case its number, its agency and where it stands are told, and nothing of its content. Raises NotFound, NotAllowed.
    """
    access.require(officer, *DESIGNERS)
    with desk.database.reading() as session:
        version, new = _version(session, process, number)
        name = Text(version.name, version.name_en)
        elsewhere = (Case.process == process) & Case.status.in_(UNFINISHED) & (Case.version != number)
        total = session.scalar(select(func.count()).select_from(Case).where(elsewhere)) or 0
        cases = session.scalars(select(Case).where(elsewhere).order_by(Case.opened_at, Case.id).limit(MOST)).all()
        people, drafts = Directory(session), _drafts(session, [case.id for case in cases])
        rows = []
        for case in cases:
            hand = _Held(desk, people, case.id, case.agency, session.connection())
            running = RunningCase.restore(bundle_of(session, case.digest), in_hand.facts_of(hand.connection, case.id), case.state)
            judged = hand.judge(running, new, drafts)
            rows.append(_row(case.id, case.number, case.version, people.refs[case.agency].name, running, judged))
    counts = Counter(row.verdict for row in rows)
    return MigrationPage(process, name, number, tuple(rows), dict(counts), total)


def move(
    desk: Desk, officer: Officer, process: str, number: int, *, cases: Iterable[UUID], reason: str, decided: bool = False
) -> tuple[CaseOnVersion, ...]:
    """Move these cases to version `number`; gives each with what became of it: `moved`, or why it was left.

    `decided`: what needs a decision is wanted. Raises NotFound, NotAllowed, WrongAnswers without a reason; a case that cannot move or is
    not unfinished on another version of the process is left as it is.
    """
    access.require(officer, *DESIGNERS)
    words = reason.strip().replace("\x00", "")
    if not words or len(words) > LONGEST_REASON:
        raise WrongAnswers({"reason": (f"请填写迁移理由，{LONGEST_REASON} 字以内。", f"Say why, in {LONGEST_REASON} characters at most.")})
    with desk.database.reading() as session:
        _version(session, process, number)
    wanted = [_move(desk, officer, process, number, case, words, decided=decided) for case in dict.fromkeys(cases)]
    return tuple(row for row in wanted if row is not None)


def _move(desk: Desk, officer: Officer, process: str, number: int, case_id: UUID, reason: str, *, decided: bool) -> CaseOnVersion | None:
    with desk.database.transaction() as session:
        hand = in_hand.take_case(session.connection(), case_id)
        if hand is None or hand.case.process != process or hand.case.status not in UNFINISHED or hand.case.version == number:
            return None
        version, new = _version(session, process, number)
        people = Directory(session)
        step = begin(desk, people, hand, officer)
        was, before = step.running, hand.case.version
        held = _Held(desk, people, case_id, hand.case.agency, hand.connection)
        judged = held.judge(was, new, _drafts(session, [case_id]))
        done = judged.running is not None and (judged.verdict == judging.MOVES or (decided and judged.verdict == DECIDE))
        if done and judged.running is not None:
            step.notes += [{"element": one.element, "zh": one.message.zh, "en": one.message.en} for one in judged.reasons]
            advance.change_version(step, version, new, judged.running, reason)
        return _row(case_id, hand.case.number, before, people.refs[hand.case.agency].name, was, judged, moved=done)


@dataclass(frozen=True)
class _Held:
    """A case while it is judged: what the judgement asks of the tables around it."""

    desk: Desk
    people: Directory
    case: UUID
    agency: str
    connection: Connection

    def judge(self, running: RunningCase, new: Bundle, drafts: Mapping[UUID, frozenset[str]]) -> _Judged:
        """Every reason, and the case as it would stand where none forbids it."""
        provided = {key: service.provides for key, service in self.desk.services.items()}
        facts = {name for branch in (running.facts.view(), *running.facts.branches().values()) for name in branch}
        reasons = judging.judge(running.bundle, new, running.standing(), facts, provided)
        if judging.verdict(reasons) != BLOCKED:
            reasons = (*self._nobody(running, new, reasons), *_typed(running, new, drafts), *reasons)
        if judging.verdict(reasons) == BLOCKED:
            return _Judged(None, reasons)
        copy, refused = judging.tried(running, new)
        return _Judged(copy, reasons if refused is None else (refused, *reasons))

    def _nobody(self, running: RunningCase, new: Bundle, reasons: Iterable[Reason]) -> Iterator[Reason]:
        """Open tasks that would go to an agency that takes no part in the case."""
        handed = {(one.process, one.element) for one in reasons if one.rule == "other_people"}
        for token in running.people():
            if (token.process, token.element.id) not in handed:
                continue
            after = new.diagrams[token.process].elements[token.element.id]
            agency = resolve(after.agency, token.branch, self.agency, self._participants, self.people)
            if agency is None or agency not in self.people.refs:
                zh, en = (
                    f"「{after.name.zh}」将由“{after.agency}”办理，本案没有这样的单位。",
                    f"“{after.name.local('en')}” would be for {after.agency!r}, and no such agency takes part.",
                )
                yield Reason(BLOCKED, "nobody", token.process, token.element.id, Text(zh, en))

    def _participants(self) -> tuple[ParticipantRef, ...]:
        return tuple(ParticipantRef(self.people.refs[part.agency], part.capacity) for part in in_hand.parts_of(self.connection, self.case))


def _typed(running: RunningCase, new: Bundle, drafts: Mapping[UUID, frozenset[str]]) -> Iterator[Reason]:
    """Drafts in which something is typed that the new form does not ask for: it stays stored, and nobody sees it any more."""
    for token in running.people():
        form = new.forms.get(new.diagrams[token.process].elements[token.element.id].form)
        asked = {forms.key_of(component) for component in forms.inputs(form)} if form else set()
        gone = drafts.get(token.id, frozenset()) - asked
        if gone:
            name, listed = token.element.name, "、".join(sorted(gone))
            said = Text(
                f"「{name.zh}」已有人填写草稿，新表单不再有：{listed}。",
                f"Somebody has typed a draft of “{name.local('en')}”; the new form no longer asks for: {', '.join(sorted(gone))}.",
            )
            yield Reason(DECIDE, "draft_typed", token.process, token.element.id, said)


def _drafts(session: Session, cases: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """The fields that are filled in the draft of each open task."""
    rows = session.execute(select(Task.id, Task.draft).where(Task.case.in_(cases), Task.is_open(), Task.draft.is_not(None)))
    return {task: frozenset(key for key, value in draft.items() if value not in (None, "", [])) for task, draft in rows if draft}


def _version(session: Session, process: str, number: int) -> tuple[Version, Bundle]:
    version = session.get(Version, (process, number))
    if version is None:
        raise NotFound
    return version, bundle_of(session, version.digest)


def _row(
    case: UUID, number: str, version: int, agency: Text, running: RunningCase, judged: _Judged, *, moved: bool = False
) -> CaseOnVersion:
    places = [(token.process, token.element) for token in (*running.people(), *running.timers())]
    return CaseOnVersion(
        id=case,
        number=number,
        version=version,
        agency=agency,
        places=tuple(Place(process, element.id, element.name) for process, element in dict.fromkeys(places)),
        verdict=judged.verdict,
        reasons=tuple(MigrationReason(one.weight, one.rule, one.process, one.element, one.message) for one in judged.reasons),
        moved=moved,
    )
