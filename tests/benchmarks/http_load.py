"""50 officers at their desks: the real server, PostgreSQL and the load generator on the same cores."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from tests.benchmarks import models
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, at_most, measures
from tests.benchmarks.serving import Caller, bearer, product
from tests.factories.desks import PASSWORD, settings_for
from web.assemble import desk_of
from workflows import cases, officers, passwords, tasks
from workflows.desk import Desk

OFFICERS = 50
CASES_EACH = 3
THOUGHT = (0.5, 1.5)
"""Seconds between two calls of an officer; one on average."""
LASTS = 60
"""Seconds that are counted."""
WARMING = 3
"""Seconds before, in which the officers come to their desks one after the other."""
WORKERS = 2


@measures(http_p95=at_most(150, of="value"), http_errors=at_most(0, of="value"))
def http_p95(bench: Bench) -> Iterator[Figure]:
    """Each officer reads the inbox, opens a task, completes it, and begins again, with a second of thought between the calls."""
    desk = desk_of(settings_for(bench.postgres().settings.database_url, bench.folder))
    bench.closing(desk)
    models.publish(desk, "forty", models.forty())
    known = passwords.hashed(PASSWORD)
    tokens = [_at_work(desk, number, known) for number in range(OFFICERS)]
    lasts = bench.rounds(LASTS)
    with product(desk.settings, workers=WORKERS) as (port, _):
        day = Day(time.monotonic() + WARMING, lasts)
        threads = [threading.Thread(target=day.of, args=(port, token), daemon=True) for token in tokens]
        for thread in threads:
            thread.start()
        for _ in bench.progress(WARMING + lasts):
            time.sleep(1)
        for thread in threads:
            thread.join()
    kinds = ", ".join(f"{kind} {_p95(day.taken[kind]):.0f}" for kind in day.taken)
    every = [took for taken in day.taken.values() for took in taken]
    note = f"{len(every)} calls in {lasts} s, median {median(every) * 1000:.0f} ms; p95 of {kinds} ms"
    yield Figure("http_p95", _p95(every), "ms", note=note)
    yield Figure("http_errors", len(day.errors), "calls", note=day.errors[0] if day.errors else "")


@dataclass
class Day:
    """What happened: seconds by kind of call, and what was not answered as wished. `begins`: when counting does."""

    begins: float
    lasts: float
    taken: dict[str, list[float]] = field(default_factory=lambda: {"inbox": [], "open": [], "complete": []})
    errors: list[str] = field(default_factory=list)

    def of(self, port: int, token: str) -> None:
        """The day of one officer."""
        caller = Caller(port, bearer(token))
        time.sleep(random.uniform(0, WARMING))
        while True:
            inbox = self.call("inbox", caller.get, "/tasks?view=todo&limit=25")
            task = random.choice(inbox["items"])["id"] if inbox else ""
            page = task and self.call("open", caller.get, f"/tasks/{task}")
            if page:
                sent = {"revision": page["revision"], "answers": {page["element"]: models.TEXT}}
                self.call("complete", caller.post, f"/tasks/{task}/complete", sent)
            if self.over:
                return

    @property
    def over(self) -> bool:
        """Whether nothing counts any more."""
        return time.monotonic() > self.begins + self.lasts

    def call(self, kind: str, function: Callable[..., Any], *sent: object) -> Any:
        """Call, note how long it took, and think. Returns None when the call failed."""
        began, answer = time.monotonic(), None
        try:
            answer = function(*sent)
        except Exception as error:  # noqa: BLE001 - whatever it is, the officer did not get an answer
            self.errors.append(f"{kind}: {error!r}")
        if self.begins <= began and not self.over:
            self.taken[kind].append(time.monotonic() - began)
        time.sleep(random.uniform(*THOUGHT))
        return answer


def _at_work(desk: Desk, number: int, known: str) -> str:
    """A new officer with cases in the inbox, each some steps on its way. Returns the token that signs the calls."""
    agency = ("qinglan-health", "qinglan-amr", "qinglan-hsa", "qinglan-mpa", "qinglan-psb")[number % 5]
    name = f"bench.{number}"
    officer = officers.create(desk, None, username=name, name=name, agency=agency, roles=["officer"], password_hash=known)
    for steps in range(CASES_EACH):
        case, (first,) = cases.open_case(desk, officer, process="forty", title="虚构·基准案", facts={})
        task = tasks.claim(desk, officer, first.id)
        for _ in range(steps):
            page = tasks.get(desk, officer, task.id)
            done = tasks.complete(desk, officer, task.id, revision=page.revision, answers={page.row.element: models.TEXT})
            task = next(row for row in done.next_tasks if row.case.id == case.id)
    return officers.sign_in(desk, name, PASSWORD, kind="api")[0]


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1] * 1000
