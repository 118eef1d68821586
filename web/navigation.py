"""Which screens an officer is offered, and where the day begins. The doors themselves are guarded by `audience`."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from web.audience import CASE_WORKERS, belongs
from web.directory import below
from web.language import sentence as _
from workflows.documents import templates
from workflows.views import Officer

SUPERVISING = ("supervisor", "head", "presiding")
"""Who sees the wall whatever the agency; officers see it where others are below theirs."""


@dataclass(frozen=True)
class Place:
    """One entry of the navigation: the blueprint it belongs to, its address and its words."""

    screen: str
    url: str
    words: str


def places(officer: Officer) -> tuple[Place, ...]:
    """The entries that this officer may open, in the order of the work."""
    offered = (
        ("inbox", "inbox.todo", _("工作台"), belongs(officer, CASE_WORKERS)),
        ("cases", "cases.every", _("案件"), belongs(officer, CASE_WORKERS)),
        ("overdue", "overdue.wall", _("督查"), sees_the_wall(officer)),
        ("supervision", "supervision.orders", _("督办单"), sees_the_wall(officer)),
        ("registers", "registers.front", _("登记簿"), belongs(officer, ("designer", "admin", *CASE_WORKERS))),
        ("diagrams", "diagrams.processes", _("流程"), belongs(officer, ("designer", *CASE_WORKERS))),
        ("designs", "designs.every", _("流程草稿"), belongs(officer, ("designer", "admin"))),
        ("rules", "rules.every", _("期限规则"), True),
        ("document_templates", "document_templates.every", _("文书模板"), belongs(officer, templates.EDITORS)),
        ("officers", "officers.people", _("人员"), belongs(officer, ("admin", "security"))),
        ("agencies", "agencies.directory", _("机构"), belongs(officer, ("admin", "security"))),
        ("record", "record.verified", _("审计"), belongs(officer, ("auditor",))),
    )
    return tuple(Place(screen, url_for(endpoint), words) for screen, endpoint, words, allowed in offered if allowed)


def landing(officer: Officer) -> str:
    """Where this officer's day begins."""
    if belongs(officer, ("supervisor",)):
        return url_for("overdue.wall")
    if belongs(officer, CASE_WORKERS):
        return url_for("inbox.todo")
    if belongs(officer, ("designer",)):
        return url_for("diagrams.processes")
    if belongs(officer, ("auditor",)):
        return url_for("record.verified")
    return url_for("officers.people")


def sees_the_wall(officer: Officer) -> bool:
    """Supervisors and heads, and the officers of an agency that has others below it."""
    return belongs(officer, SUPERVISING) or (belongs(officer, ("officer",)) and bool(below(officer)))
