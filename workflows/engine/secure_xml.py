"""XML from outside, read so that it cannot reach anything: no DOCTYPE, no entities, no network, bounded size."""

from __future__ import annotations

from lxml import etree

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 60
MAX_ELEMENTS = 20_000
"""Of a diagram of 400 steps with all that is drawn of it there are some 10,000."""
ENCODINGS = frozenset(
    {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ASCII", "US-ASCII", "ISO-8859-1", "WINDOWS-1252", "GB2312", "GBK", "GB18030", "BIG5"}
)
"""Those that tools write. In others (UTF-7) a text is something else for one reader than for another."""


class XmlRefused(ValueError):
    """XML that is not read. `rule` is a stable id, `zh` and `en` say why."""

    def __init__(self, rule: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.rule = rule
        self.zh = zh
        self.en = en


def read_xml(content: bytes) -> etree._Element:
    """The root element of `content`. Raises XmlRefused for a DOCTYPE, a malformed file, and one that is larger or deeper than any of ours."""
    if len(content) > MAX_BYTES:
        raise XmlRefused("too_large", f"文件超过 {MAX_BYTES // 1024} KB。", f"The file is larger than {MAX_BYTES // 1024} KB.")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, dtd_validation=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _malformed(content, error) from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise _doctype()
    encoding = root.getroottree().docinfo.encoding or "UTF-8"
    if encoding.upper() not in ENCODINGS:
        raise XmlRefused(
            "encoding", f"不支持编码 {encoding[:20]}，请存为 UTF-8。", f"The encoding {encoding[:20]} is not read: save it as UTF-8."
        )
    _measure(root)
    return root


def _malformed(content: bytes, error: etree.XMLSyntaxError) -> XmlRefused:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return _doctype()
    if "depth" in str(error.msg):
        return _too_deep()
    where = f"第 {error.lineno} 行" if error.lineno else ""
    return XmlRefused("not_xml", f"不是有效的 XML（{where}：{error.msg}）。", f"Not well-formed XML: {error.msg}.")


def _doctype() -> XmlRefused:
    return XmlRefused(
        "doctype",
        "文件含有 DOCTYPE 声明，可能引入外部内容，不予接收；请删除该声明。",
        "The file has a DOCTYPE declaration, which could pull in outside content; remove it.",
    )


def _too_deep() -> XmlRefused:
    return XmlRefused("too_deep", f"元素嵌套超过 {MAX_DEPTH} 层。", f"Elements are nested more than {MAX_DEPTH} deep.")


def _measure(root: etree._Element) -> None:
    level, count = 0, 0
    for action, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if action == "start" else -1
        count += action == "start"
        if level > MAX_DEPTH:
            raise _too_deep()
        if count > MAX_ELEMENTS:
            raise XmlRefused(
                "too_many_elements", f"XML 元素超过 {MAX_ELEMENTS} 个，请拆分。", f"More than {MAX_ELEMENTS} XML elements: split the file."
            )
