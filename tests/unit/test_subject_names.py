"""One subject is found under every way of writing its name, and two that are only alike stay two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.registers.names import LEGAL_FORMS, SHORTEST_CORE, core, key

SAME_KEY = [
    ("云朵医疗美容（青岚）有限公司", "云朵医疗美容(青岚)有限公司"),
    ("云朵 医疗美容　有限公司", "云朵医疗美容有限公司"),
    ("ＡＢＣ诊所", "abc诊所"),
    ("雲朵醫療美容門診部", "云朵医疗美容门诊部"),
    ("虚构·云朵工作室", "虚构云朵工作室"),
    ("“云朵”诊所", "云朵诊所"),
]
SAME_CORE = [
    ("云朵医疗美容有限公司", "云朵医疗美容门诊部"),
    ("云朵医疗美容有限公司", "云朵医疗美容有限责任公司第二分公司"),
    ("云朵医疗美容（青岚店）", "云朵医疗美容诊所"),
    ("云朵医疗美容有限公司青岚", "云朵医疗美容有限公司青岚"),
]
DIFFERENT = [
    ("云朵医疗美容有限公司", "云海医疗美容有限公司"),
    ("云朵口腔诊所", "云朵医疗美容诊所"),
    ("诊所", "门诊部"),
    ("甲诊所", "乙诊所"),
]


@pytest.mark.parametrize(("one", "other"), SAME_KEY)
def test_ways_of_writing_are_one_name(one, other):
    assert key(one) == key(other)
    assert core(one) == core(other)


@pytest.mark.parametrize(("one", "other"), SAME_CORE)
def test_legal_forms_and_branches_are_variants(one, other):
    assert core(one) == core(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_names_are_others(one, other):
    assert core(one) != core(other)


@given(st.text("云朵海医疗美容（）()·诊所有限公司门第一二 分", max_size=30))
def test_keys_are_stable_and_a_core_is_never_next_to_nothing(name):
    assert key(key(name)) == key(name)
    assert len(core(name)) >= min(SHORTEST_CORE, len(core(name)), len(key(name)))
    assert bool(core(name)) == bool(key(name))


@given(st.text("云朵海蓝鲸晨露星河", min_size=2, max_size=8), st.sampled_from(LEGAL_FORMS))
def test_whatever_legal_form_follows_the_name_is_found(name, form):
    assert core(name + form) == core(name)
