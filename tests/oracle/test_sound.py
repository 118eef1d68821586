"""Sound diagrams are left in peace: what ships, the engine's models and the small ones that faults are put into, with no error on any path."""

from __future__ import annotations

import re

import pytest

from tests.engine.models import FORMS, LIBRARY
from tests.factories.diagrams import bundle, diagram, form
from tests.oracle.measuring import errors, judged
from tests.oracle.mutants import files_of
from tests.oracle.sound_models import SMALL, small
from workflows.rulebook import shipped_bundles

LARGE = {"joint_case", "reverse_transfer", "penalty", "penalty_case"}


def each_with_its_own_field(name: str) -> dict[str, bytes]:
    """A model of the engine's tests, where every task that decides nothing has a form of its own: in the original they all write one field."""
    drawn, forms = {}, dict(FORMS)
    for process, original in LIBRARY[name].items():
        words = re.sub(r"user (\w+) form=plain", rf"user \1 form={process}_\1", original)
        forms |= {f"{process}_{task}": form(f"{process}_{task}") for task in re.findall(rf"form={process}_(\w+)", words)}
        drawn[process] = diagram(process, words)
    return bundle("main", drawn, forms=forms)


@pytest.mark.parametrize("name", [pytest.param(name, marks=[pytest.mark.slow] if name in LARGE else []) for name in shipped_bundles()])
def test_no_path_of_what_ships_has_a_fault(name):
    assert errors(judged(files_of(name))) == []


@pytest.mark.parametrize("name", LIBRARY)
def test_no_path_of_the_engines_models_has_a_fault(name):
    assert errors(judged(each_with_its_own_field(name))) == []


@pytest.mark.parametrize("name", SMALL)
def test_no_path_of_the_small_models_has_a_fault(name):
    assert errors(judged(small(name))) == []


def test_a_stage_that_is_proved_alone_has_no_fault():
    assert errors(judged(files_of("joint_case", "one_case_plan"))) == []


def test_there_are_more_than_twenty_sound_ones():
    assert len(shipped_bundles()) + len(LIBRARY) + len(SMALL) >= 20
