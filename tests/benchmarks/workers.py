"""Two worker processes against one, on PostgreSQL.

`python -m tests.benchmarks.workers DATABASE OFFICER` completes tasks for as many seconds as each line read says, and writes how many.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from tests.benchmarks import models
from tests.benchmarks.bench import Bench
from tests.benchmarks.caseload import Caseload
from tests.benchmarks.figures import Figure, at_least, measures
from tests.factories.desks import desk_at

OPENERS = ("health.officer", "amr.officer")
"""Of two agencies: two processes do not wait for each other's case numbers."""
ROUNDS = 6
SPELL = 3.0
"""Seconds of work at a time."""


@measures(workers_2=at_least(1.7))
def workers_2(bench: Bench) -> Iterator[Figure]:
    """Completions a second of one process, and of two at the same time, in turn."""
    desk = bench.postgres()
    models.publish(desk, "forty", models.forty())
    alone, together = [], []
    with ExitStack() as stack:
        processes = [stack.enter_context(_process(desk.settings.database_url, opener)) for opener in OPENERS]
        _work(processes, 1.0)
        for number in bench.progress(bench.rounds(ROUNDS)):
            alone.append(_work([processes[number % 2]], SPELL))
            together.append(_work(processes, SPELL))
        for process in processes:
            process.stdin.close()
    one, two = median(alone), median(together)
    yield Figure("workers_2", two, "steps/s", one, two / one)


def _process(url: str, opener: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.benchmarks.workers", url, opener]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _work(processes: list[subprocess.Popen[str]], lasts: float) -> float:
    """Let these processes work at the same time. Returns the completions a second of all."""
    for process in processes:
        process.stdin.write(f"{lasts}\n")
        process.stdin.flush()
    return sum(float(process.stdout.readline()) for process in processes) / lasts


def main(url: str, opener: str) -> None:
    """Work whenever told to."""
    caseload = Caseload(desk_at(url, Path()), "forty", opener)
    for line in sys.stdin:
        until, done = time.monotonic() + float(line), 0
        while time.monotonic() < until:
            caseload.step()
            done += 1
        print(done, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
