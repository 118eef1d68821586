"""Whatever people try, in whatever order: no fine and no closing that the law forbids while a transfer is due (不得以罚代刑).

Random courses of a joint case after its classification: the right people and the wrong ones complete any task that waits with any
answers, plausible and absurd ones; cases under it close; officers are recused. What was accepted is judged by an account of its own:
a crime is suspected from the moment somebody says so until the head rejects the transfer or the police finally do not file.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from random import Random
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from handlers import TABLE
from tests.factories.anybody import Anybody, people, plausible
from tests.factories.routing import files_of
from tests.factories.walks import Walk
from workflows.engine.bundle import read_bundle
from workflows.errors import GateClosed, OneCaseError

STEPS = 30
"""Things that are tried in one course."""
MAX_STEPS = 60
QUICK, LONG = 200, 5_000
KINDS = ("both", "both", "crime", "administrative")
ABSURD = (
    {},
    {"penalty_decision": "impose", "fine_decided": 5_000},
    {"handling": "punish"},
    {"x": "\x00"},
    {"fine_decided": -1},
    {"penalties_decided": "fine"},
)


@cache
def classified(kind: str) -> Anybody:
    """A joint case in which the legal reviewer has just said what it is."""
    bundle = read_bundle(files_of("joint_case"))
    walk = Walk.of(bundle, {key: service.call for key, service in TABLE.items()}, takes_part={"receiving": "qinglan-health"})
    case = Anybody(walk)
    for _ in range(MAX_STEPS):
        token = walk.people()[0]
        chance = Random(7)
        given = plausible(case, token, chance, usual=1) | {
            "matter": "illegal_practice",
            "lead_candidate": "qinglan-health",
            "members": ["qinglan-amr"],
            "subject_name": "虚构·云朵工作室",
            "crime_signs": "yes",
        }
        if token.element.officers > 1:
            given["second_officer"] = case.able(token)[1].username
        if token.element.id == "classify":
            case.complete(0, case.able(token)[0], {**given, "classification": kind, "crime_name": "非法行医罪"})
            return case
        case.complete(0, case.able(token)[0], given)
    raise AssertionError("the case is never classified")


class Courses(RuleBasedStateMachine):
    """One course of a case."""

    happened: ClassVar[Counter[str]] = Counter()
    case: Anybody

    @initialize(kind=st.sampled_from(KINDS))
    def the_case_is_classified(self, kind):
        self.case = classified(kind).again()
        self.happened["courses"] += 1

    @rule(which=st.integers(0, 7), who=st.integers(0, 7), chance=st.integers(0, 2**32 - 1))
    def somebody_completes_a_task(self, which, who, chance):
        waiting = self.case.walk.people()
        if not waiting:
            return
        number = which % len(waiting)
        able = self.case.able(waiting[number])
        dice = Random(chance)
        officer = able[who % len(able)] if able and who else dice.choice(people())
        self._try(number, officer, plausible(self.case, waiting[number], dice))

    @rule(which=st.integers(0, 7), who=st.integers(0, 100), answers=st.sampled_from(ABSURD))
    def somebody_answers_absurdly(self, which, who, answers):
        waiting = self.case.walk.people()
        if waiting:
            self._try(which % len(waiting), people()[who % len(people())], answers)

    @rule()
    def a_case_under_it_closes(self):
        if self.case.open_below:
            self.case.open_below.pop()

    @rule(who=st.integers(0, 100))
    def an_officer_is_recused(self, who):
        if who == 0 and not self.case.walk.facts.recused():
            self.case.walk.facts.set("", {"recused_officers": [people()[1].username]})

    @invariant()
    def the_case_is_not_closed_over_a_transfer(self):
        if hasattr(self, "case") and self.case.walk.running.closed:
            assert not self.case.pending, "closed while the transfer is open"
            assert not self.case.open_below, "closed over an open case"

    def teardown(self):
        if hasattr(self, "case"):
            self.happened["closed"] += self.case.walk.running.closed

    def _try(self, number, officer, answers):
        before, due, pending = self.case.walk.people()[number], self.case.due, self.case.pending
        try:
            given = self.case.complete(number, officer, answers)
        except GateClosed as refused:
            self.happened["refused by a gate"] += 1
            self.happened["fine refused"] += before.element.id == "decide_penalty" and "第二十七条" in (refused.article or "")
            return
        except OneCaseError:
            self.happened["refused"] += 1
            return
        self.happened["done"] += 1
        if before.element.id == "decide_penalty":
            self._judge(given, due, pending)

    def _judge(self, given, due, pending):
        fined = bool(given.get("fine_decided")) or "fine" in (given.get("penalties_decided") or ())
        if given["penalty_decision"] == "impose" and fined:
            assert not due, "a fine was decided in place of the transfer"
            self.happened["lawful fines"] += 1
        if given["penalty_decision"] in {"exempt", "not_established"}:
            assert not pending, "the case was ended without a penalty while the transfer is open"


def run(courses: int) -> Counter[str]:
    Courses.happened = Counter()
    run_state_machine_as_test(Courses, settings=settings(max_examples=courses, stateful_step_count=STEPS))
    return Courses.happened


def test_no_random_course_of_a_case_comes_to_a_fine_or_a_closing_that_the_law_forbids():
    happened = run(QUICK)
    assert happened["done"] > QUICK
    assert happened["refused"] > 0


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_five_thousand_random_courses_do_neither_and_they_do_reach_what_is_forbidden():
    happened = run(LONG)
    print(dict(happened))
    assert happened["courses"] >= LONG
    for what in ("fine refused", "lawful fines", "closed", "refused by a gate"):
        assert happened[what] > 0, f"never: {what}; the courses prove nothing about it: {dict(happened)}"
