"""One parsed bundle serves every case of the process, in every thread: a running case changes nothing of it."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from tests.engine.event_models import EVENT_MODELS
from tests.engine.models import LIBRARY, MAX_STEPS, files_of, model, move
from tests.engine.test_round_trip import shipped_move
from tests.factories.shipped import bundle, walk_of
from workflows.engine.bundle import Shelf, pack


def structure(thing, seen: dict[int, int] | None = None):  # noqa: PLR0911 - one answer for each kind of thing
    """The deep structure of an object as plain data; what was met before is only named."""
    seen = {} if seen is None else seen
    if isinstance(thing, str | int | float | bytes | bool | type(None)):
        return thing
    if id(thing) in seen:
        return f"<{seen[id(thing)]}>"
    seen[id(thing)] = len(seen)
    if isinstance(thing, dict):
        return {str(key): structure(value, seen) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [structure(value, seen) for value in thing]
    if isinstance(thing, set | frozenset):
        return sorted(str(value) for value in thing)
    if hasattr(thing, "__dict__") and type(thing).__module__.startswith(("SpiffWorkflow", "workflows")):
        return [type(thing).__name__, structure(vars(thing), seen)]
    return type(thing).__name__


@pytest.mark.parametrize("name", LIBRARY)
def test_walking_a_model_changes_nothing_of_what_cases_share(name):
    the_model = model(name)
    before = structure(the_model.bundle.specs)
    for seed in range(3):
        walk, chance = the_model.walk(saving=True), Random(seed)
        while walk.moves():
            walk.move(*move(walk, chance))
    assert structure(the_model.bundle.specs) == before


def test_walking_a_joint_case_changes_nothing_of_what_cases_share():
    before = structure(bundle("joint_case").specs)
    walk, chance = walk_of("joint_case", saving=True), Random(7)
    while walk.waits() and walk.steps < MAX_STEPS:
        walk.answer(*shipped_move(walk, chance))
    assert structure(bundle("joint_case").specs) == before


def test_the_comparison_would_see_a_change():
    the_model = model("a task for each item")
    before = structure(the_model.bundle.specs)
    the_model.bundle.specs["main"].task_specs["a"].extensions = {"planted": 1}
    assert structure(the_model.bundle.specs) != before


def history_of(name, seed) -> list:
    walk, chance, seen = the_walk(name), Random(seed), []
    while walk.moves() and walk.steps < MAX_STEPS:
        walk.move(*(shipped_move if name == "joint_case" else move)(walk, chance))
        seen.append(walk.look())
    return seen


SHARED = {}


def the_walk(name):
    return walk_of("joint_case", saving=True) if name == "joint_case" else SHARED.setdefault(name, model(name)).walk(saving=True)


@pytest.mark.parametrize("name", ["a parallel block in a rework loop", "branches within branches", "joint_case", *EVENT_MODELS])
def test_cases_in_several_threads_share_a_bundle_and_do_not_disturb_each_other(name):
    alone = [history_of(name, seed) for seed in range(6)]
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(lambda seed: history_of(name, seed), range(6)))
    finally:
        sys.setswitchinterval(usual)
    assert together == alone


def test_the_shelf_parses_a_bundle_once_and_forgets_the_least_used():
    shelf, fetched = Shelf(size=2), []
    names = list(LIBRARY)[:3]
    stored = {name: pack(files_of(name)) for name in names}

    def take(name):
        def fetch():
            fetched.append(name)
            return stored[name][1]

        return shelf.bundle(stored[name][0], fetch)

    first = take(names[0])
    assert take(names[0]) is first
    take(names[1])
    take(names[0])
    take(names[2])  # names[1] is the least recently used
    assert take(names[0]) is first
    assert fetched == names
    take(names[1])
    assert fetched == [*names, names[1]]
