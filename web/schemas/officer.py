"""The person behind a token."""

from __future__ import annotations

from marshmallow import fields

from web.schemas.shape import Shape, words


class Officer(Shape):
    """An officer with agency and roles."""

    id = fields.UUID(dump_only=True)
    username = words("username")
    name = words("name")
    agency = words("agency.code", about="Code of the agency.")
    agency_name = words("agency.name.zh")
    agency_name_en = words("agency.name.en")
    agency_function = words("agency.function")
    agency_level = words("agency.level")
    roles = fields.Function(lambda officer: sorted(officer.roles), metadata={"type": "array", "items": {"type": "string"}})
    certificate = words("certificate", null=True, about="Number of the enforcement certificate (执法证).")
    certificate_until = fields.Date(dump_only=True, allow_none=True)
