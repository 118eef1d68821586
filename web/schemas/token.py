"""Signing in to the API."""

from __future__ import annotations

from marshmallow import fields, validate

from web.schemas.officer import Officer
from web.schemas.shape import Shape


class Credentials(Shape):
    """Who asks for a token."""

    username = fields.String(required=True, validate=validate.Length(min=1, max=100))
    password = fields.String(required=True, validate=validate.Length(min=1, max=200), metadata={"format": "password"})


class Token(Shape):
    """A token for the `Authorization: Bearer` header; it ends after the hours that the installation allows."""

    token = fields.String(required=True)
    type = fields.String(required=True, metadata={"example": "Bearer"})
    officer = fields.Nested(Officer, required=True)
