"""Me: the officer behind the token."""

from __future__ import annotations

from web.api.door import noun
from web.audience import SIGNED_IN, audience
from web.current_officer import current_officer
from web.schemas.officer import Officer
from workflows import views

blueprint = noun("me", "当前人员 · the officer behind the token")


@blueprint.get("/me")
@audience(SIGNED_IN)
@blueprint.output(Officer)
@blueprint.doc(summary="Who am I: agency and roles")
def me() -> views.Officer:
    """Give the officer."""
    return current_officer()
