"""What a mutated diagram is, and how it shows: the sound bundle, the one fault, and what names it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.factories import routing
from tests.oracle.editing import Files, Mutation, manifest
from workflows.contracts import Finding
from workflows.oracle.rules import RULES_FILE


@dataclass(frozen=True)
class Sign:
    """A finding that names the fault: its rule, one of the elements (any, where none is said), and words of its sentence."""

    rule: str
    elements: tuple[str, ...] = ()
    said: str = ""

    def among(self, findings: Iterable[Finding]) -> bool:
        return any(
            found.rule == self.rule
            and found.severity == "error"
            and (not self.elements or found.element in self.elements)
            and self.said in found.message
            for found in findings
        )


@dataclass(frozen=True)
class Mutant:
    """A sound bundle with one fault in it. `static`: what the check of the files says; `oracle`: what the oracle says of the paths."""

    fault: str
    sound: Files
    mutate: Mutation
    static: Sign | None
    oracle: Sign | None

    @property
    def files(self) -> dict[str, bytes]:
        return self.mutate(self.sound)


def files_of(bundle: str, stage: str = "") -> Files:
    """A bundle that ships; with `stage` that process of it is proved as if it were the whole case, without the rules of the whole."""
    files = {path: content for path, content in routing.files_of(bundle).items() if "scenarios/" not in path}  # these are another proof
    if not stage:
        return files
    return manifest(process=stage, starters=[])({path: content for path, content in files.items() if path.rsplit("/", 1)[-1] != RULES_FILE})
