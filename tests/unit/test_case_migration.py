"""A running case on another version: what engine-facts §5 shows to be safe moves and runs on, everything else is blocked with its reason."""

from __future__ import annotations

from random import Random

import pytest

from tests.engine.models import FORMS, LIBRARY, SERVICES, model
from tests.factories.diagrams import bundle, diagram, form
from tests.factories.walks import Walk
from workflows.case_migration.judging import judge, tried, verdict
from workflows.contracts import HandlerResult
from workflows.engine.bundle import Bundle, read_bundle

ROAD = """
start s
user a form=plain
user b form=again
user c form=plain
end e
s > a > b > c > e
"""
BLOCK = """
start s
sub stage {
  start is
  and split
  user x form=plain
  user y form=plain
  and join
  end ie
  is > split > x > join > ie
  split > y > join
}
user z form=plain
end e
s > stage > z > e
"""
MAX_STEPS = 80


def version(text: str = ROAD, *, forms=None, **more) -> Bundle:
    called = more.pop("called", {})
    drawn = {"main": diagram("main", text, **more), **{name: diagram(name, inner) for name, inner in called.items()}}
    return read_bundle(bundle("main", drawn, forms={**FORMS, **(forms or {})}))


def standing_at(element: str, old: Bundle) -> Walk:
    """A case on the old version that waits at `element` first."""
    services = {**SERVICES, "list": lambda call: HandlerResult(facts={"items": ["m", "n"]})}
    case = Walk(old, services)
    while case.waits()[0][1] != element:
        case.answer(0, {"plain": "no"})
    return case


def outcome(case: Walk, new: Bundle) -> tuple[str, set[str]]:
    """The verdict and the rules behind it, tried on a copy where nothing forbids it."""
    facts = {name for known in case.known().values() for name in known}
    reasons = judge(case.bundle, new, case.running.standing(), facts, {})
    if verdict(reasons) != "blocked":
        _, refused = tried(case.running, new)
        reasons = (*reasons, *([refused] if refused else []))
    return verdict(reasons), {reason.rule for reason in reasons}


def moved(case: Walk, new: Bundle) -> Walk:
    running, refused = tried(case.running, new)
    assert refused is None
    assert running is not None
    case.bundle, case.running = new, running
    return case


def to_the_end(case: Walk, chance: Random) -> bool:
    for _ in range(MAX_STEPS):
        if case.running.closed:
            return True
        assert not case.running.stuck
        number = chance.randrange(len(case.moves()))
        case.move(number, {"plain": "no", "again": "no", "redo": "no"})
    return False


class TestWhatMoves:
    @pytest.mark.parametrize(
        ("change", "text"),
        [
            ("nothing changed", ROAD),
            ("a step is added further on", ROAD.replace("end e", "user d form=plain\nend e").replace("> c > e", "> c > d > e")),
            ("a step further on is taken away", ROAD.replace("user c form=plain\n", "").replace("b > c > e", "b > e")),
            ("a step further on becomes automatic", ROAD.replace("user c form=plain", "service c service=count")),
            (
                "a way back is added",
                ROAD.replace("s > a > b > c > e", 'xor g\nxor h\ns > h > a > b > c > g\ng > h : again == "yes"\ng > e'),
            ),
            ("the end is another one", ROAD.replace("end e", "end done").replace("> e", "> done")),
        ],
    )
    def test_the_case_moves_and_runs_to_the_end_of_the_new_version(self, change, text):
        case = standing_at("b", version())
        assert outcome(case, version(text))[0] == "moves", change
        waits = case.people()[0].id
        case = moved(case, version(text))
        assert [token.id for token in case.people()] == [waits], "the same task, with its draft and its clock"
        case.answer(0, {"again": "no"})
        assert to_the_end(case, Random(1))

    def test_a_step_behind_the_join_of_a_block_under_way_may_come(self):
        new = version(BLOCK.replace("user z form=plain", "user z form=plain\nuser zz form=plain").replace("z > e", "z > zz > e"))
        case = standing_at("x", version(BLOCK))
        assert outcome(case, new)[0] == "moves"
        assert to_the_end(moved(case, new), Random(2))

    def test_shapes_and_names_do_not_matter(self):
        assert outcome(standing_at("b", version()), version(lanes={"other": "s a b c e"})) == ("moves", set())


class TestWhatIsBlocked:
    @pytest.mark.parametrize(
        ("at", "old", "new", "rule"),
        [
            ("b", ROAD, ROAD.replace("user b form=again\n", "").replace("a > b > c", "a > c"), "place_gone"),
            ("b", ROAD, ROAD.replace("user b form=again", "service b service=count"), "place_changed"),
            ("c", ROAD, ROAD.replace("user b form=again\n", "").replace("a > b > c", "a > c"), "done_gone"),
            ("c", ROAD, ROAD.replace("user b form=again", "service b service=count"), "done_gone"),
            ("b", ROAD, ROAD.replace("user b form=again", "sub b {\nstart bs\nuser bb form=plain\nend be\nbs > bb > be\n}"), "place_changed"),
            ("x", BLOCK, BLOCK.replace("and join", "and join\n  user w form=plain").replace("split > y > join", "split > y > join\n  split > w > join"), "block_changed"),
            ("y", BLOCK, BLOCK.replace("split > y > join", "user v form=plain\n  split > y > v > join"), "block_changed"),
            ("x", BLOCK, BLOCK.replace("sub stage", "sub phase").replace("s > stage", "s > phase"), "scope_gone"),
            ("b", ROAD, ROAD.replace("end e", "boundary n on=b message=raid\nend e2\nend e") + "n > e2\n", "events_changed"),
            ("b", ROAD.replace("end e", "boundary n on=b message=raid\nend e2\nend e") + "n > e2\n", ROAD, "place_gone"),
            ("b", ROAD.replace("s > a", "service list service=list\ns > list > a").replace("user b form=again", "user b form=again *items"), ROAD.replace("s > a", "service list service=list\ns > list > a"), "place_changed"),
        ],
    )  # fmt: skip
    def test_the_reason_names_what_is_in_the_way(self, at, old, new, rule):
        told, rules = outcome(standing_at(at, version(old)), version(new))
        assert (told, rule in rules) == ("blocked", True), rules

    @pytest.mark.parametrize("at", ["x", "y"])
    def test_a_block_that_is_under_way_may_be_described_otherwise_as_long_as_its_ways_are_the_same(self, at):
        case = standing_at("x", version(BLOCK))
        if at == "y":
            case.answer(0, {"plain": "x is done"})
        new = version(BLOCK.replace("user y form=plain", "user y form=redo"))
        assert outcome(case, new) == ("moves", {"other_form"})
        assert to_the_end(moved(case, new), Random(3))


class TestWhatSomebodyHasToDecide:
    def test_a_step_that_the_case_has_passed_will_not_be_done(self):
        new = version(ROAD.replace("user b form=again", "user legal form=plain\nuser b form=again").replace("a > b", "a > legal > b"))
        assert outcome(standing_at("c", version()), new) == ("decide", {"left_out"})
        assert outcome(standing_at("a", version()), new) == ("moves", set())

    def test_a_step_that_is_done_only_if_the_case_goes_round_once_more(self):
        looped = 'xor g\nxor h\ns > h > a > b > c > g\ng > h : again == "yes"\ng > e'
        old = version(ROAD.replace("s > a > b > c > e", looped))
        new = version(
            ROAD.replace("user b form=again", "user legal form=plain\nuser b form=again").replace(
                "s > a > b > c > e", looped.replace("a > b", "a > legal > b")
            )
        )
        assert outcome(standing_at("c", old), new) == ("decide", {"left_out"})
        assert outcome(standing_at("a", old), new) == ("moves", set())

    def test_a_step_on_a_way_that_the_case_did_not_take(self):
        forked = ROAD.replace("s > a > b > c > e", 'xor g\nxor h\ns > a > g\ng > h : plain == "yes"\ng > b > h > c > e')
        new = version(
            forked.replace("user b form=again", "user d form=plain\nuser b form=again").replace(
                'g > h : plain == "yes"', 'g > d > h : plain == "yes"'
            )
        )
        assert outcome(standing_at("c", version(forked)), new) == ("decide", {"left_out"})
        assert outcome(standing_at("a", version(forked)), new) == ("moves", set())

    def test_an_open_task_that_would_go_to_other_people(self):
        assert outcome(standing_at("b", version()), version(role="head")) == ("decide", {"other_people"})

    def test_a_fact_that_only_a_passed_step_could_have_said(self):
        split = ROAD.replace("> c > e", '> c > g\ng > e2 : urgent == "yes"\ng > e').replace("end e", "xor g\nend e2\nend e")
        asking = version(split.replace("user a form=plain", "user a form=asked"), forms={"asked": form("plain", "urgent")})
        assert outcome(standing_at("b", version()), asking) == ("decide", {"fact_unsaid"})
        assert outcome(standing_at("a", version()), asking) == ("moves", {"other_form"})

    def test_another_clock_is_told_and_the_one_that_runs_stays(self):
        new = version(ROAD.replace("user b form=again", "user b form=again clock=clue.triage"))
        assert outcome(standing_at("b", version()), new) == ("moves", {"other_clock"})


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_every_model_moves_onto_itself_from_wherever_it_is_and_looks_the_same(name):
    case, chance = model(name).walk(), Random(name)
    twin = read_bundle(dict(case.bundle.files) | {"zz.yaml": b"# another digest\n"})
    for _ in range(12):
        if case.running.closed:
            return
        assert outcome(case, twin) == ("moves", set())
        before = case.look()
        case = moved(case, twin)
        assert case.look() == before
        case.move(chance.randrange(len(case.moves())), {"again": "no", "redo": "no", "plain": "no"})
