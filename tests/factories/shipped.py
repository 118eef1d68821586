"""Walks of the processes that ship, with their real services, each begun as if the stages before it had been there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from handlers import TABLE
from tests.factories.routing import files_of
from tests.factories.walks import Walk
from workflows.engine.bundle import Bundle, read_bundle
from workflows.facts import Facts

LEAD = "qinglan-health"
TAKES_PART = {
    "receiving": "qinglan-health", "member": "qinglan-amr", "superior": "yunhai-health", "issuer": "yunhai-gov", "addressee": "qinglan-health",
}  # fmt: skip
ALREADY = {
    "members": ["qinglan-amr", "qinglan-mpa"],
    "investigators": ["qinglan-health", "qinglan-amr"],
    "feedback_to": ["qinglan-amr"],
    "matter": "illegal_practice",
    "lead_candidate": "qinglan-health",
}
"""What the stages before a process have left when it is walked alone."""
FROM_NOTHING = frozenset({"joint_case"})
"""Processes that begin with the first clue: nothing came before, and only the receiving agency takes part."""


@cache
def bundle(name: str) -> Bundle:
    """A shipped bundle, parsed once."""
    return read_bundle(files_of(name))


def walk_of(name: str, process: str = "", before: Mapping[str, Any] | None = None, *, lead: str = LEAD, saving: bool = False) -> Walk:
    """A case of the bundle's `process` (its main one) at its beginning; `before` are further facts of earlier stages."""
    first = (process or bundle(name).process) in FROM_NOTHING
    takes_part = {"receiving": TAKES_PART["receiving"]} if first else {**TAKES_PART, "lead": lead}
    facts = {} if first else {**ALREADY, **(before or {})}
    services = {key: service.call for key, service in TABLE.items()}
    return Walk.of(bundle(name), services, process=process, takes_part=takes_part, facts=Facts({"": dict(facts)}), saving=saving)
