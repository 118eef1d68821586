"""A library of mutated diagrams: every fault is named, on the element where it shows, by the check of the files or by the path oracle.

Measured: of 102 faults (65 in bundles that ship) the check with `--paths` finds 99 (97 %). 86 of them are faults of a path; the oracle alone, asked even where
the check of the files refuses first, finds 83 (97 %), and 68 of these no check of the files finds. The three that are missed stand in MISSED with the reason.
"""

from __future__ import annotations

import pytest

from tests.oracle.measuring import errors, judged, said_by_the_oracle
from tests.oracle.missed_mutants import MISSED
from tests.oracle.shipped_mutants import SHIPPED_MUTANTS
from tests.oracle.small_mutants import SMALL_MUTANTS

FOUND = {**SHIPPED_MUTANTS, **SMALL_MUTANTS}
MUTANTS = {**FOUND, **MISSED}
KINDS = (
    "deadlock", "lack of synchronisation", "lost update", "dead branch", "no end reached", "missing default", "wrong lane", "member lane outside a branch",
    "the copy to the procuratorate removed", "fine allowed after hand-over", "a stage passed by", "feedback stage bypassed", "stopsClock dropped",
    "removed row", "a rule broken", "task without lane", "unknown service",
)  # fmt: skip

QUICK = {"the gate of the decision is dropped"}
"""Of the large bundles in every run; the others in `make check`."""


def each(names) -> list:
    """The names as parameters; what takes more than a second is slow."""
    large = {name for name in names if any(path.endswith("administrative_penalty.bpmn") for path in MUTANTS[name].sound)}
    staged = {name for name in large if b"process: one_case_plan" in MUTANTS[name].sound["bundle.yaml"]}
    return [pytest.param(name, marks=[pytest.mark.slow] if name in large - staged - QUICK else []) for name in names]


@pytest.mark.parametrize("name", each(FOUND))
def test_a_fault_is_named_with_its_rule_on_its_element(name):
    mutant = FOUND[name]
    found = judged(mutant.files)
    by_files = [one for one in errors(found) if not one.rule.startswith("path_")]
    assert bool(by_files) == bool(mutant.static), f"{name}: {by_files}"
    expected = mutant.static or mutant.oracle
    assert expected is not None
    assert expected.among(found), f"{name}: {[(one.rule, one.element, one.message) for one in found]}"


@pytest.mark.parametrize("name", each([name for name, mutant in FOUND.items() if mutant.static and mutant.oracle]))
def test_what_the_check_of_the_files_refuses_first_the_oracle_finds_too(name):
    found = said_by_the_oracle(FOUND[name].files)
    assert FOUND[name].oracle.among(found), f"{name}: {[(one.rule, one.element, one.message) for one in found]}"


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutation_changes_the_files_that_it_was_made_from(name):
    """That nothing is found in those is said in `test_sound`."""
    assert MUTANTS[name].files != dict(MUTANTS[name].sound)


@pytest.mark.parametrize("name", each(MISSED))
def test_a_fault_that_is_known_to_be_missed_is_still_missed(name):
    """When it is found, it moves to the others."""
    assert not MISSED[name].oracle.among(judged(MISSED[name].files))


def test_at_least_ninety_five_of_a_hundred_faults_are_found_whether_by_both_or_by_the_oracle_alone():
    assert len(MUTANTS) >= 60
    assert len(SHIPPED_MUTANTS) >= len(MUTANTS) / 2
    assert len(FOUND) / len(MUTANTS) >= 0.95, f"missed: {list(MISSED)}"
    of_paths = [name for name, mutant in MUTANTS.items() if mutant.oracle]
    assert len([name for name in of_paths if name not in MISSED]) / len(of_paths) >= 0.95, f"missed: {list(MISSED)}"


def test_every_kind_of_fault_is_in_the_library():
    assert set(KINDS) <= {mutant.fault for mutant in FOUND.values()}
