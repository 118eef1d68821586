"""A table that somebody brings as a file: CSV or the first sheet of an Excel workbook, as rows of texts with their line numbers."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any, NoReturn

from openpyxl import load_workbook

from workflows.errors import OneCaseError

ENCODINGS = ("utf-8-sig", "gb18030")
"""What Chinese offices save CSV files in."""
LARGEST = 5 * 1024 * 1024
"""Bytes of a file."""
LARGEST_UNPACKED = 100 * 1024 * 1024
"""Bytes of a workbook when it is unpacked: a small file may hold a mountain."""
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5000, 60, 2000
Line = tuple[int, list[str]]


class UnreadableFile(OneCaseError):
    """A file that is no table."""

    status = 422
    code = "unreadable_file"


def read(file_name: str, content: bytes) -> list[Line]:
    """The lines that are not empty, each with its number in the file; the first has the names of the columns.

    Raises UnreadableFile.
    """
    if len(content) > LARGEST:
        raise UnreadableFile(f"文件超过 {LARGEST // 2**20} MB，请分批导入。", f"The file is larger than {LARGEST // 2**20} MB; split it.")
    rows = _workbook(content) if content[:2] == b"PK" else _csv(file_name, content)
    lines = [(number, [_text(cell) for cell in cells]) for number, cells in enumerate(rows, start=1)]
    lines = [(number, cells) for number, cells in lines if any(cells)]
    if not lines:
        raise UnreadableFile("文件是空的。", "The file is empty.")
    if len(lines) > MOST_ROWS + 1:
        raise UnreadableFile(f"文件超过 {MOST_ROWS} 行，请分批导入。", f"The file has more than {MOST_ROWS} rows; split it.")
    return lines


def _csv(file_name: str, content: bytes) -> Iterable[list[Any]]:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        try:
            return list(islice(csv.reader(io.StringIO(text, newline=""), strict=True), MOST_ROWS * 2))
        except csv.Error as error:
            raise UnreadableFile(f"CSV 格式有误：{error}", f"The CSV file is broken: {error}") from error
    raise UnreadableFile(
        f"“{file_name}”不是 CSV（UTF-8 或 GB18030）或 .xlsx 文件。", f"{file_name} is neither a CSV file (UTF-8, GB18030) nor .xlsx."
    )


def _workbook(content: bytes) -> Iterable[tuple[Any, ...]]:
    try:
        if sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(content)).infolist()) > LARGEST_UNPACKED:
            _refuse_mountain()
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            return list(_cells(book.worksheets[0]))
        finally:
            book.close()
    except UnreadableFile:
        raise
    except Exception as error:  # whatever a broken workbook makes the library raise
        raise UnreadableFile("无法读取这个 Excel 工作簿。", f"This workbook cannot be read: {type(error).__name__}.") from error


def _refuse_mountain() -> NoReturn:
    raise UnreadableFile("工作簿解压后过大。", "The workbook is too large when unpacked.")


def _cells(sheet: Any) -> Iterator[tuple[Any, ...]]:
    yield from islice(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), MOST_ROWS * 2)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).replace("\x00", "").strip()[:LONGEST_CELL]
