"""Random foreign diagrams: those that mean something run, those that mean nothing are refused with a reason, and none falls over."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.foreign import flows, foreign, lanes
from tests.interchange.programs import program
from tests.interchange.walking import errors, furnished, one_walk
from workflows.engine.bundle import Bundle, read_bundle
from workflows.importing import Options, import_diagram

ENDLESS = "services without end"
"""A way back that only machines go, by a condition that nothing changes: it has no end in the original either."""
KINDS = [
    "userTask",
    "task",
    "exclusiveGateway",
    "parallelGateway",
    "inclusiveGateway",
    "eventBasedGateway",
    "complexGateway",
    "serviceTask",
    "endEvent",
    "startEvent",
    "receiveTask",
    "intermediateThrowEvent",
]


def goes_on(bundle: Bundle, seed: int) -> bool:
    """Whether a walk comes to the end of the case, or somebody can still do something."""
    try:
        walk, _ = one_walk(bundle, bundle.process, Random(seed))
    except AssertionError as error:
        return str(error) == ENDLESS
    return bool(walk.running.closed or walk.moves())


@pytest.mark.slow
@given(st.integers(0, 10**6), st.booleans())
@settings(max_examples=80, deadline=None)
def test_blocks_within_blocks_are_imported_without_a_refusal_and_walk_to_their_end(seed, people):
    imported = import_diagram(program(Random(seed)), Options(people=people))
    assert imported.refusals == ()
    files = furnished(imported)
    assert errors(files) == []
    bundle = read_bundle(files)
    for number in range(3):
        assert goes_on(bundle, number)


@st.composite
def scribbles(draw) -> bytes:
    """Steps and flows anyhow, in the hand of another tool."""
    names = [f"n{number}" for number in range(draw(st.integers(0, 8)))]
    body = "".join(f'<{draw(st.sampled_from(KINDS))} id="{name}" name="{name}"/>' for name in names)
    ends = st.sampled_from([*names, "nowhere"])
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=12, unique=True))
    roads = [f"{one} {other}" + draw(st.sampled_from(["", " | ${x == 1}", " | ${strange()}", " # yes"])) for one, other in pairs]
    half = draw(st.integers(0, len(names)))
    laned = lanes(First=" ".join(names[:half]), Second=" ".join(names[half:])) if draw(st.booleans()) else ""
    return foreign({"p": laned + body + flows(*roads)}, executable=draw(st.booleans()))


@given(scribbles(), st.booleans())
@settings(max_examples=100, deadline=None)
def test_whatever_is_drawn_what_is_not_refused_may_be_published_and_runs(content, people):
    imported = import_diagram(content, Options(people=people))
    files = furnished(imported)
    left = errors(files) if imported.files else []
    assert not [rule for rule, _ in left if rule == "schema"]
    if imported.refusals:
        return
    assert left == []
    bundle = read_bundle(files)
    assert goes_on(bundle, 0)


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
@settings(max_examples=60, deadline=None)
def test_what_is_no_diagram_is_refused(content):
    imported = import_diagram(content)
    assert imported.files == {}
    assert imported.refusals
