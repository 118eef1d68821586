"""The option lists that forms name by `valuesKey`: agencies, members, colleagues, and those of the bundle's manifest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from workflows.contracts import AgencyRef
from workflows.directory import Directory, participants_of
from workflows.gates import FINES, Colleague, penalty_locked
from workflows.records import Case, Task
from workflows.step import bundle_of
from workflows.views import Officer
from workflows.working_days import CHINA

NOT_MEMBERS = frozenset({"GOV", "PROC", "COURT"})
"""Functions that supervise or judge and are not members of an administrative plan."""


def options_for(
    session: Session, people: Directory, officer: Officer, case: Case, task: Task, facts: Mapping[str, Any], now: datetime
) -> dict[str, list[dict[str, str]]]:
    """Options by `valuesKey` for this task and this officer; only what the law allows now is offered."""
    region = people.in_region(case.agency)
    leads = {part.agency.code for part in participants_of(session, people, case) if part.capacity == "lead"}
    found = {
        "agencies": [_agency(ref) for ref in region],
        "member_options": [_agency(ref) for ref in region if ref.function not in NOT_MEMBERS and ref.code not in leads],
        "officers": _certified(people, officer, task, now),
    }
    for key, options in bundle_of(session, case.digest).options.items():
        found[key] = [
            dict(option) for option in options if not (key == "penalty_options" and option["value"] in FINES and penalty_locked(facts))
        ]
    return found


def labels_for(session: Session, people: Directory, case: Case, named: Iterable[str] = ()) -> dict[str, list[dict[str, str]]]:
    """Every option that a stored answer may name, for showing answers in words; `named` are the usernames among them."""
    officers = [{"value": username, "label": name, "label_en": name} for username, name in people.names_of(named).items()]
    agencies = [_agency(ref) for ref in people.agencies()]
    return {"agencies": agencies, "member_options": agencies, "officers": officers, **bundle_of(session, case.digest).options}


def _agency(ref: AgencyRef) -> dict[str, str]:
    return {"value": ref.code, "label": ref.name.zh, "label_en": ref.name.en}


def _certified(people: Directory, officer: Officer, task: Task, now: datetime) -> list[dict[str, str]]:
    today = now.astimezone(CHINA).date()
    others = [row for row in people.holding(task.agency, task.role) if row.username != officer.username]
    able = [
        row for row in others if Colleague(row.username, row.agency, row.active, row.certificate, row.certificate_until).certified(today)
    ]
    return [
        {"value": row.username, "label": f"{row.name}（{row.certificate}）", "label_en": f"{row.name} ({row.certificate})"} for row in able
    ]
