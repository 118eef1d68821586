"""Going every path of a draft, told line by line while it goes: the browser that goes away stops it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from uuid import UUID

from flask import Response, stream_with_context

from web import proving
from web.api.language import pick
from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.designs.data import READERS, screen, told_finding
from workflows import diagrams, proofs
from workflows.designing import drafts
from workflows.desk import Desk
from workflows.errors import DiagramRefused, OneCaseError

LINES = "application/x-ndjson"


@screen.post("/<uuid:draft_id>/prove")
@audience(*READERS)
def prove(draft_id: UUID) -> Response:
    """Go every path of the draft as it is stored: lines with `states`, at the end one with `findings`."""
    desk, officer = current_desk(), current_officer()
    files = drafts.stored(desk, officer, draft_id)
    wrong = diagrams.check(desk, files)
    if any(finding.severity == "error" for finding in wrong):
        raise DiagramRefused(wrong)
    return Response(stream_with_context(_lines(desk, files)), mimetype=LINES)


def _lines(desk: Desk, files: Mapping[str, bytes]) -> Iterator[str]:
    known = proofs.known(desk, files)
    try:
        for said in (known,) if known is not None else proving.proofs(files):
            if isinstance(said, int):
                yield _line(states=said)
                continue
            if known is None:
                proofs.keep(desk, files, said)
            yield _line(findings=[told_finding(one) for one in said])
    except OneCaseError as error:  # the answer has begun: what went wrong is its last line
        yield _line(detail=pick(error.zh, error.en))


def _line(**told: object) -> str:
    return json.dumps(told, ensure_ascii=False) + "\n"
