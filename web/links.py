"""The state of a list lives in its address: filters, search and page. These helpers write such addresses."""

from __future__ import annotations

from typing import Any

from flask import Flask, request, url_for

from workflows.views import Page

PAGE_ROWS = 25


def register(app: Flask) -> None:
    """Offer the helpers to the templates."""
    app.jinja_env.globals.update(here=here, following=following, first_row=first_row)


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


def local_address(target: str | None) -> str | None:
    """`target` when it is a path of our own, else None: an address from a form must not lead elsewhere."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return None
    return target if target.isprintable() else None
