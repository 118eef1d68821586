"""The files of a bundle as one zip, and back: the same files are the same bytes, and what a zip says of itself is not believed."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterable, Mapping

from workflows.checks.limits import FILE_LIMIT, TOTAL_LIMIT
from workflows.designing.draft_files import FileRefused, TooLarge, within
from workflows.engine.bundle import MANIFEST

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a zip can name."""
UNIX = 3
PLAIN_FILE = 0o100644 << 16
UTF8_NAME = 0x800
UPLOAD_LIMIT = TOTAL_LIMIT + 1024 * 1024
"""Bytes of a file that is brought: all files of a draft, stored, with their names."""


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The zip of these files, byte for byte the same for the same files: stored, since libraries compress differently."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(path, LONG_AGO)
            entry.create_system, entry.external_attr = UNIX, PLAIN_FILE
            made.writestr(entry, content)
    return out.getvalue()


def unpacked(name: str, content: bytes) -> dict[str, bytes]:
    """The files of a zip, or the one file by the last part of its name. Raises TooLarge before unpacking, FileRefused."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        within(1, len(content))
        return {name.replace("\\", "/").rsplit("/", 1)[-1]: content}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _litter(entry.filename)]
            if any(stat.S_ISLNK(entry.external_attr >> 16) or "\x00" in entry.orig_filename for entry in archive.infolist()):
                raise FileRefused("压缩包中有链接，或文件名无效。", "The zip has a link in it, or a name that is none.")
            within(len(entries), sum(entry.file_size for entry in entries), max((entry.file_size for entry in entries), default=0))
            found = {_name(entry): _read(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise FileRefused("压缩包已损坏、加密或格式不受支持。", "The zip is damaged, encrypted or of a kind that is not read.") from error
    if len(found) < len(entries):
        raise FileRefused("压缩包中有重名文件。", "The zip has two files of one name.")
    return _without_folder(found)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as stream:
        content = stream.read(FILE_LIMIT + 1)
    if len(content) > FILE_LIMIT:
        raise TooLarge
    return content


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as it was meant: Chinese Windows writes GBK without saying so, and zip then reads it as an old code page."""
    if entry.flag_bits & UTF8_NAME or entry.filename.isascii():
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gbk")
    except UnicodeError:
        return entry.filename


def _litter(path: str) -> bool:
    """What an operating system puts into a zip by itself."""
    return path.startswith("__MACOSX/") or path.rsplit("/", 1)[-1] in {".DS_Store", "Thumbs.db", "desktop.ini"}


def _without_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files as the bundle names them, where somebody packed the whole folder."""
    top = _top(files)
    if MANIFEST in files or not top or f"{top}/{MANIFEST}" not in files:
        return files
    return {path.removeprefix(f"{top}/"): content for path, content in files.items()}


def _top(paths: Iterable[str]) -> str:
    tops = {path.partition("/")[0] if "/" in path else "" for path in paths}
    return tops.pop() if len(tops) == 1 else ""
