"""The designers' desk of the demonstration: one draft that is being written, and one that waits for a second person."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.designing import drafts, reviewing
from workflows.desk import Desk
from workflows.views import Officer

WRITTEN = "self_inspection"
"""The key of the new process that `designer` writes."""
REVIEWED = "supervision"
"""The process of which `designer2` has submitted a change."""
FORM = "forms/close_order.form"


def fill(desk: Desk, people: Mapping[str, Officer]) -> None:
    """Begin the one, submit the other. The processes must be published."""
    drafts.begin_new(desk, people["designer"], key=WRITTEN, name="医疗机构自查抽查", name_en="Checks of self-inspection reports")
    author = people["designer2"]
    draft = drafts.begin(desk, author, process=REVIEWED)
    form = next(file for file in drafts.opened(desk, author, draft.id).files if file.path == FORM)
    text = (form.text or "").replace('"督办结果"', '"督办结果（写明整改情况和复查结论）"')
    drafts.write(desk, author, draft.id, FORM, text=text, revision=form.revision)
    reviewing.submit(desk, author, draft.id, reason="销号前写明整改情况，便于复查")
