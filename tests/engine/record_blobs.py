"""Record blobs of the codec in use: `python -m tests.engine.record_blobs` adds those that are not there yet.

A recorded blob is never changed: it stands for the cases that a released version has saved. When the codec gets a new version,
run this once more; the files of the older versions stay beside the new ones.
"""

from __future__ import annotations

import base64
import json
from itertools import count
from pathlib import Path
from random import Random

from tests.engine.models import LIBRARY, files_of, model, move
from tests.engine.test_round_trip import shipped_move
from tests.factories.shipped import walk_of
from tests.factories.walks import Walk
from workflows.engine.bundle import pack
from workflows.engine.state import VERSION

BLOBS = Path(__file__).parent / "blobs"
STEPS = {
    "a parallel block in a rework loop": 2,
    "calls within calls, in a loop": 3,
    "branches within branches": 2,
    "branches inside a parallel block": 1,
    "a parallel block in a rework loop in a subprocess, with events": 4,
    "tasks in turn, with events, in a loop with other items each round": 2,
    "calls in turn within branches, interrupted": 4,
    "roads beside the main one, with gateways that several tokens stand on": 4,
}


def recorded(walk: Walk, content: bytes) -> str:
    """A case as it stands, with its bundle and what must be seen after reading it."""
    waits, marks, closed, _, known, news, timers = walk.look()
    told = {
        "bundle": base64.b64encode(content).decode(),
        "blob": base64.b64encode(walk.running.save()).decode(),
        "facts": known,
        "waits": waits,
        "marks": marks,
        "closed": closed,
        "news": news,
        "timers": timers,
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def after(name: str, steps: int, seed: int) -> Walk:
    """A case of the model after so many random steps, or fewer when it ended."""
    walk, chance = model(name).walk(), Random(seed)
    while walk.moves() and walk.steps <= steps:
        walk.move(*move(walk, chance))
    return walk


def main() -> None:
    """Write what is missing."""
    BLOBS.mkdir(exist_ok=True)
    cases: dict[str, Walk] = {}
    for name, steps in STEPS.items():
        cases[name] = next(walk for seed in count(3) if (walk := after(name, steps, seed)).moves())
    joint, chance = walk_of("joint_case", saving=False), Random(12)
    while "handling_split" not in str(joint.look()[1]):
        assert joint.waits(), "another seed, please: this case ended before its handling began"
        joint.move(*shipped_move(joint, chance))
    cases["joint_case"] = joint
    for name, walk in cases.items():
        place = BLOBS / f"v{VERSION}-{name.replace(' ', '-').replace(',', '')}.json"
        content = pack(files_of(name) if name in LIBRARY else dict(walk.bundle.files))[1]
        if not place.exists():
            place.write_text(recorded(walk, content), encoding="utf-8")


if __name__ == "__main__":
    main()
