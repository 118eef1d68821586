"""The bench that figures are measured on: its folder, its databases, its progress."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import click

from tests.factories import postgres
from tests.factories.desks import desk_at, furnish, sqlite_url
from workflows.desk import Desk

KEPT = Path(__file__).parents[2] / "var"
"""What outlives a run: the lines, the table, the peer."""
QUICK = 10
"""A quick run does one tenth: it shows that everything still works, not how fast."""


@dataclass
class Bench:
    """Given to every measurement. `quick`: a tenth of the rounds; `long`: nothing is cut short. Everything opened through it is closed by `close`."""

    quick: bool = False
    long: bool = False
    label: str = ""
    folder: Path = field(default_factory=lambda: Path(mkdtemp(prefix="onecase-bench-")))
    _said: str = ""
    _open: ExitStack = field(default_factory=ExitStack)

    def rounds(self, number: int) -> int:
        """So many rounds, or a tenth of them in a quick run, and never fewer than three."""
        return max(3, number // QUICK) if self.quick else number

    def hurried(self, seconds: float) -> float:
        """So many seconds at most, a tenth of them in a quick run, any number in a long one."""
        return inf if self.long else seconds / QUICK if self.quick else seconds

    def progress(self, steps: int) -> Iterator[int]:
        """Count `steps` on a bar on the terminal; elsewhere say once what is being measured."""
        if sys.stderr.isatty():
            with click.progressbar(range(steps), label=self.label, file=sys.stderr) as bar:
                yield from bar
            return
        if self.label != self._said:
            click.echo(self.label, err=True)
        self._said = self.label
        yield from range(steps)

    def sqlite(self) -> Desk:
        """A furnished desk on a SQLite file of its own, flushed at every commit as in production."""
        place = self.folder / f"{uuid4().hex[:8]}.db"
        shutil.copy(self._sqlite_template, place)
        return self.closing(desk_at(sqlite_url(place), self.folder, hurried=False))

    def postgres(self) -> Desk:
        """A furnished desk on a database of its own in a real PostgreSQL that flushes at every commit."""
        return self.closing(desk_at(self.postgres_url(template=self._postgres_template), self.folder))

    def postgres_url(self, *, template: str = "") -> str:
        """The URL of a new database: empty, or a copy of `template`."""
        name = f"bench_{uuid4().hex[:8]}"
        postgres.administer(self.server, f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        return postgres.named(self.server, name)

    def closing(self, desk: Desk) -> Desk:
        """The desk, whose connections are given back at the end."""
        self._open.callback(desk.database.close)
        return desk

    @cached_property
    def server(self) -> str:
        """The URL of a PostgreSQL that is started when the first figure asks for one."""
        return self._open.enter_context(postgres.server())

    @cached_property
    def _sqlite_template(self) -> Path:
        place = self.folder / "furnished.db"
        _furnished(sqlite_url(place), self.folder)
        return place

    @cached_property
    def _postgres_template(self) -> str:
        name = f"furnished_{uuid4().hex[:8]}"
        postgres.administer(self.server, f"CREATE DATABASE {name}")
        _furnished(postgres.named(self.server, name), self.folder)
        return name

    def close(self) -> None:
        """Give everything back."""
        self._open.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _furnished(url: str, folder: Path) -> None:
    desk = desk_at(url, folder)
    furnish(desk)
    desk.database.close()
