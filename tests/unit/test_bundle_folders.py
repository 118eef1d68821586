"""A bundle folder and what it includes: several processes share one drawing of a procedure."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.factories.diagrams import bundle, diagram, form
from web.cli import cli
from workflows.engine.bundle import read_bundle
from workflows.rulebook import bundles_in
from workflows.rulebook import read_bundle as read_folder

FINE = {"f": form("n")}


def written(place: Path, name: str, files: dict[str, bytes], manifest: str) -> None:
    for path, content in {**files, "bundle.yaml": manifest.encode()}.items():
        (place / name / path).parent.mkdir(parents=True, exist_ok=True)
        (place / name / path).write_bytes(content)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    main = bundle("p", {"p": diagram("p", "start s\ncall c =q\nend e\ns > c > e")})
    shared = bundle("q", {"q": diagram("q", "start s\nuser a form=f\nend e\ns > a > e")}, forms=FINE)
    written(tmp_path, "main", main, "process: p\nname: 主\nincludes: [shared]\n")
    written(tmp_path, "shared", shared, "process: q\nname: 共用\nincludes: [main]\noptions: {kinds: [{value: a, label: 甲}]}\n")
    return tmp_path


def test_an_included_folder_is_part_of_the_bundle_with_its_options(place: Path):
    read = read_bundle(read_folder(place / "main", beside=place))
    assert set(read.diagrams) == {"p", "q"}
    assert set(read.forms) == {"f"}
    assert read.process == "p"
    assert read.options == {"kinds": [{"value": "a", "label": "甲"}]}


def test_two_folders_may_include_each_other(place: Path):
    assert set(bundles_in(place)) == {"main", "shared"}
    assert read_bundle(bundles_in(place)["shared"]).process == "q"


def test_a_folder_that_is_not_there_is_named(place: Path):
    written(place, "main", {}, "process: p\nname: 主\nincludes: [nowhere]\n")
    with pytest.raises(LookupError, match="nowhere"):
        read_folder(place / "main", beside=place)


def test_the_command_line_checks_every_bundle_of_a_folder(place: Path):
    assert CliRunner().invoke(cli, ["check", str(place)]).exit_code == 0
    (place / "shared/forms/f.form").unlink()
    answer = CliRunner().invoke(cli, ["check", str(place)])
    assert answer.exit_code == 1
    assert answer.output.count("unknown_form") == 2, "the missing form is missing in both bundles"
