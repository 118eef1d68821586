# ruff: noqa: PLC0415 - a command imports what it needs, so that the others start at once
"""`onecase import`: what other systems know, and what other tools have drawn."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from web.given import open_database
from web.terminal import print_json


class _Imports(click.Group):
    """A group in which a file named where a command is expected means a diagram: `onecase import FILE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command in front where only the file is named."""
        named = next((one for one in args if not one.startswith("-")), "")
        return super().parse_args(ctx, ["diagram", *args] if named and named not in self.commands else args)


@click.group("import", cls=_Imports)
def imports() -> None:
    """Bring in what other systems know: a diagram of another tool (FILE alone), or penalties."""


@imports.command("penalties")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--enter", is_flag=True, help="Enter the file when nothing is wrong with it; without, only say what would happen.")
@click.option("--json", "as_json", is_flag=True, help="The outcome as JSON.")
def import_penalties(path: Path, *, enter: bool, as_json: bool) -> None:
    """Penalties of this or another place from FILE.csv or FILE.xlsx: a dry run first, all rows or none (columns: docs/registers.md)."""
    from web import penalty_file

    outcome = penalty_file.bring(open_database(), path, enter=enter)
    if as_json:
        print_json(penalty_file.as_json(outcome))
    else:
        for line in penalty_file.told(outcome):
            click.echo(line)
    if outcome.faults:
        sys.exit(1)


@imports.command("diagram")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", type=click.Path(path_type=Path), help="Write the bundle into this folder, which is new or empty.")
@click.option("--people", is_flag=True, help="What machines did elsewhere becomes tasks of people.")
@click.option("--agency", default="", help="Who works in the lanes: lead, member, HEALTH …; without, the designer says it later.")
@click.option("--role", default="", help="In which role: officer, head …")
@click.option("--json", "as_json", is_flag=True, help="Files, changes and refusals as JSON.")
def import_diagram(path: Path, *, into: Path | None, people: bool, agency: str, role: str, as_json: bool) -> None:
    """A BPMN file of another tool as a bundle of ours: what was changed, and what cannot be accepted and why. Nothing in it is executed."""
    from web import diagram_import
    from workflows.importing import Options

    imported = diagram_import.bring(path, Options(people=people, agency=agency, role=role))
    if into is not None and imported.files:
        diagram_import.write(imported, into)
    if as_json:
        print_json(diagram_import.as_json(imported))
    else:
        for line in diagram_import.told(imported):
            click.echo(line)
        if into is not None and imported.files:
            click.echo(f"已写入 / written: {into}; onecase check {into}")
    if imported.refusals:
        sys.exit(1)
