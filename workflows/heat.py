"""Where time goes on a version of a process: per step how many came, left and wait, how long it took, how often a limit was broken.

Each number is counted by the database in one statement, for the cases of this very version. A wait is counted as a limit in working days
is: the working days after the one on which the task came, up to the one on which it was done. What is counted is what the officer may
supervise; a designer sees all counts, and no case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, func, or_, select
from sqlalchemy import case as sql_case
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from workflows import access
from workflows.contracts import Text
from workflows.desk import Desk
from workflows.engine.bundle import Bundle
from workflows.errors import NotFound, WrongAnswers
from workflows.records import Case, Clock, Task, Version
from workflows.step import bundle_of
from workflows.views import Officer
from workflows.working_days import CHINA, Calendar

SEES_ALL = "designer"
USUAL = timedelta(days=90)
LONGEST = timedelta(days=3660)
EARLIEST, LATEST = date(1992, 6, 1), date(2992, 1, 1)
MEASURES = ("entered", "finished", "waiting", "median", "p90", "breaches")
DAY = timedelta(days=1)


@dataclass
class Figures:
    """The numbers of one place; waits in working days, by how many tasks waited so long."""

    entered: int = 0
    finished: int = 0
    waiting: int = 0
    breaches: int = 0
    waits: dict[int, int] = field(default_factory=dict)

    @property
    def median(self) -> float | None:
        """Half of the tasks that were done waited no longer, the mean of the two in the middle; None where none was done."""
        total = sum(self.waits.values())
        return (self._wait((total + 1) // 2) + self._wait(total // 2 + 1)) / 2 if total else None

    @property
    def p90(self) -> int | None:
        """Nine of ten tasks that were done waited no longer (nearest rank)."""
        total = sum(self.waits.values())
        return self._wait(-(-total * 9 // 10)) if total else None

    def _wait(self, rank: int) -> int:
        """The wait of the task at `rank`, counted from 1, shortest first."""
        every = sorted(self.waits.items())
        reached = accumulate(number for _, number in every)
        return next(days for (days, _), last in zip(every, reached, strict=True) if last >= rank)


@dataclass(frozen=True)
class Place:
    """A step, or a call of another process: of a call the numbers of what is inside, without a wait."""

    element: str
    name: Text
    called: str
    figures: Figures


@dataclass(frozen=True)
class HeatDrawing:
    """One diagram of the version with the numbers of its places, in the order of the file."""

    process: str
    name: Text
    digest: str
    places: tuple[Place, ...]

    def heat(self, measure: str) -> dict[str, float]:
        """Element → the number that colours it; what is nothing has no colour."""
        found = {place.element: getattr(place.figures, measure) for place in self.places}
        return {element: number for element, number in found.items() if number}


@dataclass(frozen=True)
class RuleBreaches:
    """How often a limit of whole cases, which no step has as its own, was broken in the period."""

    rule: str
    name: Text
    article: str
    breaches: int


@dataclass(frozen=True)
class HeatMap:
    """The numbers of a version from the day `since` to the day `until`, both included, in China's time."""

    process: str
    name: Text
    number: int
    since: date
    until: date
    everything: bool
    """Whether it counts every agency; otherwise those that the officer supervises."""
    drawings: tuple[HeatDrawing, ...]
    rules: tuple[RuleBreaches, ...]


class china_day(FunctionElement[Any]):  # noqa: N801 - read as a function of SQL
    """The day in China of a moment; China has had one offset since 1992."""

    type = Date()
    inherit_cache = True


@compiles(china_day, "sqlite")
def _by_hours(element: china_day, compiler: SQLCompiler, **how: Any) -> str:
    return f"date({compiler.process(element.clauses, **how)}, '+8 hours')"


@compiles(china_day, "postgresql")
def _by_zone(element: china_day, compiler: SQLCompiler, **how: Any) -> str:
    return f"CAST(timezone('Asia/Shanghai', {compiler.process(element.clauses, **how)}) AS DATE)"


def heat_map(desk: Desk, officer: Officer, key: str, number: int, since: date | None = None, until: date | None = None) -> HeatMap:
    """The numbers of version `number` of process `key`; without days, of the last ninety. Raises NotFound, NotAllowed, WrongAnswers."""
    first, last = _period(desk.now(), since, until)
    with desk.database.reading() as session:
        everything = SEES_ALL in officer.roles
        seen = None if everything else access.supervised(session, officer)[1]
        version = session.get(Version, (key, number))
        if version is None:
            raise NotFound
        during = _Period(_begin(first), _begin(last + DAY))
        counted = _counted(session, version, during, seen, desk.rules.calendar)
        bundle = bundle_of(session, version.digest)
        rules = _rules(desk, session, version, during, seen)
        name = Text(version.name, version.name_en)
    drawings = tuple(_drawing(bundle, process, counted.get(process, {})) for process in bundle.reading_order)
    return HeatMap(key, name, number, first, last, everything, drawings, rules)


@dataclass(frozen=True)
class _Period:
    begin: datetime
    end: datetime

    def has(self, moment: Any) -> ColumnElement[bool]:
        return and_(moment >= self.begin, moment < self.end)


def _period(now: datetime, since: date | None, until: date | None) -> tuple[date, date]:
    today = now.astimezone(CHINA).date()
    last = until or today
    if not EARLIEST <= last < LATEST or not EARLIEST <= (since or last) < LATEST:
        raise WrongAnswers({"since": ("请选择 1992 年以后的日期。", "Choose days after 1992.")})
    first = since or last - USUAL
    if first > last:
        raise WrongAnswers({"since": ("起始日不能晚于截止日。", "The first day cannot be after the last.")})
    if last - first > LONGEST:
        raise WrongAnswers({"since": ("时段最长十年。", "Ten years at most.")})
    return first, last


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=CHINA)


def _tasks(version: Version, seen: frozenset[str] | None, *columns: Any) -> Select[Any]:
    """Tasks of the version's cases, of the agencies that are `seen`."""
    found = select(*columns).select_from(Task).join(Case, Case.id == Task.case)
    found = found.where(Case.process == version.process, Case.version == version.number)
    return found if seen is None else found.where(Task.agency.in_(seen))


def _counted(
    session: Session, version: Version, during: _Period, seen: frozenset[str] | None, calendar: Calendar
) -> dict[str, dict[str, Figures]]:
    place = (Task.process, Task.element, Task.via)
    came, left = during.has(Task.opened_at), during.has(Task.completed_at)
    sums = (func.sum(sql_case((condition, 1), else_=0)) for condition in (came, left, Task.is_open()))
    found: dict[str, dict[str, Figures]] = {}
    flow = _tasks(version, seen, *place, *sums).where(or_(came, left, Task.is_open())).group_by(*place)
    for process, element, via, entered, finished, waiting in session.execute(flow):
        for figures in _at(found, process, element, via):
            figures.entered += entered
            figures.finished += finished
            figures.waiting += waiting
    days = (china_day(Task.opened_at), china_day(Task.completed_at))
    waits = _tasks(version, seen, Task.process, Task.element, *days, func.count()).where(left).group_by(Task.process, Task.element, *days)
    for process, element, opened, completed, number in session.execute(waits):
        figures = found[process][element]
        wait = calendar.working_days(opened, completed)
        figures.waits[wait] = figures.waits.get(wait, 0) + number
    broken = _tasks(version, seen, *place, func.count()).join(Clock, Clock.task == Task.id).where(during.has(Clock.breached_at))
    for process, element, via, number in session.execute(broken.group_by(*place)):
        for figures in _at(found, process, element, via):
            figures.breaches += number
    return found


def _at(found: dict[str, dict[str, Figures]], process: str, element: str, via: str) -> list[Figures]:
    """The figures of a step, and of every call that led to it."""
    places = [one.partition("/") for one in (f"{process}/{element}", *via.split())]
    return [found.setdefault(home, {}).setdefault(node, Figures()) for home, _, node in places]


def _rules(desk: Desk, session: Session, version: Version, during: _Period, seen: frozenset[str] | None) -> tuple[RuleBreaches, ...]:
    broken = (
        select(Clock.rule, Clock.article, func.count())
        .join(Case, Case.id == Clock.case)
        .where(Case.process == version.process, Case.version == version.number, Clock.task.is_(None), during.has(Clock.breached_at))
        .group_by(Clock.rule, Clock.article)
        .order_by(func.count().desc(), Clock.rule)
    )
    rows = session.execute(broken if seen is None else broken.where(Clock.agency.in_(seen)))
    known = desk.rules.rules
    return tuple(RuleBreaches(rule, known[rule].name if rule in known else Text(rule), article, number) for rule, article, number in rows)


def _drawing(bundle: Bundle, process: str, counted: Mapping[str, Figures]) -> HeatDrawing:
    diagram = bundle.diagrams[process]
    places = (
        Place(element.id, element.name, element.called, counted[element.id])
        for element in diagram.elements.values()
        if element.id in counted
    )
    return HeatDrawing(process, diagram.name, bundle.digest, tuple(places))
