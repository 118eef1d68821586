"""Everything hostile that was thought of: what it is, how it is made, and how the check names its refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Files = dict[str, bytes]


@dataclass(frozen=True)
class Hostile:
    """A hostile bundle."""

    kind: str
    """What somebody wants with it, in the words of the page that is made of this."""
    make: Callable[[], Files]
    rules: str
    """The check's rules of which one refuses it, with `|` between; '' for what is harmless text, shown as it is written."""
    kept: bool = True
    """Whether a draft may hold it: as text that is not finished or not right."""


LIBRARY: dict[str, Hostile] = {}


def hostile(kind: str, rules: str, made: Mapping[str, Callable[[], Files]], *, kept: bool = True) -> None:
    """Enter these into the library."""
    for name, make in made.items():
        assert name not in LIBRARY, name
        LIBRARY[name] = Hostile(kind, make, rules, kept)
