"""What every verb gets as its first argument: the database, the services, the rules, the time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from workflows.contracts import Finding, Service
from workflows.database import Database
from workflows.jurisdiction import Jurisdiction
from workflows.jurisdictions import load_jurisdiction
from workflows.rulebook import Rulebook, load_rulebook
from workflows.settings import Settings


@dataclass(frozen=True)
class Desk:
    """The outside world of the verbs. `services` is the handlers' TABLE, handed in by the composition root."""

    settings: Settings
    database: Database
    services: Mapping[str, Service]
    rules: Rulebook
    """The clock rules as the place has them."""
    place: Jurisdiction
    clock: Callable[[], datetime]
    prover: Callable[[Mapping[str, bytes]], tuple[Finding, ...]] | None = None
    """Goes every path of a bundle somewhere else, where this process has others to answer meanwhile; None: here."""

    def now(self) -> datetime:
        """This moment, aware."""
        return self.clock()


def _utc_now() -> datetime:
    return datetime.now(UTC)


def open_desk(settings: Settings, *, handlers: Mapping[str, Service], now: Callable[[], datetime] | None = None) -> Desk:
    """A desk on the database of `settings`; the connection is made when first needed. `now` is the time's source."""
    place = load_jurisdiction(settings.jurisdiction)
    return Desk(
        settings=settings,
        database=Database(settings.database_url, pool_size=settings.pool_size, patient=settings.patient),
        services=handlers,
        rules=load_rulebook().of_place(place.clocks, place.holiday_counting.value),
        place=place,
        clock=now or _utc_now,
    )
