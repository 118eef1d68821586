"""The five sentences that a diagram can be held to: each kept and broken, and rules that cannot be read."""

from __future__ import annotations

import re

import pytest
import yaml

from workflows.contracts import Text
from workflows.engine.diagram import Element
from workflows.engine.expressions import evaluate
from workflows.oracle.rules import Rule, RuleError, looked_at, looked_at_in_the_end, read_rules


def step(name: str, **more) -> Element:
    return Element(name, "userTask", Text(name), "", None, **more)


A, B, C = (step(name, form=f"form_{name}") for name in "abc")


def rules(*told) -> tuple[Rule, ...]:
    return read_rules(
        {"rules.yaml": yaml.safe_dump({"rules": [{"id": f"r{number}", "name": "规则", **one} for number, one in enumerate(told)]}).encode()}
    )


def is_broken(rule: Rule, *steps: Element, **facts) -> bool:
    """Whether a case breaks the rule that does these steps and ends."""

    def holds(condition: str) -> bool:
        return bool(evaluate(condition, facts))

    marked = False
    for done in steps:
        marked, broken = rule.goes_on(marked, "p", done, holds)
        if broken:
            return True
    return rule.broken_at_end(marked, holds)


AFTER_REQUIRES = {"after": {"element": "a"}, "requires": [{"element": "b"}, {"form": "form_c"}]}
WHEN_REQUIRES = {"when": 'f == "yes"', "requires": [{"element": "b"}]}
AFTER_FORBIDS = {"after": {"element": "a"}, "forbids": [{"element": "b"}], "until": [{"element": "c"}]}
BEFORE_NEEDS = {"before": {"element": "b"}, "needs": [{"element": "a"}]}
NEVER = {"never": {"element": "a"}, "when": 'f == "yes"'}
KEPT_AND_BROKEN = {
    "what follows was done": (AFTER_REQUIRES, [A, B], [A], {}),
    "another of what may follow was done": (AFTER_REQUIRES, [A, C], [B, A], {}),
    "what is owed a second time": (AFTER_REQUIRES, [A, B, A, C], [A, B, A], {}),
    "nothing is owed before it begins": (AFTER_REQUIRES, [], [C, A], {}),
    "what the end demands": (WHEN_REQUIRES, [A, B], [A], {"f": "yes"}),
    "what is forbidden afterwards": (AFTER_FORBIDS, [B, A], [A, B], {}),
    "what is forbidden until something lifts it": (AFTER_FORBIDS, [A, C, B], [A, C, A, B], {}),
    "what comes before": (BEFORE_NEEDS, [A, B, B], [B, A], {}),
    "what may never be": (NEVER, [B], [B, A], {"f": "yes"}),
}  # fmt: skip


@pytest.mark.parametrize("case", KEPT_AND_BROKEN)
def test_a_sentence_is_kept_by_one_and_broken_by_its_twin(case):
    told, keeps, breaks, facts = KEPT_AND_BROKEN[case]
    (rule,) = rules(told)
    assert not is_broken(rule, *keeps, **facts)
    assert is_broken(rule, *breaks, **facts)


@pytest.mark.parametrize(
    ("told", "steps"),
    [
        (WHEN_REQUIRES, [A]), (NEVER, [A]), ({**AFTER_REQUIRES, "when": 'f == "yes"'}, [A]),
        ({**AFTER_FORBIDS, "when": 'f == "yes"'}, [A, B]), ({**BEFORE_NEEDS, "when": 'f == "yes"'}, [B]),
    ],
)  # fmt: skip
def test_a_sentence_holds_only_where_its_condition_does(told, steps):
    (rule,) = rules(told)
    assert is_broken(rule, *steps, f="yes")
    assert not is_broken(rule, *steps, f="no")


def test_a_step_counts_only_where_its_own_condition_holds():
    (rule,) = rules({"before": {"element": "b"}, "needs": [{"element": "a", "where": 'f == "yes"'}]})
    assert not is_broken(rule, A, B, f="yes")
    assert is_broken(rule, A, B, f="no")


@pytest.mark.parametrize(
    "named",
    [
        {"element": "a"}, {"element": "p/a"}, {"form": "form_x"}, {"service": "send"}, {"gate": "closing"}, {"document": "函"}, {"message": "消息"},
    ],
)  # fmt: skip
def test_a_step_is_named_by_what_the_law_knows_it_by(named):
    (rule,) = rules({"never": named})
    told = step("a", form="form_x", service="send", gate="closing", documents=("函", "表"), message=Text("消息"))
    assert is_broken(rule, told)
    assert not is_broken(rule, step("other", form="f", service="s", gate="g", documents=("表",), message=Text("m")))


def test_a_rule_looks_at_the_facts_of_its_conditions_and_no_others():
    told = rules({**NEVER, "never": {"element": "a", "where": "g"}}, WHEN_REQUIRES, BEFORE_NEEDS)
    assert looked_at(told, "p", A) == {"f", "g"}
    assert looked_at(told, "p", C) == set()
    assert looked_at_in_the_end(told) == {"f"}


def test_the_rules_of_the_folders_that_are_included_hold_too():
    other = {"transfer/rules.yaml": yaml.safe_dump({"rules": [{"id": "other", "name": "规则", **NEVER}]}).encode()}
    own = {"rules.yaml": yaml.safe_dump({"rules": [{"id": "own", "name": "规则", **NEVER}]}).encode()}
    assert {rule.id for rule in read_rules({**own, **other, "forms/rules.form": b"{}"})} == {"own", "other"}


UNREADABLE = {
    "not YAML": b"rules: [",
    "not text": b"\xff\xfe\x00",
    "no list": b"rules: {}",
    "a list of words": b"rules: [a]",
    "nothing": b"",
    "no id": "rules: [{name: 规则, never: {element: a}}]".encode(),
    "no name": b"rules: [{id: r, never: {element: a}}]",
    "no sentence": "rules: [{id: r, name: 规则, after: {element: a}}]".encode(),
    "two sentences": "rules: [{id: r, name: 规则, never: {element: a}, before: {element: a}, needs: [{element: b}]}]".encode(),
    "an unknown word": "rules: [{id: r, name: 规则, never: {element: a}, unless: x}]".encode(),
    "a demand without when": "rules: [{id: r, name: 规则, requires: [{element: a}]}]".encode(),
    "a step named twice": "rules: [{id: r, name: 规则, never: {element: a, form: b}}]".encode(),
    "a step by another name": "rules: [{id: r, name: 规则, never: {colour: a}}]".encode(),
    "a step that is a word": "rules: [{id: r, name: 规则, never: a}]".encode(),
    "no steps": "rules: [{id: r, name: 规则, after: {element: a}, requires: []}]".encode(),
    "steps that are none": "rules: [{id: r, name: 规则, after: {element: a}, requires: a}]".encode(),
    "Python": "rules: [{id: r, name: 规则, never: {element: a}, when: \"__import__('os')\"}]".encode(),
    "twice the same": "rules: [{id: r, name: 规则, never: {element: a}}, {id: r, name: 规则, never: {element: b}}]".encode(),
}  # fmt: skip


@pytest.mark.parametrize("how", UNREADABLE)
def test_a_rules_file_that_cannot_be_read_says_so_in_both_languages(how):
    with pytest.raises(RuleError) as refused:
        read_rules({"rules.yaml": UNREADABLE[how]})
    assert "rules.yaml" in refused.value.zh
    assert "rules.yaml" in str(refused.value)
    assert re.search(r"[\u4e00-\u9fff]", refused.value.zh)
    assert not re.search(r"[\u4e00-\u9fff]", refused.value.en)
