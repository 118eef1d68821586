"""The designer's diagram counts every open task once at its own step and once on each call that leads to it."""

from __future__ import annotations

from workflows import diagrams


def drawn(desk, people):
    return {drawing.process: drawing for drawing in diagrams.drawings(desk, people["designer"], "joint_case", 1)}


def test_the_main_road_counts_each_open_task_once(play, desk, people):
    case = play(reached="decide_transfer", classification="both")
    drawings = drawn(desk, people)
    steps = [count for drawing in drawings.values() for element, count in drawing.tokens.items() if element not in drawing.called]
    assert sum(drawings["joint_case"].tokens.values()) == sum(steps) == len(case.waiting())


def test_a_process_that_two_calls_share_counts_on_the_call_that_was_taken(play, desk, people):
    play(reached="legal_review", classification="administrative", case_complexity="public_interest")
    drawings = drawn(desk, people)
    assert drawings["joint_case"].tokens == {"stage_handling": 1}
    assert drawings["case_handling"].tokens == {"stage_penalty": 1}, "and not the call of the same process after a return"


def test_a_call_carries_the_worst_light_of_what_waits_inside(play, desk, people):
    play(reached="legal_review", classification="administrative", case_complexity="public_interest")
    assert drawn(desk, people)["joint_case"].lights == {"stage_handling": "green"}
    desk.clock.forward(days=30)
    assert drawn(desk, people)["joint_case"].lights == {"stage_handling": "red"}


def test_the_diagrams_stand_in_the_order_in_which_the_case_comes_to_them(desk, people):
    order = list(drawn(desk, people))
    assert order[0] == "joint_case"
    road = [
        "clue_triage",
        "prior_penalty_check",
        "lead_designation",
        "one_case_plan",
        "joint_investigation",
        "case_handling",
        "penalty_aftermath",
        "case_feedback",
    ]
    assert sorted(road, key=order.index) == road
    assert order.index("one_case_plan") < order.index("member_opinion") < order.index("joint_investigation"), "after who calls it"
