"""A bundle judged: proved on every path, what was found said in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workflows.contracts import Finding, Service
from workflows.engine.bundle import Bundle
from workflows.oracle.proving import MAX_STATES, Oracle
from workflows.oracle.rules import RULES_FILE, RuleError, read_rules
from workflows.oracle.telling import findings_of


def judge(
    bundle: Bundle,
    services: Mapping[str, Service],
    ensured: Mapping[str, str],
    binding: frozenset[str],
    watch: Callable[[int], None],
    *,
    most: int = MAX_STATES,
) -> tuple[Finding, ...]:
    """What is wrong on the paths of `bundle`, empty when nothing is.

    `ensured`: gate → the condition that holds whenever a step has passed it. `binding`: the clocks that bind an agency, so that a case should not end while one runs. `watch` is told the number of states and may
    raise to stop; beyond `most` states the proof ends and says so.
    """
    rules = read_rules(bundle.files)
    proof = Oracle(bundle, services=services, rules=rules, ensured=ensured, obligations=binding, watch=watch, most=most).prove()
    return findings_of(proof, bundle, rules)


def unreadable(files: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """What is wrong with the rules files of a bundle as files."""
    try:
        read_rules(files)
    except RuleError as error:
        return (Finding("error", "rules_unreadable", "", error.zh, error.en, RULES_FILE),)
    return ()
