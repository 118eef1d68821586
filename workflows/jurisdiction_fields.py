"""Reading one value of a jurisdiction file: what is there and of the right kind, or an error that names file and key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workflows.contracts import Text
from workflows.vocabulary import FUNCTIONS


@dataclass(frozen=True)
class Reader:
    """Where in which file something is read. `wrong(file, key, why)` makes the error to raise."""

    file: str
    wrong: Callable[[str, str, str], Exception]
    where: str = ""

    def at(self, where: str) -> Reader:
        """The same file, further in."""
        return replace(self, where=where)

    def mapping(self, value: Any, key: str) -> Mapping[str, Any]:
        """`value`, which is a mapping with words for keys."""
        if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
            raise self.wrong(self.file, self._key(key), "is no mapping")
        return value

    def rows(self, row: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
        """The list of mappings under `key`; none when it is left out."""
        found = row.get(key, [])
        if not isinstance(found, list):
            raise self.wrong(self.file, self._key(key), "is no list")
        return [self.mapping(one, f"{key}[{number}]") for number, one in enumerate(found)]

    def text(self, row: Mapping[str, Any], key: str) -> str:
        """The words under `key`, which must be there."""
        found = row.get(key)
        if not isinstance(found, str) or not found.strip():
            raise self.wrong(self.file, self._key(key), "is missing or no text")
        return found

    def words(self, row: Mapping[str, Any], key: str) -> Text:
        """`key` and `key_en`, both of which must be there."""
        return Text(self.text(row, key), self.text(row, f"{key}_en"))

    def one_of(self, row: Mapping[str, Any], key: str, allowed: Iterable[str]) -> str:
        """The word under `key`, one of those allowed."""
        found = self.text(row, key)
        if found not in allowed:
            raise self.wrong(self.file, self._key(key), f"{found!r} is none of {', '.join(allowed)}")
        return found

    def function(self, row: Mapping[str, Any], key: str) -> str:
        """The function of agencies (HEALTH, PSB …) under `key`."""
        return self.one_of(row, key, sorted(FUNCTIONS))

    def function_list(self, row: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """The list of functions under `key`."""
        found = row.get(key, [])
        if not isinstance(found, list):
            raise self.wrong(self.file, self._key(key), "is no list")
        return tuple(self.function({key: one}, key) for one in found)

    def functions(self, row: Mapping[str, Any], key: str) -> dict[str, str]:
        """Functions by function under `key`."""
        found = self.mapping(row.get(key, {}), key)
        return {self.function({key: one}, key): self.function({key: other}, key) for one, other in found.items()}

    def only(self, row: Mapping[str, Any], known: Iterable[str]) -> None:
        """Refuse a key that nobody reads: it is misspelt."""
        if unknown := sorted(set(row) - set(known)):
            raise self.wrong(self.file, self._key(unknown[0]), "is a key that nobody reads")

    def _key(self, key: str) -> str:
        return ".".join(part for part in (self.where, key) if part)
