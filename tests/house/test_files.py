"""Files are small, named after what they do, and ours."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CEILING = 300
"""Lines. A longer file has two jobs; cut it along verbs or BPMN elements."""
LONGER: dict[str, str] = {}
"""File → the reason why it may be longer than the ceiling."""
EMPTY_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "service",
    "services",
    "common",
    "misc",
    "base_classes",
    "stuff",
    "tools",
}
THIRD_PARTY = re.compile(
    r"(^|/)(node_modules|vendor|third_party|bower_components)/|\.min\.(js|css)$|\.(woff2?|ttf|eot|otf|map)$|(^|/)(jquery|htmx|bootstrap|bpmn-js|tabler|echarts)[^/]*\.(js|css)$"
)
BUILDERS_OWN = {"web/frontend/src/app/htmx.js"}
"""Ours, although named after a library: how we set it up."""


def committed() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.split("\0") if name]


def python(*folders: str) -> list[Path]:
    return [place for folder in folders for place in sorted((ROOT / folder).rglob("*.py")) if "node_modules" not in place.parts]


def test_no_file_of_the_program_is_longer_than_the_ceiling():
    long = {
        str(place.relative_to(ROOT)): len(place.read_text(encoding="utf-8").splitlines())
        for place in python("workflows", "handlers", "web")
        if "migrations/versions" not in place.as_posix()
    }  # as alembic writes them
    assert {name: lines for name, lines in long.items() if lines > CEILING and name not in LONGER} == {}
    assert [name for name in LONGER if long.get(name, 0) <= CEILING] == [], "no longer an exception"


def test_no_module_is_called_by_an_empty_name():
    assert [str(place) for place in python("workflows", "handlers", "web", "tests") if place.stem in EMPTY_NAMES] == []
    assert [str(place) for place in (ROOT / "web/frontend/src").rglob("*.js") if place.stem in EMPTY_NAMES] == []


def test_every_module_says_what_it_is():
    every = {name: (ROOT / name).read_text(encoding="utf-8") for name in committed() if name.endswith(".py") and (ROOT / name).exists()}
    assert len(every) > 100
    assert [name for name, source in every.items() if source.strip() and not source.startswith(('"""', "# ", "#!"))] == []


def test_no_third_party_file_is_committed():
    assert [name for name in committed() if THIRD_PARTY.search(name) and name not in BUILDERS_OWN] == []


def test_no_secret_no_database_and_nothing_built_is_committed():
    assert [
        name for name in committed() if re.search(r"\.(db|sqlite3?|pem|key|env|pyc|whl)$|(^|/)(var|\.venv|\.uv|build|dist)/", name)
    ] == []


def test_nothing_is_left_to_do_in_a_comment():
    left = [
        f"{place.relative_to(ROOT)}: {line.strip()}"
        for place in [*python("workflows", "handlers", "web", "tests"), *(ROOT / "web/frontend/src").rglob("*.js")]
        for line in place.read_text(encoding="utf-8").splitlines()
        if re.search(r"(#|//)\s*(TODO|FIXME|XXX|HACK)\b", line)
    ]
    assert left == []
