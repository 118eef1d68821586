"""What a draft may hold: names of files, their sizes, and text that is text. Whatever comes from outside passes here before it is stored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from workflows.checks.limits import COUNT_LIMIT, FILE_LIMIT, TOTAL_LIMIT
from workflows.contracts import Text
from workflows.engine.bundle import MANIFEST
from workflows.engine.file_shapes import ShapeRefused, ShapeUnbounded, read_json, read_manifest, read_yaml
from workflows.engine.secure_xml import XmlRefused, read_xml
from workflows.errors import OneCaseError
from workflows.rulebook import BUNDLE_SUFFIXES

UNFINISHED = "not_xml"
"""The one refusal of XML that a draft may have: somebody is still typing."""
LONGEST_PATH = 120
LONGEST_NAME = 100
LONGEST_NAME_EN = 150
LONGEST_KEY = 60
TEXTS = tuple(suffix for suffix in BUNDLE_SUFFIXES if suffix != ".docx")
"""Files that are edited; a Word template is only kept."""
PATH = re.compile(r"\w[\w.-]*(?:/\w[\w.-]*){0,3}")
KEY = re.compile(r"[^\W\d][\w.-]*")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class TooLarge(OneCaseError):
    """More than what a bundle can sensibly be."""

    status = 413
    code = "too_large"

    def __init__(self) -> None:
        super().__init__(
            "文件过大：单个文件不得超过 2 MB，解包后合计不得超过 8 MB、200 个文件。",
            "Too large: 2 MB a file, 8 MB and 200 files in all, unpacked.",
        )


class FileRefused(OneCaseError):
    """A file that cannot be kept in a draft. `zh` and `en` say what is wrong with it."""

    status = 422
    code = "file_refused"


def accepted(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files as they may be stored. Raises FileRefused for the first one that may not, TooLarge."""
    within(len(files), sum(map(len, files.values())), max(map(len, files.values()), default=0))
    for path, content in files.items():
        named(path)
        if path.endswith(TEXTS):
            text_of(path, content)
        bounded(path, content)
    return dict(files)


def bounded(path: str, content: bytes) -> None:
    """Raise FileRefused for what nobody should open: entities, aliases, too deep, too many parts. What is unfinished or wrong is kept."""
    try:
        if path.endswith((".bpmn", ".dmn")):
            read_xml(content)
        elif path.endswith(".form"):
            read_json(content)
        elif path.endswith(".yaml"):
            read_yaml(content)
    except XmlRefused as refusal:
        if refusal.rule != UNFINISHED:
            raise FileRefused(f"“{path}”：{refusal.zh}", f"“{path}”: {refusal.en}") from refusal
    except ShapeUnbounded as refusal:
        zh = f"“{path}”过大、嵌套过深、使用了别名，或含有无法保存的字符（{refusal}）。"
        raise FileRefused(zh, f"“{path}” cannot be kept: {refusal}.") from refusal
    except ShapeRefused:
        return


def within(count: int, total: int, largest: int = 0) -> None:
    """Raise TooLarge for more files or bytes than a draft holds."""
    if count > COUNT_LIMIT or total > TOTAL_LIMIT or largest > FILE_LIMIT:
        raise TooLarge


def named(path: str) -> str:
    """The path, if a file of a draft may have it: letters, digits, `_ - .`, at most three folders. Raises FileRefused."""
    shown = CONTROL.sub("?", path[:LONGEST_PATH])
    if len(path) > LONGEST_PATH or not PATH.fullmatch(path) or unicodedata.normalize("NFC", path) != path:
        raise FileRefused(
            f"文件名“{shown}”不可使用：只能用字母、数字、下划线、连字符和点，至多三层目录，{LONGEST_PATH} 字以内。",
            f"“{shown}” cannot be a file's name: letters, digits, _ - and points, three folders at most, {LONGEST_PATH} characters.",
        )
    if not path.endswith(BUNDLE_SUFFIXES):
        known = "、".join(BUNDLE_SUFFIXES)
        raise FileRefused(f"流程包中不能有“{shown}”：只收 {known}。", f"A bundle has no “{shown}”: it takes {', '.join(BUNDLE_SUFFIXES)}.")
    return path


def written(path: str, text: str) -> bytes:
    """What is stored for the text of a file. Raises FileRefused, also for a file that is not edited as text; TooLarge."""
    if not named(path).endswith(TEXTS):
        raise FileRefused(f"“{path}”不能作为文字编辑。", f"“{path}” is not edited as text.")
    if CONTROL.search(text):
        raise _not_text(path)
    content = text.encode()
    within(1, len(content), len(content))
    bounded(path, content)
    return content


def text_of(path: str, content: bytes) -> str | None:
    """The text of a stored file; None for what is not edited. Raises FileRefused for bytes that are no text."""
    if not path.endswith(TEXTS):
        return None
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise _not_text(path) from None
    if CONTROL.search(text):
        raise _not_text(path)
    return text


def manifest_of(files: Mapping[str, bytes]) -> tuple[str, Text]:
    """The process that a bundle is of, and its name. Raises FileRefused."""
    try:
        manifest = read_manifest(files.get(MANIFEST, b""))
    except ShapeRefused as error:
        raise FileRefused(f"清单 bundle.yaml 无法读取：{error}。", f"The manifest bundle.yaml cannot be read: {error}.") from error
    key = manifest["process"]
    if not is_key(key):
        raise no_key()
    return key, Text(manifest["name"], manifest.get("name_en") or "")


def is_key(process: str) -> bool:
    """Whether a process may be called so."""
    return len(process) <= LONGEST_KEY and KEY.fullmatch(process) is not None


def no_key() -> FileRefused:
    """The refusal of a process without a usable id."""
    return FileRefused(
        "流程标识以字母开头，只用字母、数字、下划线、连字符和点，60 字以内。",
        "The id of a process begins with a letter and has letters, digits, _ - and points, 60 characters at most.",
    )


def _not_text(path: str) -> FileRefused:
    return FileRefused(f"文件“{path}”不是 UTF-8 文字，或含有控制字符。", f"“{path}” is not UTF-8 text, or has control characters in it.")
