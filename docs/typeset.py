"""Makes the Word templates of `bpmn/documents/` from their texts: `python docs/typeset.py` after a text was changed.

A text file holds many documents. `# id` begins one; then, line by line: `^ centred`, `> to the right`, `! a heading`, `@ without
indentation`, `% a condition or loop of paragraphs`, `| a row | of a table`, `|= widths`, `|% a loop of rows`; everything else is a
paragraph. In a cell, `<3` at the end spans three columns, `[label]` is a label in the middle, and `{h4}` at the beginning of a row
makes it four lines high. What surrounds the text (agency, title, number, signatures, seal and date) comes from the registry.
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import yaml

FOLDER = Path(__file__).parents[1] / "bpmn" / "documents"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICIAL = {"top": 2098, "bottom": 1984, "left": 1588, "right": 1474}
"""Margins of an official paper in twentieths of a point: 37, 35, 28 and 26 mm (GB/T 9704-2012)."""
TABULAR = {"top": 1418, "bottom": 1247, "left": 1361, "right": 1247}
"""Margins of forms, lists and records: 25, 22, 24 and 22 mm."""
PAPER = 11906
STYLES = {  # name: (font, size in half points, bold, alignment, first line, line in twentieths, space before, after, colour)
    "Agency": ("方正小标宋简体", 44, False, "center", 0, 700, 0, 60, "000000"),
    "Letterhead": ("方正小标宋简体", 56, False, "center", 0, 900, 0, 160, "C00000"),
    "DocTitle": ("方正小标宋简体", 44, False, "center", 0, 640, 200, 200, "000000"),
    "DocNumber": ("仿宋", 32, False, "center", 0, 560, 0, 240, "000000"),
    "LetterNumber": ("仿宋", 32, False, "right", 0, 560, 0, 0, "000000"),
    "Body": ("仿宋", 32, False, "both", 640, 560, 0, 0, "000000"),
    "Plain": ("仿宋", 32, False, "both", 0, 560, 0, 0, "000000"),
    "Section": ("黑体", 32, False, "left", 640, 560, 0, 0, "000000"),
    "Centred": ("仿宋", 32, False, "center", 0, 560, 0, 0, "000000"),
    "ToTheRight": ("仿宋", 32, False, "right", 0, 560, 0, 0, "000000"),
    "Signature": ("仿宋", 32, False, "left", 0, 640, 0, 0, "000000"),
    "RecordLine": ("仿宋", 28, False, "both", 0, 520, 0, 0, "000000"),
    "RecordBody": ("仿宋", 28, False, "both", 560, 520, 0, 0, "000000"),
    "CellLabel": ("仿宋", 24, False, "center", 0, 400, 40, 40, "000000"),
    "Cell": ("仿宋", 24, False, "left", 0, 400, 40, 40, "000000"),
    "Note": ("楷体", 24, False, "both", 0, 400, 120, 0, "000000"),
    "Foot": ("宋体", 28, False, "center", 0, 360, 0, 0, "000000"),
}
SMALL_TITLES = {"form", "list", "record"}
KEPT_WITH_NEXT = {"Section", "ToTheRight", "DocTitle", "Agency", "Signature"}
"""A page never ends in one of these."""
ROW_LINE = 400
CELL = re.compile(r"\|(?![^{]*?[}%]\})")
"""What parts two cells: a bar that stands in no tag."""


@dataclass
class Sheet:
    """The paragraphs and tables of one document as they are put down."""

    tabular: bool
    parts: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)

    def say(self, style: str, text: str, *, kept: bool = False) -> None:
        """One paragraph; `kept` holds its last lines on the page of what follows."""
        self.close()
        self.parts.append(paragraph(style, text, kept=kept))

    def row(self, line: str) -> None:
        """A row of the table that stands open; `|= 1 2 1` opens one with these proportions."""
        if line.startswith("|="):
            self.close()
            parts = [float(part) for part in line[2:].split()]
            margins = TABULAR if self.tabular else OFFICIAL
            room = PAPER - margins["left"] - margins["right"]
            self.widths = [int(room * part / sum(parts)) for part in parts]
        elif line.startswith("|%"):
            cell = paragraph("Cell", "{%tr " + line[2:].strip() + " %}")
            self.rows.append(f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="{len(self.widths)}"/></w:tcPr>{cell}</w:tc></w:tr>')
        else:
            self.rows.append(table_row(line, self.widths))

    def close(self) -> None:
        """End the table that stands open."""
        if self.rows:
            grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in self.widths)
            borders = "".join(
                f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
                for side in ("top", "left", "bottom", "right", "insideH", "insideV")
            )
            look = f'<w:tblW w:w="{sum(self.widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            self.parts.append(f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(self.rows)}</w:tbl>")
        self.rows, self.widths = [], []


def paragraph(style: str, text: str, *, kept: bool = False) -> str:
    """A paragraph; `__words__` are underlined, so that what is filled in stands on a line."""
    runs = []
    for number, piece in enumerate(re.split(r"__(.+?)__", text)):
        if piece:
            look = '<w:rPr><w:u w:val="single"/></w:rPr>' if number % 2 else ""
            runs.append(f'<w:r>{look}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>')
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:keepNext/>" if kept else ""}</w:pPr>{"".join(runs)}</w:p>'


def table_row(line: str, widths: list[int]) -> str:
    """`|{h3}[label]|text<3|` as a row; `//` begins a new paragraph of the cell."""
    high = re.match(r"\|\{h(\d+)\}", line)
    cells, column, made = CELL.split(line[(high.end() if high else 1) :].rstrip().removesuffix("|")), 0, []
    for text in cells:
        span = re.search(r"<(\d+)\s*$", text)
        columns = int(span.group(1)) if span else 1
        words = (text[: span.start()] if span else text).strip()
        label = words.startswith("[") and words.endswith("]")
        width = sum(widths[column : column + columns])
        column += columns
        inner = "".join(
            paragraph("CellLabel" if label else "Cell", part.strip()) for part in words.strip("[]" if label else "").split("//")
        )
        look = (
            f'<w:tcW w:w="{width}" w:type="dxa"/>'
            + (f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else "")
            + '<w:vAlign w:val="center"/>'
        )
        made.append(f"<w:tc><w:tcPr>{look}</w:tcPr>{inner}</w:tc>")
    if column != len(widths):
        raise ValueError(f"a row fills {column} of {len(widths)} columns: {line}")
    height = f'<w:trPr><w:trHeight w:val="{int(high.group(1)) * ROW_LINE}" w:hRule="atLeast"/></w:trPr>' if high else ""
    return f"<w:tr>{height}{''.join(made)}</w:tr>"


def texts() -> dict[str, list[str]]:
    """Every document's lines by id."""
    found: dict[str, list[str]] = {}
    for place in sorted((FOLDER / "texts").glob("*.txt")):
        lines: list[str] = []
        for line in place.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                lines = found.setdefault(line[2:].strip(), [])
            elif line.strip() and not line.startswith("//"):
                lines.append(line.rstrip())
    return found


def registry() -> list[dict[str, Any]]:
    """The rows of the registry."""
    return list(yaml.safe_load((FOLDER / "documents.yaml").read_text(encoding="utf-8")))


def typeset(row: dict[str, Any], lines: list[str]) -> bytes:
    """The .docx of one document."""
    kind = row["kind"]
    sheet = Sheet(tabular=kind in SMALL_TITLES)
    _beginning(sheet, row, kind)
    plain, indented = ("RecordLine", "RecordBody") if kind in SMALL_TITLES else ("Plain", "Body")
    marks = {"^": "Centred", ">": "ToTheRight", "!": "Section", "@": plain}
    last = _last(lines) if kind != "form" else frozenset()
    for number, line in enumerate(lines):
        if line.startswith("|"):
            sheet.row(line)
        elif line.startswith("%"):
            sheet.say(plain, "{%p " + line[1:].strip() + " %}")
        elif line[0] in marks and line[1:2] == " ":
            sheet.say(marks[line[0]], line[2:], kept=number in last)
        else:
            sheet.say(indented, line, kept=number in last)
    _end(sheet, row, kind)
    sheet.close()
    return package("".join(sheet.parts), TABULAR if sheet.tabular else OFFICIAL)


def _last(lines: list[str]) -> frozenset[int]:
    """Which lines may be the last of the text, whatever its conditions say: no page holds signatures, seal and date alone."""
    found, depth = set(), 0
    for number in range(len(lines) - 1, -1, -1):
        if lines[number].startswith("%"):
            word = lines[number][1:].split()[0]
            depth += 1 if word.startswith("end") else -1 if word in {"if", "for"} else 0
        elif lines[number].startswith("|"):
            break
        else:
            found.add(number)
            if depth == 0:
                break
    return frozenset(found)


def _beginning(sheet: Sheet, row: dict[str, Any], kind: str) -> None:
    title = row.get("title", row["name"])
    if kind == "letter":
        sheet.say("Letterhead", "{{ own.name }}")
        sheet.parts.append(paragraph("LetterNumber", "{{ doc.number }}").replace("</w:pPr>", _rule("C00000", 18) + "</w:pPr>"))
        sheet.say("DocTitle", title)
    elif kind in SMALL_TITLES:
        if kind != "list":
            sheet.say("Agency", "{{ own.name }}")
        sheet.say("DocTitle", title)
    else:
        sheet.say("Agency", "{{ own.name }}")
        sheet.say("DocTitle", title)
    if row.get("series") is not None and kind != "letter":
        sheet.say("DocNumber", "{{ doc.number }}")
    sheet.say("Plain", "{%p if doc.replaces %}")
    sheet.say("Centred", "（本文书替代{{ doc.replaces }}）")
    sheet.say("Plain", "{%p endif %}")


def _rule(colour: str, size: int) -> str:
    return f'<w:pBdr><w:top w:val="single" w:sz="{size}" w:space="6" w:color="{colour}"/></w:pBdr>'


def _end(sheet: Sheet, row: dict[str, Any], kind: str) -> None:
    signs = row.get("signs", []) if kind != "form" else []  # a form has its places for signatures in its table
    words = {
        "party": "当事人（签名或者盖章）：　　　　　　年　月　日",
        "officers": "执法人员（签名并注明执法证件号码）：{{ doc.officers }}",
        "witness": "见证人（签名）：　　　　　　　　　　年　月　日",
        "recorder": "记录人（签名）：",
        "receiver": "接收人（签名）：　　　　　　　　　　年　月　日",
        "chair": "主持人（签名）：",
    }
    for who in signs:
        if who in words:
            sheet.say("Signature" if kind not in SMALL_TITLES else "RecordLine", words[who])
    if "head" in signs and kind not in SMALL_TITLES:
        sheet.say("Signature", "负责人（签名）：")
    if row.get("seal") and kind != "form":
        sheet.say("ToTheRight", "")
        sheet.say("ToTheRight", "{{ own.name }}　　")
        sheet.say("ToTheRight", "（印章）　　　　")
        sheet.say("ToTheRight", "{{ doc.day_in_characters }}　　" if kind in {"decision", "notice"} else "{{ doc.day }}　　")
    if row.get("copies"):
        sheet.say("Note", f"（本文书一式{row['copies']}）")


def styles() -> str:
    """The paragraph styles that an office may change in one place."""
    made = []
    for name, (font, size, bold, alignment, first, line, before, after, colour) in STYLES.items():
        look = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>{"<w:b/>" if bold else ""}<w:color w:val="{colour}"/><w:sz w:val="{size}"/>'
        place = f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="atLeast"/><w:ind w:firstLine="{first}"/><w:jc w:val="{alignment}"/>'
        made.append(
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/><w:qFormat/><w:pPr>{"<w:keepNext/>" if name in KEPT_WITH_NEXT else ""}{place}</w:pPr><w:rPr>{look}</w:rPr></w:style>'
        )
    return f"{HEAD}<w:styles {W}>{''.join(made)}</w:styles>"


def package(body: str, margins: dict[str, int]) -> bytes:
    """The file: the fewest parts that Word asks for, with the same bytes for the same text."""
    import io  # noqa: PLC0415

    page = "".join(f' w:{side}="{value}"' for side, value in margins.items())
    section = f'<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="{PAPER}" w:h="16838"/><w:pgMar{page} w:header="851" w:footer="1134"/></w:sectPr>'
    number = '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r>'
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="/word/{part}.xml" ContentType="{word}.{kind}+xml"/>'
            for part, kind in (("document", "document.main"), ("styles", "styles"), ("footer1", "footer"))
        )
        + '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{links}"><Relationship Id="rId1" Type="{related}/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>OneCase</dc:creator></cp:coreProperties>',
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{links}"><Relationship Id="rId1" Type="{related}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="{related}/footer" Target="footer1.xml"/></Relationships>',
        "word/styles.xml": styles(),
        "word/footer1.xml": f'{HEAD}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="Foot"/></w:pPr>{number}</w:p></w:ftr>',
        "word/document.xml": f"{HEAD}<w:document {W}><w:body>{body}{section}</w:body></w:document>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content.encode(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def every() -> Iterator[tuple[str, bytes]]:
    """Each document's file name and bytes."""
    written = texts()
    for row in registry():
        yield f"{row['id']}.docx", typeset(row, written[row["id"]])


if __name__ == "__main__":
    for name, content in every():
        (FOLDER / name).write_bytes(content)
    sys.stdout.write(f"{len(registry())} templates\n")
