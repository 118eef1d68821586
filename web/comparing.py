"""Two versions of a process, or a draft and a version, side by side: the diagrams with their marks, and every change in words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for

from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.language import sentence as _
from web.version_number import version_number
from workflows import diagrams
from workflows.comparing import versions
from workflows.comparing.changes import LAYOUT, WORDS
from workflows.comparing.versions import ComparedDrawing, Comparison

screen = Blueprint("comparing", __name__)

READERS = ("designer", "supervisor", "head", "presiding", "legal", "officer", "deputy", "intake", "admin")
DESIGNERS = ("designer", "admin")
SHOWN = 400
"""Changes on one page; of a process that was drawn anew the first say enough."""


@screen.get("/diagrams/<key>/compare")
@audience(*READERS)
def of_versions(key: str) -> str:
    """What one version changed of another; without numbers the newest of the one before it."""
    desk, officer = current_desk(), current_officer()
    process = diagrams.versions(desk, officer, key)
    new = version_number(request.args.get("new", "")) or process.latest.number
    old = version_number(request.args.get("old", "")) or max(new - 1, 1)
    return _shown(versions.of_versions(desk, officer, key, old, new), [row.number for row in process.versions])


@screen.get("/designs/<uuid:draft_id>/compare")
@audience(*DESIGNERS)
def of_draft(draft_id: UUID) -> str:
    """What a draft changes of the version that it began with, or of another."""
    desk, officer = current_desk(), current_officer()
    found = versions.of_draft(desk, officer, draft_id, version_number(request.args.get("old", "")))
    numbers = [] if found.old is None else [row.number for row in diagrams.versions(desk, officer, found.process).versions]
    return _shown(found, numbers)


@screen.get("/designs/<uuid:draft_id>/source/<process>.bpmn")
@audience(*DESIGNERS)
def draft_source(draft_id: UUID, process: str) -> Response:
    """The BPMN source of one process of a draft, as it is stored now."""
    response = Response(versions.draft_source(current_desk(), current_officer(), draft_id, process), mimetype="application/xml")
    response.headers["Cache-Control"] = "no-store"
    return response


def _shown(found: Comparison, numbers: list[int]) -> str:
    wanted = request.args.get("process")
    drawing = next((one for one in found.drawings if one.process == wanted), found.drawings[0] if found.drawings else None)
    return render_template(
        "diagrams/compared.html",
        found=found,
        numbers=numbers,
        drawing=drawing,
        sides=_sides(found, drawing) if drawing else [],
        files=_by_file(found),
        cut=max(0, len(found.changes) - SHOWN),
    )


def _by_file(found: Comparison) -> dict[str, list[Any]]:
    files: dict[str, list[Any]] = {}
    for change in found.changes[:SHOWN]:
        files.setdefault(change.file, []).append(change)
    return files


def _sides(found: Comparison, drawing: ComparedDrawing) -> list[dict[str, Any]]:
    """The two pictures of a drawing, the older first: a title, where its source is ('' for none), and its marks."""
    here = [change for change in found.changes if change.file == drawing.file and change.place]
    draft = url_for("comparing.draft_source", draft_id=found.draft, process=drawing.process) if found.draft else ""
    sources = [
        url_for("diagrams.source", digest=found.old_digest, process=drawing.process),
        draft or url_for("diagrams.source", digest=found.new_digest, process=drawing.process),
    ]
    titles = [
        _("第 %(n)s 版", n=found.old) if found.old else _("尚未发布"),
        _("第 %(n)s 版", n=found.new) if found.new else _("草稿"),
    ]
    return [
        {
            "title": titles[side],
            "source": sources[side] if has else "",
            "marks": [{"id": one.place, "kind": _mark(one.kind, one.effect), "effect": one.effect} for one in here if one.kind != absent],
        }
        for side, has, absent in ((0, drawing.older, "added"), (1, drawing.newer, "removed"))
    ]


def _mark(kind: str, effect: str) -> str:
    if effect == LAYOUT:
        return "moved"
    return "worded" if effect == WORDS else kind
