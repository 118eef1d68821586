"""Where the databases of a run live: in files, or on a real PostgreSQL. Either can copy a database, which is how a test begins quickly."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from tests.factories import postgres
from tests.factories.desks import desk_at, furnish, people_of, sqlite_url
from tests.factories.stages import Stages
from workflows.views import Officer

SIDE_FILES = ("-wal", "-shm")


class Home(Protocol):
    """Databases are named by their URLs; nobody may be connected to one that is copied or replaced."""

    def empty(self, folder: Path) -> str: ...
    def copy(self, url: str, folder: Path) -> str: ...
    def replace(self, url: str, source: str) -> None: ...
    def drop(self, url: str) -> None: ...


class Files:
    """SQLite: a database is `onecase.db` in a folder of its own."""

    def empty(self, folder: Path) -> str:
        return sqlite_url(folder / "onecase.db")

    def copy(self, url: str, folder: Path) -> str:
        folder.mkdir(exist_ok=True)
        shutil.copy(_file(url), folder / "onecase.db")
        return sqlite_url(folder / "onecase.db")

    def replace(self, url: str, source: str) -> None:
        self.drop(url)
        shutil.copy(_file(source), _file(url))

    def drop(self, url: str) -> None:
        for suffix in ("", *SIDE_FILES):
            place = _file(url)
            place.with_name(place.name + suffix).unlink(missing_ok=True)


@dataclass(frozen=True)
class Server:
    """PostgreSQL: a database is copied by the server itself."""

    uri: str

    def empty(self, folder: Path) -> str:
        return self._made()

    def copy(self, url: str, folder: Path) -> str:
        return self._made(url)

    def replace(self, url: str, source: str) -> None:
        self.drop(url)
        postgres.administer(self.uri, f"CREATE DATABASE {postgres.name_of(url)} TEMPLATE {postgres.name_of(source)}")

    def drop(self, url: str) -> None:
        postgres.administer(self.uri, f"DROP DATABASE {postgres.name_of(url)} WITH (FORCE)")

    def _made(self, source: str = "") -> str:
        name = f"onecase_{uuid4().hex[:12]}"
        postgres.administer(self.uri, f"CREATE DATABASE {name}" + (f" TEMPLATE {postgres.name_of(source)}" if source else ""))
        return postgres.named(self.uri, name)


@dataclass(frozen=True)
class Furnished:
    """A furnished database to copy, its people, and the cases already played in copies of it."""

    home: Home
    url: str
    people: dict[str, Officer]
    stages: Stages


@dataclass
class Homes:
    """Each home of the run, made and furnished when a test first asks for it."""

    folder: Path
    ends: ExitStack
    known: dict[str, Furnished] = field(default_factory=dict)

    def __call__(self, kind: str) -> Furnished:
        if kind not in self.known:
            self.known[kind] = self._furnished(kind)
        return self.known[kind]

    def _furnished(self, kind: str) -> Furnished:
        home: Home = Files() if kind == "sqlite" else Server(self.ends.enter_context(postgres.server()))
        folder = self.folder / kind
        folder.mkdir()
        url = home.empty(folder)
        self.ends.callback(home.drop, url)
        desk = desk_at(url, folder)
        furnish(desk)
        people = people_of(desk)
        desk.database.close()
        stages = Stages(home, folder)
        self.ends.callback(stages.drop)
        return Furnished(home, url, people, stages)


def opened(folder: Path) -> Iterator[Callable[[str], Furnished]]:
    """The homes of one run; all that they hold goes at its end."""
    with ExitStack() as ends:
        yield Homes(folder, ends)


def _file(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))
