"""The language of a message to a program: `Accept-Language`, Chinese unless English is preferred; to a page's own script, the page's."""

from __future__ import annotations

from flask import request

from web.current_officer import asks_api
from web.language import CHINESE, LANGUAGES, language


def spoken() -> str:
    """`zh` or `en`."""
    if not asks_api():
        return language()
    return request.accept_languages.best_match(LANGUAGES, default=CHINESE) or CHINESE


def pick(zh: str, en: str) -> str:
    """The sentence in the language of the request."""
    return zh if spoken() == CHINESE else en
