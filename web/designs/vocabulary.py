"""What a designer may choose from, each with its name in the language that was asked for."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from web.api.language import pick
from web.schemas.shape import Shape, moment, words


class Words(fields.String):
    """A `Text` in the language of the request."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:  # noqa: ARG002 - theirs
        return None if value is None else pick(value.zh, value.en or value.zh)


def local(attribute: str) -> Words:
    """A name of an answer."""
    return Words(attribute=attribute, dump_only=True)


class Choice(Shape):
    """Something to choose: `value` is what the file says."""

    value = words("value")
    label = local("label")
    kind = words("kind")
    article = words("article")


class ClockChoice(Shape):
    """A clock rule; `due_today` is when it would run out if it were started now."""

    id = words("id")
    name = local("name")
    article = words("article")
    unit = words("unit")
    length = fields.Integer(dump_only=True)
    setting = fields.Boolean(dump_only=True, metadata={"description": "The law gives no number."})
    to_be_confirmed = fields.Boolean(dump_only=True)
    due_today = moment(null=True)
    provisional = fields.Boolean(dump_only=True, metadata={"description": "The calendar of that year is not published yet."})


class ServiceChoice(Shape):
    """A service: what it does, and the facts that it sets."""

    key = words("key")
    name = local("name")
    description = local("description")
    provides = fields.List(fields.String(), dump_only=True)


class FormField(Shape):
    """A fact that a form asks for."""

    key = words("key")
    label = local("label")
    type = words("type")


class FormChoice(Shape):
    """A form of the draft."""

    value = words("value")
    label = local("label")
    fields_ = fields.List(fields.Nested(FormField), attribute="fields", data_key="fields", dump_only=True)


class TableChoice(Shape):
    """A decision table of the draft: what it reads and what it sets."""

    value = words("value")
    label = local("label")
    inputs = fields.List(fields.String(), dump_only=True)
    outputs = fields.List(fields.String(), dump_only=True)


class Vocabulary(Shape):
    """Everything that the properties of an element are chosen from."""

    agencies = fields.List(fields.Nested(Choice), dump_only=True)
    roles = fields.List(fields.Nested(Choice), dump_only=True)
    clocks = fields.List(fields.Nested(ClockChoice), dump_only=True)
    services = fields.List(fields.Nested(ServiceChoice), dump_only=True)
    gates = fields.List(fields.Nested(Choice), dump_only=True)
    documents = fields.List(fields.Nested(Choice), dump_only=True)
    forms = fields.List(fields.Nested(FormChoice), dump_only=True)
    tables = fields.List(fields.Nested(TableChoice), dump_only=True)
    processes = fields.List(fields.Nested(Choice), dump_only=True)
