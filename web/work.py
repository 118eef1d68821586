# ruff: noqa: PLC0415 - imported when it is needed
"""The worker: clocks that ran out, messages that wait to leave, answers that nobody will ask for again, the numbers of the wall.

It only calls verbs, each of which is a transaction of its own; it may be stopped or killed between any two of them, and any
number of workers may run beside each other.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable

    from workflows.desk import Desk

log = structlog.get_logger(__name__)

PAUSE = 5.0
"""Seconds of rest when there was nothing to do."""
FIRST_PAUSE = 0.5
"""Seconds of rest after the first error; every verb goes on where it was, so a deadlock need not cost a long rest."""
LONGEST_PAUSE = 60.0
"""Seconds of rest at most after errors, such as a database that is away."""


def work_once(desk: Desk) -> int:
    """Everything that is due now; returns how much was done."""
    from workflows import clocks, idempotency, outbox, tally

    done = _until_empty(lambda: clocks.sweep(desk)) + _until_empty(lambda: outbox.deliver(desk))
    idempotency.forget_old(desk)
    tally.settle(desk)
    return done


def work(desk: Desk, stop: threading.Event, *, pause: float = PAUSE) -> None:
    """Work until `stop` is set. An error is logged and waited out; it never ends the worker.

    A release may bring a year's calendar: clocks that waited for it are counted anew first.
    """
    from workflows import clocks
    from workflows.errors import Unavailable

    failing, recounted = FIRST_PAUSE, False
    while not stop.is_set():
        rest, failing = failing, min(failing * 2, LONGEST_PAUSE)
        try:
            if not recounted:
                clocks.recount(desk)
                recounted = True
            done = work_once(desk)
            rest, failing = pause, FIRST_PAUSE
            if done:
                log.info("worked", done=done)
        except Unavailable as error:
            log.warning("the database is not available; the worker will try again", code=error.code, seconds=rest)
        except Exception:
            log.exception("the worker failed and will try again", seconds=rest)
        stop.wait(rest)


def start(desk: Desk, stop: threading.Event, *, first: Callable[[threading.Event], None] | None = None) -> threading.Thread:
    """A worker in a thread of this process; `first` is done before the clocks are looked at."""

    def run() -> None:
        if first is not None:
            try:
                first(stop)
            except Exception:
                log.exception("what was to be done first failed; the worker begins")
        work(desk, stop)

    thread = threading.Thread(target=run, name="onecase-worker", daemon=True)
    thread.start()
    return thread


def _until_empty(verb: Callable[[], int]) -> int:
    total = 0
    while done := verb():
        total += done
    return total
