"""Documents as files, and their templates."""

from __future__ import annotations

from marshmallow import fields, validate

from web.schemas.shape import LINE, Shape, moment, words
from workflows.documents import case_file, papers


class DocumentFileQuery(Shape):
    """As which file."""

    format = fields.String(load_default="docx", validate=validate.OneOf(papers.FORMATS))


class CaseFileQuery(Shape):
    """As which file."""

    format = fields.String(load_default="zip", validate=validate.OneOf(case_file.FORMATS))


class AgencyQuery(Shape):
    """Whose template."""

    agency = fields.String(
        load_default="", validate=validate.Length(max=60), metadata={"description": "Code of your agency (default) or of one below it."}
    )


class Edition(Shape):
    """An edition of an agency's own template; without a digest the agency went back to the one that ships."""

    paper = words("paper")
    number = fields.Integer(dump_only=True)
    digest = words("digest", null=True)
    by = words("by")
    at = moment()
    note = words("note")


class EditionInUse(Edition):
    """The edition that the agency uses; null where it uses the one that ships."""


class Template(Shape):
    """A document of the registry and the template in use."""

    id = words("id")
    name = words("name.zh")
    name_en = words("name.en")
    kind = words("kind.zh")
    article = words("article")
    to_be_confirmed = fields.Boolean(dump_only=True)
    to = words("to", about="To whom it goes.")
    series = words("series", null=True, about="The word after the agency's sign in its number; null for papers without a number.")
    seal = fields.Boolean(dump_only=True)
    signs = fields.List(fields.String(), dump_only=True)
    edition = fields.Nested(EditionInUse, dump_only=True, allow_none=True)


class NewTemplate(Shape):
    """A template to be used from now on."""

    content = fields.String(
        required=True, allow_none=True, metadata={"description": "The .docx as Base64; null goes back to the template that ships."}
    )
    note = fields.String(required=True, validate=validate.Length(1, LINE), metadata={"description": "What was changed."})
    agency = fields.String(load_default="", validate=validate.Length(max=60))
