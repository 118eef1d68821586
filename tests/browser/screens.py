"""Every screen there is, and how to get there. A new screen must be added here, or the tour fails."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Flask

from tests.browser.person import Person
from web import demo_drafts
from web.app import create_app
from web.assemble import desk_without_database
from web.audience import PUBLIC, SIGNED_IN

SCREENS: dict[str, tuple[str, ...]] = {
    "sign_in.form": ("/sign-in",),
    "inbox.todo": ("/inbox", "/inbox?view=pool", "/inbox?view=done"),
    "tasks.show": ("/tasks/{task}",),
    "cases.every": ("/cases", "/cases?status=closed&light=red"),
    "cases.new": ("/cases/new",),
    "case.overview": ("/cases/{case}",),
    "case.facts": ("/cases/{case}/facts",),
    "case.plan": ("/cases/{case}/plan",),
    "case.participants": ("/cases/{case}/participants",),
    "case.documents": ("/cases/{case}/documents",),
    "case.clocks": ("/cases/{case}/clocks",),
    "case.record": ("/cases/{case}/record",),
    "case.diagram": ("/cases/{case}/diagram",),
    "case.related": ("/cases/{case}/related",),
    "case.comments": ("/cases/{case}/comments",),
    "case.orders": ("/cases/{case}/orders",),
    "documents.show": ("/documents/{document}",),
    "overdue.wall": ("/overdue",),
    "overdue.tasks": ("/overdue/tasks?light=red",),
    "supervision.orders": ("/supervision",),
    "diagrams.processes": ("/diagrams",),
    "diagrams.versions": ("/diagrams/joint_case",),
    "diagrams.version": ("/diagrams/joint_case/1",),
    "comparing.of_versions": ("/diagrams/joint_case/compare?old=1&new=1",),
    "comparing.of_draft": ("/designs/{draft}/compare", "/designs/{submitted}/compare"),
    "heat.of_version": ("/diagrams/joint_case/1/heat", "/diagrams/joint_case/1/heat?by=median", "/diagrams/supervision/1/heat?by=breaches"),
    "decision_tables.sheet": (
        "/diagrams/joint_case/1/tables/lead_agency",
        "/diagrams/joint_case/1/tables/hearing_right?tried=1&penalties=fine&fine_amount=90000&hearing_fine_from=50000",
    ),
    "decision_tables.edit": ("/diagrams/joint_case/1/tables/hearing_right/edit",),
    "diagrams.check_form": ("/diagrams/check",),
    "case_migration.preview": ("/diagrams/joint_case/1/cases", "/diagrams/supervision/1/cases"),
    "designs.every": ("/designs", "/designs?state=in_review", "/designs?state=closed"),
    "design_tables.edit": ("/designs/{tabled}/tables/coverage",),
    "designs.editor": ("/designs/{draft}",),
    "designs.imported": ("/designs/{imported}/imported",),
    "designs.review": ("/designs/{draft}/review", "/designs/{submitted}/review"),
    "officers.people": ("/officers",),
    "officers.new": ("/officers/new",),
    "agencies.directory": ("/agencies",),
    "notices.box": ("/notices",),
    "me.card": ("/me",),
    "record.verified": ("/record",),
    "record.check": ("/record/check",),
    "record.of_case": ("/record/{case}",),
    "subjects.every": ("/registers/subjects", "/registers/subjects?q=合欢&kind=platform"),
    "subjects.one": ("/registers/subjects/{subject}",),
    "penalties.every": ("/registers/penalties", "/registers/penalties?source=other_region"),
    "penalties.imports": ("/registers/penalties/imports",),
    "penalties.look": ("/registers/penalties/imports/{file}",),
    "advertisements.every": ("/registers/advertisements",),
    "advertisements.refusals": ("/registers/advertisements/refusals",),
    "matters.current": ("/registers/matters",),
    "matters.version": ("/registers/matters/0",),
    "matters.compare": ("/registers/matters/1/against/0",),
    "matters.edit": ("/registers/matters/draft/matter?code=medical_ad",),
    "training.every": ("/registers/training",),
    "training.ledger": ("/registers/training/{username}",),
    "rules.every": ("/rules",),
    "rules.place": ("/rules/place",),
    "document_templates.every": ("/document-templates",),
    "document_templates.one": ("/document-templates/penalty_decision",),
    "api_page.index": ("/api",),
}
REDIRECTIONS = {"heat.busiest", "registers.front", "inbox.home", "tasks.refused", "record.open_record"}
FOR_MACHINES = {
    "assets.asset", "comparing.draft_source", "designs_data.files", "designs_data.vocabulary", "diagrams.source", "openapi.spec", "operations.alive", "operations.ready",
    "operations.metrics",
}  # fmt: skip
FILES = {"case.case_file", "decision_tables.dmn", "designs.bundle", "diagrams.bundle", "documents.file", "document_templates.file"}
"""What a person takes home instead of looking at."""
FILE = "subject_name,act,decided_on,authority,function,number,kinds\n虚构·看一看,illegal_practice,2025-03-03,虚构·某市卫健委,HEALTH,一号,warning\n"
"""A file of penalties that is read and never entered."""
ONLY_ABOVE = {"heat.of_version", "overdue.wall", "overdue.tasks", "supervision.orders"}
"""Screens that an officer sees when other agencies are below."""


def application() -> Flask:
    """The application, to ask it for its routes."""
    desk = desk_without_database()
    return create_app(desk, desk.settings)


def screens_of(app: Flask) -> dict[str, frozenset[str]]:
    """Endpoint of each page that a person opens, and its audience."""
    return {
        rule.endpoint: frozenset(app.view_functions[rule.endpoint].audience)
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and not rule.rule.startswith("/api/") and rule.endpoint not in REDIRECTIONS | FOR_MACHINES | FILES
    }


def places_of(person: Person, known: Mapping[str, str], screens: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """Endpoint and address of every screen that this person may open, in the order of the list."""
    roles, above = _roles(person)
    for endpoint, paths in SCREENS.items():
        audience = screens[endpoint]
        if PUBLIC in audience and endpoint == "sign_in.form":
            continue  # whoever is signed in is sent on
        if audience & {PUBLIC, SIGNED_IN} or audience & roles:
            if endpoint in ONLY_ABOVE and not above and not audience & roles & {"designer"}:
                continue
            yield from ((endpoint, path.format(**known)) for path in paths)


def known_to(person: Person, case: str) -> dict[str, str]:
    """What fills the addresses: a case, a task and a document that this person may see, and what the registers hold."""
    roles, _ = _roles(person)
    known = {"case": case, "task": "", "document": "", "username": person.username, **_found_by(person, roles)}
    if roles & {"admin", "security", "designer", "auditor"}:
        return known
    tasks: list[Any] = []
    for path in ("/tasks?view=todo", "/tasks?view=pool", "/tasks?view=done", "/overdue"):
        tasks = tasks or (person.api("GET", path)["items"] if path != "/overdue" or "supervisor" in roles else [])
    documents = person.api("GET", f"/cases/{case}/documents")
    rows = documents["items"] if isinstance(documents, dict) else documents
    return {**known, "task": tasks[0]["id"], "document": rows[0]["id"]}


def _found_by(person: Person, roles: frozenset[str]) -> dict[str, str]:
    """A subject, a file that this person has read, and drafts of processes."""
    found = {}
    if not roles & {"security", "designer", "auditor"}:
        found["subject"] = person.api("GET", "/registers/subjects?q=合欢")["items"][0]["id"]
    if roles & {"officer", "head", "admin"}:
        file = {"file_name": "penalties.csv", "content": base64.b64encode(FILE.encode()).decode()}
        found["file"] = person.api("POST", "/registers/imports", file)["id"]
    if roles & {"designer", "admin"}:
        found["draft"] = _draft(person, demo_drafts.WRITTEN, "open")
        found["imported"] = _draft(person, demo_drafts.BROUGHT, "open")
        found["tabled"] = person.api("POST", "/processes/campaign_report/drafts", {"base": 1})["id"] if "designer" in roles else ""
        found["submitted"] = _draft(person, demo_drafts.REVIEWED, "in_review")
    return found


def _draft(person: Person, process: str, state: str) -> str:
    return str(person.api("GET", f"/processes/{process}/drafts?state={state}")["items"][0]["id"])


def _roles(person: Person) -> tuple[frozenset[str], bool]:
    if not hasattr(person, "me"):
        person.me = person.api("GET", "/me")
    roles = frozenset(person.me["roles"])
    return roles, not roles.isdisjoint({"supervisor", "head"}) or person.username == "superior.officer"
