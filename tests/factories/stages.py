"""Cases played to a step once for a whole run: a test that begins there gets a copy of the database at that moment."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.factories.play import SMALL, Play
from workflows.desk import Desk
from workflows.views import Officer


@dataclass
class Stages:
    """`kept`: what was asked for → the copy of the database, the case, the steps done."""

    folder: Path
    kept: dict[str, tuple[Path, UUID, list[str]]] = field(default_factory=dict)

    def begin(
        self, desk: Desk, people: Mapping[str, Officer], place: Path, reached: str, hold: tuple[str, ...], answers: dict[str, Any]
    ) -> Play:
        """The driver of a case that waits at `reached`, in the database at `place`, which must hold no case yet."""
        key = repr((reached, hold, sorted(answers.items()), desk.clock))
        if key not in self.kept:
            play = Play.open(desk, people, **answers).reach(reached, hold=hold)
            desk.database.close()
            copy = self.folder / f"{len(self.kept)}.db"
            shutil.copy(place, copy)
            self.kept[key] = (copy, play.case, list(play.done))
            return play
        copy, case, done = self.kept[key]
        desk.database.close()
        for suffix in ("-wal", "-shm"):
            place.with_name(place.name + suffix).unlink(missing_ok=True)
        shutil.copy(copy, place)
        return Play(desk, people, case, {**SMALL, **answers}, list(done))
