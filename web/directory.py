"""The agencies as a page needs them: a name for a code, and who is below whom. Read once per request."""

from __future__ import annotations

from flask import Flask, g

from web.current_desk import current_desk
from workflows import agencies
from workflows.contracts import AgencyRef, Text
from workflows.views import Officer


def register(app: Flask) -> None:
    """Offer the names to the templates."""
    app.jinja_env.filters["branch_name"] = branch_name


def every_agency() -> dict[str, AgencyRef]:
    """Agencies by code."""
    if "agencies" not in g:
        g.agencies = agencies.by_code(current_desk())
    known: dict[str, AgencyRef] = g.agencies
    return known


def below(officer: Officer) -> frozenset[str]:
    """Codes of the agencies under the officer's own, at any depth."""
    if "below" not in g:
        g.below = agencies.below(current_desk(), officer.agency.code)
    found: frozenset[str] = g.below
    return found


def within_reach(officer: Officer) -> frozenset[str]:
    """Agencies whose tasks this officer can open: the own one and those below. The verbs decide; this only draws no dead links."""
    return below(officer) | {officer.agency.code}


def branch_name(scope: str) -> Text | None:
    """The agency whose branch of a parallel stage this is; None outside such a stage."""
    found = every_agency().get(scope.rsplit("/", 1)[-1]) if scope else None
    return found.name if found else None
