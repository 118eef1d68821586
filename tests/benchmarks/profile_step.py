"""Where a completion's time goes: `python -m tests.benchmarks.profile_step [sqlite|postgresql]`.

Prints the statements of a completion and the functions that take longest, over three 40-task cases.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

import structlog
from sqlalchemy import event

from tests.benchmarks import caseload, models
from tests.benchmarks.bench import Bench
from tests.benchmarks.caseload import Caseload
from workflows.desk import Desk

CASES = 3
LONGEST = 40


@contextmanager
def statements(desk: Desk) -> Iterator[list[str]]:
    """What the desk sends to its database meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(" ".join(statement.split()))

    event.listen(desk.database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(desk.database.engine, "before_cursor_execute", note)


@contextmanager
def around(before: Callable[[], object], after: Callable[[], object]) -> Iterator[None]:
    """Do something just before and just after every completion of a caseload."""
    real = caseload.tasks.complete

    def complete(*given: Any, **named: Any) -> Any:
        before()
        try:
            return real(*given, **named)
        finally:
            after()

    caseload.tasks.complete = complete
    yield
    caseload.tasks.complete = real


def counted(desk: Desk, work: Caseload) -> tuple[list[int], Counter[str]]:
    """How many statements each completion of a case sends, and how often each statement was sent."""
    counts: list[int] = []
    every: Counter[str] = Counter()

    def keep() -> None:
        counts.append(len(sent))
        every.update(sent)

    with statements(desk) as sent, around(sent.clear, keep):
        work.whole()
    return counts, every


def main(database: str) -> None:
    """Print both."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    bench = Bench()
    try:
        desk = bench.sqlite() if database == "sqlite" else bench.postgres()
        work = Caseload(desk, models.publish(desk, "forty", models.forty()))
        work.whole()
        counts, every = counted(desk, work)
        print(f"statements of a completion: {median(counts):.0f} (from {min(counts)} to {max(counts)})")
        for statement, times in every.most_common():
            print(f"{times / len(counts):6.2f}  {statement[:160]}")
        profile = cProfile.Profile()
        with around(profile.enable, profile.disable):
            for _ in range(CASES):
                work.whole()
        for order in ("cumulative", "tottime"):
            pstats.Stats(profile).strip_dirs().sort_stats(order).print_stats(LONGEST)
    finally:
        bench.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "sqlite")
