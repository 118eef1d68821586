"""The state of a list lives in its address: filters, search and page. These helpers write such addresses."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, request, url_for

from workflows.views import Page

PAGE_ROWS = 25


def register(app: Flask) -> None:
    """Offer the helpers to the templates."""
    app.jinja_env.globals.update(here=here, following=following, first_row=first_row, this_page=this_page)


def here(**changes: Any) -> str:
    """This address with some of its parameters changed. A changed filter starts again at the first page."""
    kept = {key: value for key, value in request.args.items() if key not in ("cursor", "row")}
    kept.update(request.view_args or {})
    wanted = {key: value for key, value in {**kept, **changes}.items() if value not in (None, "")}
    return url_for(request.endpoint or "", **wanted)


def following(page: Page[Any]) -> str | None:
    """The address of the next page, or None on the last."""
    return here(cursor=page.next, row=first_row() + len(page.items)) if page.next else None


def first_row() -> int:
    """The number of the first row on this page (1 on the first page)."""
    return max(request.args.get("row", 1, type=int), 1) if request.args.get("cursor") else 1


def this_page() -> str:
    """Where to come back to: this address, or the page whose form led here."""
    return request.full_path.rstrip("?") if request.method == "GET" else referring_page()


def referring_page() -> str:
    """The path of the page that the request came from, when it is one of ours."""
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc != request.host:
        return "/"
    return f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path or "/"


def local_address(target: str | None) -> str | None:
    """`target` when it is a path of our own, else None: an address from a form must not lead elsewhere."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return None
    return target if target.isprintable() else None
