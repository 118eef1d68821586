"""Templates of documents as lists show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.contracts import Text


@dataclass(frozen=True)
class EditionRow:
    """One edition of an agency's own template; without a digest the agency went back to the one that ships."""

    paper: str
    number: int
    digest: str | None
    by: str
    at: datetime
    note: str


@dataclass(frozen=True)
class TemplateRow:
    """A document of the registry, and the agency's own template of it if it has one."""

    id: str
    name: Text
    kind: Text
    article: str
    to_be_confirmed: bool
    to: str
    series: str | None
    seal: bool
    signs: tuple[str, ...]
    also: tuple[str, ...]
    edition: EditionRow | None
