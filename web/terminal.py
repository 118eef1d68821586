# ruff: noqa: PLC0415 - a command imports what it needs, so that the others start at once
"""What the command line says: findings, tables, JSON, and the one sentence in which a failure ends."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from workflows.errors import DiagramRefused, OneCaseError, Unavailable, WrongAnswers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workflows.comparing.changes import Change
    from workflows.contracts import Finding
    from workflows.views import Officer


def _iso(moment: Any) -> str:
    from workflows.working_days import CHINA

    return str(moment.astimezone(CHINA).isoformat(timespec="seconds"))


def due_json(rule: str, result: Any) -> dict[str, Any]:
    """What `onecase due` prints; `alternative` where the law leaves the counting open."""
    told = {"rule": rule, "due": _iso(result.due), "unit": result.unit, "article": result.article, "provisional": result.provisional}
    other = result.alternative
    open_ = {"alternative": {"due": _iso(other.due), "counting": other.counting, "provisional": other.provisional}} if other else {}
    return {**told, "counting": result.counting, **open_}


def rule_json(rule: Any) -> dict[str, Any]:
    """A clock rule as `onecase due --list` prints it."""
    texts = {f"{key}{tail}": getattr(text, part) for key in ("name", "starts", "on_breach", "note")
             for text in (getattr(rule, key),) for tail, part in (("", "zh"), ("_en", "en"))}  # fmt: skip
    plain = (
        "id", "article", "unit", "length", "direction", "warn", "starts_from", "length_from", "binds", "counting", "tells", "statutory",
        "setting", "to_be_confirmed", "jurisdictions",
    )  # fmt: skip
    grounds = {key: [_ground_json(ground) for ground in getattr(rule, key)] for key in ("excludes", "extends")}
    return {**{key: getattr(rule, key) for key in plain}, **texts, **grounds}


def _ground_json(ground: Any) -> dict[str, Any]:
    return {**vars(ground), "name": ground.name.zh, "name_en": ground.name.en}


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as JSON."""
    label = {"fix": finding.fix.zh, "fix_en": finding.fix.en} if finding.fix else {"fix": None, "fix_en": None}
    return {**vars(finding), "path": list(finding.path), "steps": [step.zh for step in finding.steps], **label}


def print_findings(findings: Iterable[Finding]) -> None:
    """Each finding in both languages, with its place and the path that leads there."""
    for finding in findings:
        mark = "错误 error" if finding.severity == "error" else "提示 warning"
        click.echo(
            f"{mark}  {finding.file or '-'}  {finding.element or '-'}  [{finding.rule}]\n    {finding.message}\n    {finding.message_en}"
        )
        for place, step in zip(finding.path, finding.steps, strict=True):
            click.echo(f"      {step.zh}   {step.en}   [{place}]")
        if finding.fix:
            click.echo(f"    可修复 repair: {finding.fix.zh} / {finding.fix.en}")


EFFECTS = {
    "execution": "影响办理 changes how cases run",
    "proof": "影响发布前验证 changes what is proved",
    "words": "只改文字 words only",
    "layout": "只移动图形 moves shapes only",
}


def change_json(change: Change) -> dict[str, Any]:
    """A change of a bundle as JSON, its texts in both languages."""
    texts = ("subject", "aspect", "old", "new")
    plain = {key: value for key, value in vars(change).items() if key not in texts}
    return {**plain, **{f"{key}{tail}": getattr(getattr(change, key), part) for key in texts for tail, part in (("", "zh"), ("_en", "en"))}}


def print_changes(changes: Iterable[Change]) -> None:
    """Each change with its place, what it does, and what stood there before and after."""
    for change in changes:
        click.echo(f"{EFFECTS[change.effect]}  {change.file}  {change.place or '-'}")
        values = f": {change.old.zh or '-'} → {change.new.zh or '-'}" if change.old.zh or change.new.zh else ""
        click.echo(f"    {change.subject.zh}  {change.aspect.zh} {change.aspect.en} ({change.kind}){values}")


def count_states(states: int) -> None:
    """Show on a terminal how many states the path oracle has looked at."""
    if states % 100 == 0 and sys.stderr.isatty():
        click.echo(f"\r{states}", nl=False, err=True)


def user_line(officer: Officer) -> tuple[str, ...]:
    """A line of `onecase user list`."""
    from workflows.vocabulary import ROLES

    roles = "、".join(str(ROLES.get(role, role)) for role in sorted(officer.roles))
    return officer.username, officer.agency.code, roles, officer.name, "" if officer.active else "停用 closed"


def print_table(rows: list[tuple[str, ...]]) -> None:
    """Rows in columns; a Chinese character is two wide."""
    from web.table import lines

    for line in lines(rows):
        click.echo(line)


def print_json(value: object) -> None:
    """JSON that a person can read as well."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def refuse(error: OneCaseError) -> NoReturn:
    """End with what the error says, its fields and its article."""
    if isinstance(error, Unavailable) and error.__cause__ is not None:
        end(words_for(error.__cause__))
    if isinstance(error, DiagramRefused):
        print_findings(error.findings)  # type: ignore[arg-type]
    if isinstance(error, WrongAnswers):
        for field, (zh, en) in error.fields.items():
            click.echo(f"{field}: {zh} / {en}", err=True)
    article = f" ({error.article})" if error.article else ""
    end(f"{error.zh}{article} / {error.en}")


def words_for(error: BaseException) -> str:
    """A sentence for an error that is not ours, and what to do about it."""
    cause = getattr(error, "orig", None)  # what the database itself said
    if cause is None:
        return f"出现意外 / something unexpected: {type(error).__name__}: {error} (ONECASE_DEBUG=1 shows where)"
    words = next(iter(str(cause).strip().splitlines()), type(cause).__name__)
    if "no such table" in words or "no such column" in words or "does not exist" in words:
        return f"数据库还不是本版本的，请先运行 onecase migrate / run onecase migrate first ({words})"
    return f"数据库不可用 / the database is not available: {words}"


def end(sentence: str) -> NoReturn:
    """Say it on stderr and end with 1."""
    click.echo(sentence, err=True)
    sys.exit(1)
