"""A case saved by any released version stays readable, and goes on to its end."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from random import Random

import pytest

from handlers import TABLE
from tests.engine.models import SERVICES, move
from tests.engine.record_blobs import BLOBS
from tests.engine.test_round_trip import shipped_move
from tests.factories.walks import NOW, Directory, Walk, agencies
from workflows.contracts import ParticipantRef
from workflows.engine.bundle import Bundle, read_bundle, unpack
from workflows.engine.running_case import RunningCase
from workflows.engine.state import READERS, VERSION, UnknownState
from workflows.facts import Facts


def recorded() -> list[Path]:
    return sorted(BLOBS.glob("*.json"))


def read(place: Path) -> tuple[dict, Bundle]:
    told = json.loads(place.read_text(encoding="utf-8"))
    return told, read_bundle(unpack(base64.b64decode(told["bundle"])))


def walk_of(told: dict, bundle: Bundle) -> Walk:
    walk = object.__new__(Walk)
    walk.bundle, walk.saving, walk.steps = bundle, False, 0
    walk.registers, walk.now = Directory(), NOW
    walk.services = {**SERVICES, **{key: service.call for key, service in TABLE.items()}}
    walk.participants = tuple(
        ParticipantRef(ref, capacity)
        for capacity, code in (("receiving", "qinglan-health"), ("lead", "qinglan-health"))
        for ref in agencies()
        if ref.code == code
    )
    walk.facts = Facts(told["facts"])
    walk.running = RunningCase.restore(bundle, walk.facts, base64.b64decode(told["blob"]))
    return walk


@pytest.mark.parametrize("place", recorded(), ids=lambda place: place.stem)
def test_a_recorded_blob_is_read_as_it_was_written(place):
    told, bundle = read(place)
    waits, marks, closed, stuck, _, news, timers = walk_of(told, bundle).look()
    assert [list(token) for token in waits] == told["waits"]
    assert json.loads(json.dumps(marks)) == told["marks"]
    assert closed is told["closed"]
    assert json.loads(json.dumps([news, timers])) == [told.get("news", []), told.get("timers", [])]
    assert not stuck


@pytest.mark.parametrize("place", recorded(), ids=lambda place: place.stem)
def test_a_recorded_case_goes_on_to_its_end(place):
    walk, chance = walk_of(*read(place)), Random(5)
    steps = 0
    while walk.moves() and steps < 200:
        walk.move(*(shipped_move if walk.bundle.process == "joint_case" else move)(walk, chance))
        steps += 1
    assert walk.running.closed
    assert steps


def test_every_version_that_the_codec_reads_has_recorded_blobs():
    versions = {int(place.stem.split("-")[0].removeprefix("v")) for place in recorded()}
    assert versions == set(READERS)
    assert max(READERS) == VERSION


@pytest.mark.parametrize(
    "blob", [b"", bytes([0]), bytes([VERSION + 1]) + b"later", b"\xff"], ids=["empty", "zero", "a later version", "nonsense"]
)
def test_an_unknown_version_is_a_clear_error(blob):
    _, bundle = read(recorded()[0])
    with pytest.raises(UnknownState, match="is not known to this release"):
        RunningCase.restore(bundle, Facts(), blob)


def test_a_cut_blob_is_a_clear_error():
    told, bundle = read(recorded()[0])
    blob = base64.b64decode(told["blob"])
    with pytest.raises(UnknownState):
        RunningCase.restore(bundle, Facts(), blob[: len(blob) // 2])
