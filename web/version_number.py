"""The number of a version, as an address or a form gives it."""

from __future__ import annotations

from workflows.errors import NotFound

NUMBERS = 2**31 - 1
"""More than a database counts."""


def version_number(typed: str) -> int | None:
    """The number, None where nothing was typed. Raises NotFound for what is no version's number."""
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= len(str(NUMBERS)) and int(typed) <= NUMBERS):
        raise NotFound
    return int(typed)
