"""Every route says who it is for. A test walks all routes and fails on one that does not.

`@audience("public")`, `@audience("signed_in")`, or the roles that may open it: `@audience("supervisor", "head")`.
It is the coarse door of a screen; what an officer may see or do behind it is decided by the verbs (`workflows.access`).
Write it *below* the route decorator.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from web.current_officer import current_officer
from workflows.errors import NotAllowed
from workflows.views import Officer

PUBLIC = "public"
SIGNED_IN = "signed_in"
CASE_WORKERS = ("intake", "officer", "head", "presiding", "deputy", "legal", "supervisor")
"""Who has cases and an inbox; the designer, both administrators and the auditor do not (三员分立)."""

WALL = ("supervisor", "head", "presiding", "officer")
"""Who may open the wall; for an officer the verb asks whether the agency has others below it."""

P = ParamSpec("P")
R = TypeVar("R")


def audience(*who: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Admit only these; the answer is kept as `view.audience` for the test of all routes."""

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            admit(who)
            return view(*args, **kwargs)

        guarded.audience = who  # type: ignore[attr-defined]
        return guarded

    return declare


def admit(who: tuple[str, ...]) -> None:
    """Raise NotSignedIn or NotAllowed unless the person asking belongs to `who`."""
    if PUBLIC in who:
        return
    officer = current_officer()
    if SIGNED_IN not in who and not belongs(officer, who):
        raise NotAllowed("您的岗位不能打开此页面。", "Your role may not open this page.")


def belongs(officer: Officer, roles: tuple[str, ...]) -> bool:
    """Whether the officer holds at least one of the roles."""
    return not officer.roles.isdisjoint(roles)
