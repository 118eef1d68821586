"""What the path oracle is told of a gate is true of the gate: whenever it lets a step pass, the condition in `ENSURED` holds."""

from __future__ import annotations

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from tests.unit.test_penalty_gates import IMPOSE, TOLD, attempt
from workflows import gates
from workflows.engine.expressions import evaluate
from workflows.errors import OneCaseError

CLASSIFIED = st.sampled_from([None, "administrative", "crime", "both", "none"])
OUTCOMES = st.sampled_from([None, "", "filed", "not_filed", "rejected", "referred"])
KINDS = st.one_of(st.none(), st.lists(st.sampled_from(["fine", "warning", "confiscate_income", "revoke_licence"]), unique=True))
DECISION = st.fixed_dictionaries(
    {"penalty_decision": st.sampled_from(["impose", "exempt", "not_established", "transfer", "return"]), "penalties_decided": KINDS},
    optional={"fine_decided": st.sampled_from([0, 1, 20_000, 30_000])},
)
KNOWN = st.fixed_dictionaries(
    {"classification": CLASSIFIED, "transfer_outcome": OUTCOMES, "criminal_outcome": st.sampled_from([None, "", "acquitted", "convicted", "withdrawn"])},
    optional={"court_fine_imposed": st.sampled_from(["yes", "no"]), "legal_opinion": st.sampled_from(["pass", "return", None]), "penalties_notified": KINDS},
)  # fmt: skip
ATTEMPTS = {"penalty_decision": st.tuples(st.one_of(st.just(IMPOSE), DECISION), KNOWN.map(lambda known: {**TOLD, **known}))}
"""Gate → (answers, facts) of attempts at its step, as mixed as cases can be."""


def passes(gate: str, answers: dict, known: dict) -> bool:
    try:
        gates.GATES[gate](attempt(answers, known))
    except OneCaseError:
        return False
    return True


def ensured(gate: str, answers: dict, known: dict) -> bool:
    return bool(evaluate(gates.ENSURED[gate], {**known, **answers}))


def test_every_promise_is_tried():
    assert set(ATTEMPTS) == set(gates.ENSURED)


@pytest.mark.parametrize("gate", ATTEMPTS)
def test_whenever_the_gate_lets_a_step_pass_what_it_ensures_holds(gate):
    @settings(max_examples=500, deadline=None)
    @given(ATTEMPTS[gate])
    def holds(tried: tuple[dict, dict]) -> None:
        assert not passes(gate, *tried) or ensured(gate, *tried)

    holds()


@pytest.mark.parametrize("gate", ATTEMPTS)
def test_the_promise_says_something_and_not_all_too_much(gate):
    """Some steps do pass, with a fine too, and some are refused for which it does not hold."""
    find(ATTEMPTS[gate], lambda tried: passes(gate, *tried) and "fine" in (tried[0]["penalties_decided"] or ()))
    find(ATTEMPTS[gate], lambda tried: not ensured(gate, *tried))
