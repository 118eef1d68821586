"""What is said of a bundle: by the check that people run, and by the oracle alone where the check already refuses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from tests.engine.models import PROVIDES
from web.assemble import desk_without_database
from workflows import diagrams
from workflows.contracts import Finding, HandlerResult, Service, Text
from workflows.desk import Desk
from workflows.engine.bundle import read_bundle
from workflows.gates import ENSURED
from workflows.oracle.judging import judge


@cache
def desk() -> Desk:
    """A desk that knows the services of what ships and those of the small models."""
    shipped = desk_without_database()
    small = {key: Service(lambda _: HandlerResult(), Text(key), provides) for key, provides in PROVIDES.items()}
    return replace(shipped, services={**shipped.services, **small})


def judged(files: Mapping[str, bytes], *, paths: bool = True) -> tuple[Finding, ...]:
    """What `onecase check --paths` says."""
    return diagrams.check(desk(), files, paths=paths)


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Those that forbid publishing."""
    return [finding for finding in findings if finding.severity == "error"]


def said_by_the_oracle(files: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """What the oracle says, whatever the check of the files thinks of it."""
    binding = frozenset(rule.id for rule in desk().rules.rules.values() if rule.binds == "agency")
    return judge(read_bundle(files), desk().services, ENSURED, binding, lambda _: None)
