"""A server in a process of its own, a browser, and people who are signed in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import data
from tests.browser.chromium import chromium, launched
from tests.browser.person import PATIENCE, Person

ROOT = Path(__file__).parents[2]
LOG = "server.log"
STARTING = 120
"""Seconds that the server may take to be there."""
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this process."""
    path = chromium()
    if path is None:
        missing = "No Chromium: install it (apt-get install chromium) or name it in ONECASE_CHROMIUM."
        pytest.fail(missing) if os.environ.get("CI", "").lower() in {"1", "true"} else pytest.skip(missing)
    with launched(path) as browser:
        yield browser


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """This process's copy of the seeded database, which is made once for a run however many processes test."""
    own = tmp_path_factory.getbasetemp()
    run = own if worker_id == "master" else own.parent
    return data.copy(data.template(run / "browser-data"), own / "browser")


@pytest.fixture(scope="session")
def address(database: Path) -> Iterator[str]:
    """The address of a running server with its worker."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ONECASE_") or key == "ONECASE_ASSETS_DIR"}
    environment |= {"ONECASE_DATA_DIR": str(database.parent), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "tests.browser.server"]
    log = database.with_name(LOG)
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield _announced(process, log)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _announced(process: subprocess.Popen[bytes], log: Path) -> str:
    """The address, as soon as the server has said it."""
    until = time.monotonic() + STARTING
    while time.monotonic() < until and process.poll() is None:
        if found := ADDRESS.search(log.read_text()):
            return found[0]
        time.sleep(0.05)
    raise AssertionError(f"the server did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def _signed_in(browser: Browser, address: str) -> Iterator[dict[str, Person]]:
    kept: dict[str, Person] = {}
    yield kept
    for person in kept.values():
        person.context.close()


@pytest.fixture
def person(browser: Browser, address: str, database: Path, _signed_in: dict[str, Person]) -> Iterator[Callable[[str], Person]]:
    """`person("health.head")`: signed in, with a page. At the end nobody may have met with any trouble."""
    met: list[Person] = []

    def meet(username: str) -> Person:
        if username not in _signed_in:
            _signed_in[username] = Person(browser, address, username).sign_in()
        one = _signed_in[username]
        if one not in met:
            met.append(one)
        return one

    yield meet
    troubles = _troubles(met, database)
    for one in met:
        one.watch.expected.clear()
        one.close_pages()
    assert not troubles, troubles


@pytest.fixture
def stranger(browser: Browser, address: str, database: Path) -> Iterator[Callable[[str], Person]]:
    """`stranger("somebody")`: an own context, not signed in."""
    met: list[Person] = []

    def meet(username: str) -> Person:
        met.append(Person(browser, address, username))
        return met[-1]

    yield meet
    troubles = _troubles(met, database)
    for one in met:
        one.context.close()
    assert not troubles, troubles


def _troubles(people: list[Person], database: Path) -> str:
    """What they met with, a line each; after an answer that says the server failed, what the server has to say."""
    met = [f"{one.username}: {trouble}" for one in people for trouble in one.watch.found()]
    failed = any(": answer: 5" in line for line in met)
    return "\n".join([*met, *(database.with_name(LOG).read_text().splitlines()[-40:] if failed else [])])
