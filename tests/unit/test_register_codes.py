"""Codes tell a typing error from a code, and an identity number leaves nothing behind that can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.registers.codes import USCC_ALPHABET, Identity, citizen_check, is_identity_number, is_uscc, tidy, uscc_check

PLACES = st.tuples(
    st.text(USCC_ALPHABET, min_size=2, max_size=2), st.text("0123456789", min_size=6, max_size=6), st.text(USCC_ALPHABET, min_size=9, max_size=9)
).map("".join)  # fmt: skip
CITIZENS = st.text("0123456789", min_size=17, max_size=17).map(lambda first: first + citizen_check(first))


@pytest.mark.parametrize("code", ["91350100M000100Y43", "9135 0100-M000100Y43", "９１350100m000100y43"])
def test_the_example_of_the_standard_is_a_code_however_it_is_typed(code):
    assert is_uscc(tidy(code))


@pytest.mark.parametrize(
    "code",
    ["", "91350100M000100Y44", "91350100M000100Y4", "9135O100M000100Y43", "91350100M000100Y43X", "一二三四五六七八九十一二三四五六七八"],
)
def test_what_is_not_a_code_is_found(code):
    assert not is_uscc(code)


@given(PLACES, st.integers(0, 17), st.sampled_from(USCC_ALPHABET))
def test_one_wrong_place_is_always_noticed(first, place, other):
    code = first + uscc_check(first)
    assert is_uscc(code)
    if code[place] != other:
        assert not is_uscc(code[:place] + other + code[place + 1 :])


@given(CITIZENS, st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_wrong_digit_of_an_identity_number_is_always_noticed(number, place, other):
    assert is_identity_number(number)
    wrong = number[:place] + other + number[place + 1 :]
    assert wrong == number or not is_identity_number(wrong)


def test_a_passport_is_an_identity_number_and_a_sentence_is_not():
    assert is_identity_number("E12345678")
    assert not is_identity_number("不详")
    assert not is_identity_number("123456789012345")


@given(CITIZENS, st.text(min_size=1))
def test_the_digest_recognises_the_same_number_and_shows_its_last_four_places_only(number, salt):
    one, again = Identity.of(number, salt), Identity.of(f" {number.lower()} ", salt)
    assert one == again
    assert one.last == number[-4:]
    assert number not in one.digest
    assert one.digest != Identity.of(number, salt + "x").digest


def test_no_number_has_no_digest():
    assert Identity.of(" ", "salt") == Identity()
