"""`python -m tests.browser.server`: the demonstration on a database that is there already, with short pages so that lists have several."""

from __future__ import annotations

from web import links

ROWS = 2
"""Rows of a list's page: few, so that a small demonstration has lists of several pages."""


def main() -> None:
    links.PAGE_ROWS = ROWS  # before the screens are imported: they take the number over
    from web import demo  # noqa: PLC0415

    demo.run(host="127.0.0.1", port=0, fresh=False)


if __name__ == "__main__":
    main()
