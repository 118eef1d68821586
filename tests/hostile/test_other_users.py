"""While hostile bundles are checked on a real server, somebody else's inbox answers as it did before, and shows nothing of them."""

from __future__ import annotations

import json
import threading
import time
from http.client import HTTPConnection

import pytest

from tests.delivery.installation import Installation
from tests.factories.play import Play
from tests.hostile.everything import LIBRARY
from tests.hostile.names import HTML
from tests.hostile.shapes import chain
from workflows import officers
from workflows.desk import open_desk

UPLOADS = 20
AT_ONCE = 4
HEAVY = (
    "900 flows between two steps", "1,400 steps in a row", "10,000 flows between two steps", "150 processes in a ring", "a billion laughs",
    "300,000 elements side by side", "40 scenarios of 500 steps", "40 forms of 500 fields", "gateways in a ring", "HTML as the id of a step",
)  # fmt: skip
TIMES = 20
"""So much longer may the slowest of twenty answers take on a machine that works for others at once …"""
SOON = 1.0
"""… or so many seconds, where it was very quick before."""


def ask(port: int, token: str, method: str, path: str, body: object = None) -> tuple[int, str, float]:
    """Status, text and seconds of one request."""
    began = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        content = None if body is None else json.dumps(body)
        connection.request(method, f"/api/v1{path}", content, {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), time.monotonic() - began
    finally:
        connection.close()


def slowest_of_twenty(waits: list[float]) -> float:
    """The 95th percentile."""
    return sorted(waits)[int(len(waits) * 0.95)]


@pytest.mark.timeout(180)
def test_an_inbox_answers_while_twenty_hostile_bundles_are_checked(desk, people, tmp_path):
    Play.open(desk, people)
    now = open_desk(desk.settings, handlers=desk.services)
    tokens = {name: officers.sign_in(now, name, "onecase-demo", kind="api")[0] for name in ("designer", "health.intake")}
    now.database.close()
    desk.database.close()
    largest = {path: content.decode() for path, content in chain(390).items()}
    bundles = [largest, *({path: content.decode() for path, content in LIBRARY[name].make().items()} for name in HEAVY)]
    waiting, answers = list(range(UPLOADS)), []

    def upload() -> None:
        while waiting:
            number = waiting.pop()
            answers.append(
                ask(installation.port, tokens["designer"], "POST", "/processes/p/check", {"files": bundles[number % len(bundles)]})
            )

    def read() -> tuple[int, str, float]:
        return ask(installation.port, tokens["health.intake"], "GET", "/tasks?view=todo")

    with Installation(desk.settings.database_url, tmp_path, workers=2) as installation:
        for _ in range(10):
            read()
        quiet = [read()[2] for _ in range(40)]
        uploads = [threading.Thread(target=upload) for _ in range(AT_ONCE)]
        for thread in uploads:
            thread.start()
        busy, said = [], ""
        while any(thread.is_alive() for thread in uploads):
            status, text, waited = read()
            assert status == 200
            busy.append(waited)
            said += text
        for thread in uploads:
            thread.join()
    before, meanwhile = slowest_of_twenty(quiet), slowest_of_twenty(busy)
    print(
        f"p95 {before * 1000:.0f} ms before, {meanwhile * 1000:.0f} ms meanwhile, {len(busy)} answers, uploads {sorted(round(one[2], 1) for one in answers)}"
    )
    assert len(answers) == UPLOADS
    assert all(status in {200, 413, 422} for status, _, _ in answers), [status for status, _, _ in answers]
    assert meanwhile < max(SOON, TIMES * before)
    assert HTML not in said
