"""Our elements predict nothing; they go the same way as SpiffWorkflow's own, and their tree does not grow with the diagram."""

from __future__ import annotations

from random import Random

import pytest
from SpiffWorkflow.bpmn.parser.event_parsers import EndEventParser, StartEventParser
from SpiffWorkflow.bpmn.parser.task_parsers import ConditionalGatewayParser, GatewayParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs.defaults import (
    CallActivity,
    EndEvent,
    ExclusiveGateway,
    ParallelGateway,
    StartEvent,
    SubWorkflowTask,
    UserTask,
)
from SpiffWorkflow.util.task import TaskState

from tests.engine.models import FORMS, LIBRARY, MODELS, SERVICES, files_of, model, move
from tests.engine.test_round_trip import SEED, compare
from tests.factories.diagrams import bundle, diagram
from tests.factories.walks import Walk
from workflows.engine import bundle as bundles
from workflows.engine.bundle import read_bundle
from workflows.engine.elements import Lazy
from workflows.engine.parsing import BranchingCallParser, BranchingSubprocessParser, BranchingTaskParser, DialectParser
from workflows.facts import Facts


class StockParser(DialectParser):
    """Our dialect on SpiffWorkflow's own elements, but for services and branches, which it has none of that would do."""

    OVERRIDE_PARSER_CLASSES = {  # noqa: RUF012
        **DialectParser.OVERRIDE_PARSER_CLASSES,
        full_tag("startEvent"): (StartEventParser, StartEvent),
        full_tag("endEvent"): (EndEventParser, EndEvent),
        full_tag("exclusiveGateway"): (ConditionalGatewayParser, ExclusiveGateway),
        full_tag("parallelGateway"): (GatewayParser, ParallelGateway),
        full_tag("userTask"): (BranchingTaskParser, UserTask),
        full_tag("callActivity"): (BranchingCallParser, CallActivity),
        full_tag("subProcess"): (BranchingSubprocessParser, SubWorkflowTask),
    }


class StockWalk(Walk):
    """A walk on them, moved by SpiffWorkflow's own loop; what is done is what the tree says, which forgets nothing."""

    def __post_init__(self):
        super().__post_init__()
        self.running._settle = self.running._workflow.do_engine_steps

    def look(self):
        tree = self.running._workflow
        tree.done.clear()
        for part in self.running._parts():
            for task in part.tasks.values():
                if task.state == TaskState.COMPLETED and task.task_spec.bpmn_id is not None:
                    tree.has_done(task)
        return super().look()


def stock(files, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(bundles, "DialectParser", StockParser)
        return read_bundle(files)


@pytest.mark.parametrize("run", range(8))
@pytest.mark.parametrize("name", MODELS)
def test_our_elements_go_the_way_of_the_stock_ones(name, run, monkeypatch):
    print(f"ONECASE_FUZZ_SEED={SEED}")
    other = StockWalk(stock(files_of(name), monkeypatch), SERVICES, facts=Facts())
    compare(model(name).walk(), other, move, SEED + run, must_end=True)


def test_no_element_of_ours_is_left_to_predict():
    for name in LIBRARY:
        for spec in model(name).bundle.specs.values():
            drawn = [task_spec for task_spec in spec.task_specs.values() if task_spec.bpmn_id is not None]
            assert all(isinstance(task_spec, Lazy) for task_spec in drawn), [type(task_spec) for task_spec in drawn]


def staged(stages: int) -> dict[str, bytes]:
    """`stages` parallel blocks of five, one after the other, each in its own subprocess."""
    lines, road = ["start s", "end e"], ["s"]
    for stage in range(stages):
        tasks = [f"t{stage}_{number}" for number in range(5)]
        lines += [
            f"sub stage{stage} {{",
            f"start s{stage}",
            f"and split{stage}",
            f"and join{stage}",
            f"end e{stage}",
            f"s{stage} > split{stage}",
        ]
        lines += (
            [f"user {task} form=plain" for task in tasks]
            + [f"split{stage} > {task} > join{stage}" for task in tasks]
            + [f"join{stage} > e{stage}", "}"]
        )
        road.append(f"stage{stage}")
    return bundle("main", {"main": diagram("main", "\n".join([*lines, " > ".join([*road, "e"])]))}, forms=FORMS)


def most_tasks(files) -> int:
    walk = Walk(read_bundle(files), SERVICES)
    chance, most = Random(1), 0
    while walk.waits():
        most = max(most, sum(len(part.tasks) for part in walk.running._parts()))
        walk.answer(*move(walk, chance))
    assert walk.running.closed
    return most


def flat(stages: int) -> dict[str, bytes]:
    """The same without subprocesses: our check refuses it, the engine would run it."""
    lines, road = ["start s", "end e"], "s"
    for stage in range(stages):
        lines += [f"and split{stage}", f"and join{stage}", f"{road} > split{stage}"]
        for number in range(5):
            lines += [f"user t{stage}_{number} form=plain", f"split{stage} > t{stage}_{number} > join{stage}"]
        road = f"join{stage}"
    return bundle("main", {"main": diagram("main", "\n".join([*lines, f"{road} > e"]))}, forms=FORMS)


def at_the_start(read) -> int:
    return sum(len(part.tasks) for part in Walk(read, SERVICES).running._parts())


def test_branches_behind_branches_are_not_predicted(monkeypatch):
    assert at_the_start(stock(flat(3), monkeypatch)) > 500
    assert at_the_start(read_bundle(flat(3))) < 12


def test_the_tree_of_a_staged_case_grows_by_stages_and_not_by_their_powers():
    one, four = most_tasks(staged(1)), most_tasks(staged(4))
    assert four < 5 * one, (one, four)
    assert four < 100
