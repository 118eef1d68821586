"""Who may import whom; and the four guards of three plain package names at the top (`web`, `handlers`, `workflows`)."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import handlers
import web
import workflows

ROOT = Path(__file__).parents[2]
PACKAGES = (workflows, handlers, web)


def test_the_contracts_of_imports_are_kept():
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert checked.returncode == 0, checked.stdout[-3000:]
    assert "0 broken" in checked.stdout


def test_our_packages_are_the_ones_of_this_repository():
    for package in PACKAGES:
        assert Path(package.__file__).resolve().is_relative_to(ROOT), f"{package.__name__} is somebody else's: {package.__file__}"


def test_no_dependency_brings_a_package_of_the_same_name():
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    locked = {package["name"] for package in lock["package"]}
    assert not locked & {"web-py", "web.py", "workflows", "llama-index-workflows", "handlers", "bpmn"}
    assert "spiffworkflow" in locked, "the lock file is read"


def test_the_project_is_never_uploaded_by_mistake():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "Private :: Do Not Upload" in project["project"]["classifiers"]
    assert project["tool"]["pytest"]["ini_options"]["pythonpath"] == ["."]


def test_the_engine_is_pinned_exactly():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (pin,) = [one for one in project["project"]["dependencies"] if one.lower().startswith("spiffworkflow")]
    assert pin.startswith("SpiffWorkflow=="), "the codec and the lazy join use its underscore names"


def test_every_test_folder_is_a_package():
    folders = {place.parent for place in (ROOT / "tests").rglob("test_*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
