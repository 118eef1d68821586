"""The data of the browser tests: a tenth of the demonstration, varied, made once for a run and copied for each server."""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path

import pytest

from tests.factories.desks import settings_for, sqlite_url
from web import demo, demo_cases, demo_seed
from web.assemble import desk_of
from workflows.database import migrate

DATABASE = "onecase.db"
CASES = {
    "半夏诊所": "closed",
    "白鹭门诊部": "waits to be closed; has documents, measures and feedback",
    "银杏医疗美容门诊部": "the head decides a transfer",
    "百合美容会所": "three agencies record their findings",
    "杜鹃直播带货": "agencies give their opinion on a plan",
    "连翘大药房": "the superior designates who leads",
    "迷迭香医美": "split: the other agencies sign for their part",
    "薰衣草门诊部": "in the pool: who takes the clue?",
    "满天星诊所": "a clue not registered yet",
}


def scenarios() -> tuple[demo_cases.Scenario, ...]:
    """The chosen cases; a name that the demonstration no longer has is an error."""
    chosen = tuple(one for one in demo_cases.SCENARIOS if any(name in one.title for name in CASES))
    assert len(chosen) == len(CASES), "the demonstration has lost a case that the browser tests are made of"
    return chosen


def template(shared: Path) -> Path:
    """The seeded database in `shared`, made by whoever comes first: several test processes may ask at the same time."""
    shared.mkdir(exist_ok=True)
    place = shared / DATABASE
    done = shared / "seeded"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            _seed(place)
            done.touch()
    return place


def copy(place: Path, folder: Path) -> Path:
    """A database of one's own in `folder`."""
    folder.mkdir(exist_ok=True)
    return Path(shutil.copy(place, folder / DATABASE))


def _seed(place: Path) -> None:
    desk = desk_of(settings_for(sqlite_url(place), place.parent))
    migrate(desk.settings.database_url)
    demo.publish_shipped(desk)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo_seed, "SCENARIOS", scenarios())
        demo_seed.seed(desk)
    desk.database.close()
