"""A bundle judged: proved on every path, what was found said in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workflows.contracts import Finding, Service
from workflows.engine.bundle import Bundle
from workflows.oracle.proving import MAX_STATES, Oracle
from workflows.oracle.rules import read_rules
from workflows.oracle.telling import findings_of


def judge(
    bundle: Bundle, services: Mapping[str, Service], binding: frozenset[str], watch: Callable[[int], None], *, most: int = MAX_STATES
) -> tuple[Finding, ...]:
    """What is wrong on the paths of `bundle`, empty when nothing is.

    `binding`: the clocks that bind an agency, so that a case should not end while one runs. `watch` is told the number of states and may
    raise to stop; beyond `most` states the proof ends and says so.
    """
    rules = read_rules(bundle.files)
    proof = Oracle(bundle, services=services, rules=rules, obligations=binding, watch=watch, most=most).prove()
    return findings_of(proof, bundle, rules)
