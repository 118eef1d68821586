"""Clocks: the rules, and what an officer may do with a clock that runs."""

from __future__ import annotations

from typing import Any

from web.api.door import ident, noun
from web.audience import CASE_WORKERS, SIGNED_IN, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.schemas.clock import ClockRule, ExtendClock, PauseClock, ResumeClock
from web.schemas.page import page_of, whole
from web.schemas.part import OneClock
from workflows import clocks, views

blueprint = noun("clocks", "期限 · clocks and their rules")
REFUSALS = [403, 409]


@blueprint.get("/clock-rules")
@audience(SIGNED_IN)
@blueprint.output(page_of(ClockRule))
@blueprint.doc(summary="Every clock rule with its article")
def rules() -> dict[str, object]:
    """List the rules as this jurisdiction has them."""
    return whole(clocks.rules(current_desk()))


@blueprint.post("/clocks/<clock_id>/pause")
@audience(*CASE_WORKERS)
@blueprint.input(PauseClock)
@blueprint.output(OneClock)
@blueprint.doc(summary="Pause a clock on a ground of its rule", responses=REFUSALS)
def pause(clock_id: str, json_data: dict[str, Any]) -> views.ClockRow:
    """Stop counting; the law excludes this time."""
    return clocks.pause(current_desk(), current_officer(), ident(clock_id), **json_data)


@blueprint.post("/clocks/<clock_id>/resume")
@audience(*CASE_WORKERS)
@blueprint.input(ResumeClock)
@blueprint.output(OneClock)
@blueprint.doc(summary="Let a paused clock run again", responses=REFUSALS)
def resume(clock_id: str, json_data: dict[str, Any]) -> views.ClockRow:
    """Count again; the due moment moves by what was excluded."""
    return clocks.resume(current_desk(), current_officer(), ident(clock_id), **json_data)


@blueprint.post("/clocks/<clock_id>/extend")
@audience(*CASE_WORKERS)
@blueprint.input(ExtendClock)
@blueprint.output(OneClock)
@blueprint.doc(summary="Extend a clock on a ground of its rule", responses=REFUSALS)
def extend(clock_id: str, json_data: dict[str, Any]) -> views.ClockRow:
    """Lengthen the term; the head's decision."""
    return clocks.extend(current_desk(), current_officer(), ident(clock_id), **json_data)
