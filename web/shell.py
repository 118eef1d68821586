"""What surrounds every page: who is signed in, which screens are offered, and the numbers on them."""

from __future__ import annotations

from typing import Any

from flask import Flask, g, request

from web import registers
from web.audience import CASE_WORKERS, belongs
from web.current_desk import current_desk
from web.current_officer import current_officer, officer_or_none
from web.directory import within_reach
from web.navigation import SUPERVISING, places, sees_the_wall
from workflows import inbox
from workflows.designing import reviewing
from workflows.views import Counts

SCREEN_OF = {
    "tasks": "inbox",
    "case": "cases",
    "documents": "cases",
    "decision_tables": "diagrams",
    **dict.fromkeys(registers.NAMES, "registers"),
    "comparing": "diagrams",
    "heat": "diagrams",
}
"""Blueprints without an entry of their own are shown under another."""


def register(app: Flask) -> None:
    """Give every template the officer, the navigation and the badges."""
    app.context_processor(_surroundings)


def badges() -> Counts | None:
    """The numbers of the inbox, counted once per request; None for those who have no inbox."""
    if "badges" not in g:
        officer = current_officer()
        g.badges = inbox.counts(current_desk(), officer) if belongs(officer, CASE_WORKERS) else None
    counted: Counts | None = g.badges
    return counted


def _surroundings() -> dict[str, Any]:
    officer = None if g.get("alone") else officer_or_none()
    here = SCREEN_OF.get(request.blueprint or "", request.blueprint)
    if officer is None:
        return {"me": None, "screen": here}
    return {
        "me": officer,
        "screen": here,
        "places": places(officer),
        "badges": badges(),
        "to_review": reviewing.waiting(current_desk(), officer),
        "works_cases": belongs(officer, CASE_WORKERS),
        "supervises": sees_the_wall(officer),
        "orders": belongs(officer, SUPERVISING),
        "reach": within_reach(officer),
    }
