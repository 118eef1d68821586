"""Answers are checked by the server: every kind of field, field by field, in both languages; hidden fields leave nothing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.routing import files_of
from workflows import checking, forms
from workflows.engine.bundle import read_bundle
from workflows.errors import WrongAnswers

VALUES = [{"value": "a", "label": "甲"}, {"value": "b", "label": "乙"}]
OPTIONS = {"people": [{"value": "p1", "label": "张"}, {"value": "p2", "label": "李"}]}


def one(kind: str, **more) -> dict:
    return {"components": [{"type": kind, "key": "x", "path": "x", **more}]}


def clean(form: dict, value=None, **answers):
    return checking.clean(form, {"x": value, **answers}, OPTIONS)


REQUIRED = {"validate": {"required": True}}
ROWS = {
    "components": [
        {"type": "textfield", "key": "name", "validate": {"required": True}},
        {"type": "number", "key": "count", "validate": {"min": 1}},
        {"type": "textfield", "key": "digest", "validate": {"pattern": "^[0-9a-f]{4}$"}},
        {"type": "select", "key": "place", "values": VALUES},
    ]
}
KINDS: dict[str, tuple[dict, list, list]] = {
    # kind: form, what is accepted (given, kept), what is refused
    "a text": (one("textfield", validate={"minLength": 2, "maxLength": 4}), [("ab", "ab"), ("中文", "中文")], ["a", "abcde", 5, ["a"], "a\x00b", "\ud800\ud800"]),
    "a long text": (one("textarea"), [("x" * 10_000, "x" * 10_000)], ["x" * 10_001, {"a": 1}]),
    "a pattern": (one("textfield", validate={"pattern": "^[0-9]{3}$"}), [("123", "123")], ["12", "1234", "abc"]),
    "a number": (one("number", validate={"min": 0, "max": 10}), [(5, 5), (5.5, 5.5), ("7", 7), (0, 0)], [-1, 11, "many", float("nan"), float("inf"), [1], 10**30]),
    "a tick": (one("checkbox"), [(True, True), (False, False)], ["perhaps", [1]]),
    "a tick that must be set": (one("checkbox", **REQUIRED), [(True, True)], [False]),
    "a choice": (one("select", values=VALUES), [("a", "a")], ["c", 1, ["a"]]),
    "a radio": (one("radio", values=VALUES), [("b", "b")], ["c", True]),
    "a choice from a list of the case": (one("select", valuesKey="people"), [("p1", "p1")], ["p3", "a"]),
    "several": (one("checklist", values=VALUES), [(["a", "b"], ["a", "b"]), ([], [])], [["c"], "a", ["a", "a"], [1], [["a"]]]),
    "several of a list": (one("taglist", valuesKey="people", **REQUIRED), [(["p2"], ["p2"])], [[], ["p9"], "p1"]),
    "a day": (one("datetime", subtype="date"), [("2026-03-02", "2026-03-02")], ["2026-13-01", "yesterday", "2026-02-30", 20260302]),
    "a moment": (one("datetime", subtype="datetime"), [("2026-03-02T09:00", "2026-03-02T09:00")], ["2026-03-02 25:00", "noon"]),
    "rows": (one("dynamiclist", **ROWS),
             [([{"name": "n", "count": 2, "more": 1}], [{"name": "n", "count": 2}]), ([], []),
              ([{"name": "n", "count": None, "digest": "", "place": None}], [{"name": "n"}]),
              ([{"name": "n", "digest": "00ff", "place": "a"}], [{"name": "n", "digest": "00ff", "place": "a"}])],
             [[{"count": 2}], [{"name": "n", "count": 0}], "rows", [1], [{"name": "n"}] * 201, [{"name": ""}], [{"name": None}],
              [{"name": "n", "digest": "no"}], [{"name": "n", "place": "z"}]]),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_field_accepts_is_kept(kind):
    form, accepted, _ = KINDS[kind]
    for given_, kept in accepted:
        assert clean(form, given_) == {"x": kept}


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_field_does_not_accept_is_refused_at_the_field_in_both_languages(kind):
    form, _, refused = KINDS[kind]
    for wrong in refused:
        with pytest.raises(WrongAnswers) as refusal:
            clean(form, wrong)
        assert set(refusal.value.fields) == {"x"}, wrong
        zh, en = refusal.value.fields["x"]
        assert zh.endswith("。"), wrong
        assert en.endswith("."), wrong


def test_every_component_that_forms_may_have_is_tried_here():
    tried = {form["components"][0]["type"] for form, _, _ in KINDS.values()}
    assert forms.INPUTS | {"dynamiclist"} == tried


@pytest.mark.parametrize("missing", [None, "", "   "])
def test_a_required_text_is_not_left_empty(missing):
    with pytest.raises(WrongAnswers) as refusal:
        clean(one("textfield", **REQUIRED), missing)
    assert refusal.value.fields["x"] == ("此项必填。", "This answer is required.")


def test_what_is_not_required_may_be_left_out():
    assert clean(one("textfield")) == {}
    assert clean(one("number")) == {}


def test_all_wrong_fields_are_named_at_once():
    form = {"components": [{"type": "textfield", "key": key, **REQUIRED} for key in ("p", "q", "r")]}
    with pytest.raises(WrongAnswers) as refusal:
        checking.clean(form, {"q": "x"}, {})
    assert set(refusal.value.fields) == {"p", "r"}


def test_answers_to_fields_that_are_not_there_are_dropped():
    assert clean(one("textfield"), "v", nonsense=1, __class__="x") == {"x": "v"}


HIDDEN = {
    "components": [
        {"type": "radio", "key": "triage", "values": VALUES},
        {"type": "textfield", "key": "why", "conditional": {"hide": '=triage = "a"'}, **REQUIRED},
    ]
}


def test_a_hidden_field_is_neither_required_nor_kept():
    assert checking.clean(HIDDEN, {"triage": "a", "why": "typed before it was hidden"}, {}) == {"triage": "a"}


def test_the_same_field_is_required_where_it_is_shown():
    with pytest.raises(WrongAnswers) as refusal:
        checking.clean(HIDDEN, {"triage": "b"}, {})
    assert set(refusal.value.fields) == {"why"}
    assert checking.clean(HIDDEN, {"triage": "b", "why": "w"}, {}) == {"triage": "b", "why": "w"}


@pytest.mark.parametrize(
    ("feel", "ours"),
    [
        ('=a = "x"', 'a == "x"'),
        ('=a != "x"', 'a != "x"'),
        ("=a >= 5 and b <= 3", "a >= 5 and b <= 3"),
        ('=a = "x = y" or b = 1', 'a == "x = y" or b == 1'),
        ('a == "x"', 'a == "x"'),
    ],
)
def test_the_conditions_of_form_js_are_translated(feel, ours):
    assert forms.from_feel(feel) == ours


def test_a_condition_that_cannot_be_evaluated_leaves_the_field_on_the_page():
    assert not forms.hidden({"conditional": {"hide": "=count > 5"}}, {"count": "many"})
    assert forms.hidden({"conditional": {"hide": "=count > 5"}}, {"count": 6})


def test_labels_are_given_in_the_language_that_is_asked_for():
    form = {
        "components": [{"type": "radio", "key": "x", "label": "选择", "values": VALUES, "properties": {"en": "Choice", "en.a": "First"}}]
    }
    english = forms.localised(form, "en")["components"][0]
    assert (english["label"], [value["label"] for value in english["values"]]) == ("Choice", ["First", "乙"])
    assert forms.localised(form, "zh")["components"][0]["label"] == "选择"


def test_stored_answers_are_shown_in_words():
    assert forms.shown(one("radio", values=VALUES)["components"][0], "a", {}) == "甲"
    assert forms.shown(one("taglist", valuesKey="people")["components"][0], ["p1", "p2"], OPTIONS) == "张、李"
    assert forms.shown(one("checkbox")["components"][0], True, {}) == "是"
    assert forms.shown(one("dynamiclist", **ROWS)["components"][0], [{"name": "n", "count": 2}], {}) == "n，2"


ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=10)
    | st.sampled_from(["a", "p1", "2026-03-02", "host", "yes"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=10,
)
SHIPPED = [form for name in ("joint_case", "supervision") for form in read_bundle(files_of(name)).forms.values()]
EVERY_KIND = {
    "components": [
        {**form["components"][0], "key": f"k{number}", "path": f"k{number}"} for number, (form, _, _) in enumerate(KINDS.values())
    ]
}
KEYS = sorted({forms.key_of(component) for form in [*SHIPPED, EVERY_KIND] for component in forms.inputs(form)})


@given(st.sampled_from([EVERY_KIND, *SHIPPED]), st.data())
@settings(max_examples=300)
def test_no_json_that_is_sent_does_anything_but_pass_or_be_refused_field_by_field(form, data):
    mine = sorted({forms.key_of(component) for component in forms.inputs(form)})
    answers = data.draw(st.dictionaries(st.sampled_from(mine), ANY_JSON, max_size=8))
    try:
        told = checking.clean(form, answers, OPTIONS)
        json.dumps(told, allow_nan=False)  # what is kept can be stored
    except WrongAnswers as refusal:
        told = refusal.fields
    assert set(told) <= set(mine)


def test_answers_given_in_advance_are_checked_one_by_one_and_none_is_required():
    form = {"components": [*one("textfield", **REQUIRED)["components"], {"type": "select", "key": "who", "valuesKey": "people"}]}
    assert checking.clean_in_advance(form, {}) == {}
    assert checking.clean_in_advance(form, {"x": "ab", "unknown": 1}) == {"x": "ab"}
    assert checking.clean_in_advance(form, {"who": "somebody"}) == {"who": "somebody"}, "whom the case offers is not known yet"
    for wrong in ({"x": {"typename": 1}}, {"who": ["p1"]}, {"who": "p" * 201}, {"x": "a\x00"}):
        with pytest.raises(WrongAnswers) as refusal:
            checking.clean_in_advance(form, wrong)
        assert set(refusal.value.fields) == set(wrong)
