"""The English catalogue has every sentence of the screens, and nothing that no screen says."""

from __future__ import annotations

import re

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from web.language import CATALOGUE

WEB = CATALOGUE.parents[3]
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"silent": "false"}}
PLACE = re.compile(r"%\(\w+\)s")


@pytest.fixture(scope="module")
def said() -> set[str]:
    found = extract_from_dir(str(WEB), METHODS, OPTIONS, keywords={"_": None}, directory_filter=lambda folder: "frontend" not in folder)
    return {message for _, _, message, _, _ in found if isinstance(message, str)}


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    with CATALOGUE.open("rb") as source:
        return {str(message.id): str(message.string) for message in read_po(source, locale="en") if message.id}


def test_every_sentence_has_its_english(said: set[str], english: dict[str, str]) -> None:
    assert sorted(said - {sentence for sentence, words in english.items() if words}) == []


def test_no_sentence_is_kept_that_nobody_says(said: set[str], english: dict[str, str]) -> None:
    assert sorted(set(english) - said) == []


def test_both_languages_fill_the_same_places(english: dict[str, str]) -> None:
    differing = [sentence for sentence, words in english.items() if sorted(PLACE.findall(sentence)) != sorted(PLACE.findall(words))]
    assert differing == []
