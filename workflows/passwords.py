"""Passwords: argon2id, and what a new one must be (等保 三级 profile: eight characters, three of four kinds)."""

from __future__ import annotations

import string
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from workflows.errors import WrongAnswers

MIN_LENGTH = 8
MAX_LENGTH = 128
KINDS = 3
HASHER = PasswordHasher()


@cache
def nobody() -> str:
    """The hash checked when an account does not exist, so that its absence takes as long as a wrong password."""
    return HASHER.hash("nobody has this password")


def hashed(password: str) -> str:
    """The argon2id hash to store."""
    return HASHER.hash(password)


def fits(stored: str, password: str) -> bool:
    """Whether `password` is the stored one."""
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def check_new(password: str) -> None:
    """Raise WrongAnswers unless `password` is long and varied enough."""
    kinds = sum(
        any(sign in kind for sign in password)
        for kind in (string.ascii_lowercase, string.ascii_uppercase, string.digits, string.punctuation)
    )
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH or kinds < KINDS:
        raise WrongAnswers(
            {
                "password": (
                    f"密码须为 {MIN_LENGTH}–{MAX_LENGTH} 位，并包含大写字母、小写字母、数字、符号中的至少三种。",
                    f"A password has {MIN_LENGTH} to {MAX_LENGTH} characters of at least three kinds: upper case, lower case, digit, sign.",
                )
            }
        )
