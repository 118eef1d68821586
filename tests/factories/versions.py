"""Another version of a shipped process, changed in one step, entered beside the cases that run on the first."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from tests.factories.diagrams import form
from tests.factories.routing import files_of
from workflows import publishing
from workflows.contracts import Text
from workflows.engine.bundle import pack
from workflows.engine.diagram import ONECASE
from workflows.picture.redrawing import Sheet
from workflows.records import Case
from workflows.repairs.flows import bypass_step

Change = Callable[[Sheet], None]


def version_with(process: str, change: Change) -> dict[str, bytes]:
    """The files of the joint case after a change of one of its diagrams."""
    files = files_of("joint_case")
    path = next(path for path in files if path.rsplit("/", 1)[-1] == f"{process}.bpmn")
    sheet = Sheet(files[path])
    change(sheet)
    return {**files, path: sheet.content(), "forms/new_step.form": form("said_in_the_new_version")}


def a_step_before(target: str) -> Change:
    def change(sheet: Sheet) -> None:
        flow = sheet.entering(target)[0].get("id", "")
        step = sheet.add_step("userTask", target, Text("新增步骤", "A new step"))
        sheet.node(step).set(f"{ONECASE}form", "new_step")
        sheet.lead(flow, target=step)
        sheet.add_flow(step, target)

    return change


def without(step: str) -> Change:
    return lambda sheet: bypass_step(sheet, step)


def done_by_the_head(step: str) -> Change:
    return lambda sheet: sheet.node(step).set(f"{ONECASE}role", "head")


LATER = ("case_feedback", a_step_before("close_case"))
"""A change that lies ahead of every penalty that is not decided yet."""


def published(desk, change: tuple[str, Change]) -> int:
    """Entered as the next version without the check: what may be published is another proof."""
    digest, content = pack(version_with(*change))
    new = publishing.Publication(digest, content, "joint_case", Text("联合执法案件", "Joint case"), "图甲", "试验")
    with desk.database.transaction() as session:
        return publishing.enter(session, desk.now(), new).number


def version_of(desk, case: UUID) -> int:
    with desk.database.reading() as session:
        return session.get_one(Case, case).version
