"""A case played by the people of the demonstration: each step is found, read, filled in like a form, completed, by the verbs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from workflows import casefile, cases, forms, inbox, tasks
from workflows.desk import Desk
from workflows.directory import may_act_as
from workflows.records import Case, Fact, Task
from workflows.views import Completed, Officer, TaskPage
from workflows.working_days import CHINA

MAX_STEPS = 120
CLOSING = "close_case"
SMALL: dict[str, Any] = {
    "subject_name": "虚构·云朵工作室",
    "matter": "illegal_practice",
    "members": ["qinglan-amr"],
    "penalties_decided": ["warning"],
    "crime_name": "非法行医罪",
}
"""A small case: HEALTH leads, one member, a warning."""


def filled(page: TaskPage, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """The form as a person fills it: what is chosen, else what stands there already, else the first that will do."""
    given: dict[str, Any] = {}
    for component in forms.inputs(page.form or {}):
        if forms.hidden(component, given):
            continue
        key = forms.key_of(component)
        value = chosen.get(key)
        if value is None and component["type"] != "radio":  # a decision is taken anew, whatever was decided the last time round
            value = page.data.get(key)
        if value is None:
            value = _first_that_will_do(component, page)
        if value is not None:
            given[key] = value
    return given


def _first_that_will_do(component: Mapping[str, Any], page: TaskPage) -> Any:
    if not (component.get("validate") or {}).get("required"):
        return None
    options = component.get("values") or page.data.get(str(component.get("valuesKey"))) or []
    kind = component["type"]
    if kind in forms.CHOICES:
        return options[0]["value"] if options else None
    if kind in forms.MANY:
        return [options[0]["value"]] if options else None
    if kind == "datetime":
        day = page.row.opened_at.astimezone(CHINA)
        return day.date().isoformat() if component.get("subtype", "date") == "date" else day.strftime("%Y-%m-%dT%H:%M")
    return {"checkbox": True, "number": 0}.get(kind, "按规定办理")


@dataclass
class Play:
    """A case on its way. `answers` are given wherever a form asks for them."""

    desk: Desk
    people: Mapping[str, Officer]
    case: UUID
    answers: dict[str, Any] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    inboxes: bool = False
    """Look for every task in the inbox of whoever does it."""

    @classmethod
    def open(
        cls, desk: Desk, people: Mapping[str, Officer], *, by: str = "health.intake", title: str = "虚构·一案", **answers: Any
    ) -> Play:
        case, _ = cases.open_case(desk, people[by], process="joint_case", title=title, facts={})
        return cls(desk, people, case.id, {**SMALL, **answers})

    def waiting(self) -> list[Task]:
        """Open tasks in a fixed order."""
        with self.desk.database.reading() as session:
            rows = session.scalars(select(Task).where(Task.case == self.case, Task.state == "open")).all()
            session.expunge_all()
            return sorted(rows, key=lambda row: (row.opened_at, row.process, row.element, row.scope))

    def below(self) -> list[Task]:
        """Open tasks of the cases under this one, at any depth."""
        with self.desk.database.reading() as session:
            found: list[Task] = []
            layer = [self.case]
            while layer:
                layer = list(session.scalars(select(Case.id).where(Case.parent.in_(layer)).order_by(Case.opened_at)))
                found += session.scalars(
                    select(Task).where(Task.case.in_(layer), Task.state == "open").order_by(Task.opened_at, Task.element)
                )
            session.expunge_all()
            return found

    def elements(self) -> list[str]:
        """Ids of the elements that wait, each once."""
        return sorted({task.element for task in self.waiting()})

    def task(self, element: str, branch: str | None = None) -> Task:
        """The open task of that element (and branch)."""
        found = [task for task in self.waiting() if task.element == element and branch in (None, task.scope)]
        assert found, f"{element} does not wait; what waits: {self.elements()}"
        return found[0]

    def who(self, task: Task) -> Officer:
        """Whoever finds the task in the inbox: the assignee, or the first who may claim it."""
        able = [
            officer
            for officer in self.people.values()
            if officer.agency.code == task.agency and may_act_as(officer.roles, task.role) and task.assignee in (None, officer.id)
        ]
        assert able, f"nobody can do {task.element} at {task.agency}"
        return able[0]

    def page(self, element: str, branch: str | None = None, *, by: str | None = None) -> TaskPage:
        """The task's page as the person sees it."""
        task = self.task(element, branch)
        return tasks.get(self.desk, self.people[by] if by else self.who(task), task.id)

    def do(self, element: str, branch: str | None = None, *, by: str | None = None, **answers: Any) -> Completed:
        """Complete the task of that element with these answers."""
        task = self.task(element, branch)
        officer = self.people[by] if by else self.who(task)
        page = tasks.get(self.desk, officer, task.id)
        completed = tasks.complete(self.desk, officer, task.id, revision=page.revision, answers=filled(page, {**self.answers, **answers}))
        self.done.append(element)
        return completed

    def step(self, *, hold: Collection[str] = ()) -> str | None:
        """Complete the first task that is not held back; None when there is none. What stands under the case is done before it closes."""
        task = next((task for task in self.waiting() if task.element not in hold), None)
        if task is None or task.element == CLOSING:
            under = next((one for one in self.below() if one.element not in hold), None)
            if under is not None:
                return self._do_under(under)
        if task is None:
            return None
        officer = self.who(task)
        if self.inboxes:
            view = "pool" if task.assignee is None else "todo"
            listed = inbox.list_tasks(self.desk, officer, view, case=self.case, limit=100).items
            assert task.id in {row.id for row in listed}, f"{task.element} is not in the {view} of {officer.username}"
        self.do(task.element, task.scope)
        return task.element

    def _do_under(self, task: Task) -> str:
        child = Play(self.desk, self.people, task.case, self.answers)
        child.do(task.element, task.scope)
        self.done.append(task.element)
        return task.element

    def reach(self, element: str, *, hold: Collection[str] = (), **answers: Any) -> Play:
        """Play on until `element` waits."""
        self.answers |= answers
        for _ in range(MAX_STEPS):
            if element in self.elements():
                return self
            assert self.step(hold=hold) is not None, f"{element} is never reached; held: {self.elements()}, done: {self.done}"
        raise AssertionError(f"{element} is not reached in {MAX_STEPS} steps: {self.done}")

    def finish(self, **answers: Any) -> Play:
        """Play to the end."""
        self.answers |= answers
        for _ in range(MAX_STEPS):
            if self.step() is None:
                return self
        raise AssertionError(f"no end in {MAX_STEPS} steps: {self.done}")

    def facts(self, officer: str = "health.intake") -> dict[str, Any]:
        """The facts of the whole case that the officer sees."""
        return {row.name: row.value for row in casefile.facts(self.desk, self.people[officer], self.case) if row.scope == ""}

    def known(self) -> dict[str, Any]:
        """The facts of the whole case as they are stored, those of services as well."""
        with self.desk.database.reading() as session:
            return dict(session.execute(select(Fact.name, Fact.value).where(Fact.case == self.case, Fact.scope == "")).all())

    def status(self) -> str:
        """`open` or `closed`."""
        return cases.get(self.desk, self.people["superior.officer"], self.case).case.status
