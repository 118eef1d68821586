"""The expression language of diagrams: it compares facts, and nothing of Python gets in."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.engine.expressions import ExpressionError, evaluate, names, parse

ATTACKS = [
    "__import__('os').system('id')",
    "().__class__.__bases__[0].__subclasses__()",
    "open('/etc/passwd').read()",
    "eval('1')", "exec('x=1')", "compile('1','','eval')", "globals()", "locals()", "vars()", "getattr(a, 'b')", "type(a)",
    "a.__class__", "a.b", "a[0]", "'{0.__class__}'.format(a)", "f'{a}'", "f'{().__class__}'",
    "[x for x in a]", "(x for x in a)", "{x for x in a}", "{x: 1 for x in a}", "lambda: 1", "(lambda: 1)()", "a if b else c",
    "9**9**9", "'a' * 10**9", "2 ** 1000000", "1 << 1000000", "a @ b", "a // b", "1 % 0", "a := 1", "yield a", "await a", "*a", "{**a}", "{'a': 1}",
    "len.__call__(a)", "len(*a)", "len(x=1)", "print('x')", "__builtins__", "_private", "a; b", "import os", "a\nb", "",
    "x" * 600, "+".join(["a"] * 100), "(" * 300 + ")" * 300, "not " * 80 + "a", "'\x00'", "a and", "=a", "1 2",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda text: repr(text[:30]))
def test_what_is_no_expression_of_ours_is_refused_when_it_is_read(attack):
    with pytest.raises(ExpressionError):
        parse(attack)


@pytest.mark.parametrize("attack", ["'a' * 1000000000", "[0] * 1000000000", "'ab' * 99999 * 99999", "a * 1000000000"])
def test_what_would_eat_the_memory_is_refused_when_it_is_evaluated(attack):
    began = time.monotonic()
    with pytest.raises(ExpressionError):
        evaluate(attack, {"a": "x" * 1000})
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('triage == "host"', True),
        ('classification in ["crime", "both"]', True),
        ("fine >= 100000", False),
        ("not objected and count > 1", True),
        ("len(members) == 2", True),
        ('classification == "crime" and outcome != "filed"', False),
        ("count + 1 == 3", True),
        ("objected is not None", True),
        ("(count - 1) * 5 == 5", True),
        ("true", True),
        ("objected == false", True),
    ],
)
def test_facts_are_compared(expression, value):
    facts = {"triage": "host", "classification": "both", "fine": 5, "objected": False, "count": 2, "members": ["a", "b"]}
    assert evaluate(expression, facts) == value


def test_a_fact_that_is_not_there_yet_is_nothing():
    assert evaluate("missing == None", {}) is True
    assert evaluate('missing == "x"', {}) is False


def test_comparing_what_cannot_be_compared_is_an_error_and_no_crash():
    with pytest.raises(ExpressionError, match="cannot be evaluated"):
        evaluate("missing > 3", {})


def test_a_fact_does_not_take_the_place_of_a_function_or_a_constant():
    assert evaluate("len(a)", {"len": 5, "a": [1]}) == 1
    assert evaluate("true", {"true": 0}) is True
    assert evaluate("a == 1", {"__builtins__": {}, "a": 1}) is True


def test_the_facts_that_an_expression_reads_are_known():
    assert names('a in ["x"] and len(b) > c or true') == {"a", "b", "c"}


@given(st.text(max_size=60))
def test_no_text_does_anything_but_evaluate_or_be_refused(text):
    with contextlib.suppress(ExpressionError):
        evaluate(text, {"a": 1, "b": [1], "c": "x"})
