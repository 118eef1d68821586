"""Chinese first, English by a switch. Chinese sentences are the message ids; English is in `translations/en`.

The `.po` file is read when the application starts, so that no compiled catalogue has to be built or shipped.
"""

from __future__ import annotations

import gettext as standard
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from flask import Flask, session
from flask_babel import Babel, Domain, get_locale, gettext

CATALOGUE = Path(__file__).parent / "translations" / "en" / "LC_MESSAGES" / "messages.po"
CHINESE = "zh"
ENGLISH = "en"
LANGUAGES = (CHINESE, ENGLISH)


class English(standard.NullTranslations):
    """The English catalogue, read from its source; a sentence that is missing is shown in Chinese."""

    def __init__(self, path: Path = CATALOGUE) -> None:
        super().__init__()
        with path.open("rb") as source:
            catalogue = read_po(source, locale=ENGLISH)
        self.sentences = {m.id: m.string for m in catalogue if isinstance(m.id, str) and m.id and m.string}

    def gettext(self, message: str) -> str:
        """The English sentence for a Chinese one."""
        return str(self.sentences.get(message, message))

    ugettext = gettext


class Sentences(Domain):  # type: ignore[misc]
    """Flask-Babel's domain with our own catalogues instead of compiled files."""

    def __init__(self) -> None:
        super().__init__()
        self.catalogues = {CHINESE: standard.NullTranslations(), ENGLISH: English()}
        setattr(self.catalogues[CHINESE], "ugettext", self.catalogues[CHINESE].gettext)  # noqa: B010  the name that Flask-Babel's Jinja extension calls

    def get_translations(self) -> Any:
        """The catalogue of the language of this request."""
        return self.catalogues[language()]


class Languages(Babel):  # type: ignore[misc]
    """Flask-Babel, speaking from `Sentences`."""

    domain_instance = None

    def init_app(self, app: Flask, **settings: Any) -> None:
        """Load the catalogues once, then hand over to Flask-Babel."""
        self.domain_instance = Sentences()
        super().init_app(app, **settings)


def register(app: Flask) -> None:
    """Make `_()` work in code and templates, in the language that the session asks for."""
    Languages().init_app(app, default_locale=CHINESE, default_timezone="Asia/Shanghai", locale_selector=_wanted)
    app.jinja_env.filters["local"] = local
    app.jinja_env.filters["capital"] = capital
    app.jinja_env.globals["language"] = language


def language() -> str:
    """`zh` or `en`: the language of this request."""
    locale = get_locale()
    return locale.language if locale is not None and locale.language in LANGUAGES else CHINESE


def local(text: Any) -> str:
    """A `Text` in the language of this request; anything else as it is, nothing as an empty string."""
    if text is None:
        return ""
    return str(text.local(language())) if hasattr(text, "local") else str(text)


def capital(words: str) -> str:
    """`words` as they begin a line: an English name that stands small inside a sentence has a capital there."""
    return words[:1].upper() + words[1:]


def sentence(chinese: str, **values: Any) -> str:
    """A sentence in the language of this request, with its values filled in."""
    return str(gettext(chinese, **values))


def _wanted() -> str:
    wanted = session.get("language", CHINESE)
    return wanted if wanted in LANGUAGES else CHINESE
