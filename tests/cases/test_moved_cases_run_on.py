"""A joint case is somewhere, a version is published in which a step came or went: where it may move, it moves and goes on to work.

Random courses with the real services and gates (`Anybody`), random edits of any of the bundle's diagrams. What the judgement lets move
is never stuck and never stops the engine, whatever people do then.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from random import Random

import pytest

from tests.cases.test_no_road_to_a_forbidden_fine import classified
from tests.factories.anybody import Anybody, plausible
from tests.factories.diagrams import form
from tests.factories.routing import files_of
from workflows.case_migration.judging import judge, tried, verdict
from workflows.contracts import Text
from workflows.engine.bundle import Bundle, read_bundle
from workflows.engine.diagram import ONECASE
from workflows.errors import OneCaseError
from workflows.picture.redrawing import Sheet
from workflows.repairs.flows import bypass_step

QUICK, LONG = 25, 600
BEFORE, AFTER = 40, 30
"""Things that are tried before the version comes, at most, and after it."""
NEW_FORM = form("said_in_the_new_version")


@cache
def sources() -> dict[str, bytes]:
    return files_of("joint_case")


def edited(chance: Random) -> Bundle | None:
    """The bundle with one user task more or less; None where the edit does not go."""
    files = dict(sources())
    path = chance.choice(sorted(path for path in files if path.endswith(".bpmn")))
    sheet = Sheet(files[path])
    if chance.random() < 0.5:
        tasks = [one.id for one in sheet.diagram.elements.values() if one.kind == "userTask"]
        if not tasks:
            return None
        try:
            bypass_step(sheet, chance.choice(tasks))
        except LookupError:
            return None
    else:
        flow = chance.choice(sheet.diagram.flows)
        lane = sheet.diagram.elements[flow.target].lane
        if sheet.diagram.elements[flow.source].kind.endswith("Gateway") or lane is None or sheet.diagram.elements[flow.target].within:
            return None
        step = sheet.add_step("userTask", flow.target, Text("新增步骤", "A new step"))
        sheet.node(step).set(f"{ONECASE}form", "new_step")
        sheet.lead(flow.id, target=step)
        sheet.add_flow(step, flow.target)
        files["forms/new_step.form"] = NEW_FORM
    files[path] = sheet.content()
    return read_bundle(files)


def something_happens(case: Anybody, chance: Random) -> None:
    waiting = case.walk.people()
    if not waiting:
        return
    number = chance.randrange(len(waiting))
    able = case.able(waiting[number])
    if not able:
        return
    try:
        case.complete(number, chance.choice(able), plausible(case, waiting[number], chance))
    except OneCaseError:
        return  # what a gate or a form refuses leaves the case as it was


def course(chance: Random, happened: Counter[str]) -> None:
    new = edited(chance)
    if new is None:
        return
    case = classified(chance.choice(("both", "crime", "administrative"))).again()
    for _ in range(chance.randrange(BEFORE)):
        something_happens(case, chance)
    running = case.walk.running
    if running.closed:
        return
    facts = {name for known in case.walk.known().values() for name in known}
    reasons = judge(case.walk.bundle, new, running.standing(), facts, {})
    happened[verdict(reasons)] += 1
    if verdict(reasons) == "blocked" or any(reason.rule == "fact_unsaid" for reason in reasons):
        return  # the latter would stop where the fact is read, which is what somebody has to decide
    copy, refused = tried(running, new)
    assert refused is None, refused
    assert copy is not None
    case.walk.bundle, case.walk.running = new, copy
    for _ in range(AFTER):
        something_happens(case, chance)
        assert not copy.stuck, "the move has led the case into a dead end"
    happened["closed on the new version"] += copy.closed


def run(courses: int) -> Counter[str]:
    happened: Counter[str] = Counter()
    for seed in range(courses):
        course(Random(seed), happened)
    return happened


def test_what_may_move_goes_on_and_what_may_not_is_found():
    happened = run(QUICK)
    assert min(happened["moves"], happened["blocked"], happened["decide"]) > 0, happened


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_six_hundred_of_them_do():
    happened = run(LONG)
    print(dict(happened))
    assert min(happened["moves"], happened["blocked"], happened["decide"], happened["closed on the new version"]) > 0, happened
