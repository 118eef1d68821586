"""The table of docs/hostile-uploads.md, made from the library: `python -m tests.hostile.page` writes it anew."""

from __future__ import annotations

from pathlib import Path

from tests.hostile.everything import LIBRARY
from tests.hostile.test_archives import ARCHIVES

PAGE = Path(__file__).parents[2] / "docs" / "hostile-uploads.md"
BEGIN, END = "<!-- made by tests/hostile/page.py -->\n", "<!-- end -->\n"
AS_TEXT = "nothing is refused: it is text, shown as it is written"


def table() -> str:
    """One line for each kind: what was tried, how the check refuses it, whether a draft may hold it meanwhile."""
    kinds: dict[str, list[str]] = {}
    for name, one in LIBRARY.items():
        kinds.setdefault(one.kind, []).append(name)
    lines = ["| What | Tried | Refused as | May stand in a draft |", "|---|---|---|---|"]
    for kind, names in sorted(kinds.items()):
        rules = sorted({rule for name in names for rule in LIBRARY[name].rules.split("|") if rule})
        kept = {LIBRARY[name].kept for name in names}
        may = "yes" if kept == {True} else "no" if kept == {False} else "where it is only wrong"
        lines.append(
            f"| {kind} | {len(names)}: {names[0]}, {names[-1]} … | {', '.join(f'`{rule}`' for rule in rules) or AS_TEXT} | {may} |"
        )
    first, *_, last = ARCHIVES
    lines.append(f"| Archives | {len(ARCHIVES)}: {first}, {last} … | `file_refused`, `too_large` | no |")
    return "\n".join(lines) + "\n"


def renewed(text: str) -> str:
    """The page with the table as it is now."""
    head, _, rest = text.partition(BEGIN)
    return f"{head}{BEGIN}{table()}{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
