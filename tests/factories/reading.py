"""What a service reads: found in its source and in that of the functions of `handlers` that it calls, so no list of it can grow old."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from functools import cache
from types import CodeType, FunctionType
from typing import Any

import handlers

PARTICIPANTS = "call.participants"
"""Stands among the facts that a service reads for who takes part in the case."""


@cache
def read_by(service: str) -> frozenset[str]:
    """The facts that `service` reads, and PARTICIPANTS when it looks at them; nothing for a service of a test."""
    if service not in handlers.TABLE:
        return frozenset()
    sources = [inspect.getsource(function) for function in _reached(handlers.TABLE[service].call, set())]
    facts = {name for source in sources for name in re.findall(r'(?:\.get\(|\bfacts\[)"(\w+)"', source)}
    return frozenset(facts | {PARTICIPANTS for source in sources if PARTICIPANTS in source})


def _reached(function: Callable[..., Any], seen: set[Callable[..., Any]]) -> Iterator[Callable[..., Any]]:
    """`function` and every function of `handlers` that it calls, each once."""
    if not isinstance(function, FunctionType) or not function.__module__.startswith("handlers") or function in seen:
        return
    seen.add(function)
    yield function
    for name in _names(function.__code__):
        if name in function.__globals__:
            yield from _reached(function.__globals__[name], seen)


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)
