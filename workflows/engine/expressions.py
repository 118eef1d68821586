"""The small expression language of conditions and decision tables; no Python from a diagram is ever executed.

Names of facts, literals, comparisons, `in`, `and or not`, arithmetic, `len(x)`. Parsed by simpleeval, which refuses
attributes beyond plain look-ups, comprehension bombs and powers; we refuse attributes altogether.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from simpleeval import EvalWithCompoundTypes, InvalidExpression

MAX_CHARACTERS = 500
MAX_NODES = 60
FUNCTIONS = {"len": len}
ALLOWED = (
    ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE,
    ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.Is, ast.IsNot, ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Name, ast.Load, ast.Constant,
    ast.List, ast.Tuple, ast.Call,
)  # fmt: skip


class ExpressionError(ValueError):
    """An expression that cannot be read or evaluated."""


@lru_cache(maxsize=4096)
def parse(expression: str) -> ast.expr:
    """The syntax tree of `expression`. Raises ExpressionError saying what is not allowed."""
    text = expression.strip()
    if len(text) > MAX_CHARACTERS:
        raise ExpressionError(f"longer than {MAX_CHARACTERS} characters")
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError) as error:
        raise ExpressionError(f"cannot be read: {text!r}") from error
    nodes = list(ast.walk(tree))
    if len(nodes) > MAX_NODES:
        raise ExpressionError(f"more than {MAX_NODES} parts")
    for node in nodes:
        _allow(node)
    return tree.body


def _allow(node: ast.AST) -> None:
    if not isinstance(node, ALLOWED):
        raise ExpressionError(f"{type(node).__name__} is not part of the expression language")
    if isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS and not node.keywords):
        raise ExpressionError(f"only these functions may be called: {', '.join(FUNCTIONS)}")
    if isinstance(node, ast.Name) and node.id.startswith("_"):
        raise ExpressionError("names do not begin with an underscore")


@lru_cache(maxsize=4096)
def names(expression: str) -> frozenset[str]:
    """The facts that `expression` reads."""
    return frozenset(
        node.id
        for node in ast.walk(parse(expression))
        if isinstance(node, ast.Name) and node.id not in FUNCTIONS and node.id not in {"true", "false"}
    )


def equality(expression: str) -> tuple[str, str] | None:
    """The fact and the value of a condition such as `outcome == "refer"`; None for any other condition."""
    try:
        tree = parse(expression)
    except ExpressionError:
        return None
    if not isinstance(tree, ast.Compare) or len(tree.ops) != 1 or not isinstance(tree.ops[0], ast.Eq):
        return None
    fact, value = tree.left, tree.comparators[0]
    if isinstance(fact, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
        return fact.id, value.value
    return None


def evaluate(expression: str, facts: Mapping[str, Any]) -> Any:
    """The value of `expression` over `facts`; a fact that is not there yet is None."""
    tree = parse(expression)
    constants = {"true": True, "false": False}
    evaluator = EvalWithCompoundTypes(
        functions=dict(FUNCTIONS), names=lambda node: constants[node.id] if node.id in constants else facts.get(node.id)
    )
    try:
        return evaluator.eval(expression.strip(), previously_parsed=tree)
    except (InvalidExpression, TypeError, ValueError, ArithmeticError, MemoryError) as error:
        raise ExpressionError(f"cannot be evaluated: {expression.strip()!r} ({error})") from error
