"""What a run leaves behind: a table on the screen, one JSON line a figure, the same table in Markdown for the documentation."""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.figures import Figure, Target

COLUMNS = ("figure", "value", "baseline", "unit", "ratio", "target", "")
BETWEEN = re.compile(r"(<!-- figures -->\n).*?(<!-- /figures -->)", re.DOTALL)
"""Where the documentation holds the table."""


@dataclass(frozen=True)
class Line:
    """A figure with its target."""

    figure: Figure
    target: Target | None

    @property
    def verdict(self) -> str:
        """In words; empty for a figure that has no target."""
        if self.figure.value is None:
            return "not measured"
        if self.target is None:
            return ""
        return "reached" if self.target.reached(self.figure) else "not reached"

    def cells(self) -> tuple[str, ...]:
        """As the table shows it."""
        one = self.figure
        return (
            one.figure,
            _number(one.value),
            _number(one.baseline),
            one.unit,
            _number(one.ratio),
            str(self.target or ""),
            self.verdict,
        )


def table(lines: Sequence[Line]) -> str:
    """For the screen: columns of equal width, then the notes."""
    rows = [COLUMNS, *(line.cells() for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    drawn = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    drawn.insert(1, "  ".join("-" * width for width in widths))
    return "\n\n".join(filter(None, ["\n".join(drawn), "\n".join(_notes(lines)), machine()]))


def json_lines(lines: Iterable[Line]) -> str:
    """One object a line; what was not measured is null."""
    fields = ("figure", "value", "unit", "baseline", "ratio")
    return "".join(json.dumps({name: getattr(line.figure, name) for name in fields}, ensure_ascii=False) + "\n" for line in lines)


def markdown(lines: Sequence[Line]) -> str:
    """For the documentation."""
    rows = [COLUMNS, tuple("---" for _ in COLUMNS), *(line.cells() for line in lines)]
    drawn = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    notes = "\n".join(f"- {note}" for note in _notes(lines))
    return "\n\n".join(filter(None, [drawn, notes, machine()])) + "\n"


def into(page: Path, lines: Sequence[Line]) -> None:
    """Put the table where the page holds it."""
    text = page.read_text(encoding="utf-8")
    page.write_text(BETWEEN.sub(lambda found: found[1] + markdown(lines) + found[2], text), encoding="utf-8")


def machine() -> str:
    """What the figures were measured on, in one sentence."""
    return f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores ({platform.machine()}), Python {sys.version.split()[0]}."


def _notes(lines: Iterable[Line]) -> list[str]:
    return [f"{line.figure.figure}: {line.figure.note}" for line in lines if line.figure.note]


def _number(number: float | None) -> str:
    if number is None:
        return "–"
    if isinstance(number, int) or abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.3g}"
