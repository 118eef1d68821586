"""One Word template: read, checked, asked which values it names, and filled."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import BytesIO
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import nodes
from jinja2.exceptions import TemplateError
from lxml.etree import XMLSyntaxError

from workflows.documents import sandbox
from workflows.documents.sandbox import TemplateRefused

SETS = ("case", "doc", "own", "raw", "案情", "rest", "parts", "peers")
"""Values that are no facts: the case, the document, the agency, facts as stored, facts by label, the step's other answers, the agencies,
the other authorities of the same place."""
UNPRINTABLE = re.compile("[\x00-\x06\x08\x0b-\x1f\ufffe\uffff]")
NEW_PARAGRAPH = "\a"
"""What docxtpl makes a new paragraph of, in the look of the one that it stands in."""


@dataclass(frozen=True)
class Template:
    """The bytes of a .docx with tags; `name` is the document's, for sentences."""

    name: str
    content: bytes

    @cached_property
    def digest(self) -> str:
        """The content hash (SHA-256, hex)."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def trees(self) -> tuple[nodes.Template, ...]:
        """The parsed text of the body, the headers and the footers. Raises TemplateRefused."""
        sandbox.check_package(self.name, self.content)
        return tuple(sandbox.parse(self.name, source) for source in self._sources())

    @cached_property
    def reads(self) -> frozenset[str]:
        """The facts that it names; a fact by its label as `案情:label`."""
        return frozenset(name for tree in self.trees for name in _facts_in(tree))

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name at the beginning of a tag, the loops' own left out."""
        return frozenset(name for tree in self.trees for name in _free_names(tree))

    def fill(self, values: Mapping[str, Any]) -> bytes:
        """The filled .docx. Raises TemplateRefused when it takes too long or becomes too large."""
        self.trees  # noqa: B018 - nothing is rendered that was not checked
        document = DocxTemplate(BytesIO(self.content))
        try:
            document.render(printable(values), jinja_env=sandbox.Sandbox(), autoescape=True)
        except sandbox.TooMuch as error:
            raise TemplateRefused(self.name, "填充用时过长或结果过大", "filling takes too long or becomes too large") from error
        except (TemplateError, TypeError, ValueError, RecursionError, MemoryError) as error:
            near = _near(error)
            raise TemplateRefused(self.name, f"无法填充：{error}{near}", f"cannot be filled: {error}{near}") from error
        filled = BytesIO()
        document.save(filled)
        return filled.getvalue()

    def _sources(self) -> Iterator[str]:
        document = DocxTemplate(BytesIO(self.content))
        try:
            document.init_docx()
            yield _prepared(document, document.get_xml())
            for uri in (document.HEADER_URI, document.FOOTER_URI):
                for _, part in document.get_headers_footers(uri):
                    yield _prepared(document, document.get_part_xml(part))
        except (KeyError, ValueError, AttributeError, IndexError, XMLSyntaxError, PackageNotFoundError) as error:
            raise TemplateRefused(self.name, "不是可读取的 .docx 文件", "not a readable .docx file") from error


@lru_cache(maxsize=256)
def template(name: str, content: bytes) -> Template:
    """The template of these bytes, its parsed form kept."""
    return Template(name, content)


def printable(value: Any) -> Any:
    """Values as a template takes them: text that XML can hold, its lines as paragraphs."""
    if isinstance(value, str):
        return UNPRINTABLE.sub("", value.replace("\r\n", "\n").replace("\a", "")).strip().replace("\n", NEW_PARAGRAPH)
    if isinstance(value, Mapping):
        return {key: printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(printable(one) for one in value)
    return value


def _prepared(document: DocxTemplate, xml: str) -> str:
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", document.patch_xml(xml))


def _free_names(tree: nodes.Template) -> Iterator[str]:
    bound = {target.name for loop in tree.find_all(nodes.For) for target in loop.target.find_all(nodes.Name)} | {
        loop.target.name for loop in tree.find_all(nodes.For) if isinstance(loop.target, nodes.Name)
    }
    yield from (found.name for found in tree.find_all(nodes.Name) if found.name not in {*bound, "loop"})


def _facts_in(tree: nodes.Template) -> Iterator[str]:
    for name in _free_names(tree):
        if name not in SETS:
            yield name
    for one in tree.find_all(nodes.Getattr):
        yield from _entry(one.node, one.attr)
    for other in tree.find_all(nodes.Getitem):
        yield from _entry(other.node, str(other.arg.as_const()))
    if any(name == "rest" for name in _free_names(tree)):
        yield "rest"


def _entry(of: nodes.Node, key: str) -> Iterator[str]:
    if isinstance(of, nodes.Name) and of.name in {"raw", "案情"}:
        yield key if of.name == "raw" else f"案情:{key}"


def _near(error: Exception) -> str:
    lines = [line.strip() for line in getattr(error, "docx_context", ()) if "{" in line]
    return f"（{lines[0][:80]}）" if lines else ""
