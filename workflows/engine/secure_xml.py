"""XML from outside, read so that it cannot reach anything: no DOCTYPE, no entities, no network, bounded size."""

from __future__ import annotations

from lxml import etree

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 60


class XmlRefused(ValueError):
    """XML that is not read. `rule` is a stable id, `zh` and `en` say why."""

    def __init__(self, rule: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.rule = rule
        self.zh = zh
        self.en = en


def read_xml(content: bytes) -> etree._Element:
    """The root element of `content`. Raises XmlRefused for a DOCTYPE, an oversized, too deep or malformed file."""
    if len(content) > MAX_BYTES:
        raise XmlRefused("too_large", f"文件超过 {MAX_BYTES // 1024} KB。", f"The file is larger than {MAX_BYTES // 1024} KB.")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, dtd_validation=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        where = f"第 {error.lineno} 行" if error.lineno else ""
        raise XmlRefused("not_xml", f"不是有效的 XML（{where}：{error.msg}）。", f"Not well-formed XML: {error.msg}.") from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise XmlRefused(
            "doctype",
            "文件含有 DOCTYPE 声明，可能引入外部内容，不予接收；请删除该声明。",
            "The file has a DOCTYPE declaration, which could pull in outside content; remove it.",
        )
    if _depth(root) > MAX_DEPTH:
        raise XmlRefused("too_deep", f"元素嵌套超过 {MAX_DEPTH} 层。", f"Elements are nested more than {MAX_DEPTH} deep.")
    return root


def _depth(root: etree._Element) -> int:
    deepest, level = 0, 0
    for action, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if action == "start" else -1
        deepest = max(deepest, level)
    return deepest
