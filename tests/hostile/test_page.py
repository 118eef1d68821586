"""The page says what the library tries."""

from __future__ import annotations

from tests.hostile.page import PAGE, renewed


def test_the_page_is_as_the_library_is() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == renewed(text), "python -m tests.hostile.page"
