# ruff: noqa: PLC0415 - imported when it is needed
"""The web process of an installation: gunicorn, started from our own command so that there is one way to start it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from flask import Flask

    from workflows.settings import Settings


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with our application; every worker process opens its own connections."""

    def __init__(self, settings: Settings, options: dict[str, Any]) -> None:
        """Keep what the workers need; gunicorn reads `options`."""
        self.settings = settings
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Hand our options to gunicorn."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application of one worker process."""
        from web.assemble import application

        return application(self.settings)


def serve(settings: Settings, *, host: str, port: int, workers: int, threads: int) -> None:
    """Serve until a signal comes; running requests are finished first. Each thread can have a connection of its own."""
    settings = replace(settings, pool_size=max(settings.pool_size, threads))
    options = {
        "bind": f"{host}:{port}",
        "workers": workers,
        "threads": threads,
        "worker_class": "gthread",
        "graceful_timeout": 30,
        "timeout": 60,
        "preload_app": True,  # a worker that has to be replaced serves at once; the application opens nothing before its first request
        "max_requests": 10_000,
        "max_requests_jitter": 1_000,
        "proc_name": "onecase",
    }
    Server(settings, options).run()
