"""`onecase demo`: one process, one address, its own database and nobody else's."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest

from web import demo
from workflows.settings import Settings

COMMAND = [sys.executable, "-c", "from web.cli import main; main()", "demo"]


def _settings(data: Path, url: str | None = None) -> Settings:
    return Settings(database_url=url or f"sqlite:///{data / 'onecase.db'}", data_dir=data, secret_key="x")


@pytest.mark.parametrize("url", ["postgresql://localhost/onecase", "sqlite://", "sqlite:///:memory:"])
def test_the_demo_runs_on_no_database_but_its_own(tmp_path: Path, url: str) -> None:
    with pytest.raises(click.ClickException) as refused:
        demo.database_file(_settings(tmp_path, url))
    assert "SQLite" in refused.value.message


def test_beginning_again_deletes_the_demo_and_leaves_everything_else(tmp_path: Path) -> None:
    place = tmp_path / "onecase.db"
    for name in ("onecase.db", "onecase.db-wal", "onecase.db-shm", "secret_key", "notes.txt"):
        (tmp_path / name).write_text("x")
    (tmp_path / demo.MARK).write_text('{"usable": true, "complete": true}')
    demo.forget(_settings(tmp_path), place)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt", "secret_key"]


def test_beginning_again_never_deletes_a_database_that_the_demo_did_not_make(tmp_path: Path) -> None:
    place = tmp_path / "onecase.db"
    place.write_text("real")
    with pytest.raises(click.ClickException):
        demo.forget(_settings(tmp_path), place)
    assert place.read_text() == "real"


def test_beginning_again_never_deletes_outside_the_data_directory(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "onecase.db").write_text("real")
    (elsewhere / demo.MARK).write_text('{"usable": true, "complete": true}')
    with pytest.raises(click.ClickException):
        demo.forget(_settings(tmp_path / "data"), elsewhere / "onecase.db")
    assert (elsewhere / "onecase.db").exists()


@pytest.mark.slow
def test_the_demo_answers_prints_its_accounts_and_stops_when_told(tmp_path: Path) -> None:
    with _running(tmp_path) as (process, url):
        assert _status(url) == 200
        started = time.monotonic()
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=10)
        assert time.monotonic() - started < 5
    assert process.returncode == 0
    assert out.count(url) == 1
    assert "health.officer" in out
    assert "onecase-demo" in out


@pytest.mark.slow
def test_a_start_that_was_interrupted_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / "onecase.db").write_bytes(b"half")
    (tmp_path / demo.MARK).write_text('{"usable": false}')
    with _running(tmp_path) as (_, url):
        assert _status(url) == 200


@contextmanager
def _running(data: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "ONECASE_DATA_DIR": str(data), "PORT": str(port)}
    process = subprocess.Popen(COMMAND, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    url = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(600):
            if process.poll() is not None or _status(url) == 200:
                break
            time.sleep(0.1)
        yield process, url
    finally:
        process.kill()
        process.communicate()


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url + "healthz", timeout=3) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
