"""The bound case file as HTML: cover (卷宗封面), table of contents (卷内目录) with page numbers, documents, tables, closing sheet (备考表)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from workflows.documents.layout import layout_of
from workflows.documents.printing import html_of, whole

SHEET = """
@page front { @bottom-center { content: none; } }
@page bound { }
@page :nth(1 of bound) { counter-reset: page 1; }
.front { page: front; }
main { page: bound; }
.new { break-before: page; }
h1 { font: bold 26pt/1.6 "Noto Serif CJK SC"; text-align: center; letter-spacing: 6pt; margin: 12mm 0 10mm; }
h2 { font: bold 18pt/1.6 "Noto Serif CJK SC"; text-align: center; margin: 0 0 6mm; }
.agency { font: bold 20pt/1.4 "Noto Serif CJK SC"; text-align: center; margin-top: 6mm; }
.cover td { font-size: 14pt; padding: 3pt 6pt; border-bottom: 0.6pt solid #000; }
.cover td:first-child { width: 9em; border-bottom: 0; text-align: right; padding-right: 12pt; }
.toc td, .toc th, .sheet td, .sheet th { font-size: 10.5pt; line-height: 1.5; text-align: left; font-weight: normal; overflow-wrap: anywhere; }
.toc th, .sheet th { text-align: center; font-family: "Noto Sans CJK SC"; }
.toc a { color: #000; text-decoration: none; }
.toc .page a::after { content: target-counter(attr(href), page); }
.toc .page, .toc .no { text-align: center; }
.toc .day { white-space: nowrap; font-size: 9.5pt; }
.pages::after { content: target-counter("#last", page); }
thead { display: table-header-group; }
.remarks td { height: 120mm; vertical-align: top; font-size: 12pt; }
"""
TOC_WIDTHS = (7, 20, 20, 21, 14, 7, 11)


@dataclass(frozen=True)
class Cover:
    """What the cover says."""

    agency: str
    number: str
    title: str
    subject: str
    matter: str
    opened: str
    closed: str
    result: str
    parts: tuple[tuple[str, str], ...]
    officer: str
    papers: int

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Label and value, line by line."""
        told = (
            ("案件名称", self.title),
            ("案件编号", self.number),
            ("案由", self.matter),
            ("当事人", self.subject),
            *self.parts,
            ("立案（受理）日期", self.opened),
            ("结案日期", self.closed),
            ("处理结果", self.result),
            ("承办人", self.officer),
            ("卷内文书", f"{self.papers}件"),
        )
        return tuple((label, value) for label, value in told if value)


@dataclass(frozen=True)
class Piece:
    """A document of the file."""

    name: str
    number: str
    agency: str
    day: str
    note: str
    word: bytes
    file_name: str


def html(cover: Cover, papers: Sequence[Piece], tables: Mapping[str, Sequence[Sequence[str]]]) -> str:
    """The whole file as one page of HTML; page numbers count from the first document."""
    titles = [
        *((piece.name, piece.number, piece.agency, piece.day, piece.note) for piece in papers),
        *((name, "", cover.agency, "", "") for name in tables),
    ]
    titles.append(("备考表", "", cover.agency, "", ""))
    body = "".join(
        [
            _cover(cover),
            _contents(titles),
            '<main class="new">',
            *_pieces(papers),
            *_tables(tables, len(papers)),
            _closing(len(titles)),
            "</main>",
        ]
    )
    return whole(f"案卷 {cover.number}", SHEET, body)


def _cover(cover: Cover) -> str:
    lines = "".join(f"<tr><td>{escape(label)}</td><td>{escape(value)}</td></tr>" for label, value in cover.lines())
    pages = '<tr><td>卷内页数</td><td><span class="pages"></span>页</td></tr><tr><td>归档日期</td><td>　　　　年　　月　　日</td></tr><tr><td>保管期限</td><td>　</td></tr>'
    return f'<section class="front"><p class="agency">{escape(cover.agency)}</p><h1>行政执法案卷</h1><table class="cover"><tbody>{lines}{pages}</tbody></table></section>'


def _contents(titles: Sequence[tuple[str, ...]]) -> str:
    columns = "".join(f'<col style="width:{width}%">' for width in TOC_WIDTHS)
    head = "".join(f"<th>{word}</th>" for word in ("序号", "文号", "责任者", "题名", "日期", "页号", "备注"))
    rows = "".join(
        f'<tr><td class="no">{number}</td><td>{escape(no)}</td><td>{escape(agency)}</td><td>{escape(name)}</td><td class="day">{escape(day)}</td>'
        f'<td class="page"><a href="#piece-{number}"></a></td><td>{escape(note)}</td></tr>'
        for number, (name, no, agency, day, note) in enumerate(titles, start=1)
    )
    return f'<section class="front new"><h2>卷内目录</h2><table class="ruled toc"><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></section>'


def _pieces(papers: Sequence[Piece]) -> Iterator[str]:
    for number, piece in enumerate(papers, start=1):
        begin = ' class="new"' if number > 1 else ""
        yield f'<section id="piece-{number}"{begin}>{"".join(html_of(layout_of(piece.word).blocks))}</section>'


def _tables(tables: Mapping[str, Sequence[Sequence[str]]], before: int) -> Iterator[str]:
    for number, (name, rows) in enumerate(tables.items(), start=before + 1):
        head = "".join(f"<th>{escape(cell)}</th>" for cell in rows[0])
        lines = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows[1:])
        begin = ' class="new"' if number > 1 else ""
        yield f'<section id="piece-{number}"{begin}><h2>{escape(name)}</h2><table class="ruled sheet tall"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></section>'


def _closing(number: int) -> str:
    lines = "".join(f"<tr><td>{label}</td></tr>" for label in ("立卷人：", "检查人：", "立卷时间：　　　　年　　月　　日"))
    said = '本卷情况说明：<br>本卷由系统按办理顺序编目，文书内容取自案件记录，共<span class="pages"></span>页。缺损、修改、补充、移出、销毁的情况在此注明。'
    return f'<section id="piece-{number}" class="new"><h2>卷内备考表</h2><table class="ruled"><tbody class="remarks"><tr><td>{said}</td></tr></tbody><tbody>{lines}</tbody></table><span id="last"></span></section>'
