# ruff: noqa: PLC0415 - the address answers before the rest is imported
"""`onecase demo`: web, worker, database and demo data in one process, at one address.

The address answers at once (503 and a page that reloads itself) while the database is prepared, and with the screens as soon as
there are people; `/healthz` is 200 only when every case rests where it should, so that a program does not meet a case
that still moves by itself. Only SQLite: the demo's accounts are public, so it never writes into a real installation's database.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from web.table import lines
from workflows.errors import OneCaseError
from workflows.settings import Settings

if TYPE_CHECKING:
    from web.demo_seed import Seeding
    from workflows.desk import Desk

PASSWORD = "onecase-demo"  # noqa: S105 - public on purpose
MARK = "demo.json"
"""Kept beside the demo's database: this database is the demo's own, and whether its data is complete."""
HEALTH = ("/healthz", "/readyz")
SQLITE = "sqlite:///"
SUFFIXES = ("", "-wal", "-shm", "-journal")
WAITING = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="1"><title>OneCase 一案一策</title>'
    "<p>正在准备演示数据，稍候自动打开。</p><p lang=en>Preparing the demo data; this page opens by itself.</p></html>"
).encode()

StartResponse = Callable[..., Any]


class Stage:
    """What answers at the address: the waiting page first, the application as soon as it is there."""

    def __init__(self) -> None:
        """Begin with the waiting page."""
        self.application: Callable[[dict[str, Any], StartResponse], Iterable[bytes]] = waiting
        self.complete = threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on; tell those who ask for health that not everything is there yet."""
        if environ["PATH_INFO"] in HEALTH and not self.complete.is_set():
            return waiting(environ, start_response)
        return self.application(environ, start_response)


class QuietHandler(WSGIRequestHandler):
    """Connections are kept open (a page has many files), and a request is not a line in the terminal."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def waiting(_environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Come back in a second."""
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(WAITING))), ("Retry-After", "1")]
    start_response("503 Service Unavailable", headers)
    return [WAITING]


def run(*, host: str, port: int, fresh: bool) -> None:
    """Serve the demo until SIGTERM or SIGINT."""
    settings = dataclasses.replace(Settings.from_environment(), demo=True)
    place = database_file(settings)
    if fresh:
        forget(settings, place)
    stop = _stop_on_signals()
    with _listening(host, port) as (stage, address):
        from web import logs, work
        from web.assemble import desk_of

        logs.configure()
        desk = desk_of(settings)
        rest = prepare(desk, place)
        stage.application = _application(desk, settings)
        worker = work.start(desk, stop.event, first=_then(rest, stage.complete.set))
        stop.ready()
        announce(
            address,
            desk,
            more=rest is not None,
            cut_short=rest is None and _says(_mark(place), "usable") and not _says(_mark(place), "complete"),
        )
        stop.event.wait()
        worker.join(5)
    desk.database.close()


def database_file(settings: Settings) -> Path:
    """The SQLite file of the demo; any other database is refused."""
    place = settings.database_url.removeprefix(SQLITE).partition("?")[0]
    if not settings.database_url.startswith(SQLITE) or not place or place == ":memory:":
        raise click.ClickException(
            "演示只使用自己的 SQLite 数据库：请去掉 ONECASE_DATABASE_URL 再运行。/ "
            "The demo runs on a SQLite file of its own, never on another database: unset ONECASE_DATABASE_URL."
        )
    return Path(place).absolute()


def forget(settings: Settings, place: Path) -> None:
    """Delete the demo's database, and nothing that is not marked as the demo's."""
    if not place.exists():
        return
    if not place.is_relative_to(settings.data_dir.absolute()) or not _mark(place).exists():
        raise click.ClickException(
            f"{place} 不是演示数据库，未删除任何内容；请换一个 ONECASE_DATA_DIR。/ "
            f"{place} was not made by the demo; nothing was deleted. Choose another ONECASE_DATA_DIR."
        )
    _delete(place)


def prepare(desk: Desk, place: Path) -> Callable[[threading.Event], None] | None:
    """Tables, published diagrams, agencies and people; what an interrupted start left half done is begun again.

    Returns what is left to do on a first start: publishing the processes, opening the cases, playing them to where they rest.
    """
    from workflows.database import migrate

    mark = _mark(place)
    if place.exists() and mark.exists() and not _says(mark, "usable"):
        _delete(place)
    new = not place.exists()
    place.parent.mkdir(parents=True, exist_ok=True)
    if new:
        mark.write_text(json.dumps({"usable": False, "complete": False}))
    migrate(desk.settings.database_url)
    if not new:
        publish_shipped(desk)
        return None
    from web.demo_seed import Seeding

    seeding = Seeding(desk)
    seeding.settle()
    mark.write_text(json.dumps({"usable": True, "complete": False}))
    return lambda stop: _play_on(desk, seeding, stop, mark)


def _then(rest: Callable[[threading.Event], None] | None, done: Callable[[], None]) -> Callable[[threading.Event], None]:
    """What is left to do, if anything, and then `done`, whatever came of it."""

    def both(stop: threading.Event) -> None:
        try:
            if rest is not None:
                rest(stop)
        finally:
            done()

    return both


def _play_on(desk: Desk, seeding: Seeding, stop: threading.Event, mark: Path) -> None:
    """Publish the processes, whose check would hold up the first page, and play the cases to where they rest.

    Where a visitor was quicker, the case stays where the visitor left it.
    """
    import structlog

    publish_shipped(desk)
    while True:
        try:
            seeding.finish(stop.is_set)
        except OneCaseError as error:
            structlog.get_logger(__name__).info("a visitor was quicker", said=error.en)
        else:
            mark.write_text(json.dumps({"usable": True, "complete": not stop.is_set()}))
            return


def publish_shipped(desk: Desk) -> None:
    """Publish what this release ships with, unless it was published before: a version that a designer made of it since stays the newest."""
    from workflows import diagrams
    from workflows.rulebook import shipped_bundles

    for files in shipped_bundles().values():
        if not diagrams.is_published(desk, files):
            diagrams.publish(desk, "OneCase", files, reason="随软件发布")


def announce(address: str, desk: Desk, *, more: bool = False, cut_short: bool = False) -> None:
    """One address and the accounts."""
    from web.people import everybody
    from workflows.vocabulary import ROLES

    people = [
        (officer.username, "、".join(str(ROLES.get(role, role)) for role in sorted(officer.roles)), str(officer.agency.name), officer.name)
        for officer in everybody(desk)
    ]
    click.echo(f"\nOneCase 一案一策  {address}\n\n账号 accounts（密码 password: {PASSWORD}）")
    for line in lines(people):
        click.echo(f"  {line}")
    if more:
        click.echo(
            "\n演示案件正在后台推演，约一分钟后齐备。/ The cases are being played in the background; all is in place in about a minute."
        )
    if cut_short:
        click.echo("\n首次启动时被中断，演示案件不全；FRESH=1 重新开始。/ The first start was cut short; FRESH=1 begins again.")
    click.echo("\nCtrl+C 结束 to stop")
    sys.stdout.flush()


class Stop:
    """A signal ends the preparation at once, and the serving in good order."""

    def __init__(self) -> None:
        """Not stopping, not ready."""
        self.event = threading.Event()
        self._preparing = True

    def ready(self) -> None:
        """From now on a signal only sets the event."""
        self._preparing = False

    def __call__(self, *_: object) -> None:
        """A signal came."""
        self.event.set()
        if self._preparing:
            raise SystemExit(0)


def _stop_on_signals() -> Stop:
    stop = Stop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    return stop


@contextlib.contextmanager
def _listening(host: str, port: int) -> Iterator[tuple[Stage, str]]:
    """A server that answers from this moment on, in a thread."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    stage = Stage()
    server = _bound(host, port, stage)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="onecase-web", daemon=True)
    thread.start()
    try:
        yield stage, f"http://{host}:{server.port}/"
    finally:
        server.shutdown()
        server.server_close()


def _bound(host: str, port: int, stage: Stage) -> BaseWSGIServer:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        raise click.ClickException(
            f"端口 {port} 不可用，请换一个：PORT=8001 / port {port} is not available ({error.strerror}); choose another: PORT=8001"
        ) from None
    server = make_server(host, listener.getsockname()[1], stage, threaded=True, request_handler=QuietHandler, fd=os.dup(listener.fileno()))
    listener.close()
    return server


def _application(desk: Desk, settings: Settings) -> Any:
    from web.app import create_app

    return create_app(desk, settings)


def _mark(place: Path) -> Path:
    return place.with_name(MARK)


def _says(mark: Path, word: str) -> bool:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        return bool(json.loads(mark.read_text()).get(word))
    return False


def _delete(place: Path) -> None:
    for suffix in SUFFIXES:
        place.with_name(place.name + suffix).unlink(missing_ok=True)
    _mark(place).unlink(missing_ok=True)
