# ruff: noqa: PLC0415 - a command imports what it needs, so that the others start at once
"""The commands of who keeps the processes: check a bundle, publish it. The same functions are behind the pages and the API."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from web.given import bundles_of, files_of, open_database
from web.terminal import change_json, count_states, finding_json, print_changes, print_findings, print_json


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--reason", required=True, help="Why this version; kept in the record.")
@click.option("--author", default="", help="User name of the designer who wrote it.")
@click.option(
    "--reviewer", default="", help="User name of a second designer, who looked at it. Both are needed once there are two designers."
)
@click.option("--without-paths", default="", metavar="REASON", help="Do not go every path; the reason is kept in the record.")
def publish(path: Path, **given: str) -> None:
    """Check a bundle (a folder or a zip), or every bundle of a folder, run its scenarios, go its paths, and publish what changed.

    Running cases stay on their version. Where one bundle has an error, none is published.
    """
    from workflows import releasing

    for version in releasing.release(open_database(), bundles_of(path), watch=count_states, **given):
        click.echo(f"已发布 / published: {version.process} v{version.number} {version.digest[:12]}")


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Findings as JSON.")
@click.option("--paths", is_flag=True, help="Also go every path of each bundle on the engine.")
def check(path: Path, *, as_json: bool, paths: bool) -> None:
    """Say what is wrong with a .bpmn file, a bundle folder or its zip, or each bundle of a folder. Nothing is stored; no database is needed."""
    from web.assemble import desk_without_database
    from workflows import diagrams

    desk = desk_without_database()
    findings = [found for files in bundles_of(path) for found in diagrams.check(desk, files, paths=paths, watch=count_states)]
    if as_json:
        print_json({"findings": [finding_json(finding) for finding in findings]})
    else:
        print_findings(findings)
        click.echo("" if findings else "未发现问题 / nothing found", nl=not findings)
    if any(finding.severity == "error" for finding in findings):
        sys.exit(1)


@click.command()
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Changes as JSON.")
@click.option("--only-execution", is_flag=True, help="Only what changes how cases run.")
def compare(old: Path, new: Path, *, as_json: bool, only_execution: bool) -> None:
    """Say what a bundle (a folder or a zip) changes of another, and what each change does. Nothing is stored; no database is needed."""
    from web.assemble import desk_without_database
    from workflows.comparing import versions
    from workflows.comparing.changes import EXECUTION

    (before, after), desk = (files_of(path) for path in (old, new)), desk_without_database()
    changes, _ = versions.told(desk, before, after)
    shown = [change for change in changes if change.effect == EXECUTION or not only_execution]
    if as_json:
        print_json({"changes": [change_json(change) for change in shown]})
    else:
        print_changes(shown)
        click.echo("" if shown else "没有不同 / nothing differs", nl=not shown)
