"""Addresses of the built front end (see web/frontend/README.md), and the route that serves it.

`{{ asset_url('app.css') }}` in a template gives the hashed file's address; a file under a hash never changes, so it may be
kept for a year. The files come from the installed package `onecase_assets`, or from `ONECASE_ASSETS_DIR`.
"""

from __future__ import annotations

import json
import os
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from flask import Blueprint, Flask, Response, send_from_directory, url_for

from web.audience import audience

BLUEPRINT = Blueprint("assets", __name__)
YEAR = 365 * 24 * 3600


class AssetsMissing(RuntimeError):
    """The front end is not built, or was built without the file that a page asks for."""


def register(app: Flask) -> None:
    """Serve the files under /assets and offer `asset_url` to the templates."""
    app.register_blueprint(BLUEPRINT)
    app.jinja_env.globals["asset_url"] = asset_url


def asset_url(name: str) -> str:
    """The address of a built file, by the name that it has without its hash."""
    return url_for("assets.asset", file=asset_file(name))


def asset_file(name: str) -> str:
    """The hashed file name of `app.css`, `form.js`, …"""
    files = _manifest(asset_folder())
    if name not in files:
        raise AssetsMissing(f"The front end has no {name!r}; it has {', '.join(sorted(files))}. Rebuild it: make assets")
    return files[name]


def asset_folder() -> Path:
    """Where the built files lie."""
    chosen = os.environ.get("ONECASE_ASSETS_DIR")
    if chosen:
        return Path(chosen)
    package = find_spec("onecase_assets")
    if package is None or package.origin is None:
        raise AssetsMissing("The front end is not built. Build it: make assets (or: uv sync --reinstall-package onecase)")
    return Path(package.origin).parent


@BLUEPRINT.get("/assets/<path:file>")
@audience("public")
def asset(file: str) -> Response:
    """A built file. It never changes under its name; the lists of names and licences may."""
    lasting = "-" in Path(file).stem and Path(file).suffix != ".txt"
    answer = send_from_directory(asset_folder(), file, max_age=YEAR if lasting else 0)
    if lasting:
        answer.cache_control.public = True
        answer.cache_control.immutable = True
    return answer


def _manifest(folder: Path) -> dict[str, str]:
    """The names, read again when a rebuild has written them again."""
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        raise AssetsMissing(f"No manifest.json in {folder}. Build the front end: make assets")
    return _read_manifest(manifest, manifest.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read_manifest(manifest: Path, _written: int) -> dict[str, str]:
    names: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
    return names
