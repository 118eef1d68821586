"""Cases under a case, to be played on."""

from __future__ import annotations

from sqlalchemy import select

from tests.factories.play import Play
from workflows.records import Case


def children(play: Play, process: str = "") -> list[Play]:
    """A driver for each case under this one, of `process` alone when that is given, in the order in which they were opened."""
    with play.desk.database.reading() as session:
        under = select(Case.id, Case.process).where(Case.parent == play.case).order_by(Case.opened_at, Case.number)
        rows = session.execute(under).all()
    return [Play(play.desk, play.people, row.id, dict(play.answers)) for row in rows if process in ("", row.process)]


def facts(play: Play, branch: str = "") -> dict[str, object]:
    """Every stored fact of a branch, whoever may see it."""
    from workflows.step import facts_of  # noqa: PLC0415 - only this look into the store needs it

    with play.desk.database.reading() as session:
        return dict(facts_of(session, play.case).view(branch))
