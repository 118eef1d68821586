# ruff: noqa: PLC0415 - a command imports what it needs, so that the others start at once
"""The commands of who keeps the processes: check a bundle, publish it. The same functions are behind the pages and the API."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from web.given import bundles_of, open_database
from web.terminal import count_states, finding_json, print_findings, print_json


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--reason", default="命令行发布", show_default=True, help="Why this version; kept in the record.")
@click.option("--author", default="onecase", show_default=True, help="Who wrote it.")
@click.option("--reviewer", default="", help="The second person who looked at it; nobody is both.")
def publish(path: Path, reason: str, author: str, reviewer: str) -> None:
    """Check a bundle (a folder or a zip), or every bundle of a folder, and publish what changed as a new version.

    Running cases stay on theirs. Where one bundle has an error, none is published.
    """
    from workflows import diagrams
    from workflows.errors import DiagramRefused

    desk, bundles = open_database(), bundles_of(path)
    findings = [finding for files in bundles for finding in diagrams.check(desk, files)]
    if any(finding.severity == "error" for finding in findings):
        raise DiagramRefused(findings)
    for files in bundles:
        version = diagrams.publish(desk, author, files, reason=reason, reviewer=reviewer)
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
