"""An installation as an administrator starts it: `onecase serve` and `onecase work` on one database, each a process that can be killed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Self
from urllib.error import URLError
from urllib.request import urlopen

ONECASE = str(Path(sys.executable).with_name("onecase"))
BOOTED = re.compile(r"Booting worker with pid: (\d+)")
LAST = 400
"""Lines."""
PATIENCE = 30
"""Seconds until a process that was started must serve."""


@dataclass
class Process:
    """One of the installation's processes and everything that it starts."""

    popen: subprocess.Popen
    began: float = field(default_factory=time.monotonic)
    children: list[int] = field(default_factory=list)
    """Processes that it started and nobody killed yet."""
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def kill(self) -> None:
        """SIGKILL to it and to all that it started."""
        os.killpg(self.popen.pid, signal.SIGKILL)
        self.end()

    def end(self) -> int:
        """Wait until it has ended; its exit code."""
        code = self.popen.wait(PATIENCE)
        self.listener.join(PATIENCE)
        return code

    def _listen(self) -> None:
        with self.popen.stdout:
            for line in self.popen.stdout:
                self.said.append(line)
                if found := BOOTED.search(line):
                    self.children.append(int(found[1]))


@dataclass
class Installation:
    """The processes on the database `url`, which is migrated and furnished already."""

    url: str
    folder: Path
    workers: int = 4
    threads: int = 4
    port: int = 0
    web: Process | None = None
    worker: Process | None = None
    ended: list[str] = field(default_factory=list)
    """What servers said that are no more."""

    def __enter__(self) -> Self:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.serve()
        self.work()
        return self

    def __exit__(self, *_: object) -> None:
        for process in (self.web, self.worker):
            if process is not None and process.popen.poll() is None:
                process.kill()

    def serve(self) -> None:
        """Start the web processes and wait until they answer."""
        self.web = self._start("serve", "--port", str(self.port), "--workers", str(self.workers), "--threads", str(self.threads))
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5):
                    return
            except (URLError, OSError):
                assert time.monotonic() < until, "".join(self.web.said)
                time.sleep(0.05)

    def work(self) -> None:
        """Start the worker."""
        self.worker = self._start("work")

    def kill_one(self, chance: Random) -> str:
        """Kill a process at random, mostly one that serves, and see to it that another takes its place. Returns which it was."""
        if chance.random() < 0.02:
            self.web.kill()
            self.ended += self.web.said
            self.serve()
            return "server"
        if time.monotonic() - self.worker.began > chance.uniform(2, 6):
            self.worker.kill()
            self.work()
            return "worker"
        victim = chance.choice(self._serving())
        os.kill(victim, signal.SIGKILL)
        self.web.children.remove(victim)
        return "web process"

    def last_words(self) -> str:
        """What the servers said last, a fault's traceback among it; they write a line for each request."""
        return "".join([*self.ended, *self.web.said][-LAST:])

    def stop(self) -> None:
        """End as an administrator ends it."""
        for process in (self.web, self.worker):
            process.popen.send_signal(signal.SIGTERM)
            assert process.end() == 0, "".join(process.said[-20:])

    def run(self, *words: str) -> str:
        """A command that must end well; what it said."""
        done = subprocess.run([ONECASE, *words], env=self._environment(), capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _serving(self) -> list[int]:
        until = time.monotonic() + PATIENCE
        while not self.web.children:
            assert time.monotonic() < until, "".join(self.web.said[-20:])
            time.sleep(0.005)
        return list(self.web.children)

    def _start(self, *words: str) -> Process:
        environment = self._environment()
        popen = subprocess.Popen(
            [ONECASE, *words],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        return Process(popen)

    def _environment(self) -> dict[str, str]:
        ours = {"ONECASE_DATABASE_URL": self.url, "ONECASE_DATA_DIR": str(self.folder), "ONECASE_SECRET_KEY": "test"}
        return {**os.environ, **ours, "PYTHONUNBUFFERED": "1"}
