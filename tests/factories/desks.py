"""Desks for tests: a migrated database with the shipped bundles published and the demonstration's people in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import event, select

from handlers import TABLE
from workflows import agencies, database, diagrams, officers, passwords
from workflows.desk import Desk, open_desk
from workflows.directory import Directory, officer_view
from workflows.records import Officer as OfficerRow
from workflows.rulebook import jurisdiction, shipped_bundles
from workflows.settings import Settings
from workflows.views import Officer
from workflows.working_days import CHINA

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
"""An ordinary Monday morning; no holiday is near."""
PASSWORD = "onecase-demo"
CERTIFIED_UNTIL = date(2059, 1, 1)


@dataclass
class MovableClock:
    """The desk's time, moved by the test."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now.astimezone(UTC)

    def forward(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now

    def to(self, text: str) -> datetime:
        """Set to a local time such as `2026-04-03 10:00`."""
        self.now = datetime.fromisoformat(text).replace(tzinfo=CHINA)
        return self.now


def sqlite_url(place: Path) -> str:
    return f"sqlite:///{place}"


def settings_for(url: str, folder: Path) -> Settings:
    return Settings(database_url=url, data_dir=folder, secret_key="test", pool_size=20)


def desk_at(url: str, folder: Path, *, hurried: bool = True) -> Desk:
    """A desk on `url` with a movable clock. `hurried` leaves out the disk's flush, which no test of logic needs."""
    desk = open_desk(settings_for(url, folder), handlers=TABLE, now=MovableClock())
    if hurried and desk.database.is_sqlite:

        @event.listens_for(desk.database.engine, "connect")
        def _hurry(connection, _record):
            connection.execute("PRAGMA synchronous=OFF")

    return desk


def furnish(desk: Desk) -> None:
    """Migrate, publish what ships, let in the demonstration's people."""
    database.migrate(desk.settings.database_url)
    for files in shipped_bundles().values():
        diagrams.publish(desk, "tests", files, reason="as shipped")
    agencies.load_jurisdiction(desk, jurisdiction("demo"))
    known = passwords.hashed(PASSWORD)
    for number, row in enumerate(jurisdiction("demo_people")["people"], start=1):
        officers.create(
            desk,
            None,
            username=row["username"],
            name=row["name"],
            agency=row["agency"],
            roles=row["roles"],
            certificate=f"T{number:04d}" if row["certified"] else None,
            certificate_until=CERTIFIED_UNTIL if row["certified"] else None,
            password_hash=known,
        )


def people_of(desk: Desk) -> dict[str, Officer]:
    """Every account by username."""
    with desk.database.reading() as session:
        refs = Directory(session).refs
        return {row.username: officer_view(row, refs[row.agency]) for row in session.scalars(select(OfficerRow))}


def with_services(desk: Desk, **replaced: object) -> Desk:
    """The same desk with some services of the table replaced by other functions."""
    services = {key: replace(service, call=replaced[key]) if key in replaced else service for key, service in desk.services.items()}
    return replace(desk, services=services)
