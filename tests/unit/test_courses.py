"""Random courses: the distribution is the one that a pencil finds, the same seed gives the same courses, and what cannot end says where it stood."""

from __future__ import annotations

import math
from datetime import date, datetime
from random import Random

import pytest

from handlers import TABLE
from tests.engine.event_models import CLOCK, STATUTE
from tests.factories.diagrams import bundle, diagram, form
from tests.factories.routing import files_of
from workflows.engine.bundle import read_bundle
from workflows.rulebook import load_rulebook
from workflows.trying.answering import answers_to
from workflows.trying.courses import Distribution, Start, distribution
from workflows.trying.guesses import Guesses, GuessesRefused, Span, read_guesses
from workflows.trying.working_axis import WorkingAxis
from workflows.working_days import CHINA

SERVICES = {key: service.call for key, service in TABLE.items()}
MONDAY = date(2026, 3, 2)
COURSES = 800
CHOICE = {
    "type": "radio",
    "key": "answer",
    "values": [{"value": one, "label": one} for one in ("yes", "no")],
    "validate": {"required": True},
}
PLAIN, ASKED = form(), form(CHOICE)


def played(
    text: str, *, days: dict[str, Span] | None = None, seed: int = 1, courses: int = COURSES, **weights: dict[str, float]
) -> Distribution:
    files = bundle("main", {"main": diagram("main", text)}, forms={"plain": PLAIN, "choice": ASKED})
    start = Start(read_bundle(files), SERVICES, MONDAY, guesses=Guesses(days or {}, weights))
    return distribution(start, seed, courses, 1_000_000)


def mean(found: Distribution) -> float:
    return sum(found.days) / len(found.days)


def near(share: float, courses: int = COURSES) -> float:
    """Four standard deviations of a share that is counted in so many courses."""
    return 4 * math.sqrt(share * (1 - share) / courses)


def test_steps_that_always_take_the_same_take_their_sum() -> None:
    found = played(
        "start s\nuser a form=plain\nuser b form=plain\nend e\ns > a > b > e",
        days={"a": Span(2, 2, 2), "b": Span(1.5, 1.5, 1.5)},
        courses=20,
    )
    assert set(found.days) == {3.5}


def test_a_step_takes_what_its_triangle_says() -> None:
    found = played("start s\nuser a form=plain\nend e\ns > a > e", days={"a": Span(1, 2, 6)})
    deviation = math.sqrt((1 + 4 + 36 - 2 - 6 - 12) / 18)
    assert mean(found) == pytest.approx((1 + 2 + 6) / 3, abs=4 * deviation / math.sqrt(COURSES))
    below = 1 - (6 - 4) ** 2 / ((6 - 1) * (6 - 2))
    assert sum(day <= 4 for day in found.days) / COURSES == pytest.approx(below, abs=near(below))


def test_what_is_done_side_by_side_takes_as_long_as_the_longer() -> None:
    found = played(
        "start s\nand x\nuser a form=plain\nuser b form=plain\nand y\nend e\ns > x > a > y > e\nx > b > y",
        days={"a": Span(1, 1, 1), "b": Span(4, 4, 4)},
        courses=20,
    )
    assert set(found.days) == {4.0}


def test_a_clock_breaks_as_often_as_the_time_is_longer_than_its_limit() -> None:
    rule = load_rulebook().rules[STATUTE]
    assert (rule.unit, rule.length) == ("calendar_day", 3) or rule.unit == "working_day"
    found = played(f"start s\nuser a form=plain clock={STATUTE}\nend e\ns > a > e", days={"a": Span(0, 4, 8)})
    limit = WorkingAxis(load_rulebook().calendar, MONDAY).place(load_rulebook().due(rule, datetime(2026, 3, 2, 9, tzinfo=CHINA)).at)
    assert limit == 4.0
    assert found.ran == {STATUTE: COURSES}
    assert found.breached[STATUTE] / COURSES == pytest.approx(0.5, abs=near(0.5))


def test_a_clock_that_nobody_can_miss_never_breaks() -> None:
    found = played(f"start s\nuser a form=plain clock={STATUTE}\nend e\ns > a > e", days={"a": Span(0, 1, 2)}, courses=50)
    assert (found.ran, found.breached) == ({STATUTE: 50}, {})


LOOP = 'start s\nxor back\nuser a form=choice\nxor g\nend e\ns > back > a > g > e\ng > back : answer == "yes"'


def test_a_choice_is_as_likely_as_its_weight_and_a_loop_is_gone_as_often_as_that() -> None:
    one_day = {"a": Span(1, 1, 1)}
    equal, seldom = played(LOOP, days=one_day), played(LOOP, days=one_day, answer={"yes": 1, "no": 3})
    assert mean(equal) == pytest.approx(2, abs=4 * math.sqrt(2 / COURSES))
    assert mean(seldom) == pytest.approx(4 / 3, abs=4 * math.sqrt(4 / 9 / COURSES))
    assert set(played(LOOP, days=one_day, courses=20, answer={"yes": 0}).days) == {1.0}


def test_a_timer_event_goes_off_where_nobody_was_quicker() -> None:
    text = f"start s\nuser a form=plain\nboundary late on=a clock={CLOCK}\nuser b form=plain\nxor back\nend e\ns > a > back\nlate > b > back\nback > e"
    quick = played(text, days={"a": Span(1, 1, 1), "b": Span(9, 9, 9)}, courses=10)
    slow = played(text, days={"a": Span(50, 50, 50), "b": Span(2, 2, 2)}, courses=10)
    assert (set(quick.days), set(slow.days)) == ({1.0}, {6.0})


def test_the_same_seed_gives_the_same_courses_and_another_one_others() -> None:
    one, again, other = (played(LOOP, seed=seed, courses=50) for seed in (7, 7, 8))
    assert one == again
    assert one.days != other.days


def test_a_case_that_cannot_end_is_given_up_and_says_where_it_stood() -> None:
    found = played("start s\nuser a form=choice\nend e\ns > a > e", courses=10, answer={"yes": 0, "no": 0})
    assert (found.days, found.stood) == ((), {"a": 10})
    assert found.quantile(0.5) is None


def test_the_moves_of_all_courses_together_are_bounded() -> None:
    files = bundle("main", {"main": diagram("main", LOOP)}, forms={"choice": ASKED})
    endless = Start(read_bundle(files), SERVICES, MONDAY, guesses=Guesses({}, {"answer": {"no": 0}}))
    found = distribution(endless, 1, 1000, 450)
    assert (found.courses, found.days) == (3, ())


def test_a_shipped_process_is_gone_through_to_its_end() -> None:
    start = Start(read_bundle(files_of("supervision")), SERVICES, MONDAY, {"receiving": "HEALTH", "issuer": "GOV", "addressee": "HEALTH"})
    found = distribution(start, 1, 30, 10_000)
    assert len(found.days) == found.courses == 30
    assert found.ran["supervision.receipt"] == 30


def test_holidays_and_nights_are_no_working_time() -> None:
    axis = WorkingAxis(load_rulebook().calendar, date(2026, 2, 14))
    assert axis.moment(0).date() == load_rulebook().calendar.working_on_or_after(date(2026, 2, 14))
    monday = WorkingAxis(load_rulebook().calendar, MONDAY)
    assert monday.moment(4.5) == datetime(2026, 3, 6, 13, tzinfo=CHINA)
    assert monday.place(datetime(2026, 3, 7, 12, tzinfo=CHINA)) == 5.0
    assert monday.place(datetime(2026, 3, 6, 23, 59, tzinfo=CHINA)) == 5.0
    assert monday.place(monday.moment(7.25)) == 7.25


def test_answers_are_what_their_questions_accept() -> None:
    asked = {
        "components": [
            {"type": "number", "key": "n", "validate": {"min": 3, "max": 5}},
            {"type": "checkbox", "key": "c", "validate": {"required": True}},
            {"type": "checklist", "key": "m", "validate": {"required": True}, "values": [{"value": "a", "label": "a"}]},
            {"type": "datetime", "key": "d", "subtype": "date"},
            {"type": "textfield", "key": "t", "validate": {"minLength": 5}},
            {"type": "textfield", "key": "p", "validate": {"pattern": "^[0-9]{18}$"}},
            {"type": "textfield", "key": "h", "conditional": {"hide": "=n > 2"}},
        ]
    }
    given = answers_to(asked, {}, datetime(2026, 3, 2, 9, tzinfo=CHINA), Guesses(), Random(1))
    assert 3 <= given.pop("n") <= 5
    assert given == {"c": True, "m": ["a"], "d": "2026-03-02", "t": "试办试办试办"}


def test_guesses_are_read_as_they_are_written() -> None:
    read = read_guesses(b"days: {a: [1, 2, 3], b: 4}\nweights: {kind: {reply: 3, true: 2}}\n")
    assert (read.span("main", "a"), read.span("main", "b")) == (Span(1, 2, 3), Span(4, 4, 4))
    assert (read.weight("kind", "reply"), read.weight("kind", True), read.weight("kind", "other")) == (3.0, 2.0, 1.0)
    assert read_guesses(b"") == Guesses()


@pytest.mark.parametrize(
    "content",
    [b"[", b"- a", b"exec: x", b"days: 5", b"days: {a: [3, 2, 1]}", b"days: {a: [1, 2]}", b"days: {a: [0, 1, 1e9]}", b"days: {a: x}", b"weights: {a: 5}", b"weights: {a: {b: -1}}", b"weights: {a: {b: .inf}}", b"weights: {a: {b: .nan}}"],
)  # fmt: skip
def test_what_is_no_guess_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(GuessesRefused) as refused:
        read_guesses(content)
    assert refused.value.zh
    assert refused.value.en
