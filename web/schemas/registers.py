"""The registers: subjects, penalties, advertisements, matters, training hours, and files of penalties."""

from __future__ import annotations

from marshmallow import fields, validate

from web.schemas.page import PageQuery
from web.schemas.shape import Shape, line, moment, words
from web.schemas.task import CaseHead
from workflows.advertisements import BASES
from workflows.penalties import SOURCES, STATES
from workflows.subjects import KINDS

LONGEST_FILE = 7 * 1024 * 1024
"""Characters of a file in base64: five megabytes."""


def _texts() -> fields.List[str]:
    return fields.List(fields.String(), dump_only=True)


def _amount(places: int, *, null: bool = False) -> fields.Decimal:
    return fields.Decimal(places=places, as_string=True, dump_only=True, allow_none=null, metadata={"type": "string", "format": "decimal"})


class SubjectQuery(PageQuery):
    """Which subjects."""

    q = line(required=False, empty=True, about="The beginning of a code, or a part of a name however it is written.")
    kind = fields.String(load_default=None, validate=validate.OneOf(KINDS))


class Subject(Shape):
    """A regulated subject."""

    id = fields.UUID(dump_only=True)
    name = words("name")
    code = words("code", about="Unified social credit code, empty without one.")
    kind = words("kind")
    ownership = words("ownership")
    names = _texts()
    penalties = fields.Integer(dump_only=True)
    violations = fields.Integer(dump_only=True)
    at = moment()


class Person(Shape):
    """Somebody behind a subject."""

    name = words("name")
    part = words("part")
    id_last = words("id_last", about="The last four places of the identity number, where it was given.")


class PenaltyQuery(PageQuery):
    """Which penalties."""

    q = line(required=False, empty=True, about="A part of the subject's name, the authority or the number.")
    source = fields.String(load_default=None, validate=validate.OneOf(SOURCES))
    status = fields.String(load_default=None, validate=validate.OneOf(STATES))
    act = fields.String(load_default=None, validate=validate.Length(max=40))
    function = fields.String(load_default=None, validate=validate.Length(max=20))


class Penalty(Shape):
    """An administrative penalty. `fine` is in yuan, as a text with two decimal places."""

    id = fields.UUID(dump_only=True)
    subject_name = words("subject_name")
    subject_code = words("subject_code")
    act = words("act", about="A code of the matter list.")
    act_on = fields.Date(dump_only=True, allow_none=True)
    decided_on = fields.Date(dump_only=True)
    authority = words("authority")
    function = words("function")
    region = words("region")
    source = words("source")
    number = words("number")
    kinds = _texts()
    fine = _amount(2, null=True)
    status = words("status")
    summary = fields.Boolean(dump_only=True)
    certified_copy = fields.Boolean(dump_only=True)
    case_number = words("case_number", about="The case in which it was decided, when you may see that case.")
    matched_by = words("matched_by", about="On a subject: code, name, variant or person. All but code are for an officer to confirm.")


class PenaltyLine(Shape):
    """A penalty and whose it is."""

    subject = fields.UUID(dump_only=True)
    penalty = fields.Nested(Penalty, dump_only=True)


class AdViolation(Shape):
    """A punished advertisement; `basis` is 55, 58 or measures."""

    subject_name = words("subject_name")
    subject_code = words("subject_code")
    act_on = fields.Date(dump_only=True)
    decided_on = fields.Date(dump_only=True)
    basis = words("basis")
    number = words("number")
    case_number = words("case_number")


class AdQuery(PageQuery):
    """Which advertisements."""

    q = line(required=False, empty=True, about="A part of the subject's name.")
    basis = fields.String(load_default=None, validate=validate.OneOf(BASES))


class AdLine(Shape):
    """A punished advertisement, whose it is, and how many the subject has in the 24 months that end today."""

    subject = fields.UUID(dump_only=True)
    counted = fields.Integer(dump_only=True)
    violation = fields.Nested(AdViolation, dump_only=True)


class AdRefusal(Shape):
    """From `since` until `until`, both included, no advertisement application is accepted."""

    subject_name = words("subject_name")
    subject_code = words("subject_code")
    since = fields.Date(dump_only=True)
    until = fields.Date(dump_only=True)
    basis = words("basis")
    number = words("number")


class RefusalLine(Shape):
    """A refusal and whose it is."""

    subject = fields.UUID(dump_only=True)
    in_force = fields.Boolean(dump_only=True)
    refusal = fields.Nested(AdRefusal, dump_only=True)


class SubjectFile(Shape):
    """A subject with everything that the registers know of it, as far as you may see it."""

    line = fields.Nested(Subject, dump_only=True, data_key="subject")
    people = fields.List(fields.Nested(Person), dump_only=True)
    penalties = fields.List(fields.Nested(Penalty), dump_only=True)
    violations = fields.List(fields.Nested(AdViolation), dump_only=True)
    counted = fields.Integer(dump_only=True, metadata={"description": "Violations of the last 24 months, by act."})
    refusals = fields.List(fields.Nested(AdRefusal), dump_only=True)
    cases = fields.List(fields.Nested(CaseHead), dump_only=True)


class Matter(Shape):
    """A matter of the list; `lead` and `members` are function codes."""

    code = words("code")
    name = words("name")
    name_en = words("name_en")
    lead = words("lead")
    members = _texts()
    basis = words("basis")
    objects = words("objects")
    measures = words("measures")
    sources = _texts()


class MatterQuery(Shape):
    """Which version of the list."""

    version = fields.Integer(load_default=None, validate=validate.Range(0, 2**31 - 1), metadata={"description": "Empty: the one in force."})


class MatterList(Shape):
    """A version of the matter list; version 0 ships with the program."""

    version = fields.Integer(dump_only=True)
    status = words("status")
    reason = words("reason")
    published_at = moment(null=True)
    in_force = fields.Boolean(dump_only=True)
    matters = fields.List(fields.Nested(Matter), dump_only=True)


class YearQuery(Shape):
    """Which calendar year."""

    year = fields.Integer(load_default=None, validate=validate.Range(2000, 2100), metadata={"description": "Empty: this one."})


class TrainingLine(Shape):
    """A line of a ledger; one that was withdrawn has a reason and does not count."""

    id = fields.UUID(dump_only=True)
    on = fields.Date(dump_only=True)
    hours = _amount(1)
    topic = words("topic")
    provider = words("provider")
    withdrawn_reason = words("withdrawn_reason")


class Training(Shape):
    """An officer's training hours of a year; `required` is null where the jurisdiction sets no figure."""

    username = words("username")
    name = words("name")
    year = fields.Integer(dump_only=True)
    hours = _amount(1)
    required = fields.Integer(dump_only=True, allow_none=True)
    short = fields.Boolean(dump_only=True)
    lines = fields.List(fields.Nested(TrainingLine), dump_only=True)


class PenaltyFile(Shape):
    """A file of penalties, CSV or .xlsx."""

    file_name = line(longest=200)
    content = fields.String(
        required=True, validate=validate.Length(1, LONGEST_FILE), metadata={"description": "The file in base64.", "format": "byte"}
    )


class FileFault(Shape):
    """Something wrong in a file; line 1 has the names of the columns."""

    line = fields.Integer(dump_only=True)
    column = words("column")
    message = words("text.zh")
    message_en = words("text.en")


class FileRow(Shape):
    """What entering a row would do: `state` is new, changed or same."""

    line = fields.Integer(dump_only=True)
    state = words("state")
    name = words("name")
    authority = words("authority")
    number = words("number")
    changes = fields.List(fields.List(fields.String()), dump_only=True, metadata={"description": "[column, before, after]"})


class FileImport(Shape):
    """A file that was read; nothing is entered before it is asked for, and then all of it."""

    id = fields.UUID(dump_only=True)
    file_name = words("file_name")
    at = moment()
    entered_at = moment(null=True)
    new = fields.Integer(dump_only=True)
    changed = fields.Integer(dump_only=True)
    same = fields.Integer(dump_only=True)
    faults = fields.List(fields.Nested(FileFault), dump_only=True)
    rows = fields.List(fields.Nested(FileRow), dump_only=True)
