"""Cases played to a step once for a whole run: a test that begins there gets a copy of the database at that moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tests.factories.play import SMALL, Play
from workflows.desk import Desk
from workflows.views import Officer

if TYPE_CHECKING:
    from tests.factories.homes import Home


@dataclass
class Stages:
    """`kept`: what was asked for → the copy of the database, the case, the steps done."""

    home: Home
    folder: Path
    kept: dict[str, tuple[str, UUID, list[str]]] = field(default_factory=dict)

    def begin(self, desk: Desk, people: Mapping[str, Officer], reached: str, hold: tuple[str, ...], answers: dict[str, Any]) -> Play:
        """The driver of a case that waits at `reached`, in the desk's database, which must hold no case yet."""
        url = desk.settings.database_url
        key = repr((reached, hold, sorted(answers.items()), desk.clock))
        if key not in self.kept:
            play = Play.open(desk, people, **answers).reach(reached, hold=hold)
            desk.database.close()
            self.kept[key] = (self.home.copy(url, self.folder / str(len(self.kept))), play.case, list(play.done))
            return play
        copy, case, done = self.kept[key]
        desk.database.close()
        self.home.replace(url, copy)
        return Play(desk, people, case, {**SMALL, **answers}, list(done))

    def drop(self) -> None:
        """Forget the copies."""
        for copy, _, _ in self.kept.values():
            self.home.drop(copy)
