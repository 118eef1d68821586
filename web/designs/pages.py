"""Drafts of processes as pages: the list, the editor's page, the review; and the forms that begin, submit, publish."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.downloads import download
from web.errors import explain
from web.language import local
from web.language import sentence as _
from web.links import PAGE_ROWS
from web.version_number import version_number
from workflows import diagrams
from workflows.designing import drafts, exchange, reviewing
from workflows.designing.archive import UPLOAD_LIMIT
from workflows.errors import DiagramRefused, NotFound, OneCaseError, WrongAnswers
from workflows.functions import FUNCTION_NAMES
from workflows.importing import Options
from workflows.views import DraftRow
from workflows.vocabulary import AGENCY_WORDS, CAPACITIES, CASE_ROLES, ROLES

screen = Blueprint("designs", __name__, url_prefix="/designs")

EDITORS = ("designer",)
READERS = ("designer", "admin")


@screen.get("")
@audience(*READERS)
def every() -> str:
    """The drafts of a state, the last changed first, and the ways to begin one."""
    return _list()


@screen.post("")
@audience(*EDITORS)
def begin() -> AnyResponse | tuple[str, int]:
    """Begin a draft: of a file, of a new process, or as a copy of a version."""
    try:
        draft = _begun()
    except (OneCaseError, NotFound) as error:
        return _list(error=error), error.status
    return redirect(url_for("designs.imported" if draft.imported else "designs.editor", draft_id=draft.id), code=303)


@screen.get("/<uuid:draft_id>/imported")
@audience(*READERS)
def imported(draft_id: UUID) -> str:
    """What an import changed in another tool's diagram, and what it could not accept."""
    page = exchange.imported(current_desk(), current_officer(), draft_id)
    return render_template("designs/imported.html", draft=page.row, notes=page.notes, refused=sum(note.refused for note in page.notes))


@screen.get("/<uuid:draft_id>")
@audience(*READERS)
def editor(draft_id: UUID) -> str:
    """The editor; its script fetches the files."""
    page = drafts.opened(current_desk(), current_officer(), draft_id)
    return render_template("designs/editor.html", draft=page.row, here=page.here)


@screen.get("/<uuid:draft_id>/review")
@audience(*READERS)
def review(draft_id: UUID) -> str:
    """What the draft changes and what the check says of it."""
    return _review(draft_id)


@screen.post("/<uuid:draft_id>/review")
@audience(*EDITORS)
def reviewed(draft_id: UUID) -> AnyResponse | tuple[str, int]:
    """Submit, send back, publish or discard; what is refused is said on the page, and the reason that was typed stays."""
    chosen = CHOICES.get(request.form.get("then", ""))
    if chosen is None:
        raise NotFound
    verb, done = chosen
    try:
        row = verb(draft_id)
    except OneCaseError as error:
        return _review(draft_id, error=error), error.status
    flash(done(row), "done")
    if row.state == "published":
        return redirect(url_for("diagrams.versions", key=row.process), code=303)
    return redirect(url_for("designs.every", state="closed" if row.state == "discarded" else row.state), code=303)


@screen.get("/<uuid:draft_id>/bundle.zip")
@audience(*READERS)
def bundle(draft_id: UUID) -> Response:
    """All files of the draft as one zip."""
    return download(*exchange.export(current_desk(), current_officer(), draft_id))


def _begun() -> DraftRow:
    desk, officer, form = current_desk(), current_officer(), request.form
    upload = request.files.get("file")
    if upload is not None and upload.filename:
        options = Options(people="people" in form, agency=_one_of(form, "agency", AGENCY_WORDS), role=_one_of(form, "role", CASE_ROLES))
        return exchange.bring_upload(desk, officer, upload.filename, upload.stream.read(UPLOAD_LIMIT + 1), options)
    if form.get("process"):
        return drafts.begin(desk, officer, process=form["process"], number=version_number(form.get("number", "")))
    if "key" in form or "name" in form:
        return drafts.begin_new(desk, officer, key=form.get("key", "").strip(), name=form.get("name", ""), name_en=form.get("name_en", ""))
    raise WrongAnswers({"file": ("请选择文件。", "Choose a file.")})


def _one_of(form: Mapping[str, str], field: str, known: Container[str]) -> str:
    typed = form.get(field, "")
    if typed and typed not in known:
        raise WrongAnswers({field: ("请从列表中选择。", "Choose from the list.")})
    return typed


def _submit(draft_id: UUID) -> DraftRow:
    return reviewing.submit(current_desk(), current_officer(), draft_id, reason=request.form.get("reason", ""))


def _send_back(draft_id: UUID) -> DraftRow:
    return reviewing.send_back(current_desk(), current_officer(), draft_id, comment=request.form.get("comment", ""))


def _publish(draft_id: UUID) -> DraftRow:
    reason, over = request.form.get("reason", ""), version_number(request.form.get("over", ""))
    return reviewing.publish(current_desk(), current_officer(), draft_id, reason=reason, over=over)


def _discard(draft_id: UUID) -> DraftRow:
    return drafts.discard(current_desk(), current_officer(), draft_id)


CHOICES: dict[str, tuple[Callable[[UUID], DraftRow], Callable[[DraftRow], str]]] = {
    "submit": (_submit, lambda row: _("已提交审核：%(name)s", name=local(row.name))),
    "return": (_send_back, lambda row: _("已退回：%(name)s", name=local(row.name))),
    "publish": (_publish, lambda row: _("已发布第 %(n)s 版：%(name)s", n=row.published, name=local(row.name))),
    "discard": (_discard, lambda row: _("已作废草稿：%(name)s", name=local(row.name))),
}


def _list(error: OneCaseError | None = None) -> str:
    desk, officer = current_desk(), current_officer()
    state = request.args.get("state", "open")
    return render_template(
        "designs/list.html",
        page=drafts.listed(desk, officer, state=state, cursor=request.args.get("cursor"), limit=PAGE_ROWS),
        state=state,
        processes=diagrams.list_processes(desk, officer) if "designer" in officer.roles else (),
        agencies={code: name for code, name in (CAPACITIES | FUNCTION_NAMES).items() if code in AGENCY_WORDS},
        roles={code: name for code, name in ROLES.items() if code in CASE_ROLES},
        typed=request.form,
        error=explain(error) if error else None,
    )


def _review(draft_id: UUID, error: OneCaseError | None = None) -> str:
    page = reviewing.review(current_desk(), current_officer(), draft_id)
    shown: dict[str, Any] = {"page": page, "draft": page.row, "findings": page.findings, "typed": request.form}
    refused = explain(error) if error and not isinstance(error, DiagramRefused) else None
    blocked = isinstance(error, DiagramRefused)
    return render_template("designs/review.html", **shown, error=refused, blocked=blocked)
