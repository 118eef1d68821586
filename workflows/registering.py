"""Entering into the registers from outside a case: what an installation knows when it begins, what an exchange brings."""

from __future__ import annotations

from collections.abc import Sequence

from workflows import journal
from workflows.contracts import RegisterEntry
from workflows.desk import Desk
from workflows.errors import OneCaseError
from workflows.registers.entering import Entering
from workflows.views import Officer
from workflows.writing import Writes


def enter(desk: Desk, entries: Sequence[RegisterEntry], *, officer: Officer | None = None) -> int:
    """Enter all of `entries` or none, with a line each in the system's record. Returns how many.

    For whoever is on the machine itself: no door leads here. Raises OneCaseError for what no register can hold.
    """
    writes = Writes()
    with desk.database.transaction() as session:
        entering = Entering(session.connection(), writes, desk.settings.identity_salt, None, officer.id if officer else None, desk.now())
        try:
            for entry in entries:
                entering.enter(entry)
        except (ValueError, LookupError) as error:
            raise OneCaseError(f"无法登记：{error}", f"Cannot be entered: {error}") from error
        writes.send(session.connection())
        for line in entering.lines:
            journal.write(session, case=None, kind="register_entered", at=desk.now(), officer=officer, payload=line)
    return len(entries)
