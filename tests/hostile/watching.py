"""Traps beside a test: what a hostile file would touch, open, start or call is noticed, also when Python itself does it."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

STARTS = frozenset({
    "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "subprocess.Popen", "pty.spawn", "ctypes.dlopen",
    "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request", "os.remove", "os.rename", "os.symlink",
    "shutil.rmtree", "smtplib.connect", "ftplib.connect", "webbrowser.open",
})  # fmt: skip
"""Audit events of Python that no reading of a file has a reason for."""
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND
TOKENS = ("@CANARY@", "@SECRET@", "@PORT@")
SECRET = "the-word-that-stands-in-a-file-outside"


@dataclass
class Watch:
    """What happened while it was open."""

    folder: Path
    listener: socket.socket
    allowed: tuple[str, ...] = ()
    """What a door itself may do: its own process, say."""
    seen: list[str] = field(default_factory=list)
    open: bool = False

    def armed(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """The files with the traps' own addresses where the library writes tokens."""
        values = (str(self.folder / "canary"), str(self.folder / "secret"), str(self.listener.getsockname()[1]))
        found = dict(files)
        for token, value in zip(TOKENS, values, strict=True):
            found = {path: content.replace(token.encode(), value.encode()) for path, content in found.items()}
        return found

    def assert_quiet(self, said: str) -> None:
        """Nothing was touched, started or called; nothing that was said holds the secret."""
        assert not self.seen, self.seen
        assert not (self.folder / "canary").exists()
        assert SECRET not in said
        try:
            self.listener.accept()
        except BlockingIOError:
            return
        raise AssertionError("somebody called")

    def event(self, name: str, arguments: tuple[Any, ...]) -> None:
        """An audit event while the watch is open."""
        if name in STARTS and name not in self.allowed:
            self.seen.append(f"{name} {arguments!r:.200}")
        if name == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES and not _own(arguments[0]):
            self.seen.append(f"open {arguments[0]!r} to write")


def _own(place: object) -> bool:
    """What Python and the web server write for themselves: byte code, what a large request is kept in while it is read, their key."""
    text = str(place)
    temporary = Path(tempfile.gettempdir())
    return "__pycache__" in text or Path(text).name == "secret_key" or Path(text) in {Path(os.devnull), temporary} or isinstance(place, int)


_WATCHES: list[Watch] = []


def _hook(name: str, arguments: tuple[Any, ...]) -> None:
    for watch in _WATCHES:
        if watch.open:
            watch.event(name, arguments)


sys.addaudithook(_hook)


@contextmanager
def watching(folder: Path) -> Iterator[Watch]:
    """Traps in `folder`; `with watch.open` is for the test to say."""
    (folder / "secret").write_text(SECRET, encoding="utf-8")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        watch = Watch(folder, listener)
        _WATCHES.append(watch)
        try:
            yield watch
        finally:
            _WATCHES.remove(watch)
