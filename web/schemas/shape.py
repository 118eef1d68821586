"""What every shape shares: attributes reached through a point, moments in Beijing time, texts that a database can hold."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from apiflask import Schema
from marshmallow import RAISE, fields, missing, validate

from workflows.working_days import CHINA

LINE = 500
"""Characters of a one-line answer such as a title or a reason."""
TEXT = 10_000
"""Characters of a longer text."""


class Shape(Schema):
    """A JSON object. An unknown key is refused, so that a misspelt one is never ignored in silence."""

    class Meta:
        """marshmallow's settings."""

        unknown = RAISE

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """`lead.name.zh` is null when there is no lead, instead of a key that is left out."""
        for part in attr.split("."):
            obj = obj.get(part, missing) if isinstance(obj, dict) else getattr(obj, part, missing)
            if obj is None:
                return None
            if obj is missing:
                return default
        return obj


class Moment(fields.AwareDateTime):
    """An instant in ISO 8601 with the offset of Beijing, whole seconds: `2026-04-03T14:05:00+08:00`."""

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:  # noqa: ARG002 - theirs
        return None if value is None else beijing(value)


def beijing(moment: datetime) -> str:
    """The moment as it is written in every answer."""
    return moment.astimezone(CHINA).isoformat(timespec="seconds")


def moment(attribute: str | None = None, *, null: bool = False) -> Moment:
    """A moment of an answer."""
    return Moment(attribute=attribute, dump_only=True, allow_none=null, metadata={"example": "2026-04-03T14:05:00+08:00"})


def words(attribute: str, *, null: bool = False, about: str = "") -> fields.String:
    """A text of an answer, taken from somewhere inside the object."""
    return fields.String(attribute=attribute, dump_only=True, allow_none=null, metadata={"description": about} if about else {})


def line(*, required: bool = True, longest: int = LINE, empty: bool = False, about: str = "") -> fields.String:
    """A short text of a request."""
    limits = validate.Length(min=None if empty else 1, max=longest)
    given: dict[str, Any] = {"required": True} if required else {"load_default": ""}
    return fields.String(validate=limits, metadata={"description": about} if about else {}, **given)
