"""Regular expressions that a form brings: those that a long answer cannot keep busy for ever.

Python's matcher goes back: `(a+)+b` against forty letters takes years. A pattern repeats a piece that is of one length, has few open
repeats and few choices; within that no answer of `LONGEST` characters takes more than a moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as reader  # type: ignore[attr-defined]
from typing import Any

LONGEST = 500
"""Characters of an answer that is held against a pattern."""
MAX_CHARACTERS = 200
MAX_OPEN = 2
"""Repeats without a fixed number: two of them against 500 characters are 125,000 ways."""
MAX_CHOICES = 6
"""Alternatives and optional pieces."""
FEW = 1
REPEATS = frozenset({codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT})
REFERENCES = frozenset({codes.GROUPREF, codes.GROUPREF_EXISTS, codes.ASSERT, codes.ASSERT_NOT})


class PatternRefused(ValueError):
    """A regular expression that is none, or one that could take too long."""


def check_pattern(pattern: str) -> None:
    """Raise PatternRefused unless `pattern` is a regular expression that is soon done with every answer."""
    if len(pattern) > MAX_CHARACTERS:
        raise PatternRefused(f"longer than {MAX_CHARACTERS} characters")
    try:
        re.compile(pattern)
        parts = list(_walk(reader.parse(pattern), inside=False))
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternRefused(str(error)) from error
    if parts.count("reference"):
        raise PatternRefused("references back are not allowed")
    if parts.count("nested"):
        raise PatternRefused("a repeat holds a repeat or a choice")
    if parts.count("open") > MAX_OPEN or parts.count("choice") > MAX_CHOICES:
        raise PatternRefused(f"more than {MAX_OPEN} open repeats or {MAX_CHOICES} choices")


def _walk(parsed: Any, *, inside: bool) -> Iterator[str]:
    """What there is in a parsed pattern: `open`, `choice`, `nested`, `reference`; `inside`: within a repeat."""
    for kind, argument in parsed:
        if kind in REPEATS:
            least, most, piece = argument
            if least != most:
                yield "nested" if inside else "choice" if most == FEW else "open"
            yield from _walk(piece, inside=inside or most > FEW)
        elif kind in REFERENCES:
            yield "reference"
        else:
            if kind is codes.BRANCH:
                yield "nested" if inside else "choice"
            for piece in _pieces(kind, argument):
                yield from _walk(piece, inside=inside)


def _pieces(kind: Any, argument: Any) -> list[Any]:
    """What stands within a part that is no repeat."""
    if kind is codes.BRANCH:
        return list(argument[1])
    if kind is codes.SUBPATTERN:
        return [argument[-1]]
    return [argument] if kind is codes.ATOMIC_GROUP else []
