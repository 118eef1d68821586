"""The table of docs/interchange.md: `python -m tests.interchange.table` writes it, `… FOLDER` prints it for the .bpmn files of a folder.

The folder may be `Reference/` of the interchange working group's own test suite, for whoever has it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.interchange.models import MODELS
from tests.interchange.walking import errors, furnished, walked
from workflows.checks.check import NOTHING, check_files
from workflows.importing import Imported, Options, import_diagram

PLACE = Path(__file__).parents[2] / "docs/interchange.md"
BEGIN, END = "<!-- table -->", "<!-- end of the table -->"
HEAD = """| Model | Its features | Processes | Changed | Refused, and why | Left for the designer to say | Runs, with stand-ins |
|---|---|---|---|---|---|---|"""


def row(name: str, features: str, content: bytes) -> str:
    """A line of the table."""
    imported = import_diagram(content)
    processes = sum(path.endswith(".bpmn") for path in imported.files)
    cells = (name, features, str(processes), str(len(imported.changes)), _refused(imported), _left(imported), _runs(content))
    return f"| {' | '.join(cells)} |"


def _refused(imported: Imported) -> str:
    return "; ".join(f"`{one.element}` {one.message.en}" for one in imported.refusals) or "–"


def _left(imported: Imported) -> str:
    refused = {one.element for one in imported.refusals}
    rules = Counter(one.rule for one in check_files(imported.files, NOTHING) if one.severity == "error" and one.element not in refused)
    return ", ".join(f"{rule} {count}" for rule, count in sorted(rules.items())) or "–"


def _runs(content: bytes) -> str:
    imported = import_diagram(content, Options(people=True))
    files = furnished(imported)
    if not imported.files or errors(files):
        return "no: refused"
    told = walked(files)
    return (
        f"{told.ended} of {told.walks} walks end"
        + (f" ({told.stuck})" if told.stuck else "")
        + f", {len(told.reached)} of {len(told.all_steps)} steps"
    )


def table(models: Mapping[str, tuple[str, bytes]]) -> Iterator[str]:
    """The table, line by line, with a line of sums."""
    rows = [row(name, features, content) for name, (features, content) in models.items()]
    yield HEAD
    yield from rows
    refused = sum(bool(import_diagram(content).refusals) for _, content in models.values())
    runs = sum("walks end" in one for one in rows)
    yield f"| **{len(models)}** | | | | {refused} with a refusal | | {runs} run |"


def written(text: str, models: Mapping[str, tuple[str, bytes]]) -> str:
    """The document with its table made anew."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n" + "\n".join(table(models)) + f"\n{END}" + rest.partition(END)[2]


def main() -> None:
    """Write the document's table, or print that of a folder."""
    if len(sys.argv) > 1:
        files = sorted(place for place in Path(sys.argv[1]).iterdir() if place.suffix.lower() == ".bpmn")
        for line in table({place.stem: ("", place.read_bytes()) for place in files}):
            print(line)
        return
    PLACE.write_text(written(PLACE.read_text(encoding="utf-8"), MODELS), encoding="utf-8")


if __name__ == "__main__":
    main()
