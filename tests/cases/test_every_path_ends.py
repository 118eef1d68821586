"""Every outcome of every gateway of every shipped process, walked on the real engine with the real handlers: all of them end.

Each process is walked alone through every combination of the answers that route it, each loop taken at most once; then the main
road is walked with every combination of its stages' exits. No run is ever stuck, and together they visit every element and
every flow of every diagram. Clocks are no part of these walks because they never move a case (`test_clock_runs_out`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from SpiffWorkflow.util.task import TaskState

from handlers import TABLE
from tests.factories.routing import elements_and_flows, files_of, outcomes
from tests.factories.walks import Walk
from workflows.engine.bundle import Bundle, read_bundle
from workflows.facts import Facts

BUNDLES = ("joint_case", "supervision")
ROUNDS = 2
"""How often one path may come to the same task of the same branch: a loop is taken not at all or once."""
TAKES_PART = {
    "receiving": "qinglan-health", "lead": "qinglan-health", "member": "qinglan-amr", "superior": "yunhai-health",
    "issuer": "yunhai-gov", "addressee": "qinglan-health",
}  # fmt: skip
Taken = set[tuple[str, str]]
"""(process, element or flow) of everything that tokens went over."""
ALREADY = {
    "members": ["qinglan-amr", "qinglan-mpa"],
    "investigators": ["qinglan-health", "qinglan-amr"],
    "feedback_to": ["qinglan-amr"],
    "matter": "illegal_practice",
    "lead_candidate": "qinglan-health",
}
"""What the stages before a process have left when it is walked alone."""
USUAL = {  # on the main road each stage is represented by the answers that give its exits
    "clue_source": ["routine_check"], "matter": ["illegal_practice"], "receipt": ["accepted"], "opinion": ["agree"], "plan_decision": ["approve"],
    "finding": ["violation"], "crime_signs": ["yes"], "legal_opinion": ["pass"], "fine_amount": [0], "penalties": [["warning"]],
    "lead_answer": ["accept"], "reconsideration": ["file", "uphold"], "objection_handling": ["overrule"],
}  # fmt: skip


@cache
def bundle(name: str) -> Bundle:
    return read_bundle(files_of(name))


def services():
    return {key: service.call for key, service in TABLE.items()}


def paths(
    walk: Walk,
    *,
    usual: dict | None = None,
    rounds: int = ROUNDS,
    begin: tuple[int, ...] = (0, -1),
    seen: Counter | None = None,
    taken: Taken | None = None,
) -> Iterator[tuple[Walk, Taken]]:
    """Every path to its end, and what it went over; where several people are waited for at once, the first and the last of them begin."""
    seen, taken = seen or Counter(), taken or flows_taken(walk)
    assert not walk.running.stuck, f"stuck: {walk.look()}"
    waiting = walk.people()
    if not waiting:
        assert walk.running.closed, f"nobody is waited for, and it is not over: {walk.look()}"
        yield walk, taken
        return
    for number in sorted({first % len(waiting) for first in begin}):
        token = waiting[number]
        key = (token.process, token.element.id, token.branch)
        if seen[key] >= rounds:
            continue
        for answers in outcomes(walk.bundle, token.element):
            if usual and any(value not in usual[fact] for fact, value in answers.items() if fact in usual):
                continue
            further = walk.fork()
            further.answer(number, answers)
            over = taken | flows_taken(further)
            yield from paths(further, usual=usual, rounds=rounds, begin=begin, seen=seen + Counter([key]), taken=over)


def flows_taken(walk: Walk) -> Taken:
    """Elements and flows that the last step went over: an element's completed children say which flow was taken."""
    home = walk.bundle.homes
    found: Taken = set()
    for part in walk.running._parts():
        process = home[part.spec.name]
        diagram = walk.bundle.diagrams[process]
        for task in part.tasks.values():
            element = getattr(task.task_spec, "bpmn_id", None)
            if element not in diagram.elements or not task.has_state(TaskState.COMPLETED):
                continue
            found.add((process, element))
            entered = {getattr(child.task_spec, "bpmn_id", None) for child in task.children}
            found |= {(process, flow.id) for flow in diagram.outgoing(element) if flow.target in entered}
    return found


def walk_of(name: str, process: str) -> Walk:
    whole = process == bundle(name).process
    takes_part = {"receiving": TAKES_PART["receiving"]} if whole and name == "joint_case" else TAKES_PART
    facts = {} if whole else ALREADY
    return Walk.of(bundle(name), services(), process=process, takes_part=takes_part, facts=Facts({"": dict(facts)}))


PROCESSES = [(name, process) for name in BUNDLES for process in bundle(name).diagrams]


@pytest.mark.parametrize(("name", "process"), PROCESSES, ids=[process for _, process in PROCESSES])
def test_every_path_ends_and_together_they_go_over_every_element_and_flow(name, process):
    everything = {pair for pair in elements_and_flows(bundle(name)) if pair[0] == process}
    main = process == "joint_case"
    found: Taken = set()
    count = 0
    for begin in [(0,), (-1,)] if main else [(0, -1)]:
        for path, taken in paths(walk_of(name, process), usual=USUAL if main else None, rounds=1 if main else ROUNDS, begin=begin):
            assert path.running.closed
            assert path.waits() == []
            count += 1
            found |= taken
    assert count > 0
    assert everything - found == set(), "no path goes here"


def test_a_diagram_with_a_dead_end_would_be_found():
    """The walk itself can fail: a condition that nothing satisfies leaves the case at the gateway, and the walk says so."""
    files = files_of("supervision")
    files["supervision.bpmn"] = files["supervision.bpmn"].replace(b'assessment == "satisfied"', b'assessment == "never"')
    lost = Walk.of(read_bundle(files), services(), takes_part=TAKES_PART)
    ends = list(paths(lost))
    assert ends == [], "only the loop is left, and no path of it ends"
