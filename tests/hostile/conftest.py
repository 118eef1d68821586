"""One installation for a whole module: what is refused leaves it as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.factories.desks import desk_at
from tests.factories.homes import Furnished
from tests.hostile.carrier import sound
from tests.hostile.doors import House, prompt
from tests.hostile.watching import watching
from tests.web.callers import Caller
from tests.web.designers import Designer
from web.app import create_app


@pytest.fixture(scope="module")
def installation(
    furnished: Callable[[str], Furnished], tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("hostile")
    kind = request.config.getoption("database")
    home, url = furnished(kind).home, furnished(kind).url
    copy = home.copy(url, folder / "data")
    desk = desk_at(copy, folder / "data")
    app = create_app(desk, desk.settings)
    with watching(folder) as watch:
        designer, second = prompt(Designer(app)), prompt(Designer(app, "designer2"))
        caller = prompt(Caller(app, "designer"))
        draft = caller.send("/processes/p/drafts", {"files": {path: content.decode() for path, content in sound().items()}})
        yield House(desk, app, watch, designer, second, caller, f"/designs/{draft['id']}", lambda: ("", ""))
    desk.database.close()
    home.drop(copy)


@pytest.fixture
def house(installation: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """The installation while nothing may happen in it."""
    for name in ("ONECASE_DEBUG", "FRESH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ONECASE_DATABASE_URL", installation.desk.settings.database_url)
    monkeypatch.setenv("ONECASE_DATA_DIR", str(installation.watch.folder))
    installation.said = lambda: tuple(capsys.readouterr())  # type: ignore[assignment,return-value]
    installation.watch.seen.clear()
    installation.watch.open = True
    yield installation
    installation.watch.open = False
