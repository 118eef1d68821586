"""The content security policy allows no inline style and no inline script, so no template has any."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "web/templates").rglob("*.html"))
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/json[\"'])[^>]*>", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script from a URL": re.compile(r"(href|action)\s*=\s*[\"']javascript:", re.IGNORECASE),
    "a file from another host": re.compile(r"<(script|link|img|iframe)\b[^>]*\b(src|href)\s*=\s*[\"'](https?:)?//", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*safe\b|autoescape\s+false", re.IGNORECASE),
    "evaluated htmx": re.compile(r"\bhx-(on|vals\s*=\s*[\"']js:|headers\s*=\s*[\"']js:)", re.IGNORECASE),
}


def test_there_are_templates():
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("thing", FORBIDDEN)
def test_no_template_has(thing):
    found = [
        f"{place.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for place in TEMPLATES
        for number, line in enumerate(place.read_text(encoding="utf-8").splitlines(), start=1)
        if FORBIDDEN[thing].search(line)
    ]
    assert found == []


@pytest.mark.parametrize(("thing", "line"), [
    ("an inline style", '<p style="color:red">'), ("an inline handler", "<a onclick='x()'>"), ("an inline script", "<script>x</script>"), ("a style element", "<style>"),
    ("a script from a URL", '<a href="javascript:x">'), ("a file from another host", '<script src="https://cdn.example/x.js">'), ("unescaped text", "{{ x|safe }}"),
    ("evaluated htmx", '<b hx-on:click="x">'),
])  # fmt: skip
def test_each_of_these_would_be_seen(thing, line):
    assert FORBIDDEN[thing].search(line)
