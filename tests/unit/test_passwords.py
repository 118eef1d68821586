"""Passwords are long, varied, and kept as argon2id hashes only."""

from __future__ import annotations

import pytest

from workflows import passwords
from workflows.errors import WrongAnswers


@pytest.mark.parametrize("good", ["onecase-demo1", "Abcdef12", "abcdef1!", "ABCDEF1!", "Aa1!" * 32])
def test_a_password_of_eight_characters_and_three_kinds_will_do(good):
    passwords.check_new(good)


@pytest.mark.parametrize("bad", ["", "Abcde1!", "abcdefgh", "abcdefg1", "ABCDEFG1", "12345678!", "Aa1!" * 33, "密码密码密码密码密码"])
def test_a_shorter_or_plainer_one_is_refused(bad):
    with pytest.raises(WrongAnswers) as refusal:
        passwords.check_new(bad)
    assert set(refusal.value.fields) == {"password"}


def test_only_the_password_fits_its_hash():
    stored = passwords.hashed("Abcdef12")
    assert stored.startswith("$argon2id$")
    assert passwords.fits(stored, "Abcdef12")
    assert not passwords.fits(stored, "Abcdef13")
    assert passwords.hashed("Abcdef12") != stored, "salted"


@pytest.mark.parametrize("broken", ["", "plain", "$argon2id$broken"])
def test_a_broken_hash_fits_nothing(broken):
    assert not passwords.fits(broken, "Abcdef12")
    assert not passwords.fits(broken, broken)
