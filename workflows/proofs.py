"""What the path oracle said of a bundle, kept by content: a bundle is gone on every path once, and again when the program means something else.

The proof rests on the bundle's files and on what the program says of its services, gates and clocks; `grounds` is the hash of that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict

from workflows.contracts import Finding
from workflows.desk import Desk
from workflows.engine.bundle import pack, read_bundle
from workflows.gates import ENSURED
from workflows.oracle.judging import judge
from workflows.records import PathProof

ORACLE = 1
"""Counted on when the oracle looks for more, or says it in other words."""


def prove(desk: Desk, files: Mapping[str, bytes], watch: Callable[[int], None] = lambda _: None) -> tuple[Finding, ...]:
    """What is wrong on the paths of a bundle that the check has no error in. Nothing is stored.

    `watch` is told the number of states looked at so far, and may raise to stop.
    """
    return judge(read_bundle(files), desk.services, ENSURED, _binding(desk), watch)


def verdict(desk: Desk, files: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """What is wrong on the paths of a checked bundle, looked up or proved now.

    It is not kept here: whoever asks publishes next, and that is one transaction (an Idempotency-Key is done with the first).
    """
    found = known(desk, files)
    if found is not None:
        return found
    return desk.prover(files) if desk.prover else prove(desk, files)


def known(desk: Desk, files: Mapping[str, bytes]) -> tuple[Finding, ...] | None:
    """What was found on the paths of this very bundle, None when nobody has looked yet."""
    with desk.database.reading() as session:
        row = session.get(PathProof, (pack(files)[0], grounds(desk)))
        return None if row is None else tuple(Finding.read(one) for one in row.findings)


def keep(desk: Desk, files: Mapping[str, bytes], findings: tuple[Finding, ...]) -> None:
    """Keep what was found on the paths of a bundle; whoever was first is kept."""
    key = (pack(files)[0], grounds(desk))
    with desk.database.transaction() as session:
        if session.get(PathProof, key) is None:
            session.add(PathProof(digest=key[0], grounds=key[1], findings=[asdict(finding) for finding in findings], at=desk.now()))


def grounds(desk: Desk) -> str:
    """The hash (SHA-256, hex) of what a proof takes from the program: services, what gates ensure, the clocks that bind an agency."""
    services = {
        key: [sorted(service.provides), sorted(service.joins), sorted((fact, list(values)) for fact, values in service.values.items())]
        for key, service in desk.services.items()
    }
    return hashlib.sha256(json.dumps([ORACLE, services, ENSURED, sorted(_binding(desk))], sort_keys=True).encode()).hexdigest()


def _binding(desk: Desk) -> frozenset[str]:
    return frozenset(rule.id for rule in desk.rules.rules.values() if rule.binds == "agency")
