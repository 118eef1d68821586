"""The path oracle and an independent token game (`brute_force`) come to the same on 200 small random diagrams, half of them damaged.

They agree on: which process can wait for ever, whether a case can go round for ever, what no path comes to, what can be under way twice, and which
steps under way at the same time write the same fact. Left out are diagrams that the check of the files refuses for something that SpiffWorkflow
executes otherwise than BPMN says; deadlocks and missing joins that it refuses too are in.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

import pytest

from tests.oracle.brute_force import Drawing, Game
from tests.oracle.measuring import desk, errors, judged
from tests.oracle.random_diagrams import WRITES, Drawer, files_of
from workflows.engine.bundle import read_bundle
from workflows.oracle.proving import Oracle

EXECUTED_ALL_THE_SAME = {
    "parallel_block", "join_unbalanced", "branch_leaves_block", "branch_misses_join", "unreachable", "road_beside_comes_back", "condition_unknown_fact",
}  # fmt: skip
"""What the check of the files refuses although the engine does what BPMN says."""
WANTED = 200
SMALL = 24
"""Elements."""


@dataclass(frozen=True)
class Verdict:
    """What is said of a diagram."""

    deadlocks: frozenset[str]
    never_ends: bool
    never: frozenset[tuple[str, str]]
    twice: frozenset[tuple[str, str]]
    lost: frozenset[tuple[str, frozenset[str]]]


SOUND = Verdict(frozenset(), never_ends=False, never=frozenset(), twice=frozenset(), lost=frozenset())


def unfit(processes: dict[str, str]) -> set[str]:
    """Why the diagram is left out: it is not small, or the check finds what the engine is known not to do as the picture says."""
    drawing = Drawing(processes, WRITES)
    if drawing.size() > SMALL:
        return {"not small"}
    if drawing.spins():
        return {"gateways alone make a circle"}
    found = {finding.rule for finding in errors(judged(files_of(processes), paths=False))}
    # The engine drops what is not reached in silence, so that a join no longer waits for it.
    return found - EXECUTED_ALL_THE_SAME | (found & {"unreachable"} if drawing.joins() else set())


def by_brute_force(processes: dict[str, str]) -> Verdict:
    drawing = Drawing(processes, WRITES)
    seen = Game(drawing).play()
    lost = {
        (process, pair)
        for process, pair in seen.together
        for one, other in [tuple(pair)]
        if drawing.written_by(process, one, seen.visited) & drawing.written_by(process, other, seen.visited)
    }
    called = {process for process, _ in seen.visited}
    never = {place for place in drawing.elements() if place not in seen.visited and place[0] in called}
    return Verdict(frozenset(seen.deadlocks), seen.livelock, frozenset(never), frozenset(seen.twice), frozenset(lost))


def by_the_oracle(processes: dict[str, str]) -> Verdict:
    proof = Oracle(read_bundle(files_of(processes)), services=desk().services).prove()
    assert not proof.bounded
    found = [fault for fault, _ in proof.faults]
    assert {fault.rule for fault in found} <= {"waits_for_ever", "never_ends", "twice", "lost_update"}
    return Verdict(
        frozenset(fault.process for fault in found if fault.rule == "waits_for_ever"),
        any(fault.rule == "never_ends" for fault in found),
        frozenset(proof.never),
        frozenset((fault.process, fault.element) for fault in found if fault.rule == "twice"),
        frozenset((fault.process, frozenset({fault.element, fault.detail[0]})) for fault in found if fault.rule == "lost_update"),
    )


def compared(first: int, wanted: int) -> list[Verdict]:
    """The verdicts on the first diagrams from the seed `first` on that the engine executes as BPMN says."""
    found: list[Verdict] = []
    for seed in count(first):
        if len(found) == wanted:
            return found
        processes = Drawer(seed).bundle()
        if not unfit(processes):
            found.append(by_brute_force(processes))
            assert by_the_oracle(processes) == found[-1], f"seed {seed}:\n" + "\n---\n".join(processes.values())
    raise AssertionError


@pytest.mark.parametrize("quarter", range(4))
def test_the_oracle_and_brute_force_come_to_the_same(quarter):
    found = compared(quarter * 1_000, WANTED // 4)
    assert sum(bool(one.deadlocks) for one in found) >= 3
    assert sum(bool(one.lost) for one in found) >= 3
    assert sum(bool(one.never) for one in found) >= 10
    assert any(one == SOUND for one in found)


@pytest.mark.slow
@pytest.mark.parametrize("first", [10_000, 20_000, 30_000, 40_000])
def test_on_many_more_diagrams_too(first):
    found = compared(first, 250)
    assert any(one.never_ends for one in found)
    assert any(one.twice for one in found)
