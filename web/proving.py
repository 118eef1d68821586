"""A proof in a process of its own, so that twenty seconds of arithmetic slow nobody down, and whoever goes away stops it.

`python -m web.proving` reads a packed bundle from its input and writes a line of JSON for every hundred states, then the findings.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from threading import BoundedSemaphore
from typing import Any

from workflows.contracts import Finding
from workflows.engine.bundle import pack
from workflows.errors import OneCaseError

AT_ONCE = BoundedSemaphore(2)
"""Proofs of one web process at the same time."""
EVERY = 100
"""States from one line of progress to the next."""


class ProverBusy(OneCaseError):
    """Others are proving just now."""

    status = 503
    code = "prover_busy"

    def __init__(self) -> None:
        super().__init__("正在进行其他路径验证，请稍后再试。", "Other proofs are under way; try again in a moment.")


class ProofFailed(OneCaseError):
    """The proof ended without an answer."""

    status = 500
    code = "proof_failed"

    def __init__(self) -> None:
        super().__init__(
            "路径验证没有完成，请重试；仍然失败的，请联系管理员。", "The proof did not end; try again, or tell the administrator."
        )


def proofs(files: Mapping[str, bytes]) -> Iterator[int | tuple[Finding, ...]]:
    """The number of states looked at, again and again, and at the end the findings. Closing the iterator stops the proof.

    Raises ProverBusy and ProofFailed.
    """
    if not AT_ONCE.acquire(blocking=False):
        raise ProverBusy
    try:
        with subprocess.Popen([sys.executable, "-m", "web.proving"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as prover:
            try:
                yield from _told(prover, pack(files)[1])
            finally:
                prover.kill()
    finally:
        AT_ONCE.release()


def apart(files: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """What is wrong on the paths of a checked bundle, found in a process of its own. Raises ProverBusy and ProofFailed."""
    for said in proofs(files):
        if not isinstance(said, int):
            return said
    raise ProofFailed


def _told(prover: subprocess.Popen[bytes], content: bytes) -> Iterator[int | tuple[Finding, ...]]:
    if prover.stdin is None or prover.stdout is None:
        raise ProofFailed
    prover.stdin.write(content)
    prover.stdin.close()
    for line in prover.stdout:
        told = json.loads(line)
        if "findings" in told:
            yield tuple(Finding.read(one) for one in told["findings"])
            return
        yield int(told["states"])
    raise ProofFailed


def main() -> None:
    """Prove the bundle on the input."""
    from web.assemble import desk_without_database  # noqa: PLC0415 - only the process of its own needs handlers
    from workflows import proofs as verbs  # noqa: PLC0415
    from workflows.engine.bundle import unpack  # noqa: PLC0415

    def say(told: Mapping[str, Any]) -> None:
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        sys.stdout.flush()

    files = unpack(sys.stdin.buffer.read())
    found = verbs.prove(desk_without_database(), files, lambda states: say({"states": states}) if states % EVERY == 0 else None)
    say({"findings": [asdict(finding) for finding in found]})


if __name__ == "__main__":
    main()
