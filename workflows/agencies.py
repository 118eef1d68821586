"""The directory of agencies: read it, and load it from a jurisdiction file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from workflows import tally
from workflows.contracts import AgencyRef
from workflows.desk import Desk
from workflows.directory import Directory
from workflows.records import Agency
from workflows.records import Officer as OfficerRow
from workflows.views import AgencyRow, Officer


def by_code(desk: Desk) -> dict[str, AgencyRef]:
    """Every agency by its code. The directory is open to everybody signed in."""
    with desk.database.reading() as session:
        return Directory(session).refs


def below(desk: Desk, code: str) -> frozenset[str]:
    """Codes of the agencies that `code` supervises, at any depth."""
    with desk.database.reading() as session:
        return Directory(session).below(code)


def list_agencies(desk: Desk, officer: Officer) -> tuple[AgencyRow, ...]:  # noqa: ARG001 - the directory is open to everybody signed in
    """Every agency with its superior, its accounts and its open tasks."""
    with desk.database.reading() as session:
        people = Directory(session)
        counted = dict(session.execute(select(OfficerRow.agency, func.count()).where(OfficerRow.active).group_by(OfficerRow.agency)).all())
        waiting = {cell.agency: cell.tasks for cell in tally.cells(session, people.refs, desk.now())[0]}
        return tuple(
            AgencyRow(ref, people.refs[ref.parent].name.zh if ref.parent else None, counted.get(ref.code, 0), waiting.get(ref.code, 0))
            for ref in people.agencies()
        )


def load_jurisdiction(desk: Desk, jurisdiction: Mapping[str, Any]) -> int:
    """Add or update the agencies of a jurisdiction file, superiors first. Returns how many there are."""
    rows = {row["code"]: row for row in jurisdiction["agencies"]}
    with desk.database.transaction() as session:
        for code in _superiors_first(rows):
            row = rows[code]
            known = session.get(Agency, code) or Agency(code=code)
            known.function, known.level, known.region, known.sign = (
                row["function"],
                row["level"],
                row.get("region", ""),
                row.get("sign", ""),
            )
            known.name, known.name_en, known.parent = row["name"], row.get("name_en", ""), row.get("parent")
            session.add(known)
            session.flush()
    return len(rows)


def _superiors_first(rows: Mapping[str, Mapping[str, Any]]) -> list[str]:
    ordered: list[str] = []

    def place(code: str) -> None:
        if code in ordered:
            return
        if rows[code].get("parent"):
            place(rows[code]["parent"])
        ordered.append(code)

    for code in rows:
        place(code)
    return ordered
