"""Foreign conditions in our expression language: FEEL (`= x = "a"`) and JUEL (`${x == 'a'}`), as far as they compare and combine.

They are read, never evaluated. What is more than names, literals, comparisons, `and`, `or`, `not` and lists gives None.
"""

from __future__ import annotations

import ast
import keyword
import re

from workflows.engine.expressions import FUNCTIONS, MAX_CHARACTERS, ExpressionError, names, parse

MAX_TOKENS = 120
TOKEN = re.compile(
    r"""\s*(?:(?P<text>"[^"\\]*"|'[^'\\]*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)|(?P<sign>==|!=|<=|>=|&&|\|\||[=<>!()\[\],]))"""
)
SIGNS = {"=": "==", "eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=", "&&": "and", "||": "or", "!": "not"}
WORDS = {"true": "True", "false": "False", "null": "None", "nil": "None"}
COMPARISONS = frozenset({"==", "!=", "<", ">", "<=", ">="})
ENDINGS = (".equals", ".equalsIgnoreCase", ".contentEquals")
READERS = ("execution.getVariable", "getVariable", "variables.get", "var.get")
"""Calls that only read a variable by its name."""


class _Unreadable(ValueError):
    """Not a condition of ours."""


def fact_name(foreign: str) -> str:
    """A name that a fact may have: `order.total` becomes `order_total`."""
    name = re.sub(r"\W", "_", foreign.strip()).strip("_")
    name = f"f_{name}" if not name or name[0].isdigit() else name
    return f"{name}_" if keyword.iskeyword(name) or name in {*FUNCTIONS, "true", "false"} else name


def translated(condition: str) -> str | None:
    """The condition in our language; None where it says more than ours can."""
    text = _bare(condition)
    if not text or len(text) > MAX_CHARACTERS:
        return None
    try:
        read = _Reader(_tokens(text)).whole()
        parse(read)
    except (_Unreadable, ExpressionError, RecursionError):
        return None
    return read if names(read) else None


def _bare(condition: str) -> str:
    text = condition.strip()
    wrapped = re.fullmatch(r"[$#]\{(.*)\}", text, re.DOTALL)
    return (wrapped.group(1) if wrapped else text.removeprefix("=")).strip()


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text.rstrip()):
        match = TOKEN.match(text, at)
        if match is None or len(found) >= MAX_TOKENS:
            raise _Unreadable
        found.append((str(match.lastgroup), match.group(str(match.lastgroup))))
        at = match.end()
    return found


class _Reader:
    """Reads tokens from the loosest to the closest operator."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at = tokens, 0

    def whole(self) -> str:
        read = self.either()
        if self.at < len(self.tokens):
            raise _Unreadable
        return read

    def sign(self, ahead: int = 0) -> str:
        """The next token as an operator of ours, or ''."""
        kind, token = self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else ("", "")
        return SIGNS.get(token, token) if kind in {"sign", "name"} else ""

    def take(self, wanted: str) -> None:
        if self.sign() != wanted:
            raise _Unreadable
        self.at += 1

    def either(self) -> str:
        read = [self.both()]
        while self.sign() == "or":
            self.at += 1
            read.append(self.both())
        return read[0] if len(read) == 1 else "(" + " or ".join(read) + ")"

    def both(self) -> str:
        read = [self.negated()]
        while self.sign() == "and":
            self.at += 1
            read.append(self.negated())
        return read[0] if len(read) == 1 else "(" + " and ".join(read) + ")"

    def negated(self) -> str:
        if self.sign() not in {"not", "empty"}:
            return self.compared()
        self.at += 1
        read = f"not {self.negated() if self.sign() in {'not', 'empty'} else self.value()}"
        if self.sign() in COMPARISONS:  # elsewhere the negation binds closer than the comparison
            raise _Unreadable
        return read

    def compared(self) -> str:
        left = self.value()
        if self.sign() in COMPARISONS:
            operator = self.sign()
            self.at += 1
            return f"{left} {operator} {self.value()}"
        if self.sign() == "in":
            self.at += 1
            return f"{left} in {self.value()}"
        return left

    def value(self) -> str:
        kind, token = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        self.at += 1
        if kind == "text":
            return repr(token[1:-1]) if '"' in token[1:-1] else f'"{token[1:-1]}"'
        if kind == "number":
            return token
        if kind == "name":
            return WORDS.get(token) or self.named(token)
        if kind == "sign" and token == "(":  # noqa: S105 - no password
            read = self.either()
            self.take(")")
            return read if read.startswith("(") else f"({read})"
        if kind == "sign" and token == "[":  # noqa: S105
            return self.listed()
        raise _Unreadable

    def named(self, token: str) -> str:
        """A fact; or a call that compares one, or only reads one by its name."""
        if self.sign() != "(":
            return fact_name(token)
        self.at += 1
        inner = self.value()
        self.take(")")
        if token.endswith(ENDINGS):
            return f"{fact_name(token.rpartition('.')[0])} == {inner}"
        if token in READERS and inner[:1] in {'"', "'"}:
            return fact_name(str(ast.literal_eval(inner)))
        raise _Unreadable

    def listed(self) -> str:
        items = [self.value()]
        while self.sign() == ",":
            self.at += 1
            items.append(self.value())
        self.take("]")
        return f"[{', '.join(items)}]"


def exclude_each_other(conditions: list[str]) -> bool:
    """Whether no two of the conditions can hold at once, as far as that is plain: one fact is compared with different values."""
    read = [_equals(condition) for condition in conditions]
    known = [one for one in read if one is not None]
    return len(known) == len(read) and len({fact for fact, _ in known}) == 1 and len({value for _, value in known}) == len(known)


def _equals(condition: str) -> tuple[str, str] | None:
    tree = parse(condition)
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not) and isinstance(tree.operand, ast.Name):
        return tree.operand.id, "False"
    if isinstance(tree, ast.Name):
        return tree.id, "True"
    if isinstance(tree, ast.Compare) and len(tree.ops) == 1 and isinstance(tree.ops[0], ast.Eq) and isinstance(tree.left, ast.Name):
        other = tree.comparators[0]
        return (tree.left.id, repr(other.value)) if isinstance(other, ast.Constant) else None
    return None


def literals(condition: str) -> dict[str, set[object]]:
    """The facts of a condition with the values that it compares each with."""
    found: dict[str, set[object]] = {name: set() for name in names(condition)}
    for node in ast.walk(parse(condition)):
        if not isinstance(node, ast.Compare):
            continue
        parts = [node.left, *node.comparators]
        facts = [one.id for one in parts if isinstance(one, ast.Name)]
        values = [one.value for part in parts for one in ast.walk(part) if isinstance(one, ast.Constant)]
        for fact in facts:
            found.setdefault(fact, set()).update(values)
    return found
