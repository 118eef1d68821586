"""A finding of a draft repaired by one click: the file is changed as if somebody had saved it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from workflows import diagrams
from workflows.designing import drafts
from workflows.desk import Desk
from workflows.errors import OneCaseError
from workflows.repairs.fixes import fixed
from workflows.views import Officer


@dataclass(frozen=True)
class Repaired:
    """The file that was repaired, as it stands now."""

    path: str
    text: str
    revision: int


class NoRepair(OneCaseError):
    """What was found is not there any more, or has no repair."""

    status = 409
    code = "no_repair"

    def __init__(self) -> None:
        super().__init__(
            "该问题已不存在或不能自动修复，请重新检查。", "This is no longer there, or cannot be repaired by itself; check again."
        )


def repair(desk: Desk, officer: Officer, draft_id: UUID, *, file: str, rule: str, element: str) -> Repaired:
    """Repair the finding of `rule` on `element`.

    Raises NoRepair, ChangedElsewhere when somebody saved the file meanwhile, Frozen, NotFound, NotAllowed; nothing is stored then.
    """
    page = drafts.opened(desk, officer, draft_id)
    files = drafts.stored(desk, officer, draft_id)
    row = next((one for one in page.files if one.path == file), None)
    there = any((found.file, found.rule, found.element) == (file, rule, element) for found in diagrams.check(desk, files))
    if row is None or not there:
        raise NoRepair
    try:
        text = fixed(files, file, rule, element).decode()
    except LookupError as error:
        raise NoRepair from error
    saved = drafts.write(desk, officer, draft_id, file, text=text, revision=row.revision)
    return Repaired(file, text, saved.revision)
