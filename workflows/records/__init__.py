"""The tables, and nothing but the tables."""

from workflows.records.base import Base
from workflows.records.case import Case, Document, Fact, Follow, Participant, Remark, Serial
from workflows.records.clock import Clock, ClockEntry
from workflows.records.diagram import Bundle, PathProof, Version
from workflows.records.draft import Draft, DraftFile, DraftPresence, DraftWriter
from workflows.records.event import Event, Stream
from workflows.records.outbox import Idempotency, Message, Notice, NoticeRead
from workflows.records.people import Agency, Epoch, Officer, SignIn
from workflows.records.register import AdRefusal, Advertisement, Penalty, Subject, SubjectName, SubjectPerson
from workflows.records.register_keeping import Matter, MatterList, RegisterImport, Training
from workflows.records.tally import Tally, TallyChange, TallyMoment
from workflows.records.task import Task
from workflows.records.template import DocumentTemplate, TemplateEdition

__all__ = [
    "AdRefusal",
    "Advertisement",
    "Agency",
    "Base",
    "Bundle",
    "Case",
    "Clock",
    "ClockEntry",
    "Document",
    "DocumentTemplate",
    "Draft",
    "DraftFile",
    "DraftPresence",
    "DraftWriter",
    "Epoch",
    "Event",
    "Fact",
    "Follow",
    "Idempotency",
    "Matter",
    "MatterList",
    "Message",
    "Notice",
    "NoticeRead",
    "Officer",
    "Participant",
    "PathProof",
    "Penalty",
    "RegisterImport",
    "Remark",
    "Serial",
    "SignIn",
    "Stream",
    "Subject",
    "SubjectName",
    "SubjectPerson",
    "Tally",
    "TallyChange",
    "TallyMoment",
    "Task",
    "TemplateEdition",
    "Training",
    "Version",
]
