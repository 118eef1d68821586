"""The command `onecase import diagram`: a foreign BPMN file becomes a folder of ours; what was changed and refused is said."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from workflows.engine.secure_xml import MAX_BYTES
from workflows.errors import OneCaseError
from workflows.importing import Change, Imported, Options, Refusal, import_diagram


def bring(path: Path, options: Options) -> Imported:
    """The bundle that a file becomes. Raises OneCaseError for a file that the importer stumbles over."""
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    try:
        return import_diagram(content, options)
    except Exception as error:  # the importer promises not to fail; if it does, the person at the terminal can still go on
        if os.environ.get("ONECASE_DEBUG"):
            raise
        raise OneCaseError(
            f"无法导入 {path.name}：其写法超出导入程序的理解（{type(error).__name__}）。请用原工具另存为 BPMN 2.0 后重试，或在编辑器中重画。",
            f"{path.name} cannot be imported: it is written in a way that the importer does not know ({type(error).__name__}). "
            "Save it as BPMN 2.0 in its own tool again, or draw it anew in the editor.",
        ) from error


def write(imported: Imported, folder: Path) -> list[Path]:
    """Write the bundle into a new or empty folder; gives the files. Raises OneCaseError where something is there already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OneCaseError(f"{folder} 已有内容，请换一个空目录。", f"{folder} is not empty: name another folder.")
    written = []
    for name, content in sorted(imported.files.items()):
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        written.append(place)
    return written


def told(imported: Imported) -> list[str]:
    """The outcome in lines for a terminal, both languages."""
    lines = [f"{_mark(one)}  {one.element or '-'}\n    {one.message.zh}\n    {one.message.en}" for one in imported.notes]
    numbers = (len(imported.changes), len(imported.refusals))
    return [*lines, f"改动 {numbers[0]} 处，无法导入 {numbers[1]} 处 / {numbers[0]} changes, {numbers[1]} refusals"]


def _mark(one: Change | Refusal) -> str:
    return "无法导入 refused" if isinstance(one, Refusal) else "改动 changed"


def as_json(imported: Imported) -> dict[str, Any]:
    """The outcome as JSON; the files as text."""
    return {
        "files": {name: content.decode() for name, content in sorted(imported.files.items())},
        "changes": [_json(one) for one in imported.changes],
        "refusals": [_json(one) for one in imported.refusals],
    }


def _json(one: Change | Refusal) -> dict[str, str]:
    return {"element": one.element, "message": one.message.zh, "message_en": one.message.en, "file": one.file}
