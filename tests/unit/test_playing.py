"""A played case: days pass, clocks run out and take it along, the law's gates hold, and a run is the same run again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from handlers import TABLE
from tests.engine.event_models import CLOCK, STATUTE
from tests.factories.diagrams import bundle, diagram, form
from workflows.engine.bundle import Bundle, read_bundle
from workflows.trying.coverage import coverage
from workflows.trying.scenarios import ScenarioFailed, scenario_of
from workflows.trying.trial import go
from workflows.working_days import CHINA

NOW = datetime(2026, 3, 2, 9, tzinfo=CHINA)
SERVICES = {key: service.call for key, service in TABLE.items()}
CHOICE = {
    "type": "radio",
    "key": "answer",
    "values": [{"value": one, "label": one} for one in ("yes", "no")],
    "validate": {"required": True},
}


def one(text: str, **forms: bytes) -> Bundle:
    return read_bundle(bundle("main", {"main": diagram("main", text)}, forms={"plain": form(), "choice": form(CHOICE), **forms}))


def go_on(played: Bundle, *steps: Any, move: Any = None, **more: Any) -> dict[str, Any]:
    return go(played, SERVICES, {"steps": list(steps), "move": move, **more}, "zh", NOW)


def waits(told: dict[str, Any]) -> list[str]:
    return [task["element"] for task in told["standing"]["tasks"]]


TIMED = f"""
start s
user a form=plain clock={STATUTE}
boundary late on=a clock={CLOCK}
user b form=plain
xor back
end e
s > a > back
late > b > back
back > e
"""


def test_days_that_pass_let_a_timer_event_take_the_case_along_at_its_own_moment() -> None:
    played = one(TIMED)
    begun = go_on(played)
    rings = next(clock for clock in begun["standing"]["clocks"] if clock["rings"])
    before = go_on(played, move={"wait": rings["days"] - 1})
    after = go_on(played, move={"wait": rings["days"]})
    assert (waits(before), waits(after)) == (["a"], ["b"])
    expired = go_on(played, move={"expire": "late"})
    assert waits(expired) == ["b"]
    assert expired["standing"]["now"] == rings["due"]


def test_the_limit_of_a_task_that_runs_out_is_told_and_the_task_waits_on() -> None:
    played = one(f"start s\nuser a form=plain clock={STATUTE}\nend e\ns > a > e")
    (clock,) = go_on(played)["standing"]["clocks"]
    late = go_on(played, move={"wait": clock["days"]})
    assert waits(late) == ["a"]
    assert [one["rule"] for one in late["standing"]["breached"]] == [STATUTE]
    assert go_on(played, move={"wait": clock["days"] - 1})["standing"]["breached"] == []


def test_a_clock_of_the_whole_case_runs_until_the_step_that_stops_it() -> None:
    played = one(
        f"start s\nuser a form=plain startsClock={STATUTE}\nuser b form=plain stopsClock={STATUTE}\nuser c form=plain\nend e\ns > a > b > c > e"
    )
    assert go_on(played)["standing"]["clocks"] == []
    (clock,) = go_on(played, {"do": "a"})["standing"]["clocks"]
    assert (clock["rule"], clock["of_case"]) == (STATUTE, True)
    assert go_on(played, {"do": "a"}, {"do": "b"})["standing"]["clocks"] == []


def test_news_that_may_come_is_listed_and_goes_on() -> None:
    played = one(
        "start s\nuser a form=plain\nboundary stop on=a message=raid\nuser b form=plain\nxor back\nend e\ns > a > back\nstop > b > back\nback > e"
    )
    (news,) = go_on(played)["standing"]["news"]
    assert waits(go_on(played, move={"report": news["message"]})) == ["b"]
    assert go_on(played, move={"report": "nothing of the kind"})["refused"]["message"]


def test_a_move_is_asked_what_an_officer_is_asked_and_an_old_one_is_taken_as_it_was_written() -> None:
    played = one("start s\nuser a form=choice\nend e\ns > a > e")
    assert set(go_on(played, move={"do": "a"})["refused"]["fields"]) == {"answer"}
    assert go_on(played, move={"do": "a", "answers": {"answer": "yes"}})["standing"]["closed"]
    assert go_on(played, {"do": "a"})["standing"]["closed"]


def test_a_service_that_fails_leaves_the_case_where_it_was() -> None:
    played = one("start s\nuser a form=plain\nservice fails service=fails\nend e\ns > a > fails > e")

    def fails(call: Any) -> Any:
        raise ValueError("broken")

    told = go(played, {"fails": fails}, {"move": {"do": "a"}}, "zh", NOW)
    assert "broken" in told["refused"]["message"]
    assert waits(told) == ["a"]
    assert set(told["standing"]["over"]["main"]) == {"s", "f_s_a"}


def test_the_gate_of_the_law_closes_a_played_step_too() -> None:
    gated = one("start s\nuser a form=pair gate=two_officers officers=2\nend e\ns > a > e", pair=form("second_officer"))
    refused = go_on(gated, move={"do": "a", "answers": {"second_officer": "nobody"}})
    assert "second_officer" in refused["refused"]["fields"]
    assert go_on(gated, move={"do": "a", "answers": {"second_officer": "health.officer2"}})["standing"]["closed"]


def test_a_list_that_the_case_fills_is_offered() -> None:
    pair = {"type": "select", "key": "second_officer", "label": "第二人", "valuesKey": "officers"}
    (task,) = go_on(one("start s\nuser a form=pair officers=2\nend e\ns > a > e", pair=form(pair)))["standing"]["tasks"]
    assert [option["value"] for option in task["data"]["officers"]] == [
        "health.officer2",
        "qinglan-health.officer.丙",
        "qinglan-health.officer.丁",
    ]


def test_an_endless_round_of_clocks_is_refused() -> None:
    played = one(f'start s\nxor back\ncatch t clock={CLOCK}\nxor g\nend e\ns > back > t > g > back\ng > e : answer == "yes"')
    assert go_on(played, move={"wait": 3660})["refused"]
    assert go_on(played, move={"wait": 1})["taken"] == {"wait": 1}


@pytest.mark.parametrize("days", [0, -1, 3661, "3", True, None, 1.5])
def test_only_a_number_of_days_passes(days: Any) -> None:
    assert go_on(one("start s\nuser a form=plain\nend e\ns > a > e"), move={"wait": days})["refused"]


@pytest.mark.parametrize("begins", ["2026-13-01", 5, ["2026-01-01"]])
def test_a_run_begins_on_a_day(begins: Any) -> None:
    with pytest.raises(ScenarioFailed):
        scenario_of("", {"name": "x", "steps": [], "begins": begins})


def test_a_run_begins_on_its_own_day() -> None:
    told = go_on(one("start s\nuser a form=plain\nend e\ns > a > e"), begins="2026-05-06")
    assert told["standing"]["now"] == "2026-05-06T09:00+08:00"


def test_a_branch_is_played_by_itself() -> None:
    played = one("start s\nuser a form=choice *targets\nend e\ns > a > e")
    facts = {"targets": ["qinglan-amr", "qinglan-psb"]}
    move = {"do": "a", "branch": "qinglan-psb", "answers": {"answer": "no"}}
    told = go_on(played, move=move, facts=facts)
    assert told["taken"] == move
    assert [task["branch_name"] for task in told["standing"]["tasks"]] == ["青岚区市场监督管理局"]


def test_what_a_failing_scenario_passed_before_it_failed_counts() -> None:
    text = b"name: x\nsteps: [{do: a}, {do: nowhere}]\n"
    files = bundle(
        "main", {"main": diagram("main", "start s\nuser a form=plain\nuser b form=plain\nend e\ns > a > b > e")}, forms={"plain": form()}
    )
    found = coverage(read_bundle({**files, "scenarios/x.yaml": text}), SERVICES, NOW)
    assert [bool(scenario.failed) for scenario in found.scenarios] == [True]
    assert {part: found.counts["main"][part] for part in ("s", "a", "b", "e")} == {"s": 1, "a": 1, "b": 0, "e": 0}


ROUND = 'start s\nuser a form=choice\nxor back\nxor g\nend e\ns > a > back > g\ng > e : answer == "yes"\ng > back'


def test_a_diagram_that_goes_round_without_anybody_is_stopped_and_the_same_road_out_of_it_is_taken() -> None:
    refused = go_on(one(ROUND), move={"do": "a", "answers": {"answer": "no"}})["refused"]
    assert "round in circles" in refused["message"]
    assert go_on(one(ROUND), move={"do": "a", "answers": {"answer": "yes"}})["standing"]["closed"]


def test_two_hundred_branches_begin_at_once() -> None:
    played = one(
        "start s\nsub stage *targets {\n  start is\n  xor x\n  user a form=plain\n  end ie\n  is > x > a > ie\n}\nend e\ns > stage > e"
    )
    assert len(waits(go_on(played, facts={"targets": [f"agency-{number}" for number in range(200)]}))) == 200
