"""The language of a message to a program: `Accept-Language`, Chinese unless English is preferred."""

from __future__ import annotations

from flask import request

from web.language import CHINESE, LANGUAGES


def spoken() -> str:
    """`zh` or `en`."""
    return request.accept_languages.best_match(LANGUAGES, default=CHINESE) or CHINESE


def pick(zh: str, en: str) -> str:
    """The sentence in the language of the request."""
    return zh if spoken() == CHINESE else en
