"""Whatever is brought, through whichever door: a clear refusal soon; nothing runs, nothing is stored, nothing is read or called."""

from __future__ import annotations

import pytest

from tests.hostile.carrier import sound
from tests.hostile.doors import ASKING, STORING, WITHIN, House, soon
from tests.hostile.everything import LIBRARY, SAMPLE
from tests.hostile.library import Hostile

SOUND = Hostile("", sound, "")


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_what_is_hostile_is_refused_by_the_check_and_harms_nothing_that_reads_it(house: House, name: str) -> None:
    files, said = house.watch.armed(LIBRARY[name].make()), ""
    for door in WITHIN:
        with soon(door.__name__):
            said += door(house, LIBRARY[name], files)
    house.watch.assert_quiet(said)


@pytest.mark.parametrize("name", [name if name in SAMPLE else pytest.param(name, marks=pytest.mark.slow) for name in sorted(LIBRARY)])
def test_what_is_hostile_is_refused_at_every_door_or_shown_as_text(house: House, name: str) -> None:
    hostile = LIBRARY[name]
    files = house.watch.armed(hostile.make())
    before, said = house.rows(), ""
    for door in ASKING:
        with soon(door.__name__):
            said += door(house, hostile, files)
    assert house.changed(before) == set()
    for door in STORING:  # many requests each, and each of them is timed
        said += door(house, hostile, files)
    house.watch.assert_quiet(said)


def test_the_same_bundle_without_the_hostile_part_is_let_in_everywhere(house: House) -> None:
    for door in (*WITHIN, *ASKING, *STORING):
        with soon(door.__name__):
            door(house, SOUND, sound())
    house.watch.assert_quiet("")
