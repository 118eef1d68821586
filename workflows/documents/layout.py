"""A filled Word document as blocks that a page or the typesetter can show: paragraphs with their look, tables with their cells.

Read are paragraph and table styles, direct formatting, merged cells, page breaks and the margins of the page: what our templates
and those of an office use. Headers, footers, text boxes and pictures are not: the file itself has them, and the page number is set
by whoever prints the blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn

TWENTIETHS = 20.0
AUTO_LINE = 240.0
EMPTY: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Run:
    """Words with one look."""

    text: str
    bold: bool = False
    underlined: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `look` has `font size bold align first left line before after colour rule kept` where they are known, lengths in points."""

    runs: tuple[Run, ...]
    look: Mapping[str, Any]
    page_before: bool = False

    @property
    def text(self) -> str:
        """The words without their look."""
        return "".join(run.text for run in self.runs)

    @property
    def align(self) -> str:
        """`left`, `center`, `right` or `both`."""
        return str(self.look.get("align", "left"))

    @property
    def heading(self) -> bool:
        """Whether it is set like a title."""
        return self.align == "center" and float(self.look.get("size", 0)) >= HEADING and bool(self.text.strip())


@dataclass(frozen=True)
class Cell:
    """A cell of a table, over so many columns and rows."""

    blocks: tuple[Paragraph, ...]
    columns: int
    rows: int


@dataclass(frozen=True)
class Table:
    """A table; `widths` are shares of its width in per cent, `heights` the least heights of its rows in points."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    ruled: bool


@dataclass(frozen=True)
class Layout:
    """The blocks of one document and the margins of its page (top, right, bottom, left) in points."""

    blocks: tuple[Paragraph | Table, ...]
    margins: tuple[float, float, float, float]

    @property
    def text(self) -> str:
        """Every word, a line a paragraph."""
        return "\n".join(_text_of(self.blocks))


HEADING = 18.0
"""Points from which on a centred paragraph reads as a title."""


def layout_of(content: bytes) -> Layout:
    """The blocks of a .docx."""
    document = Document(BytesIO(content))
    styles = _Styles(document)
    body = document.element.body
    return Layout(tuple(_blocks(body, styles)), _margins(body))


def _text_of(blocks: tuple[Paragraph | Table, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for row in block.rows:
                yield "　".join("".join(_text_of(cell.blocks)) for cell in row)


@dataclass
class _Styles:
    document: Any
    known: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def look(self, style: str | None) -> Mapping[str, Any]:
        """What a paragraph style says, with what it is based on; without a style the document's defaults."""
        key = style or ""
        if key not in self.known:
            self.known[key] = EMPTY  # a style that is based on itself ends here
            self.known[key] = self._read(style)
        return self.known[key]

    def _read(self, style: str | None) -> Mapping[str, Any]:
        sheet = self.document.styles.element
        if style is None:
            own = next(
                (one for one in sheet.findall(qn("w:style")) if one.get(qn("w:default")) == "1" and one.get(qn("w:type")) == "paragraph"),
                None,
            )
            defaults = sheet.find(qn("w:docDefaults"))
            told = (
                {}
                if defaults is None
                else {**_of_paragraph(defaults.find(f".//{qn('w:pPr')}")), **_of_run(defaults.find(f".//{qn('w:rPr')}"))}
            )
            return told if own is None else {**told, **_of_style(own)}
        found = next((one for one in sheet.findall(qn("w:style")) if one.get(qn("w:styleId")) == style), None)
        if found is None:
            return self.look(None)
        based = found.find(qn("w:basedOn"))
        return {**self.look(None if based is None else based.get(qn("w:val"))), **_of_style(found)}


def _of_style(style: Any) -> dict[str, Any]:
    return {**_of_paragraph(style.find(qn("w:pPr"))), **_of_run(style.find(qn("w:rPr")))}


def _blocks(parent: Any, styles: _Styles) -> Iterator[Paragraph | Table]:
    for child in parent.iterchildren():
        if child.tag == qn("w:p"):
            yield _paragraph(child, styles)
        elif child.tag == qn("w:tbl"):
            yield _table(child, styles)
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent")}:
            yield from _blocks(child, styles)


def _paragraph(element: Any, styles: _Styles) -> Paragraph:
    about = element.find(qn("w:pPr"))
    style = None if about is None else about.find(qn("w:pStyle"))
    look = {**styles.look(None if style is None else style.get(qn("w:val"))), **_of_paragraph(about)}
    runs = tuple(_runs(element, look))
    sizes = [size for size in (_of_run(run.find(qn("w:rPr"))).get("size") for run in element.iter(qn("w:r"))) if size]
    if sizes:
        look["size"] = max(sizes)
    page = any(one.get(qn("w:type")) == "page" for one in element.iter(qn("w:br"))) or (
        about is not None and about.find(qn("w:pageBreakBefore")) is not None
    )
    return Paragraph(runs, look, page)


def _runs(element: Any, look: Mapping[str, Any]) -> Iterator[Run]:
    for run in element.iter(qn("w:r")):
        told = {**look, **_of_run(run.find(qn("w:rPr")))}
        text = "".join(_piece(piece) for piece in run.iterchildren())
        if text:
            yield Run(text, bool(told.get("bold")), bool(told.get("underlined")))


def _piece(piece: Any) -> str:
    if piece.tag == qn("w:t"):
        return piece.text or ""
    if piece.tag == qn("w:tab"):
        return "　　"
    return "\n" if piece.tag in {qn("w:br"), qn("w:cr")} and piece.get(qn("w:type")) is None else ""


def _of_paragraph(about: Any) -> dict[str, Any]:
    if about is None:
        return {}
    found: dict[str, Any] = {}
    kept = about.find(qn("w:keepNext"))
    if kept is not None:
        found["kept"] = kept.get(qn("w:val")) not in {"0", "false"}
    align, place, space = (about.find(qn(f"w:{name}")) for name in ("jc", "ind", "spacing"))
    if align is not None:
        found["align"] = {"start": "left", "end": "right", "distribute": "both"}.get(align.get(qn("w:val")), align.get(qn("w:val")))
    if place is not None:
        found |= _lengths(place, {"first": "firstLine", "left": "left"})
    if space is not None:
        found |= _lengths(space, {"before": "before", "after": "after"})
        line = _number(space.get(qn("w:line")))
        if line:
            fixed = space.get(qn("w:lineRule")) in {"exact", "atLeast"}
            found["line"] = f"{line / TWENTIETHS:g}pt" if fixed else f"{line / AUTO_LINE * 1.3:g}"
    if about.find(qn("w:pBdr")) is not None and about.find(qn("w:pBdr")).find(qn("w:top")) is not None:
        found["rule"] = _colour(about.find(qn("w:pBdr")).find(qn("w:top")).get(qn("w:color")))
    return found


def _of_run(about: Any) -> dict[str, Any]:
    if about is None:
        return {}
    found: dict[str, Any] = {}
    for name, key in (("b", "bold"), ("u", "underlined")):
        one = about.find(qn(f"w:{name}"))
        if one is not None:
            found[key] = one.get(qn("w:val")) not in {"0", "false", "none"}
    fonts, size, colour = (about.find(qn(f"w:{name}")) for name in ("rFonts", "sz", "color"))
    if fonts is not None and (fonts.get(qn("w:eastAsia")) or fonts.get(qn("w:ascii"))):
        found["font"] = fonts.get(qn("w:eastAsia")) or fonts.get(qn("w:ascii"))
    if size is not None and _number(size.get(qn("w:val"))):
        found["size"] = _number(size.get(qn("w:val"))) / 2
    if colour is not None:
        found["colour"] = _colour(colour.get(qn("w:val")))
    return found


def _lengths(element: Any, names: Mapping[str, str]) -> dict[str, float]:
    return {key: _number(element.get(qn(f"w:{name}"))) / TWENTIETHS for key, name in names.items() if element.get(qn(f"w:{name}"))}


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _colour(text: str | None) -> str:
    return f"#{text}" if text and len(text) == len("000000") and all(letter in "0123456789abcdefABCDEF" for letter in text) else "#000000"


def _table(element: Any, styles: _Styles) -> Table:
    grid = [_number(column.get(qn("w:w"))) or 1.0 for column in element.iter(qn("w:gridCol"))]
    raw = [_cells(row) for row in element.findall(qn("w:tr"))]
    about = element.find(qn("w:tblPr"))
    ruled = about is not None and (about.find(qn("w:tblBorders")) is not None or about.find(qn("w:tblStyle")) is not None)
    rows = tuple(
        tuple(
            Cell(tuple(_paragraph(one, styles) for one in cell.iter(qn("w:p"))), columns, _down(raw, number, place))
            for place, columns, merge, cell in row
            if merge != "continue"
        )
        for number, row in enumerate(raw)
    )
    heights = tuple(
        max((_number(one.get(qn("w:val"))) for one in row.iter(qn("w:trHeight"))), default=0.0) / TWENTIETHS
        for row in element.findall(qn("w:tr"))
    )
    return Table(rows, tuple(100 * width / sum(grid) for width in grid) if grid else (), heights, ruled)


def _cells(row: Any) -> list[tuple[int, int, str, Any]]:
    found, place = [], 0
    for cell in row.findall(qn("w:tc")):
        about = cell.find(qn("w:tcPr"))
        span = None if about is None else about.find(qn("w:gridSpan"))
        merge = None if about is None else about.find(qn("w:vMerge"))
        columns = max(1, int(_number(span.get(qn("w:val"))))) if span is not None else 1
        found.append((place, columns, "" if merge is None else merge.get(qn("w:val")) or "continue", cell))
        place += columns
    return found


def _down(rows: list[list[tuple[int, int, str, Any]]], number: int, place: int) -> int:
    """Over how many rows the cell at `place` of row `number` goes."""
    down = 1
    for row in rows[number + 1 :]:
        if not any(start == place and merge == "continue" for start, _, merge, _ in row):
            break
        down += 1
    return down


def _margins(body: Any) -> tuple[float, float, float, float]:
    found = body.find(f"{qn('w:sectPr')}/{qn('w:pgMar')}")
    sides = ("top", "right", "bottom", "left")
    if found is None:
        return (72.0, 72.0, 72.0, 72.0)
    top, right, bottom, left = (min(max(abs(_number(found.get(qn(f"w:{side}")))) / TWENTIETHS, 20.0), 200.0) for side in sides)
    return (top, right, bottom, left)
