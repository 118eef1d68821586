"""Runs that are kept beside a diagram are replayed at each check, and say where they no longer fit."""

from __future__ import annotations

from datetime import datetime

import pytest

from handlers import TABLE
from tests.factories.routing import files_of
from workflows.engine.bundle import read_bundle
from workflows.trying.scenarios import ScenarioFailed, begin, findings, read_scenario, run
from workflows.working_days import CHINA

NOW = datetime(2026, 3, 2, 9, tzinfo=CHINA)
SERVICES = {key: service.call for key, service in TABLE.items()}
PATH = "scenarios/extension.yaml"


@pytest.fixture
def files():
    return files_of("supervision")


def found(files, old="", new=""):
    changed = files[PATH].decode().replace(old, new) if old else files[PATH].decode()
    assert not old or changed != files[PATH].decode()
    return list(findings({**files, PATH: changed.encode()}, SERVICES, NOW))


def test_the_scenarios_that_ship_run(files):
    assert found(files) == []


def test_a_scenario_says_what_it_went_over(files):
    scenario = read_scenario(PATH, files[PATH])
    over = run(scenario, begin(scenario, read_bundle(files), SERVICES, NOW))
    assert ("supervision", "decide_extension") in over
    assert ("supervision", "hold_talk") not in over


@pytest.mark.parametrize(
    ("old", "new", "said", "element"),
    [
        ("do: decide_extension", "do: hold_talk", "此时没有等待办理", "hold_talk"),
        ("reply_kind: extension", "reply_kind: nonsense", "请从给出的选项中选择", "reply_order"),
        ("closed: true", "closed: false", "案件已办结", ""),
        ("assessment: satisfied}}", "assessment: again}}", "应为 'again'", ""),
        ("closed: true", "waits: [reply_order]", "等待的是 []", ""),
        ("receiving: HEALTH", "receiving: NOBODY", "没有可作为", ""),
        ("do: receive_order", "expire: receive_order", "此时没有等待办理", "receive_order"),
        ("do: receive_order", "report: 无人等待的消息, was", "无法进行", ""),
    ],
)
def test_a_scenario_that_does_not_fit_is_an_error_on_the_step(files, old, new, said, element):
    (finding,) = found(files, old, new)
    assert (finding.severity, finding.rule, finding.file, finding.element) == ("error", "scenario_failed", PATH, element)
    assert said in finding.message


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 400_000,
        b"steps: 5",
        b"[",
        b"name: x\nsteps: [{}]",
        b"name: x\nsteps: []\nthen: 5",
        b"\xff",
        b"name: x\nsteps: " + b"[" * 3000,
    ],
)
def test_a_file_that_is_no_scenario_is_said_so(content):
    with pytest.raises(ScenarioFailed):
        read_scenario(PATH, content)
