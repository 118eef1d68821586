"""Who may open which register, and the tabs that lead from one to the other."""

from __future__ import annotations

from flask import url_for

from web.audience import belongs
from web.language import sentence as _
from web.navigation import Place
from workflows.registers import scope
from workflows.views import Officer

READERS, KEEPERS, TRAINERS = scope.READERS, scope.KEEPERS, scope.TRAINERS
"""Roles; whether the officer's agency may, the verbs say."""


def tabs(officer: Officer) -> tuple[Place, ...]:
    """The registers that this officer may open."""
    readers = belongs(officer, READERS)
    offered = (
        ("subjects", "subjects.every", _("监管对象"), readers),
        ("penalties", "penalties.every", _("行政处罚"), readers),
        ("advertisements", "advertisements.every", _("违法广告"), readers),
        ("matters", "matters.current", _("事项清单"), True),
        ("training", "training.every", _("培训学时"), belongs(officer, TRAINERS)),
    )
    return tuple(Place(screen, url_for(endpoint), words) for screen, endpoint, words, allowed in offered if allowed)
