# ruff: noqa: PLC0415 - a command imports what it needs, so that the others start at once
"""`onecase`, the command line. Every failure is a sentence and an exit code, never a traceback.

Exit codes: 0 done; 1 the answer is no (a finding, a fault, a refusal); 2 the command was written wrongly.
What takes long to import is imported by the command that needs it.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from web import cli_imports, cli_processes
from web.given import moment, open_database, settings_here
from web.terminal import due_json, end, print_findings, print_json, print_table, refuse, rule_json, user_line, words_for
from workflows.errors import OneCaseError

if TYPE_CHECKING:
    from datetime import datetime


YES = {"1", "true", "yes"}
DEFAULT_PORT = 8000


def main() -> None:
    """Run the command; answer for everything that goes wrong."""
    try:
        cli(prog_name="onecase")
    except OneCaseError as error:
        refuse(error)
    except Exception as error:  # a person at a terminal gets a sentence
        if os.environ.get("ONECASE_DEBUG", "").lower() in YES:
            raise
        end(words_for(error))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """OneCase 一案一策: joint-enforcement cases of several agencies."""


cli.add_command(cli_processes.check)
cli.add_command(cli_processes.compare)
cli.add_command(cli_processes.publish)
cli.add_command(cli_imports.imports)


@cli.command()
@click.option("--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, envvar="PORT", show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="The accounts are public: open it to a network knowingly.")
@click.option("--fresh", is_flag=True, help="Begin again: delete the demo's database first. Also FRESH=1.")
def demo(port: int, host: str, *, fresh: bool) -> None:
    """Web, worker, database and demo data in one process."""
    from web.demo import run

    run(host=host, port=port, fresh=fresh or os.environ.get("FRESH", "").lower() in YES)


@cli.command()
@click.option("--port", type=click.IntRange(1, 65535), default=DEFAULT_PORT, envvar="PORT", show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes.")
@click.option("--threads", type=click.IntRange(1, 64), default=4, show_default=True, help="Threads in each process.")
def serve(port: int, host: str, workers: int, threads: int) -> None:
    """Serve the web pages and the API (gunicorn)."""
    from web.serve import serve as serve_until_signal

    settings = settings_here()
    open_database(settings).database.close()
    serve_until_signal(settings, host=host, port=port, workers=workers, threads=threads)


@cli.command()
@click.option("--once", is_flag=True, help="Do what is due now and end.")
def work(*, once: bool) -> None:
    """Sweep the clocks and deliver the outbox until a signal comes."""
    from web import logs
    from web import work as worker

    logs.configure()
    desk = open_database(settings_here())
    if once:
        click.echo(f"完成 {worker.work_once(desk)} 项 / done")
        return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    worker.work(desk, stop)


@cli.command()
def migrate() -> None:
    """Bring the database to this release."""
    from workflows.database import migrate as upgrade

    settings = settings_here()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    upgrade(settings.database_url)
    click.echo("数据库已是最新 / the database is up to date")


@cli.command()
@click.argument("rule", required=False)
@click.option("--from", "start", help="When the clock starts, with offset: 2026-04-29T10:00+08:00")
@click.option("--list", "everything", is_flag=True, help="All rules.")
def due(rule: str | None, start: str | None, *, everything: bool) -> None:
    """Compute the due moment of a clock rule, as JSON."""
    from web.assemble import desk_without_database
    from workflows import clocks

    desk = desk_without_database()
    if everything:
        print_json([rule_json(row) for row in clocks.rules(desk)])
        return
    if not rule or not start:
        raise click.UsageError("请给出规则与起算时间：onecase due 规则 --from 2026-04-29T10:00+08:00 / name a rule and --from, or --list")
    result = clocks.due(desk, rule, moment(start))
    print_json(due_json(rule, result))


@cli.group()
def record() -> None:
    """The append-only record."""


@record.command()
def verify() -> None:
    """Walk every chain; a changed, removed or reordered row is named."""
    from workflows import history

    faults = history.verify(open_database())
    for fault in faults:
        click.echo(f"{fault.stream} #{fault.seq} {fault.kind}: {fault.text.zh} / {fault.text.en}")
    if faults:
        sys.exit(1)
    click.echo("存证完整 / the record is whole")


@cli.command()
def doctor() -> None:
    """Find open cases that cannot move, each with how to repair it."""
    from workflows import doctor as examination

    findings = examination.examine(open_database())
    print_findings(findings)
    if findings:
        sys.exit(1)
    click.echo("每件在办案件都能继续 / every open case can move")


@cli.command()
@click.argument("target", type=click.Path(path_type=Path))
def backup(target: Path) -> None:
    """Copy the embedded database to a new file while it is in use."""
    from workflows.backup import backup as copy

    copy(settings_here().database_url, target)
    click.echo(f"已备份到 / copied to {target}")


@cli.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in the place of the database that is there; that one is kept beside.")
def restore(source: Path, *, replace: bool) -> None:
    """Bring a copy back. Stop every process of the installation first."""
    from workflows.backup import restore as bring_back

    aside = bring_back(settings_here().database_url, source, replace=replace)
    click.echo("已恢复，请运行 onecase migrate 与 onecase record verify / restored; now run onecase migrate and onecase record verify")
    if aside:
        click.echo(f"原数据库保存在 / the former database is kept at {aside}")


@cli.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def jurisdiction(path: Path) -> None:
    """Load agencies and settings from a YAML file such as bpmn/jurisdictions/demo.yaml."""
    import yaml

    from workflows import agencies
    from workflows.jurisdictions import read_jurisdiction

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        read_jurisdiction(content, path.name)
        agencies.load_jurisdiction(open_database(), content)
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError) as error:
        end(f"{path} 不是机构文件 / is not a file of agencies: {error}")
    click.echo(f"已载入机构 / loaded: {path}")


@cli.group()
def user() -> None:
    """Accounts, from the machine itself; in daily work the administrators' screens do this."""


@user.command("list")
def list_users() -> None:
    """Everybody who may sign in."""
    from web.people import everybody

    print_table([user_line(officer) for officer in everybody(open_database())])


@user.command("add")
@click.argument("username")
@click.option("--name", required=True, help="The person's name.")
@click.option("--agency", required=True, help="Code of the agency.")
@click.option("--role", "roles", required=True, multiple=True, help="May be given several times.")
@click.option("--certificate", help="Number of the enforcement certificate (执法证).")
@click.option("--certificate-until", type=click.DateTime(["%Y-%m-%d"]), help="Its last day.")
@click.password_option(help="Asked for when not given.")
def add_user(username: str, certificate_until: datetime | None, **given: Any) -> None:
    """Open an account."""
    from workflows import officers

    until = certificate_until.date() if certificate_until else None
    officer = officers.create(open_database(), None, username=username, certificate_until=until, **given)
    click.echo(f"已建账号 / created: {officer.username}")


@user.command("password")
@click.argument("username")
@click.password_option(help="Asked for when not given.")
def set_password(username: str, password: str) -> None:
    """Give an account a new password; its sign-ins end."""
    from workflows import officers

    officers.reset_password(open_database(), None, username, password)
    click.echo(f"已更新密码 / changed: {username}")
