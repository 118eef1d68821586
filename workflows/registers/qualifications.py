"""Officers' qualification: the certificate (执法证) and the training hours of a calendar year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from workflows.jurisdiction import Jurisdiction
from workflows.records import Officer, Training
from workflows.register_rows import OfficerQualification


def qualification(connection: Connection, username: str, today: date, place: Jurisdiction) -> OfficerQualification | None:
    """Certificate and hours of the year of `today`; None for nobody."""
    row = connection.execute(
        select(Officer.id, Officer.username, Officer.certificate, Officer.certificate_until).where(Officer.username == username)
    ).one_or_none()
    if row is None:
        return None
    hours = hours_of(connection, row.id, today.year)
    enforced = place.value(SHORTFALL) == "refuse"
    return OfficerQualification(row.username, row.certificate, row.certificate_until, hours, required_hours(place), enforced=enforced)


def hours_of(connection: Connection, officer: UUID, year: int) -> Decimal:
    """Training hours of an officer in a calendar year, without those withdrawn."""
    own = select(func.sum(Training.hours)).where(Training.officer == officer, *in_year(year))
    return Decimal(connection.scalar(own) or 0)


def in_year(year: int) -> tuple[Any, ...]:
    """The condition on `Training` under which a line counts for `year`."""
    return (Training.on >= date(year, 1, 1), Training.on <= date(year, 12, 31), Training.withdrawn_at.is_(None))


SHORTFALL = "training_shortfall"
"""The setting that says what follows when hours are missing: `refuse`, or nothing but that the figure is shown."""


def required_hours(place: Jurisdiction) -> int | None:
    """Hours that the place asks for in a year (沪卫监督〔2024〕37号 （一）: 60); None where it sets no figure."""
    figure = place.value("training_hours")
    return int(figure) if figure else None
