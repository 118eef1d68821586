"""The facts of a case during one step, by branch.

Conditions, handlers and forms read facts from here and never from the engine's data: the engine keeps only the branch a
token is in, so a parallel join has nothing to lose (engine-facts §0.2, decision 0002).
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from typing import Any

WHOLE_CASE = ""


class Facts:
    """Facts by branch. A branch sees the facts of the branches around it; `changed` is what this step wrote."""

    def __init__(self, stored: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        """Start from what is stored: branch → name → value."""
        self._by_branch: dict[str, dict[str, Any]] = {branch: dict(facts) for branch, facts in (stored or {}).items()}
        self.changed: set[tuple[str, str]] = set()

    def view(self, branch: str = WHOLE_CASE) -> Mapping[str, Any]:
        """What is known in `branch`: its own facts over those of the branches that enclose it."""
        return ChainMap(*(self._by_branch.get(part, {}) for part in enclosing(branch)))

    def branches(self) -> Mapping[str, Mapping[str, Any]]:
        """Facts of each branch alone, without the whole case's."""
        return {branch: facts for branch, facts in self._by_branch.items() if branch != WHOLE_CASE}

    def recused(self) -> tuple[str, ...]:
        """Usernames of who was recused, in whatever branch: a recusal is one in the whole case (行政处罚法 第四十三条)."""
        found = (facts.get("recused_officers") or () for facts in self._by_branch.values())
        return tuple(dict.fromkeys(username for usernames in found for username in usernames))

    def set(self, branch: str, facts: Mapping[str, Any]) -> None:
        """Write `facts` in `branch`."""
        own = self._by_branch.setdefault(branch, {})
        own.update(facts)
        self.changed.update((branch, name) for name in facts)

    def changes(self) -> Iterator[tuple[str, str, Any]]:
        """(branch, name, value) of everything written since the start."""
        for branch, name in sorted(self.changed):
            yield branch, name, self._by_branch[branch][name]


def enclosing(branch: str) -> list[str]:
    """`a/b` → `a/b`, `a`, and the whole case."""
    parts = branch.split("/") if branch else []
    return ["/".join(parts[:count]) for count in range(len(parts), 0, -1)] + [WHOLE_CASE]
