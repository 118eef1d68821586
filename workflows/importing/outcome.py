"""What an import gives: files, what was changed in them, and what could not be accepted, in the designer's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from workflows.contracts import Text
from workflows.engine.diagram import ONECASE


@dataclass(frozen=True)
class Change:
    """Something that is otherwise now than it was drawn, or that the designer still has to say. `element` is '' for the whole file."""

    element: str
    message: Text
    file: str = ""


@dataclass(frozen=True)
class Refusal:
    """Something that cannot be accepted, with the reason. It stays in the file as it was, and the check finds it there."""

    element: str
    message: Text
    file: str = ""


@dataclass(frozen=True)
class Imported:
    """The files of a bundle (none where the file could not be read at all), the changes and the refusals."""

    files: Mapping[str, bytes]
    changes: tuple[Change, ...]
    refusals: tuple[Refusal, ...]

    @property
    def notes(self) -> tuple[Change | Refusal, ...]:
        """Everything to tell, the refusals first."""
        return (*self.refusals, *self.changes)


@dataclass(frozen=True)
class Options:
    """How to import. `people`: what machines did elsewhere becomes a task of people, to be mapped to a service later or never.

    `agency` and `role` are who works in lanes that do not say it, as foreign lanes never do; '' leaves that to the designer.
    """

    people: bool = False
    agency: str = ""
    role: str = ""


@dataclass
class Notes:
    """The changes and refusals of one file as they come up."""

    file: str = ""
    changes: list[Change] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def changed(self, element: str, zh: str, en: str) -> None:
        """Something was changed, or has still to be said."""
        change = Change(element, Text(zh, en), self.file)
        if change not in self.changes:
            self.changes.append(change)

    def refused(self, element: str, zh: str, en: str) -> None:
        """Something cannot be accepted."""
        refusal = Refusal(element, Text(zh, en), self.file)
        if refusal not in self.refusals:
            self.refusals.append(refusal)


def called(node: etree._Element) -> tuple[str, str]:
    """How a person knows an element of a foreign file, in both languages."""
    name = " ".join((node.get("name") or "").split()) or node.get("id", "")
    return f"「{name}」", f"“{(node.get(f'{ONECASE}nameEn') or '').strip() or name}”"


def words_of(node: etree._Element | None) -> str:
    """All text within an element, on one line; '' where there is none."""
    return "" if node is None else " ".join("".join(str(part) for part in node.itertext()).split())
