"""A file of penalties at the command line: brought in by whoever sits at the machine, and told line by line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workflows import penalty_import
from workflows.views.registers import FileImport

if TYPE_CHECKING:
    from workflows.desk import Desk

STATES = {"new": "新增 new", "changed": "变更 changed", "same": "已有 same"}


def bring(desk: Desk, path: Path, *, enter: bool) -> FileImport:
    """Read the file and, with `enter`, enter it when nothing is wrong. Raises OneCaseError for what is no table."""
    shown = penalty_import.read(desk, None, path.name, path.read_bytes())
    if not enter or shown.faults:
        return shown
    return penalty_import.enter(desk, None, shown.id)


def told(outcome: FileImport) -> Iterator[str]:
    """Sentences: what is wrong, or what would happen (happened) with each row, and the sum."""
    for fault in outcome.faults:
        yield f"第 {fault.line} 行 line {fault.line}  {fault.column}: {fault.text.zh} / {fault.text.en}"
    if outcome.faults:
        yield f"{len(outcome.faults)} 处需要更正，未导入任何内容 / {len(outcome.faults)} things to correct; nothing was entered"
        return
    for row in outcome.rows:
        changes = "; ".join(f"{column}: {before or '-'} → {after or '-'}" for column, before, after in row.changes)
        yield f"第 {row.line} 行  {STATES[row.state]}  {row.name}  {row.authority}  {row.number}  {changes}".rstrip()
    numbers = f"新增 {outcome.new}，变更 {outcome.changed}，已有 {outcome.same}"
    english = f"{outcome.new} new, {outcome.changed} changed, {outcome.same} there already"
    done = (
        ("已导入", "entered")
        if outcome.entered_at
        else ("试运行，尚未导入；加 --enter 导入", "dry run, nothing entered; --enter enters it")
    )
    yield f"{numbers}（{done[0]}） / {english} ({done[1]})"


def as_json(outcome: FileImport) -> dict[str, Any]:
    """The outcome for a program."""
    counts = {name: getattr(outcome, name) for name in ("new", "changed", "same")}
    faults = [{"line": one.line, "column": one.column, "message": one.text.zh, "message_en": one.text.en} for one in outcome.faults]
    return {"import": str(outcome.id), "entered": outcome.entered_at is not None, **counts, "faults": faults}
