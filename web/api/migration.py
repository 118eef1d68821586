"""Running cases on a version of their process: what would become of each, and moving them."""

from __future__ import annotations

from typing import Any

from web.api.door import noun
from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.schemas.migration import CasesToMove, MigrationPreview, Moved
from workflows.case_migration import moving
from workflows.errors import NotFound
from workflows.views.migration import MigrationPage

blueprint = noun("migration", "在办案件迁移 · running cases on another version")
NUMBERS = 2**31 - 1
"""More than a database counts."""


@blueprint.get("/processes/<key>/versions/<int:number>/migration")
@audience("designer")
@blueprint.output(MigrationPreview)
@blueprint.doc(summary="What would become of every running case on this version", responses=[403])
def preview(key: str, number: int) -> MigrationPage:
    """Judge every unfinished case that runs on another version; nothing is changed."""
    return moving.preview(current_desk(), current_officer(), key, _known(number))


@blueprint.post("/processes/<key>/versions/<int:number>/migration")
@audience("designer")
@blueprint.input(CasesToMove)
@blueprint.output(Moved)
@blueprint.doc(summary="Move running cases to this version", responses=[403])
def move(key: str, number: int, json_data: dict[str, Any]) -> dict[str, object]:
    """Move those that may; each in a transaction of its own, its tasks, drafts and clocks as they were."""
    return {"cases": moving.move(current_desk(), current_officer(), key, _known(number), **json_data)}


def _known(number: int) -> int:
    if number > NUMBERS:
        raise NotFound
    return number
