"""Blocks become a PDF. The typesetter runs in a process of its own, so a worker's other requests go on and a crash is only its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import structlog

from workflows.documents import typesetter
from workflows.documents.layout import Layout, Paragraph, Table
from workflows.errors import Unavailable

log = structlog.get_logger()
SECONDS = 120
"""For one file; a case of sixty documents takes a tenth of it."""
AT_ONCE = BoundedSemaphore(2)
"""Typesetters of one process at a time: each takes a processor and some hundred MB."""
PATIENCE = 30
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "LD_LIBRARY_PATH")
FONTS = {
    "小标宋": '"方正小标宋简体","FZXiaoBiaoSong-B05S","Noto Serif CJK SC","Source Han Serif SC",serif',
    "仿宋": '"仿宋","仿宋_GB2312","FangSong","Noto Serif CJK SC","Source Han Serif SC",serif',
    "黑体": '"黑体","SimHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif',
    "楷体": '"楷体","楷体_GB2312","KaiTi","Noto Serif CJK SC","Source Han Serif SC",serif',
}
OTHERWISE = '"宋体","SimSun","Noto Serif CJK SC","Source Han Serif SC",serif'
SHEET = """
@page { size: A4; margin: 25mm 24mm 22mm 26mm; @bottom-center { content: "— " counter(page) " —"; font: 10.5pt "Noto Serif CJK SC"; } }
html { font: 12pt/1.6 "Noto Serif CJK SC", serif; text-justify: inter-ideograph; }
p { margin: 0; min-height: 1em; white-space: pre-line; orphans: 2; widows: 2; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
td, th { padding: 2pt 4pt; vertical-align: middle; }
.ruled td, .ruled th { border: 0.6pt solid #000; }
tr { break-inside: avoid; }
.tall tr { break-inside: auto; }
"""


class CannotPrint(Unavailable):
    """No PDF can be made here, or not now; the Word file is there."""

    code = "cannot_print"

    def __init__(self, zh: str, en: str) -> None:
        """The reason in both languages; what else can be had is added."""
        super().__init__(
            f"{zh}可先下载 Word 文书或案卷压缩包（zip）。", f"{en} The Word files and the zip can be had meanwhile.", again=False
        )


def pdf(html: str) -> bytes:
    """The PDF of a whole page of HTML. Raises CannotPrint."""
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise CannotPrint("正在生成的 PDF 较多，请稍后再试。", "Many PDFs are being made; try again in a moment.")
    try:
        done = subprocess.run(  # noqa: S603 - our own file, and nothing of the caller's on the command line
            [sys.executable, "-I", str(Path(typesetter.__file__))],
            input=html.encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
        )
    except subprocess.TimeoutExpired as error:
        raise CannotPrint("生成 PDF 用时过长，已停止。", "Making the PDF took too long and was stopped.") from error
    finally:
        AT_ONCE.release()
    if done.returncode == typesetter.NOT_INSTALLED:
        raise CannotPrint(
            "本机未安装排版所需的系统库 Pango，不能生成 PDF（Debian/Ubuntu：apt-get install libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-cjk）。",
            "Pango, which typesetting needs, is not installed here (Debian/Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-cjk).",
        )
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        log.error("cannot_print", code=done.returncode, said=done.stderr[-2000:].decode("utf-8", "replace"))
        raise CannotPrint("PDF 未能生成，原因已记入日志。", "The PDF could not be made; the log says why.")
    return done.stdout


def page(layout: Layout, title: str) -> str:
    """One document as a page of HTML, with the margins of its Word file."""
    margins = " ".join(f"{length:g}pt" for length in layout.margins)
    return whole(title, f"@page {{ margin: {margins}; }}", "".join(html_of(layout.blocks)))


def whole(title: str, style: str, body: str) -> str:
    """A page of HTML around `body`."""
    return f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title><style>{SHEET}{style}</style></head><body>{body}</body></html>'


def html_of(blocks: Iterable[Paragraph | Table]) -> Iterable[str]:
    """The blocks as HTML, their look inline."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield f'<p style="{_style(block.look, page_before=block.page_before)}">{"".join(map(_run, block.runs))}</p>'
        else:
            yield _table(block)


def _run(run: Any) -> str:
    text = escape(run.text)
    text = f"<b>{text}</b>" if run.bold else text
    return f"<u>{text}</u>" if run.underlined else text


def _style(look: Mapping[str, Any], *, page_before: bool) -> str:
    font = str(look.get("font", ""))
    family = next((families for name, families in FONTS.items() if name in font), OTHERWISE).replace('"', "'")
    told = {
        "font-family": family,
        "font-size": f"{float(look.get('size', 12)):g}pt",
        "font-weight": "bold" if look.get("bold") or "小标宋" in font else "normal",
        "text-align": {"both": "justify"}.get(str(look.get("align")), str(look.get("align", "left"))),
        "text-indent": f"{float(look.get('first', 0)):g}pt",
        "margin": f"{float(look.get('before', 0)):g}pt 0 {float(look.get('after', 0)):g}pt {float(look.get('left', 0)):g}pt",
        "line-height": str(look.get("line", "1.6")),
        "color": str(look.get("colour", "#000000")),
    }
    if look.get("rule"):
        told |= {"border-top": f"2.4pt double {look['rule']}", "padding-top": "6pt"}
    if look.get("kept"):
        told["break-after"] = "avoid"
    if page_before:
        told["break-before"] = "page"
    return escape(";".join(f"{name}:{value}" for name, value in told.items()))


def _table(table: Table) -> str:
    columns = "".join(f'<col style="width:{width:.3f}%">' for width in table.widths)
    rows = "".join(
        f'<tr style="height:{height:g}pt">'
        + "".join(f'<td colspan="{cell.columns}" rowspan="{cell.rows}">{"".join(html_of(cell.blocks))}</td>' for cell in row)
        + "</tr>"
        for row, height in zip(table.rows, table.heights, strict=True)
    )
    return f'<table class="{"ruled" if table.ruled else ""}"><colgroup>{columns}</colgroup>{rows}</table>'
