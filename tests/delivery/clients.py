"""Clients of the public interface that never give up: every request under a key, repeated until it is answered, now and then sent twice."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random
from typing import Any
from uuid import uuid4

from tests.web.callers import PREFIX, filled

PROCESS = "joint_case"
OPENERS = frozenset({"health.intake"})
ENOUGH = 12
"""Open tasks of a client's list below which an opener opens another case."""
TWICE = 0.2
"""How often a completion is sent again although it was acknowledged."""
REFUSALS = (403, 404, 409, 422)
"""A colleague was quicker, or the officer may not do it with these answers."""
WAITS = frozenset({"idempotency_running"})
"""Refusals that ask to come again."""


@dataclass
class Told:
    """What all clients together were told; shared by their threads."""

    completed: list[str] = field(default_factory=list)
    """Tasks whose completion was acknowledged."""
    opened: list[str] = field(default_factory=list)
    """Titles of cases whose opening was acknowledged, or may have happened."""
    refused: Counter[str] = field(default_factory=Counter)
    broken: int = 0
    """Requests that got no answer, or one that asked to come again."""
    waits: list[float] = field(default_factory=list)
    """Seconds from a request to its answer, for those that were answered at once."""
    wrong: list[str] = field(default_factory=list)
    """Answers that no client may get."""


@dataclass
class Client:
    """One officer at one place, with a token."""

    port: int
    username: str
    token: str
    told: Told
    chance: Random
    stop: threading.Event
    ahead: list[str] = field(default_factory=list)
    """Tasks seen in the lists and not tried yet."""
    hopeless: set[str] = field(default_factory=set)
    connection: HTTPConnection | None = None

    def run(self) -> None:
        """Work until told to stop; whatever goes wrong is kept."""
        try:
            while not self.stop.is_set():
                self._turn()
        except Exception as error:  # noqa: BLE001 - a thread has nobody else to tell
            self.told.wrong.append(f"{self.username}: {error!r}")
        finally:
            self._hang_up()

    def _turn(self) -> None:
        if not self.ahead:
            self.ahead = [task for task in self._listed() if task not in self.hopeless]
            self.chance.shuffle(self.ahead)
            if self.username in OPENERS and len(self.ahead) < ENOUGH:
                self._open_case()
        if self.ahead:
            self._try(self.ahead.pop())
        else:
            self.stop.wait(0.2)

    def _listed(self) -> list[str]:
        found = [self._ask("GET", f"/tasks?view={view}&limit=50") for view in ("todo", "pool")]
        return [task["id"] for answer in found if answer is not None for task in answer[1].get("items", ())]

    def _open_case(self) -> None:
        title = f"虚构·{uuid4().hex}"
        answer = self._ask("POST", "/cases", {"process": PROCESS, "title": title, "facts": {}})
        if answer is None:
            return
        status, said = answer
        if status == 201 or said.get("code") == "idempotency_answer_lost":
            self.told.opened.append(title)
        else:
            self.told.wrong.append(f"opening a case: {status} {said}")

    def _try(self, task: str) -> None:
        answer = self._ask("GET", f"/tasks/{task}")
        if answer is None or answer[0] != 200 or "complete" not in answer[1]["actions"]:
            return
        key, body = uuid4().hex, {"revision": answer[1]["revision"], "answers": filled(answer[1])}
        first = self._ask("POST", f"/tasks/{task}/complete", body, key)
        if first is None:
            return
        status, said = first
        if status == 200:
            self.told.completed.append(task)
            self._send_twice(task, body, key, said)
        elif status in REFUSALS:
            self.told.refused[said["code"]] += 1
            self.hopeless.add(task)
        else:
            self.told.wrong.append(f"completing: {status} {said}")

    def _send_twice(self, task: str, body: Any, key: str, said: Any) -> None:
        """Now and then the same completion again, under its key or another."""
        if self.chance.random() > TWICE:
            return
        again = self._ask("POST", f"/tasks/{task}/complete", body, self.chance.choice([key, uuid4().hex]))
        if again is not None and (again[0] != 200 or again[1]["case"]["id"] != said["case"]["id"]):
            self.told.wrong.append(f"the second answer differs: {again}")

    def _ask(self, method: str, path: str, body: Any = None, key: str | None = None) -> tuple[int, Any] | None:
        """The answer, however often the request must be sent; None when everything ends before there is one."""
        headers = {"Authorization": f"Bearer {self.token}"}
        if method == "POST":
            headers |= {"Idempotency-Key": key or uuid4().hex, "Content-Type": "application/json"}
        pause = 0.02
        while not self.stop.is_set():
            began = time.monotonic()
            try:
                status, said = self._send(method, path, body, headers)
            except (OSError, HTTPException, ValueError):
                self._hang_up()
            else:
                if status != 503 and said.get("code") not in WAITS:
                    self.told.waits.append(time.monotonic() - began)
                    return status, said
            self.told.broken += 1
            self.stop.wait(pause * self.chance.uniform(0.5, 1.5))
            pause = min(pause * 2, 0.2)
        return None

    def _hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> tuple[int, Any]:
        if self.connection is None:
            self.connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.connection.request(method, PREFIX + path, body=None if body is None else json.dumps(body), headers=headers)
        answer = self.connection.getresponse()
        content = answer.read()
        return answer.status, json.loads(content) if content else {}


def at_work(clients: list[Client]) -> Callable[[], None]:
    """Let them all work, each in a thread; what is returned ends it."""
    threads = [threading.Thread(target=client.run, daemon=True) for client in clients]
    for thread in threads:
        thread.start()

    def end() -> None:
        for client in clients:
            client.stop.set()
        for thread in threads:
            thread.join(90)
            assert not thread.is_alive(), "a client waits for an answer that never comes"

    return end
