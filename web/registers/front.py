"""The way in: to the first register that the officer may open."""

from __future__ import annotations

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from web.audience import audience
from web.current_officer import current_officer
from web.registers.doors import tabs

screen = Blueprint("registers", __name__, url_prefix="/registers")


@screen.get("")
@audience("signed_in")
def front() -> Response:
    """Go on to the first one."""
    return redirect(tabs(current_officer())[0].url)


@screen.app_context_processor
def register_tabs() -> dict[str, object]:
    """Offer the tabs to the templates of the registers; computed when one asks."""
    return {"register_tabs": lambda: tabs(current_officer())}
