"""Demonstration data: agencies, people and about forty cases at every stage, played by the verbs along one timeline.

Everything goes through the same verbs as a person's clicks, at simulated moments of the last months, so the record, the clocks and
the notices are what they would be. One seed, so two seedings at the same moment give the same data but for ids.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from web import demo_drafts, demo_registers
from web.demo_answers import ANSWERS
from web.demo_cases import SCENARIOS, Scenario
from workflows import agencies, cases, cases_under, clocks, forms, officers, outbox, overdue, passwords, supervision, tasks, urging
from workflows.desk import Desk
from workflows.errors import OneCaseError
from workflows.rulebook import jurisdiction
from workflows.views import Officer, TaskPage
from workflows.working_days import CHINA

SEED = 20261121
PASSWORD = "onecase-demo"  # noqa: S105 - the demonstration's well-known password
CERTIFICATE_YEARS = 3
FIRST_HOUR, LAST_HOUR = 9, 17
EARLY = frozenset({"register_clue", "triage", "confirm_candidate"})
"""Cases that rest here are played first: a visitor finds them in the inboxes at once."""
DAYS_BACK = 75
"""How far back the oldest demonstration case begins."""


@dataclass
class Timeline:
    """The simulated moment that the seeding desk lives in."""

    now: datetime

    def __call__(self) -> datetime:
        """The moment."""
        return self.now


@dataclass(order=True)
class Turn:
    """The next move of one case."""

    at: datetime
    number: int
    play: Play = field(compare=False)


@dataclass
class Play:
    """A case on its way through its scenario."""

    scenario: Scenario
    case: UUID | None = None
    beside: bool = False
    """Whether the procedure beside it is open."""
    steps: int = 0


class Seeding:
    """The filling of an empty installation, in two parts, so that the first page need not wait for the second (`finish`)."""

    def __init__(self, desk: Desk) -> None:
        """`desk` lives in the present; the data is played on one that lives in the past."""
        self.end = desk.now()
        self.timeline = Timeline(_start(self.end))
        self.desk = replace(desk, clock=self.timeline)
        self.chance = random.Random(SEED)  # noqa: S311 - reproducible data, no secret
        self.people: dict[str, Officer] = {}
        self.openings = [Turn(_opening(self.timeline.now, self.end, one), number, Play(one)) for number, one in enumerate(SCENARIOS)]
        heapq.heapify(self.openings)
        self.early: list[Turn] = []
        self.queue: list[Turn] = []
        self.registered = False

    def settle(self) -> None:
        """Agencies and people: with them the sign-in page can be shown."""
        self.people = _people(self.desk, self.end.astimezone(CHINA).date())

    def finish(self, stopped: Callable[[], bool] = lambda: False) -> None:
        """Open every case on its day, bring the newest clues to the inboxes, then play every case to where its scenario rests.

        The clocks are swept day by day, until `stopped` says so. Called again after an error it goes on with the next case.
        """
        if not self.registered:
            present = replace(self.desk, clock=lambda: self.end)
            demo_registers.fill(present, self.people)
            demo_drafts.fill(present, self.people)
            self.registered = True
        self._open()
        self._play(self.early, sweep=False, stopped=stopped)
        self._play(self.queue, sweep=True, stopped=stopped)
        if stopped():
            return
        self.timeline.now = self.end
        clocks.sweep(self.desk, limit=1000)
        _supervise(self.desk, self.people, self.chance)
        outbox.deliver(self.desk, limit=5000)

    def _open(self) -> None:
        while self.openings:
            turn = heapq.heappop(self.openings)
            self.timeline.now = turn.at
            _move(self.desk, self.people, turn.play)
            heapq.heappush(self.early if turn.play.scenario.stop_at in EARLY else self.queue, self._next(turn))

    def _play(self, queue: list[Turn], *, sweep: bool, stopped: Callable[[], bool] = lambda: False) -> None:
        swept = queue[0].at if queue else self.end
        while queue and queue[0].at < self.end and not stopped():
            turn = heapq.heappop(queue)
            while sweep and swept + timedelta(days=1) < turn.at:
                swept += timedelta(days=1)
                self.timeline.now = swept
                clocks.sweep(self.desk, limit=500)
            self.timeline.now = turn.at
            if _move(self.desk, self.people, turn.play):
                heapq.heappush(queue, self._next(turn))

    def _next(self, turn: Turn) -> Turn:
        at = _later(self.desk, turn.at, self.chance, turn.play.scenario.pace)
        if at >= self.end:  # long holidays before today: the case still comes to where its scenario rests
            at = turn.at + (self.end - turn.at) / 3
        return Turn(at, turn.number, turn.play)


def seed(desk: Desk) -> int:
    """Fill an empty installation in one go. Returns how many cases there are."""
    seeding = Seeding(desk)
    seeding.settle()
    seeding.finish()
    return len(SCENARIOS)


def _people(desk: Desk, today: date) -> dict[str, Officer]:
    agencies.load_jurisdiction(desk, jurisdiction("demo"))
    known = passwords.hashed(PASSWORD)
    until = today.replace(year=today.year + CERTIFICATE_YEARS, day=1)
    return {
        row["username"]: officers.create(
            desk,
            None,
            username=row["username"],
            name=row["name"],
            agency=row["agency"],
            roles=row["roles"],
            certificate=f"演示{number:04d}" if row["certified"] else None,
            certificate_until=until if row["certified"] else None,
            password_hash=known,
        )
        for number, row in enumerate(jurisdiction("demo_people")["people"], start=1)
    }


def _move(desk: Desk, people: Mapping[str, Officer], play: Play) -> bool:
    """One step of the case; False when its scenario stops here or the case is closed."""
    scenario = play.scenario
    if play.case is None:
        opened, _ = cases.open_case(desk, people[scenario.opener], process=scenario.process, title=scenario.title, facts={})
        play.case = opened.id
        return True
    found = next(_doable(desk, people, play.case, beside=play.beside), None)
    if found is None:
        return False
    officer, page = found
    if scenario.beside and not play.beside and page.row.element == scenario.beside_at:
        cases_under.open_case(desk, officer, play.case, process=scenario.beside, title="", facts={})
        play.beside = True
        return True
    if scenario.stops(page.row.element, play.steps):
        return False
    tasks.complete(desk, officer, page.row.id, revision=page.revision, answers=_answers(page, scenario))
    play.steps += 1
    return True


def _doable(desk: Desk, people: Mapping[str, Officer], case: UUID, *, beside: bool) -> Iterator[tuple[Officer, TaskPage]]:
    page = cases.get(desk, people["supervisor"], case)
    under = [row for child in page.children for row in cases.get(desk, people["supervisor"], child.id).open_tasks]
    rows = [*under, *page.open_tasks] if beside else [*page.open_tasks, *under]
    # A case closes after those under it.
    for row in sorted(rows, key=lambda row: row.element == "close_case"):
        for officer in people.values():
            if officer.agency.code == row.agency.code and row.role in officer.roles and row.assignee in (None, officer.id.hex):
                yield officer, tasks.get(desk, officer, row.id, facts=False)
                break


def _answers(page: TaskPage, scenario: Scenario) -> dict[str, Any]:
    given: dict[str, Any] = {}
    chosen = {**ANSWERS, **scenario.answers}
    if page.data.get("subject_name"):
        chosen.pop("subject_name", None)  # whom a case is about was said when it was opened
    for component in forms.inputs(page.form or {}):
        if forms.hidden(component, given):
            continue
        key = forms.key_of(component)
        value = chosen.get(key, page.data.get(key))
        if value is None:
            value = _default(component, page.data)
        if callable(value):
            value = value(page)
        if component["type"] in forms.MANY and value is not None:
            offered = {option["value"] for option in component.get("values") or page.data.get(str(component.get("valuesKey")), [])}
            value = [choice for choice in value if choice in offered]
        if value is not None:
            given[key] = value
    return given


def _default(component: Mapping[str, Any], data: Mapping[str, Any]) -> Any:
    options = component.get("values") or data.get(str(component.get("valuesKey")), [])
    required = (component.get("validate") or {}).get("required")
    if component["type"] in forms.CHOICES:
        return options[0]["value"] if options and required else None
    if component["type"] in forms.MANY:
        return [options[0]["value"]] if options and required else None
    return True if component["type"] == "checkbox" and required else None


def _supervise(desk: Desk, people: Mapping[str, Officer], chance: random.Random) -> None:
    supervisor = people["supervisor"]
    late = overdue.list_tasks(desk, supervisor, light="red", limit=30).items
    for row in late[:6]:
        urging.urge(desk, supervisor, row.id, text="已超过办理期限，请今日内办结或说明情况。")
    for row in chance.sample(late, min(3, len(late))):
        try:
            supervision.order(
                desk, supervisor, row.case.id, addressee=row.agency.code, kind="report",
                text=f"「{row.name.zh}」已超期，请在三个工作日内报告办理情况及原因。", reply_days=3,
            )  # fmt: skip
        except OneCaseError:
            continue


def _start(end: datetime) -> datetime:
    first = (end - timedelta(days=DAYS_BACK)).astimezone(CHINA).date()
    return datetime.combine(first, time(FIRST_HOUR), tzinfo=CHINA)


def _opening(start: datetime, end: datetime, scenario: Scenario) -> datetime:
    opened = end - timedelta(days=scenario.days_ago)
    return max(start, opened.astimezone(CHINA).replace(hour=FIRST_HOUR + scenario.days_ago % 7, minute=(scenario.days_ago * 7) % 60))


def _later(desk: Desk, at: datetime, chance: random.Random, pace: float) -> datetime:
    moment = (at + timedelta(hours=chance.uniform(0.5, 2) * 6 * pace)).astimezone(CHINA)
    if moment.hour >= LAST_HOUR or moment.hour < FIRST_HOUR or not desk.rules.calendar.is_working(moment.date()):
        day = desk.rules.calendar.add_working_days(moment.date() - timedelta(days=moment.hour < FIRST_HOUR), 1)
        moment = datetime.combine(day, time(FIRST_HOUR, chance.randrange(60)), tzinfo=CHINA) + timedelta(hours=chance.randrange(4))
    return moment
