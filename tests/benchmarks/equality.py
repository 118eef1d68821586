"""The fuzz of the engine tests, long: a case that is saved and restored after every step is the case that was never saved."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, at_least, at_most, measures
from tests.engine.models import LIBRARY, move
from tests.engine.test_round_trip import SEED, SHIPPED, compare, model_of, shipped_move
from tests.factories.shipped import walk_of

RUNS = 2000
BATCH = 10
"""Runs of one model that a process does before it asks for more."""


@measures(equality_runs=at_least(RUNS, of="value"), equality_differences=at_most(0, of="value"))
def equality(bench: Bench) -> Iterator[Figure]:
    """Random runs of every model of the library and of every process that ships; each compares traces, states and facts at every step."""
    names = [*LIBRARY, *SHIPPED]
    each = -(-bench.rounds(RUNS) // (len(names) * BATCH)) * BATCH
    batches = [(name, SEED + first) for first in range(0, each, BATCH) for name in names]
    found: list[str] = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for _, differences in zip(bench.progress(len(batches)), pool.map(_batch, batches), strict=True):
            found += differences
    runs = len(batches) * BATCH
    yield Figure("equality_runs", runs, "runs", note=f"{len(names)} models, ONECASE_FUZZ_SEED={SEED}")
    yield Figure("equality_differences", len(found), "runs", note=found[0] if found else "")


def _batch(named: tuple[str, int]) -> list[str]:
    """The runs of one model whose two cases went apart, each in one sentence."""
    name, seed = named
    return [said for run in range(BATCH) if (said := _apart(name, seed + run))]


def _apart(name: str, seed: int) -> str:
    try:
        if name in SHIPPED:
            compare(walk_of(name, saving=False), walk_of(name, saving=True), shipped_move, seed, must_end=False)
        else:
            compare(model_of(name).walk(), model_of(name).walk(saving=True), move, seed, must_end=True)
    except Exception as error:  # noqa: BLE001 - a run that breaks has gone apart as well
        return f"{name}, seed {seed}: {traceback.format_exception_only(error)[0].strip()[:200]}"
    return ""
