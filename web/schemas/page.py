"""A page of a list: `{items, next, total}`; `next` is the cursor of the following page or null at the end, `total` null when not counted."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from marshmallow import fields, validate

from web.schemas.shape import Shape

LARGEST = 100
USUAL = 25
LENGTH = "Rows of the whole list; null when the list is long and was not counted (`next` says whether more follow)."


class PageQuery(Shape):
    """Which page of a list is asked for."""

    limit = fields.Integer(load_default=USUAL, validate=validate.Range(1, LARGEST), metadata={"description": "Rows a page, 1–100."})
    cursor = fields.String(load_default=None, validate=validate.Length(max=500), metadata={"description": "`next` of the former page."})


@cache
def page_of(row: type[Shape]) -> type[Shape]:
    """The shape of a page of `row`s."""
    rows = fields.List(fields.Nested(row), required=True)
    following = fields.String(allow_none=True, required=True, metadata={"description": "Cursor of the next page, null on the last."})
    total = fields.Integer(allow_none=True, required=True, metadata={"description": LENGTH})
    members: dict[str, fields.Field[Any]] = {"items": rows, "next": following, "total": total}
    return cast("type[Shape]", Shape.from_dict(members, name=f"{row.__name__}Page"))


def whole(rows: tuple[object, ...]) -> dict[str, object]:
    """A list that is never long, in the shape of a page."""
    return {"items": rows, "next": None, "total": len(rows)}
