"""The real server on PostgreSQL, and callers that speak to it over a kept connection.

`python -m tests.benchmarks.serving PORT` serves like `onecase serve`, by one worker process that is never replaced: a memory that
grows is seen to grow.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from socket import socket
from typing import Any

from workflows.settings import Settings

HOST = "127.0.0.1"
PATIENCE = 30
"""Seconds until a server that does not answer is given up, and for one call."""
OK = 300
"""Statuses below are answers as wished."""


class Caller:
    """A connection of one person; `headers` say who."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self.connection = HTTPConnection(HOST, port, timeout=PATIENCE)
        self.headers = headers

    def read(self, path: str) -> bytes:
        """The body of an answer. Raises OSError when it is not what was wished."""
        return self._call("GET", path, None)

    def get(self, path: str) -> Any:
        """The JSON of an answer of the API."""
        return json.loads(self.read(f"/api/v1{path}"))

    def post(self, path: str, sent: object) -> Any:
        """Send JSON to the API; the JSON that it answers."""
        return json.loads(self._call("POST", f"/api/v1{path}", json.dumps(sent)))

    def _call(self, method: str, path: str, body: str | None) -> bytes:
        self.connection.request(method, path, body, {**self.headers, "Content-Type": "application/json"})
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status >= OK:
            raise OSError(f"{method} {path}: {answer.status} {content[:200].decode(errors='replace')}")
        return content


def bearer(token: str) -> dict[str, str]:
    """Who calls the API."""
    return {"Authorization": f"Bearer {token}"}


@contextmanager
def product(settings: Settings, *, workers: int) -> Iterator[tuple[int, int]]:
    """`onecase serve` as an installation runs it. Gives its port and its process."""
    port = _free_port()
    command = [Path(sys.executable).with_name("onecase"), "serve", "--port", str(port), "--workers", str(workers)]
    with _running(settings, port, command) as process:
        yield port, process


@contextmanager
def lasting(settings: Settings) -> Iterator[tuple[int, int]]:
    """One worker process that is never replaced. Gives its port and its process."""
    port = _free_port()
    with _running(settings, port, [sys.executable, "-m", "tests.benchmarks.serving", str(port)]) as server:
        yield port, int(subprocess.check_output(["pgrep", "-P", str(server)], text=True).split()[0])


@contextmanager
def _running(settings: Settings, port: int, command: list[Any]) -> Iterator[int]:
    environment = {
        **os.environ,
        "ONECASE_DATABASE_URL": settings.database_url,
        "ONECASE_DATA_DIR": str(settings.data_dir),
        "ONECASE_SECRET_KEY": settings.secret_key,
    }
    with (settings.data_dir / "server.log").open("w") as log, subprocess.Popen(command, env=environment, stdout=log, stderr=log) as server:
        try:
            _ready(port, server)
            yield server.pid
        finally:
            server.terminate()


def _ready(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            Caller(port, {}).read("/readyz")
        except OSError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def _free_port() -> int:
    with socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def main(port: int) -> None:
    """Serve until a signal comes."""
    from web.serve import Server  # noqa: PLC0415 - only who serves pays for gunicorn's import

    options = {"bind": f"{HOST}:{port}", "workers": 1, "threads": 4, "worker_class": "gthread", "timeout": 60}
    Server(Settings.from_environment(), options).run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
