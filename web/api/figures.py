"""Figures: counts from the same predicates as the lists."""

from __future__ import annotations

from web.api.door import noun
from web.audience import SIGNED_IN, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.schemas.supervision import InboxCounts, OverdueFigures
from workflows import inbox, overdue, views

blueprint = noun("figures", "数据 · figures")


@blueprint.get("/figures/inbox")
@audience(SIGNED_IN)
@blueprint.output(InboxCounts)
@blueprint.doc(summary="The badges of the inbox")
def inbox_figures() -> views.Counts:
    """Count this officer's inbox."""
    return inbox.counts(current_desk(), current_officer())


@blueprint.get("/figures/overdue")
@audience(SIGNED_IN)
@blueprint.output(OverdueFigures)
@blueprint.doc(summary="Open tasks by light, agency and step", responses=[403])
def overdue_figures() -> views.Wall:
    """Count what is open below this officer."""
    return overdue.wall(current_desk(), current_officer())
