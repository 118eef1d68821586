"""The matter list: the one in force, every version, what changed; and the draft for who keeps it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.audience import audience
from web.current_desk import current_desk
from web.current_officer import current_officer
from web.errors import explain
from web.language import local
from web.language import sentence as _
from web.registers.doors import KEEPERS
from workflows import matter_list as matters
from workflows.contracts import Text
from workflows.errors import NotFound, WrongAnswers
from workflows.functions import FUNCTION_NAMES
from workflows.registers.matters import DRAFT
from workflows.tariffs import load_tariffs
from workflows.views.registers import MatterLine, MatterVersion

screen = Blueprint("matters", __name__, url_prefix="/registers/matters")
EMPTY = MatterLine("", "", "", "", (), "", "", "", ())


def matter_names() -> dict[str, Text]:
    """Names of the matters in force by code."""
    current = matters.version(current_desk(), current_officer())
    return {one.code: Text(one.name, one.name_en) for one in current.matters}


def act_names() -> dict[str, Text]:
    """Names of what a penalty may be for, by code: the matters in force, then the acts that have a tariff."""
    matter = matter_names()
    return {**matter, **{code: tariff.name for code, tariff in load_tariffs().items() if code not in matter}}


@screen.get("")
@audience("signed_in")
def current() -> str:
    """The list in force."""
    return _shown(matters.version(current_desk(), current_officer()))


@screen.get("/<int:number>")
@audience("signed_in")
def version(number: int) -> str:
    """A version, or the draft."""
    return _shown(matters.version(current_desk(), current_officer(), number))


@screen.get("/<int:number>/against/<int:other>")
@audience("signed_in")
def compare(number: int, other: int) -> str:
    """What version `number` changed of version `other`."""
    changes = matters.compare(current_desk(), current_officer(), other, number)
    return render_template("registers/matters_compared.html", number=number, other=other, changes=changes)


@screen.post("/draft")
@audience(*KEEPERS)
def begin() -> Response:
    """Begin a draft, or go on with the one there is."""
    number = matters.begin_draft(current_desk(), current_officer())
    return redirect(url_for("matters.version", number=number), code=303)


@screen.get("/draft/matter")
@audience(*KEEPERS)
def edit() -> str:
    """The form of one matter of the draft; without a code, of a new one."""
    draft = _draft()
    asked = request.args.get("code", "")
    known = next((one for one in draft.matters if one.code == asked), EMPTY)
    return _form(known, is_new=known is EMPTY)


@screen.post("/draft/matter")
@audience(*KEEPERS)
def save() -> Response | tuple[str, int]:
    """Keep one matter of the draft; what was typed stays when something is wrong."""
    typed, given = _typed(), request.form.get("new") == "1"
    try:
        matters.save(current_desk(), current_officer(), typed)
    except WrongAnswers as error:
        return _form(typed, is_new=given, wrong={name: local(Text(*both)) for name, both in error.fields.items()}), error.status
    flash(_("已存入草稿：%(name)s", name=typed.name), "done")
    return redirect(url_for("matters.version", number=_draft().version), code=303)


@screen.post("/draft/remove")
@audience(*KEEPERS)
def remove() -> Response:
    """Take a matter out of the draft."""
    matters.remove(current_desk(), current_officer(), request.form.get("code", ""))
    flash(_("已从草稿中移除"), "done")
    return redirect(url_for("matters.version", number=_draft().version), code=303)


@screen.post("/draft/publish")
@audience(*KEEPERS)
def publish() -> Response | tuple[str, int]:
    """The draft is in force from now on."""
    try:
        number = matters.publish(current_desk(), current_officer(), request.form.get("reason", ""))
    except WrongAnswers as error:
        return _shown(_draft(), wrong=explain(error)), error.status
    flash(_("已发布第 %(n)s 版事项清单", n=number), "done")
    return redirect(url_for("matters.current"), code=303)


@screen.post("/draft/discard")
@audience(*KEEPERS)
def discard() -> Response:
    """Throw the draft away."""
    matters.discard(current_desk(), current_officer())
    flash(_("已放弃草稿"), "done")
    return redirect(url_for("matters.current"), code=303)


def _draft() -> MatterVersion:
    """The draft; one that is not begun is not found."""
    desk, officer = current_desk(), current_officer()
    draft = next((one for one in matters.versions(desk, officer) if one.status == DRAFT), None)
    if draft is None:
        raise NotFound
    return matters.version(desk, officer, draft.version)


def _typed() -> MatterLine:
    given = request.form
    plain = {name: given.get(name, "").strip() for name in ("code", "name", "name_en", "lead", "basis", "objects", "measures")}
    return MatterLine(**plain, members=tuple(given.getlist("members")), sources=tuple(given.getlist("sources")))


def _shown(shown: MatterVersion, wrong: str = "") -> str:
    desk, officer = current_desk(), current_officer()
    return render_template(
        "registers/matters.html", shown=shown, versions=matters.versions(desk, officer), keeps=matters.may_keep(desk, officer), wrong=wrong
    )


def _form(matter: MatterLine, *, is_new: bool, wrong: dict[str, str] | None = None) -> str:
    return render_template(
        "registers/matter.html", matter=matter, is_new=is_new, wrong=wrong or {}, functions=FUNCTION_NAMES, sources=matters.SOURCES
    )
