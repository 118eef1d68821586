"""A small library of diagrams with everything that engines get wrong; all of them pass our check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.engine.event_models import EVENT_MODELS
from tests.factories.diagrams import bundle, diagram, form
from tests.factories.walks import Walk
from workflows.contracts import HandlerCall, HandlerResult
from workflows.engine.bundle import Bundle, read_bundle

YES_NO = {"type": "radio", "label": "?", "values": [{"value": "yes", "label": "是"}, {"value": "no", "label": "否"}]}
FORMS = {name: form({**YES_NO, "key": name}) for name in ("again", "redo", "plain")}
MAX_STEPS = 60


def _items(call: HandlerCall) -> HandlerResult:
    """Another list every time it is asked, so that a loop has other branches in each round."""
    turn = int(call.facts.get("turn") or 0) + 1
    return HandlerResult(
        facts={"nobody": [], "turn": turn, "items": [f"i{number}" for number in range(turn % 3)], "inner": ["x", "y"][: 1 + turn % 2]}
    )


def _count(call: HandlerCall) -> HandlerResult:
    """Something that a service writes."""
    return HandlerResult(facts={"count": int(call.facts.get("count") or 0) + 1})


def _many(call: HandlerCall) -> HandlerResult:
    """As many branches as make a crowd, each with two of its own."""
    return HandlerResult(facts={"items": ["p", "q", "r"], "inner": ["x", "y"]})


SERVICES: Mapping[str, Callable[[HandlerCall], HandlerResult]] = {"items": _items, "count": _count, "many": _many}
PROVIDES = {"many": frozenset({"items", "inner"}), "items": frozenset({"turn", "items", "inner", "nobody"}), "count": frozenset({"count"})}

AND_IN_A_LOOP = """
start s
xor back
sub stage {
  start is
  and split
  user a form=plain
  user b form=redo
  xor again_b
  xor into_b
  user c form=plain
  and join
  end ie
  is > split
  split > a > join
  split > into_b > b > again_b
  again_b > into_b : redo == "yes"
  again_b > join
  split > c > join
  join > ie
}
user decide form=again
xor g
end e
s > back > stage > decide > g
g > back : again == "yes"
g > e
"""
CALLS = {
    "main": "start s\nuser a form=plain\ncall one =one\nuser z form=plain\nend e\ns > a > one > z > e",
    "one": 'start s\nxor back\nuser b form=plain\ncall two =two\nxor g\nend e\ns > back > b > two > g\ng > back : again == "yes"\ng > e',
    "two": "start s\nservice count service=count\nuser c form=again\nend e\ns > count > c > e",
}
MODELS: dict[str, dict[str, str]] = {
    "a parallel block in a rework loop": {"main": AND_IN_A_LOOP},
    "calls within calls, in a loop": CALLS,
    "a task for each item": {"main": "start s\nservice list service=items\nuser a form=plain *items\nuser z form=plain\nend e\ns > list > a > z > e"},
    "a call for each item": {
        "main": "start s\nservice list service=items\ncall one =one *items\nuser z form=plain\nend e\ns > list > one > z > e",
        "one": 'start s\nuser b form=plain\nxor back\nuser c form=redo\nxor g\nend e\ns > b > back > c > g\ng > back : redo == "yes"\ng > e',
    },
    "a task for each item, in a loop with other items each round": {
        "main": "start s\nxor back\nservice list service=items\nuser a form=plain *items\nuser decide form=again\nxor g\nend e\n"
        's > back > list > a > decide > g\ng > back : again == "yes"\ng > e',
    },
    "branches within branches": {
        "main": "start s\nservice list service=items\ncall one =one *items\nuser z form=plain\nend e\ns > list > one > z > e",
        "one": "start s\nuser b form=plain\nuser c form=plain *inner\nuser d form=plain\nend e\ns > b > c > d > e",
    },
    "a list without items": {"main": "start s\nuser a form=plain *nobody\nuser z form=plain\nend e\nservice none service=items\ns > none > a > z > e"},
    "branches inside a parallel block": {
        "main": "start s\nservice list service=items\nsub stage {\nstart is\nand split\nand join\nend ie\ncall one =one *items\nuser a form=plain\n"
        "is > split\nsplit > one > join\nsplit > a > join\njoin > ie\n}\nuser z form=plain\nend e\ns > list > stage > z > e",
        "one": "start s\nuser b form=plain\nservice count service=count\nend e\ns > b > count > e",
    },
    "a parallel block inside a parallel block": {
        "main": "start s\nsub outer {\nstart os\nand os1\nand oj\nend oe\nuser a form=plain\nsub inner {\nstart is\nand is1\nand ij\nend ie\n"
        "user b form=plain\nuser c form=plain\nis > is1\nis1 > b > ij\nis1 > c > ij\nij > ie\n}\nos > os1\nos1 > a > oj\nos1 > inner > oj\noj > oe\n}\n"
        "end e\ns > outer > e",
    },
}  # fmt: skip

"""Models that SpiffWorkflow's own elements can run as well."""
LIBRARY = {**MODELS, **EVENT_MODELS}


@dataclass
class Model:
    """A diagram of the library, parsed."""

    bundle: Bundle

    def walk(self, *, saving: bool = False) -> Walk:
        return Walk(self.bundle, SERVICES, saving=saving)


def files_of(name: str) -> dict[str, bytes]:
    """The files of a model."""
    return bundle("main", {process: diagram(process, text) for process, text in LIBRARY[name].items()}, forms=FORMS)


def model(name: str) -> Model:
    """A model, ready to walk."""
    return Model(read_bundle(files_of(name)))


def happens(walk: Walk, chance: Random) -> int:
    """Which of `Walk.moves` happens next, at random."""
    people, moves = len(walk.people()), len(walk.moves())
    # As often a person as anything at all: a case with much news would see nobody do anything.
    return chance.randrange(people if people and chance.random() < 0.5 else moves)


def move(walk: Walk, chance: Random) -> tuple[int, dict[str, Any]]:
    """What happens next, and what is answered when it is a person's."""
    number = happens(walk, chance)
    if number >= len(walk.people()):
        return number, {}
    key = walk.people()[number].element.form
    # Rework ends more often than not, so that every run comes to its end.
    return number, {key: chance.choice(["yes", "no", "no"])}
