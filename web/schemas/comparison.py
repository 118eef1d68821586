"""What differs between two versions of a process."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from web.schemas.shape import Shape, words
from workflows.comparing.changes import EFFECTS

NUMBERS = 2**31 - 1


def _number(*, required: bool, about: str) -> fields.Integer:
    limits = validate.Range(1, NUMBERS)
    how: dict[str, Any] = {"required": True} if required else {"load_default": None}
    return fields.Integer(validate=limits, metadata={"description": about}, **how)


class Compared(Shape):
    """Which two versions."""

    old = _number(required=True, about="The version that is compared with.")
    new = _number(required=True, about="The version whose changes are told.")


class ComparedDraft(Shape):
    """Which version a draft is compared with."""

    old = _number(required=False, about="Without one, the version that the draft began with, else the newest.")


class ProcessChange(Shape):
    """One difference; `effect` says what it does: to cases (execution), to what is proved before publishing, to words, to the picture."""

    effect = fields.String(dump_only=True, validate=validate.OneOf(EFFECTS))
    kind = words("kind", about="added, removed, changed or moved.")
    part = words("part", about="manifest, diagram, form, table, rules, scenario, document or other.")
    file = words("file")
    process = words("process", about="Of a diagram: the process that it draws.")
    place = words("place", about="The element, field, row or entry; empty for the whole file.")
    subject = words("subject.zh", about="What the place is called.")
    subject_en = words("subject.en")
    aspect = words("aspect.zh", about="What of it differs.")
    aspect_en = words("aspect.en")
    old = words("old.zh")
    old_en = words("old.en")
    new = words("new.zh")
    new_en = words("new.en")


class ProcessComparison(Shape):
    """What differs, and how many changes have each effect."""

    process = words("process")
    name = words("name.zh")
    name_en = words("name.en")
    old = fields.Integer(dump_only=True, allow_none=True, metadata={"description": "Null where nothing was published."})
    new = fields.Integer(dump_only=True, allow_none=True, metadata={"description": "Null for a draft."})
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), dump_only=True)
    changes = fields.List(fields.Nested(ProcessChange), dump_only=True)
