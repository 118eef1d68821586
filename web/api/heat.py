"""Heat: where time goes on a version of a process."""

from __future__ import annotations

from typing import Any

from web.api.door import noun
from web.audience import WALL, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.schemas.heat import Heat, HeatPeriod
from web.version_number import NUMBERS
from workflows import heat
from workflows.errors import NotFound

blueprint = noun("heat", "热力图 · where time goes on a version")


@blueprint.get("/processes/<key>/versions/<int:number>/heat")
@audience("designer", *WALL)
@blueprint.input(HeatPeriod, location="query")
@blueprint.output(Heat)
@blueprint.doc(summary="Counts, waits and broken limits of each step over a period", responses=[403])
def get_heat(key: str, number: int, query_data: dict[str, Any]) -> heat.HeatMap:
    """Count for the agencies that you supervise; a designer gets all counts."""
    if number > NUMBERS:
        raise NotFound
    return heat.heat_map(current_desk(), current_officer(), key, number, **query_data)
