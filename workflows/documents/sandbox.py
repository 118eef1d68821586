"""What a template of an authority may contain, and a bounded rendering: a template that somebody uploads is untrusted input.

A template says little: values, conditions and loops over lists that the case gives. Everything else that Jinja could do (calls,
macros, imports, assignments, arithmetic, attributes that begin with an underscore) is refused when the template is read, so a
loop ends where its list ends; on top of that the rendering stops at a deadline and at a size. The sandbox of Jinja is the
second wall behind the list of what may stand there.
"""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import Any, ClassVar

from jinja2 import Template, nodes
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from workflows.documents import chinese
from workflows.errors import OneCaseError

LARGEST_FILE = 2 * 1024 * 1024
"""Bytes of a .docx."""
LARGEST_UNPACKED = 16 * 1024 * 1024
LARGEST_TEXT = 512 * 1024
"""Bytes of one part of the file that holds tags; ours have some twenty thousand."""
MOST_PARTS = 120
MOST_TAGS = 600
DEEPEST_LOOP = 2
LONGEST_TAG = 300
SECONDS = 5.0
LARGEST_OUTPUT = 8 * 1024 * 1024
"""Characters of what is rendered."""
TAGGED = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
OPENING, CLOSING = re.compile(r"\{[{%#]"), re.compile(r"[}%#]\}")
MARKUP = re.compile(r"<[^>]*>")
ROW_TAGS = ("p", "tr")
"""The tags of docxtpl that take a whole paragraph or row with them; those for columns, runs, colours and spans are not offered."""
FILTERS = {
    "day": chinese.day,
    "日期": chinese.day,
    "moment": chinese.moment,
    "时间": chinese.moment,
    "day_in_characters": chinese.day_in_characters,
    "汉字日期": chinese.day_in_characters,
    "yuan": chinese.yuan,
    "金额": chinese.yuan,
    "capitals": chinese.capitals,
    "大写": chinese.capitals,
    "sentence": chinese.sentence,
    "句": chinese.sentence,
    "penalties": chinese.penalties,
    "处罚": chinese.penalties,
}
STANDARD_FILTERS = frozenset({"default", "d", "join", "length", "count", "first", "last"})
OF_LOOPS = frozenset({"index", "first", "last", "length"})
BLANK = "＿＿＿＿＿＿"
"""What stands where the case knows nothing: a line to be filled in by hand."""
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.If, nodes.For,
    nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter, nodes.Test, nodes.List, nodes.Tuple,
)  # fmt: skip
NAMES = {nodes.Call: "调用", nodes.Macro: "宏", nodes.Include: "引用", nodes.Import: "引用", nodes.Assign: "赋值", nodes.Extends: "继承"}


class TemplateRefused(OneCaseError):
    """A template cannot be used; the sentence names the template and the tag."""

    status = 422
    code = "template_refused"

    def __init__(self, name: str, zh: str, en: str) -> None:
        """`name` is the document's."""
        super().__init__(f"模板《{name}》：{zh}", f"Template “{name}”: {en}")


class Blank(Undefined):
    """A value that the case does not have: a line to write on; a condition takes it as false and a loop as empty."""

    __slots__ = ()

    def __str__(self) -> str:
        return BLANK

    def __html__(self) -> str:
        return BLANK

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, _key: Any) -> Any:
        return self


class TooMuch(Exception):
    """The rendering took too long or became too large."""


class BoundedTemplate(Template):
    """A template that renders piece by piece and stops at a deadline and at a size."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The text. Raises TooMuch."""
        until, size, pieces = time.monotonic() + SECONDS, 0, []
        for piece in self.generate(*args, **kwargs):
            size += len(piece)
            if size > LARGEST_OUTPUT or time.monotonic() > until:
                raise TooMuch
            pieces.append(piece)
        return "".join(pieces)


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of every template: nothing is called, nothing but entries of mappings and lists is reached."""

    template_class = BoundedTemplate
    intercepted_binops: ClassVar[frozenset[str]] = frozenset({"+", "-", "*", "/", "//", "%", "**"})  # type: ignore[misc]

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=Blank, cache_size=0)
        self.globals.clear()
        self.filters = {**{key: self.filters[key] for key in STANDARD_FILTERS}, **FILTERS}
        self.tests = {key: self.tests[key] for key in ("defined", "undefined", "none", "in")}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An entry of a mapping; never an attribute of a Python object."""
        if isinstance(obj, Blank):
            return obj
        if isinstance(obj, LoopContext):
            return getattr(obj, attribute) if attribute in OF_LOOPS else self.undefined(name=attribute)
        return obj.get(attribute, self.undefined(obj=obj, name=attribute)) if isinstance(obj, dict) else self.undefined(name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An entry of a mapping or a list."""
        if isinstance(obj, dict):
            return self.getattr(obj, str(argument))
        if isinstance(obj, list) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        return self.undefined(name=str(argument))

    def is_safe_callable(self, _obj: Any) -> bool:
        """Nothing is called."""
        return False

    def call_binop(self, _context: Any, operator: str, _left: Any, _right: Any) -> Any:
        """Nothing is computed."""
        raise SecurityError(operator)


def check_package(name: str, content: bytes) -> None:
    """Refuse a file that is no plain .docx: too large, a bomb, macros, links to elsewhere, tags where none are read. Raises TemplateRefused."""
    if len(content) > LARGEST_FILE:
        raise TemplateRefused(name, f"文件超过 {LARGEST_FILE // 2**20} MB", f"the file is larger than {LARGEST_FILE // 2**20} MB")
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _check_parts(name, package)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError, EOFError, OSError) as error:
        raise TemplateRefused(name, "不是可读取的 .docx 文件", "not a readable .docx file") from error


def _check_parts(name: str, package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise TemplateRefused(name, "文件解压后过大", "unpacked it is too large")
    if "word/document.xml" not in package.namelist():
        raise TemplateRefused(name, "不是 Word 文档", "not a Word document")
    for part in parts:
        if re.search(r"vbaProject|activeX|embeddings/", part.filename, re.IGNORECASE):
            raise TemplateRefused(name, f"含有宏或嵌入对象（{part.filename}）", f"it holds macros or embedded objects ({part.filename})")
        if part.filename.endswith((".xml", ".rels")):
            _check_text(name, part.filename, package.read(part).decode("utf-8", "replace"))


def _check_text(name: str, part: str, text: str) -> None:
    if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise TemplateRefused(name, f"{part} 含有实体声明", f"{part} declares entities")
    outside = [link for link in re.findall(r"<Relationship\b[^>]*>", text) if "External" in link and "/hyperlink" not in link]
    if part.endswith(".rels") and outside:
        raise TemplateRefused(name, f"{part} 引用了文件之外的内容", f"{part} refers to something outside the file")
    words = unescape(MARKUP.sub("", text))
    opened = len(OPENING.findall(words))
    if TAGGED.fullmatch(part):
        if len(text) > LARGEST_TEXT or opened > MOST_TAGS:
            raise TemplateRefused(name, "正文过长或标签过多", "the text is too long or has too many tags")
        _check_tags(name, words)
    elif opened and part.endswith(".xml"):
        raise TemplateRefused(name, f"{part} 中不能使用标签", f"{part} may hold no tags")


def _check_tags(name: str, words: str) -> None:
    """Every tag is closed, short, and of a kind that we offer: before the patterns of docxtpl run over the text."""
    for found in OPENING.finditer(words):
        rest = words[found.start() : found.start() + LONGEST_TAG]
        end = CLOSING.search(rest, 2)
        if end is None:
            raise TemplateRefused(name, f"标签没有结束：{rest[:40]}", f"a tag has no end: {rest[:40]}")
        tag = rest[: end.end()]
        if re.match(r"\{[%{#](?!(?:p|tr)\b)(?:tc|r|vm|hm|colspan|cellbg)\b", tag) or re.match(r"\{%\s*(?:vm|hm|colspan|cellbg)\b", tag):
            raise TemplateRefused(name, f"不支持此种标签：{tag}", f"this kind of tag is not offered: {tag}")


def parse(name: str, source: str) -> nodes.Template:
    """The tree of the prepared text of a template, if only what is allowed stands in it. Raises TemplateRefused."""
    try:
        tree = Sandbox().parse(source)
    except (TemplateSyntaxError, RecursionError) as error:
        said, line = str(getattr(error, "message", error)), getattr(error, "lineno", 0)
        tag = _tag_in(source, line)
        raise TemplateRefused(name, f"标签写法有误：{tag}（{said}）", f"a tag is written wrongly: {tag} ({said})") from error
    for node in _walk(tree, 0):
        _check_node(name, source, node)
    return tree


def _tag_in(source: str, line: int | None) -> str:
    lines = source.splitlines()
    near = MARKUP.sub("", lines[line - 1]) if line and line <= len(lines) else ""
    found = re.search(r"\{[{%#].*?[}%#]\}|\{[{%#].*", near)
    return (found.group() if found else near)[:80]


def _walk(node: nodes.Node, loops: int) -> Iterator[nodes.Node]:
    yield node
    inside = loops + isinstance(node, nodes.For)
    if inside > DEEPEST_LOOP or (isinstance(node, nodes.For) and node.recursive):
        yield nodes.Call(lineno=node.lineno)
        return
    for child in node.iter_child_nodes():
        yield from _walk(child, inside)


def _check_node(name: str, source: str, node: nodes.Node) -> None:
    wrong = not isinstance(node, ALLOWED)
    if isinstance(node, nodes.Filter):
        wrong = node.name not in {*FILTERS, *STANDARD_FILTERS} or node.node is None
    elif isinstance(node, nodes.Test):
        wrong = node.name not in {"defined", "undefined", "none", "in"}
    elif isinstance(node, nodes.Getattr):
        wrong = node.attr.startswith("_")
    elif isinstance(node, nodes.Getitem):
        wrong = not isinstance(node.arg, nodes.Const) or str(node.arg.value).startswith("_")
    elif isinstance(node, nodes.Name):
        wrong = node.name.startswith("_")
    if wrong:
        what = NAMES.get(type(node), type(node).__name__)
        tag = _tag_in(source, node.lineno)
        raise TemplateRefused(name, f"模板中不能使用“{what}”：{tag}", f"a template may not use “{type(node).__name__}”: {tag}")
