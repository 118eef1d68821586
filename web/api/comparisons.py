"""Comparisons: what a version of a process, or a draft, changes of another version."""

from __future__ import annotations

from typing import Any

from web.api.door import ident, noun
from web.audience import SIGNED_IN, audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.schemas.comparison import Compared, ComparedDraft, ProcessComparison
from workflows.comparing import versions
from workflows.errors import NotFound

blueprint = noun("comparisons", "版本比较 · what differs between two versions")
DESIGNERS = ("designer", "admin")


@blueprint.get("/processes/<key>/compare")
@audience(SIGNED_IN)
@blueprint.input(Compared, location="query")
@blueprint.output(ProcessComparison)
@blueprint.doc(summary="What one version changed of another", responses=[403])
def compare_versions(key: str, query_data: dict[str, Any]) -> versions.Comparison:
    """Tell each difference with what it does: execution, proof, words or layout."""
    return versions.of_versions(current_desk(), current_officer(), key, **query_data)


@blueprint.get("/processes/<key>/drafts/<draft_id>/compare")
@audience(*DESIGNERS)
@blueprint.input(ComparedDraft, location="query")
@blueprint.output(ProcessComparison)
@blueprint.doc(summary="What a draft changes", responses=[403])
def compare_draft(key: str, draft_id: str, query_data: dict[str, Any]) -> versions.Comparison:
    """Tell what a draft changes of the version that it began with, or of another."""
    found = versions.of_draft(current_desk(), current_officer(), ident(draft_id), **query_data)
    if found.process != key:
        raise NotFound
    return found
