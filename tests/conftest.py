"""Fixtures of every kind of proof: a desk on a fresh copy of one furnished database, its people, a case to play."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.factories import homes
from tests.factories.desks import desk_at
from tests.factories.homes import Furnished
from tests.factories.play import Play
from workflows.desk import Desk
from workflows.views import Officer

# The machine that runs the tests may be busy: a slow example is not a wrong one. A failing seed is printed.
hypothesis_settings.register_profile("house", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("house")
structlog.configure(processors=[structlog.processors.KeyValueRenderer()], logger_factory=structlog.PrintLoggerFactory())


KINDS = ("sqlite", "postgresql")
USES_A_DATABASE = {"desk", "desk_on"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database postgresql` repeats what uses a database on a real server."""
    about = "where the databases of the tests live; with postgresql only the tests that use one are run"
    parser.addoption("--database", choices=KINDS, default=KINDS[0], help=about)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What is marked `both_databases` runs on both in every run, but for what in it asks SQLite itself."""
    marked = metafunc.definition.get_closest_marker
    if marked("both_databases") and not marked("sqlite"):
        metafunc.fixturenames.append("kind")
        both = [pytest.param(kind, marks=pytest.mark.postgres if kind == "postgresql" else ()) for kind in KINDS]
        metafunc.parametrize("kind", both, indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A run on PostgreSQL leaves out what knows no database, what asks SQLite itself, and what the ordinary run has done there already."""
    if config.getoption("database") != "postgresql":
        return
    done = ("both_databases", "sqlite")
    again = [item for item in items if USES_A_DATABASE & set(item.fixturenames) and not any(map(item.get_closest_marker, done))]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(again)])
    items[:] = again


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgresql`: where this test's database lives."""
    return str(getattr(request, "param", request.config.getoption("database")))


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Furnished]]:
    """A furnished database of each kind to copy, with its people."""
    yield from homes.opened(tmp_path_factory.mktemp("homes"))


@pytest.fixture
def desk_on(furnished: Callable[[str], Furnished], tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    """Desks on fresh copies: `desk_on("postgresql")`."""
    with ExitStack() as ends:

        def begin(kind: str) -> Desk:
            home, url = furnished(kind).home, furnished(kind).url
            copy = home.copy(url, tmp_path)
            ends.callback(home.drop, copy)
            desk = desk_at(copy, tmp_path)
            ends.callback(desk.database.close)
            return desk

        yield begin


@pytest.fixture
def desk(desk_on: Callable[[str], Desk], kind: str) -> Desk:
    """A desk on a fresh copy of the furnished database; `desk.clock` is movable and begins on a Monday morning."""
    return desk_on(kind)


@pytest.fixture
def people(furnished: Callable[[str], Furnished], kind: str) -> Mapping[str, Officer]:
    """The demonstration's people by username."""
    return furnished(kind).people


@pytest.fixture
def play(desk: Desk, people: Mapping[str, Officer], furnished: Callable[[str], Furnished], kind: str) -> Callable[..., Play]:
    """Opens a case and returns its driver: `play(classification="both")`; `reached="decide_penalty"` begins where that step waits."""

    def begin(reached: str = "", hold: Collection[str] = (), **answers: Any) -> Play:
        if not reached:
            return Play.open(desk, people, **answers)
        return furnished(kind).stages.begin(desk, people, reached, tuple(hold), answers)

    return begin
