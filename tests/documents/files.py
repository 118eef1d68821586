"""Word files for tests: a paragraph a line, and rows where a line is a list of cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from docx import Document


def word(*lines: str | Sequence[str]) -> bytes:
    """A .docx with these paragraphs and table rows."""
    document = Document()
    for line in lines:
        if isinstance(line, str):
            document.add_paragraph(line)
        else:
            for cell, text in zip(document.add_table(rows=1, cols=len(line)).rows[0].cells, line, strict=True):
                cell.text = text
    return _saved(document)


def table(*rows: str) -> bytes:
    """A .docx with one table of one column and these rows."""
    document = Document()
    for cell, text in zip(document.add_table(rows=len(rows), cols=1).columns[0].cells, rows, strict=True):
        cell.text = text
    return _saved(document)


def _saved(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def with_part(content: bytes, name: str, text: str) -> bytes:
    """The same package with one part more, or another one of that name."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, text)
    return made.getvalue()


def with_body(content: bytes, body: str) -> bytes:
    """The same package with another body, written by hand."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        text = old.read("word/document.xml").decode()
    start, end = text.index("<w:body>") + len("<w:body>"), text.index("<w:sectPr")
    return with_part(content, "word/document.xml", text[:start] + body + text[end:])
