"""What the verbs hand to the doors: frozen rows and pages, never ORM objects.

Times are aware datetimes in UTC. `light` is `green`, `yellow` (nearing), `red` (overdue) or None (no clock).
"""

from workflows.views.cases import (
    CasePage,
    CaseRow,
    Changed,
    CommentRow,
    DocumentRow,
    Drawing,
    EventRow,
    Fault,
    LinkedCase,
    OpenableProcess,
    ParticipantRow,
    RelatedRow,
    ReportableEvent,
    Stage,
)
from workflows.views.designs import (
    DraftFileRow,
    DraftPage,
    DraftRow,
    FileChange,
    ImportedDraft,
    ImportNote,
    Presence,
    ReviewPage,
    SavedFile,
)
from workflows.views.people import AgencyRow, Counts, NoticeRow, Officer, Page
from workflows.views.supervision import LateClock, ProcessRow, VersionRow, Wall, WallCell
from workflows.views.tables import TableColumn, TableFact, TableRule, TableSheet, TableTest
from workflows.views.tasks import CaseRef, ClockRow, Completed, FactRow, TaskPage, TaskRow

__all__ = [
    "AgencyRow",
    "CasePage",
    "CaseRef",
    "CaseRow",
    "Changed",
    "ClockRow",
    "CommentRow",
    "Completed",
    "Counts",
    "DocumentRow",
    "DraftFileRow",
    "DraftPage",
    "DraftRow",
    "Drawing",
    "EventRow",
    "FactRow",
    "Fault",
    "FileChange",
    "ImportNote",
    "ImportedDraft",
    "LateClock",
    "LinkedCase",
    "NoticeRow",
    "Officer",
    "OpenableProcess",
    "Page",
    "ParticipantRow",
    "Presence",
    "ProcessRow",
    "RelatedRow",
    "ReportableEvent",
    "ReviewPage",
    "SavedFile",
    "Stage",
    "TableColumn",
    "TableFact",
    "TableRule",
    "TableSheet",
    "TableTest",
    "TaskPage",
    "TaskRow",
    "VersionRow",
    "Wall",
    "WallCell",
]
