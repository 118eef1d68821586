"""Fixtures of every kind of proof: a desk on a fresh copy of one furnished database, its people, a case to play."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import structlog
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.factories import postgres
from tests.factories.desks import desk_at, furnish, people_of, sqlite_url
from tests.factories.play import Play
from tests.factories.stages import Stages
from workflows.desk import Desk
from workflows.views import Officer

# The machine that runs the tests may be busy: a slow example is not a wrong one. A failing seed is printed.
hypothesis_settings.register_profile("house", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("house")
structlog.configure(processors=[structlog.processors.KeyValueRenderer()], logger_factory=structlog.PrintLoggerFactory())


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Officer]]:
    """A furnished database to copy, and its people."""
    place = tmp_path_factory.mktemp("template") / "onecase.db"
    desk = desk_at(sqlite_url(place), place.parent)
    furnish(desk)
    people = people_of(desk)
    desk.database.close()
    return place, people


@pytest.fixture
def place(template: tuple[Path, dict[str, Officer]], tmp_path: Path) -> Path:
    """A fresh copy of the furnished database."""
    return Path(shutil.copy(template[0], tmp_path / "onecase.db"))


@pytest.fixture
def desk(place: Path) -> Iterator[Desk]:
    """A desk on the copy; `desk.clock` is movable and begins on a Monday morning."""
    desk = desk_at(sqlite_url(place), place.parent)
    yield desk
    desk.database.close()


@pytest.fixture
def people(template: tuple[Path, dict[str, Officer]]) -> Mapping[str, Officer]:
    """The demonstration's people by username."""
    return template[1]


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """Cases already played to a step, shared by the tests that begin there."""
    return Stages(tmp_path_factory.mktemp("stages"))


@pytest.fixture
def play(desk: Desk, people: Mapping[str, Officer], place: Path, stages: Stages) -> Callable[..., Play]:
    """Opens a case and returns its driver: `play(classification="both")`; `reached="decide_penalty"` begins where that step waits."""

    def begin(reached: str = "", hold: Collection[str] = (), **answers: Any) -> Play:
        if not reached:
            return Play.open(desk, people, **answers)
        return stages.begin(desk, people, place, reached, tuple(hold), answers)

    return begin


@pytest.fixture(scope="session")
def pg_template() -> Iterator[tuple[str, str]]:
    """A running PostgreSQL and the name of a furnished database in it."""
    with postgres.server() as uri:
        name = f"furnished_{uuid4().hex[:8]}"
        postgres.administer(uri, f"CREATE DATABASE {name}")
        desk = desk_at(postgres.named(uri, name), Path())
        furnish(desk)
        desk.database.close()
        yield uri, name


@pytest.fixture
def pg_desk(pg_template: tuple[str, str], tmp_path: Path) -> Iterator[Desk]:
    """A desk on a fresh furnished database of a real PostgreSQL."""
    uri, furnished = pg_template
    name = f"desk_{uuid4().hex[:8]}"
    postgres.administer(uri, f"CREATE DATABASE {name} TEMPLATE {furnished}")
    desk = desk_at(postgres.named(uri, name), tmp_path)
    yield desk
    desk.database.close()
    postgres.administer(uri, f"DROP DATABASE {name} WITH (FORCE)")
