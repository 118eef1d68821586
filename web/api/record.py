"""The record: whether every chain of events is whole."""

from __future__ import annotations

from web.api.door import noun
from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.schemas.supervision import Verification
from workflows import history

blueprint = noun("record", "存证 · the record")


@blueprint.get("/record/verify")
@audience("auditor")
@blueprint.output(Verification)
@blueprint.doc(summary="Verify the record: changed, removed or reordered rows are named", responses=[403])
def verify() -> dict[str, object]:
    """Walk every chain of the record."""
    faults = history.verify(current_desk(), current_officer())
    return {"intact": not faults, "faults": faults}
