"""Our join predicts less than SpiffWorkflow's own; it goes the same way, and does not grow with the diagram."""

from __future__ import annotations

from random import Random

import pytest
from SpiffWorkflow.bpmn.parser.task_parsers import GatewayParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs.defaults import ParallelGateway

from tests.engine.models import FORMS, MODELS, SERVICES, files_of, model, move
from tests.engine.test_round_trip import SEED, compare
from tests.factories.diagrams import bundle, diagram
from tests.factories.walks import Walk
from workflows.engine import bundle as bundles
from workflows.engine.bundle import read_bundle
from workflows.engine.elements import DialectParser
from workflows.facts import Facts


class StockParser(DialectParser):
    """Our dialect with SpiffWorkflow's own parallel gateway."""

    OVERRIDE_PARSER_CLASSES = {**DialectParser.OVERRIDE_PARSER_CLASSES, full_tag("parallelGateway"): (GatewayParser, ParallelGateway)}  # noqa: RUF012


def stock(files, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(bundles, "DialectParser", StockParser)
        return read_bundle(files)


WITH_JOINS = [name for name in MODELS if "and join" in MODELS[name]["main"] or "and oj" in MODELS[name]["main"]]


@pytest.mark.parametrize("run", range(8))
@pytest.mark.parametrize("name", WITH_JOINS)
def test_the_lazy_join_goes_the_way_of_the_stock_one(name, run, monkeypatch):
    print(f"ONECASE_FUZZ_SEED={SEED}")
    other = Walk(stock(files_of(name), monkeypatch), SERVICES, facts=Facts())
    compare(model(name).walk(), other, move, SEED + run, must_end=True)


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


def test_the_lazy_join_does_not_predict_the_branches_behind_the_branches(monkeypatch):
    assert at_the_start(stock(flat(3), monkeypatch)) > 500
    assert at_the_start(read_bundle(flat(3))) < 30


def test_the_tree_of_a_staged_case_grows_by_stages_and_not_by_their_powers():
    one, four = most_tasks(staged(1)), most_tasks(staged(4))
    assert four < 5 * one, (one, four)
    assert four < 100
